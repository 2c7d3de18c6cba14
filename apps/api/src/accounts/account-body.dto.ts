/** How accounts, comparisons and explanations look on the wire, for OpenAPI. Money is fen as decimal text. */
import { ApiProperty, ApiPropertyOptional, ApiPropertyOptions } from '@nestjs/swagger';
import { evidenceGrades } from '@gep/kernel';
import { serviceCategories } from '@gep/rulebook';
import { ChildDivisionBody } from './division-body.dto';
import { BilingualBody, fenByCode, nextCursor } from '../answer/answer.dto';
import { SeriesRefusalBody } from './refusal-body.dto';

const fen = (description: string): ApiPropertyOptions => ({
  type: String,
  pattern: '^-?\\d+$',
  description,
  example: '68200000',
});
const grade: ApiPropertyOptions = {
  type: String,
  enum: [...evidenceGrades],
  description: '最弱的证据等级 · weakest evidence grade',
};

const flow: ApiPropertyOptions = {
  type: String,
  format: 'uuid',
  required: false,
  description: '按此流动声明扣减的行，数量与价值为负 · takes back what this declared flow makes two accounts count',
};

export class NormReference {
  @ApiProperty({ type: String, example: 'jinsha-mine-2026' }) id: string;
  @ApiProperty({ type: String, description: '内容的 SHA-256 · SHA-256 of its content' }) edition: string;
}

export class TotalsBody {
  @ApiProperty(fen('总值（分） · total in fen')) totalFen: string;
  @ApiProperty(fenByCode) byCategory: Record<string, string>;
  @ApiProperty(fenByCode) byGroup: Record<string, string>;
  @ApiProperty(fenByCode) byService: Record<string, string>;
  @ApiProperty(fenByCode) byType: Record<string, string>;
}

export class CoverageBody {
  @ApiProperty({ type: 'integer', description: '已有的下级账户数 · children that are in' }) present: number;
  @ApiProperty({ type: 'integer', description: '应有的下级账户数 · children that should be in' }) expected: number;
  @ApiProperty({ type: Boolean, description: '下级齐全，且没有被拒的行 · all children are in, and no row was refused' })
  complete: boolean;
  @ApiProperty({ type: 'integer', required: false, description: '其观测在导入时被拒的行 · rows refused at import' })
  refusedRows?: number;
}

/** A vintage without its lines. */
export class AccountSummaryBody {
  @ApiProperty({ type: String, format: 'uuid', description: '账户版次的编号 · id of this vintage' }) id: string;
  @ApiProperty({ type: String, example: '520523-jinsha-mine' }) territory: string;
  @ApiProperty({ type: String, example: 'site' }) level: string;
  @ApiProperty({ type: String, example: '2024' }) period: string;
  @ApiProperty({ type: NormReference }) norm: NormReference;
  @ApiProperty({ type: 'integer', description: '第几版，从 1 起 · counting up from 1' }) vintage: number;
  @ApiProperty({
    type: String,
    enum: ['observed', 'aggregated', 'divided'],
    description:
      '由观测核算；由下级或前身相加；由拆分的前身按份额划入 · observed; added up; made of shares of predecessors that were split',
  })
  origin: string;
  @ApiProperty({ type: String, description: '所用观测的摘要 · digest of the observations' }) observationDigest: string;
  @ApiProperty({ type: TotalsBody }) totals: TotalsBody;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' }, description: '类型 → 面积 · type → area' })
  areaByType: Record<string, number>;
  @ApiProperty({ type: String, example: 'hm2' }) areaUnit: string;
  @ApiProperty({ type: CoverageBody }) coverage: CoverageBody;
  @ApiProperty(grade) grade: string;
  @ApiProperty({ type: String, description: '账户内容的 SHA-256 · SHA-256 of the canonical content' }) digest: string;
  @ApiProperty({ type: String, format: 'date-time' }) recordedAt: string;
}

