/** What may be asked and told of contracts on increments and market purchases, and how they look on the wire. */
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsOptional } from 'class-validator';
import {
  contractActs,
  measureKinds,
  negativePolicies,
  references,
  spendingUses,
  type ContractAct,
  type MeasureKind,
  type NegativePolicy,
  type Reference,
  type SpendingUse,
} from '@gep/procurement';
import {
  ChoiceField,
  DayField,
  DecimalField,
  FenField,
  FundField,
  IntegerField,
  TerritoryField,
  TextField,
  UuidField,
  WordsField,
} from '../request/field.decorator';
import { companyCode, digestField, WithinQuery } from './companies.dto';

const year = { min: 4, max: 4, pattern: /^(?:19|20|21)\d\d$/, example: '2025' };
export const contractCode = { max: 60, pattern: /^[a-z0-9][a-z0-9-]*$/, example: 'dajun-2025' };
const on = {
  description: '办理日期，可为以往；省略为今天 · day on which it was done; today when absent',
  optional: true,
};

export class ContractPath {
  @TextField({ description: '代码 · code', ...contractCode })
  code: string;
}

export class SpendingPath extends ContractPath {
  @UuidField({ description: '支出的编号 · id of the spending' })
  id: string;
}

export class ContractsQuery extends WithinQuery {
  @TextField({ description: '年度 · year', optional: true, ...year })
  year?: string;
}

export class NewContractBody {
  @TextField({ description: '代码，平台内唯一 · code, unique on the platform', ...contractCode })
  code: string;

  @TextField({ description: '公司 · company', ...companyCode })
  company: string;

  @TextField({ description: '年度 · year', ...year })
  year: string;

  @TerritoryField({ description: '以其 GEP 计算的地域 · territory whose GEP counts' })
  unit: string;

  @TextField({ description: '规范 · norm', max: 64, example: 'cn-terrestrial' })
  norm: string;

  @WordsField({
    description: '计入的服务；省略为全部调节服务 · services that count; all regulating ones when absent',
    optional: true,
    most: 100,
  })
  services?: string[];

  @WordsField({
    description: '计入的变化原因；省略为全部变化 · effects that count; the whole change when absent',
    optional: true,
    most: 9,
  })
  effects?: string[];

  @ChoiceField({ description: '比较基准 · reference', of: references })
  reference: Reference;

  @TextField({
    description: '基准年，或比较所及的第一年 · base year, or the first year that is compared',
    optional: true,
    ...year,
  })
  baseYear?: string;

  @TextField({ description: '不变价的年度 · year of the prices', ...year })
  pricesOf: string;

  @DecimalField({ description: '采购比例，0.001 至 0.02 · rate, 0.001 to 0.02', example: '0.02' })
  rate: string;

  @FenField({ description: '保底额 · floor', optional: true })
  floorFen?: string;

  @FenField({ description: '封顶额 · cap', optional: true })
  capFen?: string;

  @ChoiceField({ description: '减少时：记录、结转、收款 · what a fall does', of: negativePolicies })
  negative: NegativePolicy;

  @TextField({ description: '规则 · id of the rule', max: 64, example: 'increment-contract' })
  policy: string;

  @FundField()
  fund: string;

  @TextField({ description: '用途 · purpose', max: 100 })
  purpose: string;

  @TextField({ description: '采购人 · buyer', max: 200 })
  buyer: string;

  @TextField({ description: '单一来源的理由 · why there is one supplier only', max: 2000 })
  singleSourceReason: string;

  @DecimalField({ description: '用于保护的份额，0 至 1 · part that goes into conservation', example: '0.7' })
  conservationShare: string;

  @TextField({
    description: '其他允许的用途，以分号分隔 · what else it may be used for, separated by semicolons',
    optional: true,
    max: 1000,
  })
  allowedPurposes?: string;

  @DayField({ description: '应在此日前使用 · day by which it is spent' })
  spendBy: string;

  @ChoiceField({ description: '日后重述时 · what a restatement does', of: ['supplement', 'next-cycle'] })
  trueUp: 'supplement' | 'next-cycle';
}

export class ContractActBody {
  @ChoiceField({ description: '办理 · what is done', of: contractActs })
  act: ContractAct;

  @DayField(on)
  on?: string;

  @TextField({
    description: '理由；退回、解除必填 · reason; needed to return and to rescind',
    optional: true,
    max: 2000,
  })
  reason?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', maxLength: 2000 },
    description:
      '该步的事实：budget line, amountFen；notice where；award opinions；sign bondFen；publish where；file authority, number；accept users, opinions, where；invoice number, amountFen, issuedOn · facts of the step',
    example: { line: '2110501', amountFen: '100000000' },
  })
  @IsOptional()
  @IsObject()
  facts?: Record<string, string>;

  @TextField({ ...digestField, optional: true })
  documentDigest?: string;

  @IntegerField({ description: '您看到的最后一步 · the step you saw last', optional: true, min: 1, max: 1_000_000 })
  afterStep?: number;
}

export class NewSupplementBody {
  @UuidField({ description: '据以支付的更正结算 · correction by which it is paid', optional: true })
  settlement?: string;

  @FenField({ description: '金额；合计不超过合同的百分之十 · amount; a tenth of the contract in all' })
  amountFen: string;

  @DayField(on)
  on?: string;

  @TextField({ description: '理由 · why', max: 2000 })
  reason: string;

  @TextField(digestField)
  documentDigest: string;
}

export class NewSpendingBody {
  @ChoiceField({
    description: '用于保护，或其他允许的用途 · conservation, or another allowed purpose',
    of: spendingUses,
  })
  use: SpendingUse;

  @TextField({ description: '用途 · purpose', max: 200 })
  purpose: string;

  @FenField({ description: '金额 · amount' })
  amountFen: string;

  @DayField(on)
  on?: string;

  @TextField({ description: '凭证号，平台内唯一 · number of the evidence, unique on the platform', min: 4, max: 100 })
  evidence: string;

  @TextField(digestField)
  documentDigest: string;
}

export class SpendingTakenBackBody {
  @TextField(digestField)
  documentDigest: string;
}

export class NewStatementBody {
  @TextField({ description: '年度 · year', ...year })
  year: string;

  @DayField(on)
  on?: string;

  @TextField(digestField)
  documentDigest: string;
}

export class NewMeasureBody {
  @ChoiceField({ description: '缓拨、减拨、停拨、追回、解除 · delay, cut, stop, recover, lift', of: measureKinds })
  kind: MeasureKind;

  @UuidField({ description: '所解除的处理 · measure that is lifted', optional: true })
  lifts?: string;

  @FenField({ description: '减拨、追回的金额，从下一合同扣除 · amount, taken off the next contract', optional: true })
  amountFen?: string;

  @DayField(on)
  on?: string;

  @TextField({ description: '理由 · why', min: 4, max: 2000 })
  reason: string;
}
