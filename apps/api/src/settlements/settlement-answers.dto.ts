/** How settlements look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import {
  partStates,
  settlementKinds,
  settlementStates,
  type PartState,
  type SettlementKind,
  type SettlementState,
} from '@gep/settlement';
import { BilingualBody, nextCursor } from '../answer/answer.dto';
import { StepBody } from '../procedures/procedures.dto';

const plain = { type: 'object' as const, additionalProperties: true };
const fen = { type: String, description: '分 · fen', example: '120000' };

export class SettlementAnsweredBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
}

export class SettlementComputedBody {
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: '排队时为空 · null when queued' })
  id: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: '排队的申请 · request in the queue' })
  requestId: string | null;
}

export class SettlementRequestBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) settlementId: string | null;
  @ApiProperty({ ...plain, nullable: true, description: '拒绝的原因 · why it was refused' }) refusal: object | null;
  @ApiProperty({ type: String, format: 'date-time' }) requestedAt: string;
}

/** What a party sees of a settlement. */
export class SettlementGistBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String }) mechanism: string;
  @ApiProperty({ type: String, enum: settlementKinds }) kind: SettlementKind;
  @ApiProperty({ type: String }) agreement: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String }) policyId: string;
  @ApiProperty({ type: String }) ruleEdition: string;
  @ApiProperty({ type: String }) fundCode: string;
}

export class SettlementHeadBody extends SettlementGistBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) moneyPeriod: string;
  @ApiProperty({ type: String, format: 'uuid' }) fundId: string;
  @ApiProperty({ type: String }) purpose: string;
  @ApiProperty({ type: String }) snapshotDigest: string;
  @ApiProperty({ type: String }) decisionDigest: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) about: string | null;
  @ApiProperty({ type: String, nullable: true }) gatedBy: string | null;
  @ApiProperty({ ...plain, description: '决定：各项支付、证明、所示数值 · payments, proofs and shown values' })
  decision: object;
  @ApiProperty({ type: String }) computedBy: string;
  @ApiProperty({ type: String }) computedName: string;
  @ApiProperty({ type: String, format: 'date-time' }) computedAt: string;
}

export class SettlementPageBody {
  @ApiProperty({ type: [SettlementHeadBody] }) items: SettlementHeadBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class SettlementPartBody {
  @ApiProperty({ type: String }) party: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String, enum: partStates }) state: PartState;
  @ApiProperty(fen) entitledFen: string;
  @ApiProperty(fen) settledFen: string;
  @ApiProperty(fen) advancedFen: string;
  @ApiProperty(fen) takenFen: string;
  @ApiProperty(fen) claimFen: string;
  @ApiProperty(fen) billFen: string;
  @ApiProperty(fen) clawbackFen: string;
  @ApiProperty(fen) advanceSpentFen: string;
  @ApiProperty(fen) waitingFen: string;
  @ApiProperty({ type: String, nullable: true }) waitingCause: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) vintageId: string | null;
  @ApiProperty(fen) grantedFen: string;
  @ApiProperty(fen) shortfallFen: string;
  @ApiProperty(fen) paidFen: string;
  @ApiProperty(fen) billedFen: string;
  @ApiProperty(fen) collectedFen: string;
  @ApiProperty(fen) clawedFen: string;
  @ApiProperty(fen) recoveredFen: string;
  @ApiProperty({ type: [String] }) vouchers: string[];
}

export class SettlementViewBody {
  @ApiProperty({ type: SettlementGistBody }) gist: SettlementGistBody;
  @ApiProperty({ type: SettlementHeadBody, nullable: true, description: '对方看不到时为空 · null to a party' })
  head: SettlementHeadBody | null;
  @ApiProperty({ type: String, enum: settlementStates, nullable: true }) state: SettlementState | null;
  @ApiProperty({ type: BilingualBody, nullable: true }) nameOfState: BilingualBody | null;
  @ApiProperty({ type: [StepBody] }) steps: StepBody[];
  @ApiProperty({ type: [String], description: '有异议而冻结的 · frozen by an objection' }) frozen: string[];
  @ApiProperty({ type: [SettlementPartBody] }) parts: SettlementPartBody[];
}

export class PaymentSourceBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String }) department: string;
  @ApiProperty(fen) amountFen: string;
}

export class SettlementPaymentBody {
  @ApiProperty({ type: String }) party: string;
  @ApiProperty({ type: String, description: '实际收款方 · who was paid' }) payee: string;
  @ApiProperty(fen) amountFen: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) voucherId: string | null;
  @ApiProperty({ type: String }) paidBy: string;
  @ApiProperty({ type: String, format: 'date-time' }) paidAt: string;
  @ApiProperty({ type: Boolean, description: '已被银行退回 · the bank sent it back' }) isReturned: boolean;
  @ApiProperty({ type: [PaymentSourceBody], description: '出自资金的哪些来源；对方看不到 · none to a party' })
  sources: PaymentSourceBody[];
}

export class ShownSettlementBody extends SettlementViewBody {
  @ApiProperty({ type: [SettlementPaymentBody] }) payments: SettlementPaymentBody[];
}

export class SettlementLineBody {
  @ApiProperty({ type: 'integer' }) no: number;
  @ApiProperty({ type: String }) payment: string;
  @ApiProperty({ type: String }) unit: string;
  @ApiProperty({ type: String }) fromParty: string;
  @ApiProperty({ type: String }) toParty: string;
  @ApiProperty(fen) amountFen: string;
  @ApiProperty({ ...plain, description: '这一行及其所据 · the line and what it rests on' }) detail: object;
}

export class SettlementLinePageBody {
  @ApiProperty({ type: [SettlementLineBody] }) items: SettlementLineBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class SettlementExplanationBody {
  @ApiProperty({ type: SettlementGistBody }) gist: SettlementGistBody;
  @ApiProperty({ ...plain, description: '规则与来源 · rule and sources' }) rule: object;
  @ApiProperty({
    type: 'array',
    items: plain,
    nullable: true,
    description: '各项支付与整体的数值 · payments and values of the whole',
  })
  payments: object[] | null;
  @ApiProperty({ type: [SettlementLineBody] }) lines: SettlementLineBody[];
  @ApiProperty({
    type: 'array',
    items: plain,
    nullable: true,
    description:
      '各行如何由数字得出：式子、总额、本单位的权重、权重之和、精确份额、取整；对方看不到时为空 · how each line came: expression, pool, weight of the unit, sum of weights, exact share, rounding; null to a party',
  })
  workings: object[] | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: { type: 'string' } },
    description: '规则中各值的名称 · names of the values of the rule',
  })
  names: Record<string, { zh: string; en: string }>;
  @ApiProperty({ type: 'array', items: plain, description: '各对方 · parts' }) parts: object[];
  @ApiProperty({ type: 'array', items: plain, description: '所据的核算 · accounts it rests on' }) figures: object[];
}

export class SettlementVerdictBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: Boolean }) holds: boolean;
  @ApiProperty({ type: [String] }) found: string[];
  @ApiProperty({ type: String }) decisionDigest: string;
  @ApiProperty({ type: String }) decidedAnew: string;
}