export class AccountLineBody {
  @ApiProperty({ type: String, example: 'sedimentReduction' }) service: string;
  @ApiProperty({ type: String, enum: [...serviceCategories] }) category: string;
  @ApiProperty({ type: String }) group: string;
  @ApiProperty({ type: String, nullable: true, example: 'forestLand' }) type: string | null;
  @ApiProperty({ type: String, nullable: true }) item: string | null;
  @ApiProperty({ type: Number }) quantity: number;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: '扣除区外来量和使用上限之前的供给量 · quantity before imports and cap; null when that is the quantity',
  })
  supplied: number | null;
  @ApiProperty({ type: String, example: 't', description: '核算期内的量的单位 · unit of the amount over the period' })
  unit: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: '单价（小数或分数文本） · price, exact decimal or fraction text',
  })
  price: string | null;
  @ApiProperty({ type: String, example: 'yuan/t' }) priceUnit: string;
  @ApiProperty({ type: String, nullable: true, description: 'γ' }) gamma: string | null;
  @ApiProperty(fen('价值（分） · value in fen')) valueFen: string;
  @ApiProperty(grade) grade: string;
  @ApiProperty(flow) flow?: string;
}

export class ChildAccountBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) digest: string;
  @ApiProperty({ type: String, format: 'uuid' }) accountId: string;
  @ApiProperty({
    type: [ChildDivisionBody],
    required: false,
    description: '只有一部分划入时：由哪些拆分而来 · of a predecessor that only part of came in: by which splits',
  })
  division?: ChildDivisionBody[];
}

export class RefusedPartBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: 'integer', description: '被拒的行 · rows refused' }) rows: number;
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: '批次，见其问题 · upload; see its problems',
  })
  batch: string | null;
}

const gradesByCode: ApiPropertyOptions = {
  type: 'object',
  additionalProperties: { type: 'string', enum: [...evidenceGrades] },
  description: '代码 → 最弱的证据等级 · code → weakest evidence grade',
};

/** On what each total rests. */
export class TotalsEvidenceBody {
  @ApiProperty(grade) total: string;
  @ApiProperty(gradesByCode) byCategory: Record<string, string>;
  @ApiProperty(gradesByCode) byGroup: Record<string, string>;
  @ApiProperty(gradesByCode) byService: Record<string, string>;
  @ApiProperty(gradesByCode) byType: Record<string, string>;
  @ApiProperty(fen('以未核实取值为据的部分（分） · part of the total that rests on unverified values'))
  unverifiedFen: string;
}

export class AccountBody extends AccountSummaryBody {
  @ApiProperty({ type: TotalsEvidenceBody, description: '各合计的证据 · what each total rests on' })
  evidence: TotalsEvidenceBody;
  @ApiProperty({ type: [AccountLineBody] }) lines: AccountLineBody[];
  @ApiProperty({ type: [ChildAccountBody], description: '所用的下级或前身账户 · accounts of children or predecessors' })
  children: ChildAccountBody[];
  @ApiProperty({
    type: [RefusedPartBody],
    description: '哪些观测有被拒的行（至多 100 个） · which observations have refused rows (at most 100)',
  })
  refused: RefusedPartBody[];
}

export class AccountPageBody {
  @ApiProperty({ type: [AccountSummaryBody] }) items: AccountSummaryBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class VintageListBody {
  @ApiProperty({ type: [AccountSummaryBody], description: '最新的在前 · newest first' }) items: AccountSummaryBody[];
}

const relative: ApiPropertyOptions = {
  type: Number,
  nullable: true,
  description: '（后 − 前）/ |前| · (after − before) / |before|',
};

export class FenChangeBody {
  @ApiProperty(fen('前（分） · before')) before: string;
  @ApiProperty(fen('后（分） · after')) after: string;
  @ApiProperty(fen('差（分） · difference')) absolute: string;
  @ApiProperty(relative) relative: number | null;
}

export class QuantityChangeBody {
  @ApiProperty({ type: Number }) before: number;
  @ApiProperty({ type: Number }) after: number;
  @ApiProperty({ type: Number }) absolute: number;
  @ApiProperty(relative) relative: number | null;
}

export class PriceChangeBody {
  @ApiProperty({ type: String, nullable: true }) before: string | null;
  @ApiProperty({ type: String, nullable: true }) after: string | null;
}

export class LineChangeBody {
  @ApiProperty({ type: String }) service: string;
  @ApiProperty({ type: String }) category: string;
  @ApiProperty({ type: String }) group: string;
  @ApiProperty({ type: String, nullable: true }) type: string | null;
  @ApiProperty({ type: String, nullable: true }) item: string | null;
  @ApiProperty(flow) flow?: string;
  @ApiProperty({ type: QuantityChangeBody, nullable: true }) quantity: QuantityChangeBody | null;
  @ApiProperty({ type: String, nullable: true }) unit: string | null;
  @ApiProperty({ type: PriceChangeBody }) price: PriceChangeBody;
  @ApiProperty({ type: FenChangeBody }) value: FenChangeBody;
}

export class AccountReferenceBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: NormReference }) norm: NormReference;
  @ApiProperty({ type: String }) digest: string;
  @ApiProperty(grade) grade: string;
}

