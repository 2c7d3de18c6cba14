/** What may be asked of recomputation, and how a run looks on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { NormReference } from '../accounts/account-body.dto';
import { BilingualBody, nextCursor } from '../answer/answer.dto';
import { ChoiceField, PeriodField, TerritoryField, UuidField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';
import { NormField } from '../request/recorded-account.decorator';

export const runStates = ['active', 'done', 'failed', 'cancelled'] as const;

export class RecomputeBody {
  @PeriodField({ description: '核算期 · period', example: '2024' })
  period: string;

  @NormField({
    description: '规范代码；用现行版 · id of the norm; its edition in force is used',
    example: 'jinsha-mine-2026',
  })
  norm: string;

  @TerritoryField({
    description:
      '此地域及其下级；只有一个地域的权限时可省略 · with all below it; needless when you act for one territory',
    optional: true,
    example: '520523',
  })
  territory?: string;
}

export class RequestedRunBody {
  @ApiProperty({ type: String, format: 'uuid' }) runId: string;
  @ApiProperty({ type: Boolean, description: 'false：同样的任务已在进行 · the same run was active already' })
  started: boolean;
}

export class RunPath {
  @UuidField({ description: '任务编号 · id of the run' })
  id: string;
}

export class RunListQuery extends PageQuery {
  @ChoiceField({ description: '状态 · state', optional: true, of: runStates })
  state?: (typeof runStates)[number];

  @PeriodField({ description: '核算期 · period', optional: true })
  period?: string;
}

export class TaskCountsBody {
  @ApiProperty({ type: 'integer' }) total: number;
  @ApiProperty({ type: 'integer' }) done: number;
  @ApiProperty({ type: 'integer' }) waiting: number;
  @ApiProperty({ type: 'integer', description: '重试后仍失败 · given up after retries' }) dead: number;
}

export class TerritoryCountsBody {
  @ApiProperty({ type: 'integer' }) total: number;
  @ApiProperty({ type: 'integer', description: '算出新版 · new vintages' }) computed: number;
  @ApiProperty({ type: 'integer', description: '输入未变 · inputs unchanged' }) unchanged: number;
  @ApiProperty({ type: 'integer', description: '被拒，见 failures · refused, see failures' }) refused: number;
  @ApiProperty({
    type: 'integer',
    description:
      '已审定或发布，或与之共用图斑，待复核（见 failures） · approved or published, or made of such: waits for its review, see failures',
  })
  locked: number;
}

export class ProgressBody {
  @ApiProperty({ type: TaskCountsBody }) tasks: TaskCountsBody;
  @ApiProperty({ type: TerritoryCountsBody }) territories: TerritoryCountsBody;
}

export class RunBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: NormReference }) norm: NormReference;
  @ApiProperty({ type: String, enum: [...runStates] }) state: string;
  @ApiProperty({ type: 'integer', description: '第几轮 · how often it was handed to the queue' }) round: number;
  @ApiProperty({ type: Boolean, description: '由日程开启 · opened by the schedule' }) scheduled: boolean;
  @ApiProperty({ type: String, format: 'date-time' }) requestedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) finishedAt: string | null;
  @ApiProperty({ type: ProgressBody }) progress: ProgressBody;
}

export class RunPageBody {
  @ApiProperty({ type: [RunBody] }) items: RunBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class FailureBody {
  @ApiProperty({ type: 'integer' }) taskNo: number;
  @ApiProperty({ type: 'integer' }) round: number;
  @ApiProperty({ type: String, nullable: true, description: '地域；null 为整批 · territory; null for a whole task' })
  territory: string | null;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: BilingualBody }) text: BilingualBody;
  @ApiProperty({ type: 'object', additionalProperties: true }) facts: object;
  @ApiProperty({ type: String, format: 'date-time' }) recordedAt: string;
}

export class FailureListBody {
  @ApiProperty({ type: [FailureBody] }) items: FailureBody[];
}
