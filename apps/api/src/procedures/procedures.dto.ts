/** What may be asked of procedures and legal clocks, and how they look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { clockSorts, type ClockSort } from '@gep/rulebook';
import { BilingualBody, nextCursor } from '../answer/answer.dto';
import { DayField, FlagField, TerritoryField, TextField, UuidField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

const kindShape = {
  zh: '应为小写字母与连字符，如 settlement',
  en: 'must be lower-case letters and hyphens, like settlement',
};
export const kindField = { max: 40, pattern: /^[a-z]+(-[a-z]+)*$/, shape: kindShape };
export const withinField = { description: '此地域及其下级 · this territory and all below it', optional: true };

export class ProcedurePath {
  @TextField({ description: '种类 · kind', example: 'settlement', ...kindField })
  kind: string;

  @UuidField({ description: '编号 · id' })
  id: string;
}

export class ProceduresQuery extends PageQuery {
  @TextField({ description: '种类 · kind', example: 'settlement', ...kindField })
  kind: string;

  @TextField({ description: '状态 · state', optional: true, max: 60 })
  state?: string;

  @TerritoryField(withinField)
  within?: string;
}

export class ClocksQuery extends PageQuery {
  @FlagField({
    description: '只看今天已逾期而未办结的 · only duties that are late today and still run',
    optional: true,
    default: false,
  })
  overdue?: boolean;

  @DayField({ description: '以该日判断是否逾期；须与 overdue 同用 · judged on this day; with overdue', optional: true })
  on?: string;

  @FlagField({
    description: '只看在计的（true）或已了结的（false） · running ones, or those that ended',
    optional: true,
  })
  open?: boolean;

  @TextField({ description: '期限代码 · code of the clock', optional: true, max: 60, example: 'query-reply' })
  code?: string;

  @TextField({ description: '程序种类；与 id 同用 · kind of the subject, with id', optional: true, ...kindField })
  kind?: string;

  @UuidField({ description: '程序编号；与 kind 同用 · id of the subject, with kind', optional: true })
  id?: string;

  @TerritoryField(withinField)
  within?: string;
}

export class StepBody {
  @ApiProperty({ type: 'integer' }) no: number;
  @ApiProperty({ type: String, description: '办理 · what was done', example: 'approve' }) act: string;
  @ApiProperty({ type: String, nullable: true }) from: string | null;
  @ApiProperty({ type: String }) to: string;
  @ApiProperty({ type: String }) actorId: string;
  @ApiProperty({ type: String }) actorName: string;
  @ApiProperty({ type: String, format: 'date-time' }) at: string;
  @ApiProperty({ type: String, nullable: true }) reason: string | null;
  @ApiProperty({ type: String, nullable: true, description: '文件的 SHA-256 · SHA-256 of the paper' })
  documentDigest: string | null;
}

export class ClockBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) kind: string;
  @ApiProperty({ type: String, format: 'uuid' }) subjectId: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String, example: 'query-reply' }) code: string;
  @ApiProperty({
    type: String,
    enum: [...clockSorts],
    description: '期限、等待期、权利期 · a duty, a waiting time, or a right that ends',
  })
  sort: ClockSort;
  @ApiProperty({ type: 'integer' }) days: number;
  @ApiProperty({ type: String, enum: ['working', 'calendar'] }) basis: 'working' | 'calendar';
  @ApiProperty({ type: BilingualBody }) law: BilingualBody;
  @ApiProperty({ type: String, format: 'date', description: '起算日，不计入 · day of the event, not counted' })
  startedOn: string;
  @ApiProperty({ type: String, format: 'date', description: '最后一日 · last day' }) dueOn: string;
  @ApiProperty({ type: Boolean, description: '所经年份都有放假安排 · all years that were counted are in the calendar' })
  isCovered: boolean;
  @ApiProperty({ type: String, format: 'date', nullable: true }) metOn: string | null;
  @ApiProperty({ type: Boolean, description: '逾期办结 · met after its last day' }) isLate: boolean;
  @ApiProperty({ type: Boolean, description: '今天已逾期而未办结 · late today and still running' }) isOverdue: boolean;
  @ApiProperty({ type: String, nullable: true, description: '为何不再需办理 · why it fell away' })
  waivedBecause: string | null;
}

export class ClockPageBody {
  @ApiProperty({ type: [ClockBody] }) items: ClockBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class ProcedureBody {
  @ApiProperty({ type: String }) kind: string;
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) state: string;
  @ApiProperty({ type: [StepBody] }) steps: StepBody[];
  @ApiProperty({ type: [ClockBody] }) clocks: ClockBody[];
  @ApiProperty({ type: [String], description: '被异议冻结的数字；空串为全部 · figures frozen by appeals; "" is all' })
  frozen: string[];
}

export class ListedProcedureBody {
  @ApiProperty({ type: String }) kind: string;
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) state: string;
  @ApiProperty({ type: StepBody }) last: StepBody;
}

export class ProcedurePageBody {
  @ApiProperty({ type: [ListedProcedureBody] }) items: ListedProcedureBody[];
  @ApiProperty(nextCursor) next: string | null;
}
