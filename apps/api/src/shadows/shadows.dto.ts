/** What may be asked of shadow settlements, and how one looks on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { settlementKinds, type SettlementKind } from '@gep/settlement';
import { BilingualBody, fenByCode, nextCursor } from '../answer/answer.dto';
import { ListField, TerritoryField, TextField, UuidField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';
import { NewSettlementBody } from '../settlements/settlements.dto';

const fen = { type: String, description: '分 · fen', example: '120000' };
const mostDrafts = 200;

export class ShadowPath {
  @UuidField({ description: '试算编号 · id of the shadow' })
  id: string;
}

export class ShadowListQuery extends PageQuery {
  @TerritoryField({ description: '此地域及其下级 · this territory and below', optional: true })
  within?: string;
}

export class NewShadowBody {
  @TextField({ description: '名称 · name', max: 200, example: '2025 年试算' })
  name: string;

  @ListField({
    description: '结算草案，按支付次序 · drafts, in the order in which they are to be paid',
    of: NewSettlementBody,
    most: mostDrafts,
  })
  drafts: NewSettlementBody[];
}

export class NewShadowAnswerBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
}

export class ShadowHeadBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) name: string;
  @ApiProperty({ type: String, description: '方案的 SHA-256 · SHA-256 of the plan' }) planDigest: string;
  @ApiProperty({ type: String }) runBy: string;
  @ApiProperty({ type: String }) runName: string;
  @ApiProperty({ type: String, format: 'date-time' }) runAt: string;
  @ApiProperty({ type: [String], nullable: true, description: '转成的正式结算 · real settlements that it became' })
  settlements: string[] | null;
}

export class ShadowPageBody {
  @ApiProperty({ type: [ShadowHeadBody] }) items: ShadowHeadBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class ShadowPartBody {
  @ApiProperty({ type: String }) party: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty(fen) entitledFen: string;
  @ApiProperty(fen) advancedFen: string;
  @ApiProperty(fen) takenFen: string;
  @ApiProperty(fen) claimFen: string;
  @ApiProperty(fen) billFen: string;
  @ApiProperty(fen) clawbackFen: string;
  @ApiProperty(fen) waitingFen: string;
  @ApiProperty({ type: String, nullable: true }) waitingCause: string | null;
  @ApiProperty({ ...fen, description: '资金可给 · what the fund would give' }) grantedFen: string;
  @ApiProperty(fen) shortfallFen: string;
}

export class VirtualSourceBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: [String] }) purposes: string[];
  @ApiProperty({ type: 'integer' }) budgetYear: number;
  @ApiProperty(fen) receivedFen: string;
  @ApiProperty(fen) reservedFen: string;
  @ApiProperty(fen) paidFen: string;
  @ApiProperty({ ...fen, description: '前面各项之后尚余 · what the ones before it leave' }) availableFen: string;
}

export class SourceDrawBody {
  @ApiProperty({ type: String }) claim: string;
  @ApiProperty({ type: String }) source: string;
  @ApiProperty(fen) amountFen: string;
}

export class ShadowEntryBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String, enum: settlementKinds }) kind: SettlementKind;
  @ApiProperty({ type: String }) agreement: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String }) ruleEdition: string;
  @ApiProperty({ type: String }) snapshotDigest: string;
  @ApiProperty({ type: String }) decisionDigest: string;
  @ApiProperty({ type: String }) fundCode: string;
  @ApiProperty({ type: String, description: '资金存量的 SHA-256 · SHA-256 of where the fund stood' })
  fundDigest: string;
  @ApiProperty({ type: [VirtualSourceBody] }) sources: VirtualSourceBody[];
  @ApiProperty({ type: [SourceDrawBody] }) draws: SourceDrawBody[];
  @ApiProperty({ type: [ShadowPartBody] }) parts: ShadowPartBody[];
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: '上年的结算 · settlement of the year before',
  })
  yearBefore: string | null;
  @ApiProperty({ ...fenByCode, description: '对方 → 上年应得（分） · party → entitled the year before, in fen' })
  beforeFen: Record<string, string>;
}

export class ShadowBody extends ShadowHeadBody {
  @ApiProperty({ type: [ShadowEntryBody] }) entries: ShadowEntryBody[];
}

export class PromotedBody {
  @ApiProperty({ type: [String], description: '正式结算，按原次序 · real settlements, in their order' })
  settlements: string[];
}
