/** What may be asked of special funds, what is done with them, and how they look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import {
  carryOverAges,
  type CarryOverAge,
  claimRoles,
  fundRoles,
  type FundRole,
  reservationStates,
  shortfallPolicies,
  type ShortfallPolicy,
} from '@gep/ledger';
import { nextCursor } from '../answer/answer.dto';
import {
  ChoiceField,
  DayField,
  FenField,
  IntegerField,
  ListField,
  PeriodField,
  TerritoryField,
  TextField,
  UuidField,
  WordsField,
} from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

const code = { max: 40, pattern: /^[a-z0-9][a-z0-9-]*$/ };
const ascii = /^[\x21-\x7e]+$/;
const reason = { description: '理由 · reason', max: 2000 };
const agreement = { description: '协议或结算的代码 · code of the agreement or settlement', optional: true, max: 100 };
const party = { description: '对方 · party', max: 100, example: 'company:990101-lm' };
const period = { description: '所属时期 · period it is for', example: '2025' };
const within = { description: '此地域及其下级 · this territory and all below it', optional: true };
const source = { description: '来源代码 · code of the source', ...code };

export class FundPath {
  @UuidField({ description: '资金的编号 · id of the fund' })
  id: string;
}

export class FundListQuery extends PageQuery {
  @TerritoryField(within)
  within?: string;
}

export class SurplusQuery {
  @TerritoryField(within)
  within?: string;

  @IntegerField({
    description: '年度；未给出时为今年 · year; this one when absent',
    optional: true,
    min: 1949,
    max: 2199,
  })
  year?: number;
}

export class NewFundBody {
  @TerritoryField({ description: '地域 · territory' })
  territory: string;

  @TextField({ description: '代码，地域内唯一 · code, the only one of its territory', example: 'eco', ...code })
  code: string;

  @TextField({ description: '中文名称 · name in Chinese', max: 100 })
  nameZh: string;

  @TextField({ description: '英文名称 · name in English', max: 100 })
  nameEn: string;

  @ChoiceField({ description: '资金不足时的办法 · what is done when it is short', of: shortfallPolicies })
  shortfallPolicy: ShortfallPolicy;
}

export class NewSourceBody {
  @TextField({ ...source, example: 'province-2025' })
  code: string;

  @TextField({ description: '部门 · department', max: 100 })
  department: string;

  @WordsField({ description: '限定用途；空为不限 · purposes it is bound to; none for any', most: 20 })
  purposes: string[];

  @IntegerField({ description: '预算年度 · budget year', min: 1949, max: 2199 })
  budgetYear: number;
}

export class FundReceiptBody {
  @TextField(source)
  source: string;

  @FenField({ description: '金额，分 · fen', example: '120000' })
  amountFen: string;

  @DayField({ description: '到账日 · day on which it came' })
  effectiveDate: string;

  @TextField({
    description: '业务键，如银行回单号 · business key, such as the number of the bank slip',
    max: 200,
    pattern: ascii,
  })
  businessKey: string;

  @TextField({ description: '摘要 · memo', max: 2000 })
  memo: string;

  @TextField({
    ...agreement,
    description: '付来此款的结算代码；据此与付款核对 · code of the settlement that paid it, by which both are matched',
  })
  agreement?: string;
}

export class FundTransferBody {
  @TextField({ ...source, description: '调出的来源 · source it leaves' })
  from: string;

  @TextField({ ...source, description: '调入的来源 · source it goes to' })
  to: string;

  @FenField({ description: '金额，分 · fen' })
  amountFen: string;

  @TextField(reason)
  reason: string;
}

export class SweepBody {
  @TextField(reason)
  reason: string;
}

export class WriteOffBody {
  @ChoiceField({ description: '债权：预付、应收、应追回 · claim: advanced, billed, to be clawed back', of: claimRoles })
  claim: (typeof claimRoles)[number];

  @TextField(party)
  party: string;

  @FenField({ description: '金额，分 · fen' })
  amountFen: string;

  @PeriodField(period)
  period: string;

  @TextField(agreement)
  agreement?: string;

  @TextField(reason)
  reason: string;
}

export class AdjustmentLineBody {
  @ChoiceField({ description: '资金科目 · account of the fund, by its role', of: fundRoles })
  account: FundRole;

  @TextField({ ...party, optional: true })
  party?: string;

  @FenField({ description: '分，借方为正 · fen, a debit is positive', signed: true })
  amountFen: string;
}

export class AdjustmentBody {
  @ListField({ description: '分录，合计为零 · postings that sum to zero', of: AdjustmentLineBody, most: 100 })
  postings: AdjustmentLineBody[];

  @TextField({ description: '所依据的规则版次或文件 · edition of the rule, or the document it follows', max: 200 })
  ruleEdition: string;

  @PeriodField(period)
  period: string;

  @TextField(agreement)
  agreement?: string;

  @UuidField({ description: '所更正的凭证 · voucher that it corrects', optional: true })
  aboutVoucher?: string;

  @TextField(reason)
  reason: string;
}

const fen = { type: String, description: '分 · fen', example: '120000' };

export class FundBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String, example: 'eco' }) code: string;
  @ApiProperty({ type: String }) nameZh: string;
  @ApiProperty({ type: String }) nameEn: string;
  @ApiProperty({ type: String, enum: shortfallPolicies }) shortfallPolicy: ShortfallPolicy;
}

export class FundPageBody {
  @ApiProperty({ type: [FundBody] }) items: FundBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class FundSourceBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String }) department: string;
  @ApiProperty({ type: [String] }) purposes: string[];
  @ApiProperty({ type: 'integer' }) budgetYear: number;
  @ApiProperty({ type: String, enum: carryOverAges, description: '今年的结转年龄 · carry-over age this year' })
  age: CarryOverAge;
  @ApiProperty(fen) receivedFen: string;
  @ApiProperty(fen) reservedFen: string;
  @ApiProperty({ ...fen, description: '支付与转出 · paid and moved on' }) paidFen: string;
  @ApiProperty({ ...fen, description: '可用 = 已收 − 预留 − 已付 · received less reserved less paid' })
  availableFen: string;
}

export class ShortfallBody {
  @ApiProperty({ type: String, description: '申请 · claim' }) code: string;
  @ApiProperty({ type: String }) decisionKey: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty(fen) claimedFen: string;
  @ApiProperty(fen) shortfallFen: string;
  @ApiProperty({ type: Boolean, description: '排队待下期 · waits for the next period' }) queued: boolean;
}

export class FundDetailBody extends FundBody {
  @ApiProperty({ type: [FundSourceBody] }) sources: FundSourceBody[];
  @ApiProperty({ type: [ShortfallBody], description: '未足额的申请 · claims that went short' })
  shortfalls: ShortfallBody[];
}

export class HeldBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) businessKey: string;
  @ApiProperty({ type: String, enum: reservationStates }) state: string;
  @ApiProperty({ type: String, nullable: true }) party: string | null;
  @ApiProperty(fen) amountFen: string;
  @ApiProperty({ ...fen, description: '仍在预留 · still held' }) heldFen: string;
  @ApiProperty({ type: String, format: 'date-time' }) expiresAt: string;
}

export class HeldListBody {
  @ApiProperty({ type: [HeldBody], description: '未了结的预留，至多 1000 项 · open reservations, at most 1000' })
  items: HeldBody[];
}

export class CarriedOverBody {
  @ApiProperty({ type: String, format: 'uuid' }) fundId: string;
  @ApiProperty({ type: String }) fund: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) source: string;
  @ApiProperty({ type: String }) department: string;
  @ApiProperty({ type: 'integer' }) budgetYear: number;
  @ApiProperty({ type: String, enum: carryOverAges }) age: CarryOverAge;
  @ApiProperty({ type: String, format: 'date', description: '自此日为结余，应上缴 · surplus from this day' })
  surplusFrom: string;
  @ApiProperty(fen) reservedFen: string;
  @ApiProperty(fen) availableFen: string;
}

export class CarriedOverListBody {
  @ApiProperty({ type: [CarriedOverBody] }) items: CarriedOverBody[];
}

export class InTransitBody {
  @ApiProperty({ type: String, description: '结算代码 · code of the settlement' }) agreement: string;
  @ApiProperty({ type: String, description: '收款的地域 · territory that was paid' }) party: string;
  @ApiProperty(fen) paidFen: string;
  @ApiProperty(fen) receivedFen: string;
  @ApiProperty({ type: String, format: 'date', description: '首次付款之日 · day of the first payment' }) since: string;
}

export class InTransitListBody {
  @ApiProperty({ type: [InTransitBody] }) items: InTransitBody[];
}

export class MadeBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
}

export class ProposedBody {
  @ApiProperty({ type: [String], description: '提议的编号 · ids of the proposals' }) ids: string[];
}
