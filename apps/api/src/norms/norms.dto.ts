/** What may be asked of norms, and how they look on the wire. */
import { ApiProperty, ApiPropertyOptions } from '@nestjs/swagger';
import { sourceGrades } from '@gep/kernel';
import { serviceCategories } from '@gep/rulebook';
import { BilingualBody } from '../answer/answer.dto';
import { ChoiceField, TextField } from '../request/field.decorator';
import { NormField } from '../request/recorded-account.decorator';

const edition = {
  description: '版本，即内容的 SHA-256 · edition, the SHA-256 of its content',
  min: 64,
  max: 64,
  pattern: /^[0-9a-f]{64}$/,
};

export class NormPath {
  @NormField({ example: 'jinsha-mine-2026' })
  id: string;
}

export class EditionPath extends NormPath {
  @TextField(edition)
  edition: string;
}

export class ParametersQuery {
  @TextField({ ...edition, optional: true })
  edition?: string;

  @TextField({ description: '参数代码 · code of the parameter', optional: true, max: 100, example: 'soilErodibility' })
  code?: string;

  @TextField({ description: '生态系统类型 · ecosystem type', optional: true, max: 100, example: 'forestLand' })
  type?: string;

  @ChoiceField({ description: '证据等级 · evidence grade', optional: true, of: sourceGrades })
  grade?: string;
}

const optionalText: ApiPropertyOptions = { type: String, nullable: true };

export class EditionBody {
  @ApiProperty({ type: String, example: 'jinsha-mine-2026' }) normId: string;
  @ApiProperty({ type: String, description: '内容的 SHA-256 · SHA-256 of its content' }) edition: string;
  @ApiProperty({ type: BilingualBody }) title: BilingualBody;
  @ApiProperty({ type: String, format: 'date-time' }) publishedAt: string;
  @ApiProperty({ type: Boolean, description: '是否为现行版 · whether it is in force' }) current: boolean;
}

export class EditionListBody {
  @ApiProperty({ type: [EditionBody] }) items: EditionBody[];
}

export class EcosystemTypeBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: String, description: 'HJ 1166 中的类 · class in HJ 1166' }) hj1166: string;
}

export class AttributeBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: String }) unit: string;
  @ApiProperty({ type: Boolean }) required: boolean;
  @ApiProperty({ ...optionalText, description: '缺失时代用的参数 · parameter that stands in' }) fallback: string | null;
  @ApiProperty(optionalText) min: string | null;
  @ApiProperty(optionalText) max: string | null;
}

export class ProductBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: String }) unit: string;
  @ApiProperty({ type: String }) priceUnit: string;
  @ApiProperty({ type: String }) class: string;
  @ApiProperty(optionalText) type: string | null;
}

export class FormulaBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: String, enum: ['patch', 'type', 'product', 'day', 'territory'] }) scope: string;
  @ApiProperty({ type: String }) unit: string;
  @ApiProperty({ type: String, example: 'area * R * K * LS * (1 - C*P)' }) expression: string;
}

const kindOf = (description: string): ApiPropertyOptions => ({
  type: 'object',
  description,
  required: ['kind'],
  properties: { kind: { type: 'string' } },
  additionalProperties: true,
});

export class ServiceUseBody {
  @ApiProperty({ ...optionalText, description: '封顶统计项：计量不超过它 · statistic that caps what is counted' })
  cap: string | null;
  @ApiProperty({ ...optionalText, description: '使用者统计项：为0则价格为0 · statistic of users; 0 makes the price 0' })
  users: string | null;
  @ApiProperty({
    type: String,
    enum: ['uncapped', 'zero', 'refuse'],
    description: '未填报时 · where it is not reported',
  })
  missing: string;
}

export class BeneficiaryBody {
  @ApiProperty({ type: String, enum: ['residents', 'enterprises', 'farmers', 'government'] }) group: string;
  @ApiProperty({ type: String, enum: ['local', 'basin', 'region', 'global'] }) scale: string;
  @ApiProperty({ type: String, description: '份额，合计为1 · share; all add up to 1', example: '0.5' }) share: string;
}

export class ServiceBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String, enum: [...serviceCategories] }) category: string;
  @ApiProperty({ type: String }) group: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty(optionalText) seea: string | null;
  @ApiProperty({ type: [String] }) types: string[];
  @ApiProperty(kindOf('数量：formula、products 或 measured · quantity')) quantity: object;
  @ApiProperty(kindOf('单价：formula、parameter 或 product · price')) price: object;
  @ApiProperty(kindOf('γ：constant 或 parameter')) gamma: object;
  @ApiProperty({ type: BilingualBody, nullable: true }) note: BilingualBody | null;
  @ApiProperty({ type: Boolean, description: '非生物流量 · not the work of living nature' }) abiotic: boolean;
  @ApiProperty({ type: Boolean, description: '中间服务 · serves another service' }) intermediate: boolean;
  @ApiProperty({
    type: String,
    enum: ['exchange', 'cost', 'welfare', 'transfer'],
    description: '价值性质 · kind of value',
  })
  valuation: string;
  @ApiProperty({
    type: String,
    enum: ['zero', 'keep', 'refuse'],
    description: '负值规则 · rule for quantities below zero',
  })
  negative: string;
  @ApiProperty({ type: BilingualBody, nullable: true, description: 'γ的由来 · how γ was found' })
  gammaBasis: BilingualBody | null;
  @ApiProperty({ ...optionalText, description: '扣除的区外来量统计项 · statistic of imports, deducted' })
  imports: string | null;
  @ApiProperty({ type: ServiceUseBody, nullable: true, description: '使用规则 · how far it is used' })
  use: ServiceUseBody | null;
  @ApiProperty({ type: [BeneficiaryBody], description: '受益者；空表示未指明 · who benefits; empty: not assigned' })
  beneficiaries: BeneficiaryBody[];
}

