/** What may be asked of the audit trail, and how its rows look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { nextCursor } from '../answer/answer.dto';
import { IntegerField, MomentField, TerritoryField, TextField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

export class AuditQuery extends PageQuery {
  @TextField({ description: '谁 · id of the person', optional: true, max: 100 })
  actor?: string;

  @TextField({ description: '做了什么 · deed', optional: true, max: 100, example: 'access.sign-in' })
  action?: string;

  @TextField({ description: '对什么 · to what', optional: true, max: 300 })
  subject?: string;

  @TerritoryField({ description: '关于此地域及其下级 · about this territory and all below it', optional: true })
  territory?: string;

  @MomentField({ description: '自此时刻（含） · from, inclusive', optional: true })
  from?: string;

  @MomentField({ description: '至此时刻（不含） · until, exclusive', optional: true })
  until?: string;
}

export class VerificationQuery {
  @IntegerField({
    description: '此前在库外记下的行数 · rows of a head noted outside the database',
    optional: true,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
  })
  rows?: number;

  @TextField({
    description: '此前记下的散列 · hash of that head',
    optional: true,
    min: 64,
    max: 64,
    pattern: /^[0-9a-f]{64}$/,
  })
  hash?: string;
}

export class AuditRowBody {
  @ApiProperty({ type: String, description: '链中的序号 · place in the chain', example: '1' }) seq: string;
  @ApiProperty({ type: String, format: 'date-time', description: 'UTC，微秒 · UTC with microseconds' }) at: string;
  @ApiProperty({ type: String }) actorId: string;
  @ApiProperty({ type: String }) actorName: string;
  @ApiProperty({ type: String }) action: string;
  @ApiProperty({ type: String }) subject: string;
  @ApiProperty({
    type: String,
    description: '关于何地；CN 也指不涉及某地 · about which; CN also for none',
    example: '520523',
  })
  territory: string;
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, description: '旧值 · old' })
  before: unknown;
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, description: '新值 · new' })
  after: unknown;
  @ApiProperty({ type: String, description: '本行的封印 · seal of the row' }) hash: string;
}

export class AuditPageBody {
  @ApiProperty({ type: [AuditRowBody], description: '新的在前 · newest first' }) items: AuditRowBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class AuditHeadBody {
  @ApiProperty({ type: 'integer' }) rows: number;
  @ApiProperty({ type: String }) hash: string;
}

export class AuditBreakBody {
  @ApiProperty({ type: 'integer', description: '第一处不成立的行 · first row that does not hold' }) seq: number;
  @ApiProperty({ type: String, enum: ['row-missing', 'wrong-link', 'altered', 'head-differs'] }) reason: string;
}

export class AuditVerdictBody {
  @ApiProperty({ type: Boolean, description: '链是否完整 · whether the chain is whole' }) whole: boolean;
  @ApiProperty({ type: 'integer', description: '已核对的行数 · rows found whole' }) rows: number;
  @ApiProperty({ type: AuditHeadBody, description: '请记在库外 · note it outside the database' }) head: AuditHeadBody;
  @ApiProperty({ type: AuditBreakBody, nullable: true }) broken: AuditBreakBody | null;
}