const changesByCode = (body: string): ApiPropertyOptions => ({
  type: 'object',
  additionalProperties: { $ref: `#/components/schemas/${body}` },
});

export class ComparisonBody {
  @ApiProperty({ type: AccountReferenceBody }) before: AccountReferenceBody;
  @ApiProperty({ type: AccountReferenceBody }) after: AccountReferenceBody;
  @ApiProperty({ type: FenChangeBody }) total: FenChangeBody;
  @ApiProperty(changesByCode('FenChangeBody')) byCategory: Record<string, FenChangeBody>;
  @ApiProperty(changesByCode('FenChangeBody')) byGroup: Record<string, FenChangeBody>;
  @ApiProperty(changesByCode('FenChangeBody')) byService: Record<string, FenChangeBody>;
  @ApiProperty(changesByCode('FenChangeBody')) byType: Record<string, FenChangeBody>;
  @ApiProperty(changesByCode('QuantityChangeBody')) areaByType: Record<string, QuantityChangeBody>;
  @ApiProperty({ type: [LineChangeBody] }) lines: LineChangeBody[];
  @ApiProperty({
    type: SeriesRefusalBody,
    required: false,
    description: '两期之间边界有变，增减不可比 · another boundary: growth compares two areas',
  })
  refusal?: SeriesRefusalBody;
}

export class EvidenceBody {
  @ApiProperty(grade) grade: string;
  @ApiProperty({ type: String, description: '出处 · source' }) source: string;
  @ApiProperty({ type: BilingualBody, required: false }) note?: BilingualBody;
}

export class ObservedCellBody {
  @ApiProperty({ type: String, required: false, description: '上传批次 · upload' }) batch?: string;
  @ApiProperty({ type: String }) sheet: string;
  @ApiProperty({ type: 'integer', description: '表头为第 1 行 · the header is row 1' }) row: number;
}

export class ChildReferenceBody {
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) digest: string;
}

export class ShownPartBody {
  @ApiProperty({ type: 'integer' }) total: number;
  @ApiProperty({ type: 'integer' }) offset: number;
  @ApiProperty({ type: 'integer' }) shown: number;
}

/** One step of an explanation. */
export class ExplainNodeBody {
  @ApiProperty({ type: String, description: '这一步是什么 · what the step is', example: 'quantity' }) kind: string;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: BilingualBody, required: false }) name?: BilingualBody;
  @ApiProperty({ type: String, description: '十进制文本；金额以元计 · decimal text; money in yuan' }) value: string;
  @ApiProperty({ type: String }) unit: string;
  @ApiProperty({ type: BilingualBody, required: false, description: '如何得来 · how it comes about' })
  text?: BilingualBody;
  @ApiProperty({ type: EvidenceBody, required: false }) evidence?: EvidenceBody;
  @ApiProperty({ type: String, format: 'date', required: false }) from?: string;
  @ApiProperty({ type: String, required: false }) type?: string;
  @ApiProperty({ type: String, required: false }) place?: string;
  @ApiProperty({ type: ObservedCellBody, required: false }) source?: ObservedCellBody;
  @ApiProperty({ type: ChildReferenceBody, required: false }) account?: ChildReferenceBody;
  @ApiProperty({
    type: [ChildDivisionBody],
    required: false,
    description: '该账户只有一部分划入：由哪些拆分而来 · by which splits a part of that account came in',
  })
  division?: ChildDivisionBody[];
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: '公式逐步的 40 位十进制值 · the formula with every step in 40-digit decimals',
  })
  trace?: object;
  @ApiProperty({ type: ShownPartBody, required: false }) page?: ShownPartBody;
  @ApiProperty({ type: () => [ExplainNodeBody] }) children: ExplainNodeBody[];
}