export class ServiceSwitchBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: String, enum: ['on', 'off'] }) state: string;
  @ApiProperty({ type: [String] }) services: string[];
  @ApiProperty({ type: BilingualBody }) reason: BilingualBody;
}

export class DeductBody {
  @ApiProperty({ type: String, description: '从此服务扣除 · taken from this service' }) from: string;
  @ApiProperty({ type: String, description: '此服务的实物量 · the quantity of this one' }) what: string;
}

export class ExclusiveGroupBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: [String] }) services: string[];
  @ApiProperty({ type: BilingualBody }) reason: BilingualBody;
  @ApiProperty({ type: DeductBody, nullable: true }) deduct: DeductBody | null;
}

export class DailySeriesBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: String }) unit: string;
  @ApiProperty({ type: String, description: '容许缺测天数的份额 · share of days that may lack' }) mostMissing: string;
  @ApiProperty(optionalText) min: string | null;
  @ApiProperty(optionalText) max: string | null;
}

export class ServiceGroupBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
}

export class BaseNormBody {
  @ApiProperty({ type: String }) id: string;
  @ApiProperty({ type: String }) edition: string;
}

export class ExcludedServiceBody {
  @ApiProperty({ type: String }) service: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: BilingualBody }) reason: BilingualBody;
  @ApiProperty({ type: String, description: '所属开关 · the switch that leaves it out' }) switch: string;
}

export class NormBody {
  @ApiProperty({ type: String }) id: string;
  @ApiProperty({ type: String }) edition: string;
  @ApiProperty({ type: BilingualBody }) title: BilingualBody;
  @ApiProperty({ type: String, enum: ['usable', 'skeleton'] }) status: string;
  @ApiProperty({ type: [BilingualBody], description: '依据 · what it is based on' }) basis: BilingualBody[];
  @ApiProperty({ type: String, example: 'yuan' }) currency: string;
  @ApiProperty({ type: [EcosystemTypeBody] }) types: EcosystemTypeBody[];
  @ApiProperty({ type: [AttributeBody] }) attributes: AttributeBody[];
  @ApiProperty({ type: [ProductBody] }) products: ProductBody[];
  @ApiProperty({ type: [ServiceGroupBody] }) groups: ServiceGroupBody[];
  @ApiProperty({ type: [ServiceBody] }) services: ServiceBody[];
  @ApiProperty({ type: [FormulaBody] }) formulas: FormulaBody[];
  @ApiProperty({ type: BaseNormBody, nullable: true, description: '所扩展的规范 · the norm that it extends' })
  base: BaseNormBody | null;
  @ApiProperty({ ...optionalText, description: '只适用于此地域及其下级 · holds here and below only' }) place:
    | string
    | null;
  @ApiProperty({ type: [ExcludedServiceBody], description: '按开关不计的服务 · services that a switch leaves out' })
  excluded: ExcludedServiceBody[];
  @ApiProperty({ type: [ServiceSwitchBody], description: '开关及其状态 · switches and their states' })
  switches: ServiceSwitchBody[];
  @ApiProperty({ type: [ExclusiveGroupBody], description: '互斥或扣除的服务组 · services that count the same thing' })
  exclusive: ExclusiveGroupBody[];
  @ApiProperty({ type: [DailySeriesBody], description: '逐日序列 · daily series' }) series: DailySeriesBody[];
  @ApiProperty({ type: [BilingualBody], description: '骨架规范所缺的内容 · what a skeleton lacks' })
  incomplete: BilingualBody[];
}

export class SpreadBody {
  @ApiProperty({ type: String }) low: string;
  @ApiProperty({ type: String }) high: string;
  @ApiProperty({ type: String, enum: ['uniform', 'triangular', 'normal', 'lognormal'] }) distribution: string;
}

export class ParameterValueBody {
  @ApiProperty({ type: String, description: '小数或分数文本 · decimal or fraction text', example: '0.0336' })
  value: string;
  @ApiProperty({ type: String, format: 'date', description: '自此日起 · holds from' }) from: string;
  @ApiProperty(optionalText) type: string | null;
  @ApiProperty(optionalText) place: string | null;
  @ApiProperty({ type: String, enum: [...sourceGrades] }) grade: string;
  @ApiProperty({ type: String, description: '出处 · source' }) source: string;
  @ApiProperty({ type: BilingualBody, nullable: true }) note: BilingualBody | null;
  @ApiProperty({ ...optionalText, description: '价格年份 · the year in whose money it is' }) priceYear: string | null;
  @ApiProperty({ ...optionalText, description: '取得地区 · where it was found' }) region: string | null;
  @ApiProperty({ ...optionalText, description: '换算方法 · how it was moved from there' }) index: string | null;
  @ApiProperty({
    type: SpreadBody,
    nullable: true,
    description: '取值区间：上下限，或90%区间 · range: bounds, or a 90% interval',
  })
  spread: SpreadBody | null;
}

export class ParameterBody {
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ ...optionalText, description: '公式中的字母 · letter of the formula' }) symbol: string | null;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: String }) unit: string;
  @ApiProperty({ ...optionalText, description: '价格类别 · class of the price' }) priceClass: string | null;
  @ApiProperty({ type: [ParameterValueBody] }) values: ParameterValueBody[];
}

export class ParameterListBody {
  @ApiProperty({ type: String }) normId: string;
  @ApiProperty({ type: String }) edition: string;
  @ApiProperty({ type: [ParameterBody] }) items: ParameterBody[];
}
