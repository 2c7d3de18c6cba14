/** What may be asked of settlements over HTTP. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, IsOptional } from 'class-validator';
import { type ColumnBinding, settlementKinds, type SettlementKind } from '@gep/settlement';
import {
  ChoiceField,
  DayField,
  DecimalField,
  FenField,
  FlagField,
  FundField,
  MomentField,
  ObjectField,
  PeriodField,
  TerritoryField,
  TextField,
  UuidField,
} from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

const ascii = /^[\x21-\x7e]+$/;
const edition = /^[0-9a-f]{64}$/;
const code = { max: 80, pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/, example: 'watershed-2025' };
const agreement = { description: '协议或合同代码 · code of the agreement or contract', max: 100, pattern: ascii };
const digest = {
  description: '文件的 SHA-256 · SHA-256 of the paper',
  optional: true,
  min: 64,
  max: 64,
  pattern: edition,
};
const words = { type: 'object' as const, additionalProperties: { type: 'string' as const } };
const mostRows = 100_000;

export class SettlementRuleBody {
  @TextField({ description: '规则代码 · id of the rule', optional: true, max: 64, example: 'gep-share' })
  id?: string;

  @TextField({
    description: '版本；省略则用该地该期启用中的 · edition; the one in force for territory and period when left out',
    ...{ optional: true, min: 64, max: 64, pattern: edition },
  })
  edition?: string;
}

export class SettlementTableBody {
  @ApiProperty({
    ...{ type: 'array', maxItems: mostRows, items: { type: 'object', additionalProperties: true } },
    description: '每单位一行：列名 → 值 · a row for each unit: column → value',
    example: [{ unit: '350102', period: '2025', gep: '120' }],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostRows)
  @IsObject({ each: true })
  rows: Record<string, unknown>[];

  @TextField({ description: '数据出自的文件 · document that the figures were taken from', max: 300 })
  document: string;

  @TextField({ ...digest, optional: false })
  documentDigest: string;
}

export class SettlementAccountsBody {
  @ApiProperty({ type: [String], description: '核算期 · periods', example: ['2024', '2025'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(60)
  periods: string[];

  @ApiProperty({ type: [String], description: '地域代码 · codes of territories', example: ['350102'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5000)
  units: string[];

  @ApiProperty({
    ...{ type: 'array', items: { type: 'object', additionalProperties: true } },
    description:
      '规则的列 ← 已公布核算的数字：{column, norm, figure: "total" | {services, categories} | {payableIncrement: {effects}}, prices: "current" | {constant: "2020"}} · columns of the rule ← figures of published accounts',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  columns: ColumnBinding[];

  @ApiPropertyOptional({
    ...{ type: 'array', items: { type: 'object', additionalProperties: true } },
    description: '核算没有的列 · columns that accounts do not have',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostRows)
  @IsObject({ each: true })
  beside?: Record<string, unknown>[];
}

export class TrueUpBody {
  @ChoiceField({
    description: '日后更正如何办 · what a later correction does',
    of: ['next-cycle', 'supplement', 'clawback', 'none'],
  })
  way: 'next-cycle' | 'supplement' | 'clawback' | 'none';

  @DecimalField({
    description: '追加支付的上限，占合同额的份额 · most of a supplement, part of the contract',
    optional: true,
    example: '0.1',
  })
  supplementLimit?: string;

  @FenField({ description: '低于此的差额不动 · smaller differences wait', optional: true })
  least?: string;
}

export class NewSettlementBody {
  @TextField({ description: '代码，在地域内永远唯一 · code, unique in the territory for ever', ...code })
  code: string;

  @TerritoryField({ description: '地域 · territory', example: '350000' })
  territory: string;

  @TextField({ description: '机制 · mechanism', max: 60, example: 'eco-compensation', pattern: /^[a-z-]+$/ })
  mechanism: string;

  @ChoiceField({ description: '种类 · kind', of: settlementKinds })
  kind: SettlementKind;

  @TextField(agreement)
  agreement: string;

  @PeriodField({ description: '核算期 · period', example: '2025' })
  period: string;

  @ObjectField({ description: '规则 · rule', of: SettlementRuleBody, optional: true })
  rule?: SettlementRuleBody;

  @FundField()
  fund: string;

  @TextField({ description: '用途 · purpose', max: 100 })
  purpose: string;

  @ApiProperty({
    ...words,
    description: '规则的当事方 → 账簿对方；资金本身写 fund:<代码> · party of the rule → party of the book',
  })
  @IsObject()
  parties: Record<string, string>;

  @ApiPropertyOptional({ ...words, description: '单位 → 账簿对方；省略则用其代码 · unit → party of the book' })
  @IsOptional()
  @IsObject()
  partyOfUnit?: Record<string, string>;

  @ObjectField({ description: '表格输入 · input as a table', of: SettlementTableBody, optional: true })
  table?: SettlementTableBody;

  @ObjectField({
    description: '取自已公布的核算 · input from published accounts',
    of: SettlementAccountsBody,
    optional: true,
  })
  accounts?: SettlementAccountsBody;

  @ApiPropertyOptional({ ...words, description: '整体的值 · values of the whole' })
  @IsOptional()
  @IsObject()
  totals?: Record<string, string>;

  @ObjectField({ description: '更正的条款 · terms of corrections', of: TrueUpBody })
  trueUp: TrueUpBody;

  @UuidField({ description: '所更正的结算 · settlement that it corrects', optional: true })
  about?: string;

  @PeriodField({ description: '用哪一年的资金；省略则同核算期 · year of the money', optional: true })
  moneyPeriod?: string;

  @DayField({ description: '协议的最后一日 · last day of the agreement', optional: true })
  agreementUntil?: string;

  @FlagField({ description: '排队核算，立即返回 · compute by the queue and answer at once', optional: true })
  queued?: boolean;
}

export class SettlementListQuery extends PageQuery {
  @TerritoryField({ description: '此地域及其下级 · this territory and below', optional: true })
  within?: string;

  @TextField({ ...agreement, optional: true })
  agreement?: string;

  @PeriodField({ description: '核算期 · period', optional: true })
  period?: string;

  @ChoiceField({ description: '种类 · kind', of: settlementKinds, optional: true })
  kind?: SettlementKind;

  @TextField({ description: '代码 · code', optional: true, ...code })
  code?: string;
}

export class SettlementLinesQuery extends PageQuery {
  @TextField({ description: '单位 · unit', optional: true, max: 200 })
  unit?: string;

  @TextField({ description: '对方 · party', optional: true, max: 100 })
  party?: string;
}

export class SettlementStepBody {
  @TextField({ description: '理由；退回与撤回必填 · reason; needed to return or withdraw', optional: true, max: 2000 })
  reason?: string;

  @TextField(digest)
  documentDigest?: string;
}

export class SettlementReserveBody extends SettlementStepBody {
  @MomentField({ description: '预留至；省略为半年 · held until; half a year when left out', optional: true })
  expiresAt?: string;

  @PeriodField({ description: '用哪一年的资金 · year of the money', optional: true })
  moneyPeriod?: string;

  @ChoiceField({
    description: '不足时的办法；省略则用资金的 · when there is not enough; that of the fund when left out',
    of: ['all-or-nothing', 'pro-rata', 'priority', 'queue'],
    optional: true,
  })
  policy?: 'all-or-nothing' | 'pro-rata' | 'priority' | 'queue';

  @ApiPropertyOptional({
    ...{ type: 'object', additionalProperties: { type: 'integer' } },
    description: '优先次序：对方 → 数，小者先 · priority by party, smaller first',
  })
  @IsOptional()
  @IsObject()
  priorities?: Record<string, number>;
}

export class SettlementDayBody extends SettlementStepBody {
  @DayField({ description: '凭证日期；省略为今天 · day of the voucher; today when left out', optional: true })
  effectiveDate?: string;
}

export class SettlementPayBody extends SettlementDayBody {
  @ApiPropertyOptional({
    ...{ type: 'object', additionalProperties: { type: 'object', additionalProperties: { type: 'string' } } },
    description: '已不存在的对方改付给谁及理由 · who is paid for a party that is no more, and why',
    example: { '350102': { to: '350103', reason: '合并 merged' } },
  })
  @IsOptional()
  @IsObject()
  payees?: Record<string, { to: string; reason: string }>;
}

export class ReturnedPaymentBody {
  @TextField({ description: '退回的原因 · why it came back', max: 2000 })
  reason: string;

  @DayField({ description: '退回之日 · day on which it came back', optional: true })
  effectiveDate?: string;
}

export class CollectionBody {
  @FenField({ description: '收到的金额（分） · fen that came in' })
  amountFen: string;

  @ChoiceField({
    description: '账单，或应追回的 · bill, or what is owed back',
    of: ['bill', 'clawback'],
    optional: true,
  })
  of?: 'bill' | 'clawback';

  @TextField({
    description:
      '由资金的哪个来源收入；省略时账单入来源 levied（征收），追回款回到原付来源 · source of the fund that takes it in; when absent a bill goes to the source levied, and what is owed back to the source it was paid from',
    optional: true,
    max: 40,
    pattern: ascii,
  })
  source?: string;

  @DayField({ description: '收款之日 · day', optional: true })
  effectiveDate?: string;
}
