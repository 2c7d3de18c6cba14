/** What a restatement touches, and what was drafted for it, on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { BilingualBody } from '../answer/answer.dto';
import { UuidField } from '../request/field.decorator';

const outcomes = ['stale', 'drafted', 'unchanged', 'listed', 'refused', 'falsified'];
const fen = { type: String, pattern: '^-?\\d+$' };

export class ImpactPath {
  @UuidField({ description: '披露或已发布账户的编号 · id of a disclosure or of a published account' })
  id: string;
}

export class ImpactPartBody {
  @ApiProperty({ type: String }) party: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ ...fen, description: '按原数字应得 · entitled by the vintage before' }) beforeFen: string;
  @ApiProperty({ ...fen, description: '按新数字应得 · entitled by the vintage that stands now' }) afterFen: string;
  @ApiProperty(fen) differenceFen: string;
  @ApiProperty({ ...fen, description: '已结算（含更正） · what stands, corrections included' }) settledFen: string;
  @ApiProperty({ ...fen, description: '已付净额 · paid out, less what was clawed back' }) paidFen: string;
  @ApiProperty({ ...fen, description: '尚应付（正）或应收回（负） · still to be paid to it, or by it when negative' })
  dueFen: string;
  @ApiProperty({ ...fen, description: '留待以后 · waits' }) waitingFen: string;
  @ApiProperty({ type: String, nullable: true, enum: ['next-cycle', 'limit', 'least', 'paid', 'disputed', 'none'] })
  cause: string | null;
}

export class DraftedCorrectionBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String }) state: string;
}

export class ImpactedSettlementBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String }) agreement: string;
  @ApiProperty({ type: String }) kind: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) state: string;
  @ApiProperty({
    type: String,
    enum: [...outcomes, 'open'],
    description:
      'stale：未付，应重新核算；drafted：已起草更正；unchanged：金额不变；listed：只列出；refused：无法核算；falsified：造假另案处理；open：尚未处理 · stale: recompute it; drafted: see correction; unchanged; listed only; refused; falsified: goes another way; open: not looked at yet',
  })
  outcome: string;
  @ApiProperty({ type: DraftedCorrectionBody, nullable: true }) correction: DraftedCorrectionBody | null;
  @ApiProperty({ type: BilingualBody, nullable: true, description: '为何无法按新数字核算 · why it cannot be decided' })
  refusal: BilingualBody | null;
  @ApiProperty({ type: [ImpactPartBody] }) parts: ImpactPartBody[];
}

export class RelianceEndBody {
  @ApiProperty({ type: String, example: 'payment' }) kind: string;
  @ApiProperty({ type: String }) id: string;
}

export class DependentBody {
  @ApiProperty({ type: RelianceEndBody }) dependent: RelianceEndBody;
  @ApiProperty({ type: String, description: '其中的单位或对方；空为整体 · unit or party of it; empty for the whole' })
  figure: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) accountId: string | null;
  @ApiProperty({ type: RelianceEndBody, nullable: true }) upstream: RelianceEndBody | null;
  @ApiProperty(fen) amountFen: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) upstreamTerritory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: 'integer', description: '1 为直接依据 · 1: directly' }) steps: number;
}

export class ImpactBody {
  @ApiProperty({ type: String, format: 'uuid' }) disclosureId: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String, format: 'date-time' }) since: string;
  @ApiProperty({ type: String, nullable: true, description: '未重述为 null · null when nothing was restated' })
  reason: string | null;
  @ApiProperty({ type: Boolean, description: '是否认定造假 · whether figures were found to be falsified' })
  isFalsified: boolean;
  @ApiProperty({ type: [ImpactedSettlementBody] }) settlements: ImpactedSettlementBody[];
  @ApiProperty({ type: [DependentBody], description: '支付、分红等 · payments, dividends and others' })
  others: DependentBody[];
  @ApiProperty(fen) beforeFen: string;
  @ApiProperty(fen) afterFen: string;
  @ApiProperty(fen) paidFen: string;
}

export class DraftedTrueUpBody {
  @ApiProperty({ type: String, format: 'uuid', description: '所更正的结算 · the settlement it is about' })
  about: string;
  @ApiProperty({ type: String, format: 'uuid' }) disclosureId: string;
  @ApiProperty({ type: String, enum: outcomes }) outcome: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: '起草的更正 · the drafted correction' })
  correction: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true }) refusal: object | null;
}

export class RecomputedBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String, example: 'watershed-2025.v2' }) code: string;
  @ApiProperty({ type: String, format: 'uuid', description: '被取代的结算 · the one it replaces' }) replaces: string;
}
