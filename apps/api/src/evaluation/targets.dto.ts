/** What may be asked of target plans over HTTP, and how they look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { BilingualBody, fenByCode, nextCursor } from '../answer/answer.dto';
import { StepBody } from '../procedures/procedures.dto';
import { ChoiceField, IntegerField, ListField, TerritoryField, TextField, UuidField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

const plain = { type: 'object' as const, additionalProperties: true };
const fen = { type: String, pattern: '^-?\\d+$', description: '分（或分/公顷） · fen, or fen for a hectare' };
const reasonField = { description: '理由 · reason', optional: true, min: 0, max: 2000 };
const documentField = {
  description: '计划文件（YAML 或 JSON）的全文，格式见 libs/evaluation/README.md · text of the plan',
  ...{ max: 400_000, lines: true as const },
};
const yearField = { description: '年份 · year', min: 1900, max: 2199 };
export const paperField = {
  description: '文件的 SHA-256 · SHA-256 of the paper',
  ...{ min: 64, max: 64, pattern: /^[0-9a-f]{64}$/ },
};

export class PlanPath {
  @TextField({ description: '计划编号或代码 · id or code of the plan', max: 40, pattern: /^[a-z0-9-]+$/ })
  id: string;
}

export class PlanYearPath extends PlanPath {
  @IntegerField(yearField)
  year: number;
}

export class PlanListQuery extends PageQuery {
  @TerritoryField({ description: '此地域及其下级 · this territory and below', optional: true })
  within?: string;

  @TextField({ description: '代码 · code', optional: true, max: 40, pattern: /^[a-z0-9-]+$/ })
  code?: string;
}

export class NewPlanBody {
  @TextField(documentField)
  document: string;
}

export class RevisedPlanBody extends NewPlanBody {
  @TextField({ description: '为何修改 · why it is changed', max: 2000 })
  reason: string;
}

export const planDeeds = ['negotiate', 'return', 'issue', 'withdraw', 'close'] as const;

export class PlanActBody {
  @ChoiceField({ description: '办理 · what is done', of: planDeeds })
  act: (typeof planDeeds)[number];

  @TextField(reasonField)
  reason?: string;

  @TextField({ ...paperField, optional: true })
  documentDigest?: string;
}

export class CounterBody {
  @TextField({ description: '指标 · indicator', max: 40 })
  indicator: string;

  @TextField({ description: '末年目标，元 · target of the last year in yuan', max: 20 })
  target: string;
}

export class PlanMadeBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String, required: false, description: '状态 · state' }) state?: string;
  @ApiProperty({ type: 'integer', required: false, description: '草案版次或登记次数 · version or round' })
  number?: number;
}

const value = { ...plain, description: '数值及其所依据的核算 · a value with the vintages that it rests on' };

class MilestoneBody {
  @ApiProperty({ type: 'integer' }) year: number;
  @ApiProperty(fen) fen: string;
}

class TargetRowBody {
  @ApiProperty({ type: String }) unit: string;
  @ApiProperty({ type: String }) indicator: string;
  @ApiProperty({ type: String, enum: ['linear', 'compound', 'set'] }) path: string;
  @ApiProperty(value) base: object;
  @ApiProperty({ type: [MilestoneBody] }) milestones: MilestoneBody[];
}

export class PlanBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: 'integer' }) editionNo: number;
  @ApiProperty({ type: 'integer', description: '草案版次 · version of the draft' }) versionNo: number;
  @ApiProperty({ type: String, description: '下达目标的地域 · whose government sets the targets' }) territory: string;
  @ApiProperty({ type: BilingualBody }) title: BilingualBody;
  @ApiProperty({ ...plain, description: '条款 · terms' }) terms: object;
  @ApiProperty({ type: String }) digest: string;
  @ApiProperty({ type: String }) draftedByName: string;
  @ApiProperty({ type: String, format: 'date-time' }) draftedAt: string;
}

export class PlanPageBody {
  @ApiProperty({ type: [PlanBody] }) items: PlanBody[];
  @ApiProperty(nextCursor) next: string | null;
}

class ReplyBody {
  @ApiProperty({ type: String }) unit: string;
  @ApiProperty({ type: 'integer' }) versionNo: number;
  @ApiProperty({ type: String, enum: ['accepted', 'countered'] }) answer: string;
  @ApiProperty({ ...fenByCode, description: '指标 → 末年目标（元） · indicator → target of the last year in yuan' })
  counter: object;
  @ApiProperty({ type: String }) reason: string;
  @ApiProperty({ type: String }) repliedByName: string;
  @ApiProperty({ type: String, format: 'date-time' }) repliedAt: string;
}

export class PlanViewBody extends PlanBody {
  @ApiProperty({ type: String }) state: string;
  @ApiProperty({ type: [StepBody] }) steps: StepBody[];
  @ApiProperty({ type: [TargetRowBody] }) targets: TargetRowBody[];
  @ApiProperty({ type: 'array', items: plain, description: '各版 · editions' }) editions: object[];
  @ApiProperty({ type: [ReplyBody], description: '各单位的最后答复 · what each unit said last' }) replies: ReplyBody[];
  @ApiProperty({ type: [String], description: '尚未答复 · have not answered' }) silent: string[];
  @ApiProperty({ type: [String], description: '反提案未采纳 · counter-proposals that stand' }) countered: string[];
  @ApiProperty({
    ...{ type: 'array', items: plain },
    description: '整体目标减各单位之和 · the whole less the sum of the units, by indicator and year',
  })
  gaps: object[];
  @ApiProperty({ type: 'array', items: plain, description: '基数所依据、其后重述的核算 · restated since' })
  restatedBases: object[];
}

class PlanCopyBody {
  @ApiProperty({ type: String, format: 'uuid' }) planId: string;
  @ApiProperty({ type: 'integer' }) versionNo: number;
  @ApiProperty({ type: String }) unit: string;
  @ApiProperty({ ...plain, description: '计划概要 · the plan without the targets of others' }) gist: object;
  @ApiProperty({ type: [TargetRowBody] }) targets: TargetRowBody[];
}

export class PlanCopiesBody {
  @ApiProperty({ type: [PlanCopyBody] }) items: PlanCopyBody[];
}

class ProgressRowBody {
  @ApiProperty({ type: String }) plan: string;
  @ApiProperty({ type: String, format: 'uuid' }) planId: string;
  @ApiProperty({ type: 'integer', description: '当年有效的版次 · edition in force for the year' }) edition: number;
  @ApiProperty({ type: 'integer' }) year: number;
  @ApiProperty({ type: [String], description: '合并后共同考核的为多个 · several once they were merged' })
  units: string[];
  @ApiProperty({ type: [String], description: '年末范围所在 · places that hold their land' }) places: string[];
  @ApiProperty({ type: String }) indicator: string;
  @ApiProperty({ type: String }) measure: string;
  @ApiProperty({ type: String, enum: ['yuan', 'yuan/hm2'] }) unit: string;
  @ApiProperty({ type: String, enum: ['measured', 'pending', 'refused'] }) state: string;
  @ApiProperty({ type: BilingualBody, nullable: true }) reason: BilingualBody | null;
  @ApiProperty(value) base: object;
  @ApiProperty(fen) milestoneFen: string;
  @ApiProperty(fen) targetFen: string;
  @ApiProperty({ ...fen, nullable: true }) actualFen: string | null;
  @ApiProperty({ ...fen, nullable: true }) previousFen: string | null;
  @ApiProperty({ type: String, nullable: true, required: false, description: '百分数，精确 · percent, exact' })
  attainment?: string | null;
  @ApiProperty({ type: String, nullable: true, example: '98.11' }) attainmentShown: string | null;
  @ApiProperty({ type: String, nullable: true, required: false, description: '增量完成率 · of the way from the base' })
  increment?: string | null;
  @ApiProperty({ type: String, nullable: true, required: false }) growth?: string | null;
  @ApiProperty({ type: String, nullable: true, required: false }) yearlyGrowth?: string | null;
  @ApiProperty({ type: Boolean, required: false }) isReached?: boolean;
  @ApiProperty({ type: String, nullable: true }) normEdition: string | null;
  @ApiProperty({ type: String, format: 'date' }) boundaryDay: string;
  @ApiProperty({ type: String, nullable: true }) pricesOf: string | null;
  @ApiProperty({ type: 'array', items: plain, description: '所依据的核算 · vintages' }) parts: object[];
}

class DualBody {
  @ApiProperty({ type: [String] }) units: string[];
  @ApiProperty({ type: String, nullable: true, enum: ['both', 'gep-only', 'gdp-only', 'neither', null] })
  onYearBefore: string | null;
  @ApiProperty({ type: String, nullable: true, enum: ['both', 'gep-only', 'gdp-only', 'neither', null] })
  onBase: string | null;
}

export class PlanProgressBody {
  @ApiProperty({ type: String }) plan: string;
  @ApiProperty({ type: String, format: 'uuid' }) planId: string;
  @ApiProperty({ type: 'integer' }) edition: number;
  @ApiProperty({ type: 'integer' }) year: number;
  @ApiProperty({ type: [ProgressRowBody] }) rows: ProgressRowBody[];
  @ApiProperty({ type: [DualBody], description: 'GEP 与 GDP 双增长 · the dual growth mandate' }) dual: DualBody[];
}

export class ForecastQuery {
  @IntegerField({ ...yearField, description: '截至年份 · last year whose figures count' })
  until: number;

  @TextField({ description: '单位 · unit', optional: true, max: 64 })
  unit?: string;

  @TextField({ description: '指标 · indicator', optional: true, max: 40 })
  indicator?: string;

  @IntegerField({
    description: '最后一年核算的抽样次数 · draws of the last account',
    optional: true,
    min: 100,
    max: 2000,
  })
  draws?: number;

  @IntegerField({ description: '种子 · seed', optional: true, min: 0, max: 9_007_199_254_740_991 })
  seed?: number;
}

class TargetForecastBody {
  @ApiProperty({ type: [String] }) units: string[];
  @ApiProperty({ type: String }) indicator: string;
  @ApiProperty({ type: 'integer' }) lastYear: number;
  @ApiProperty(fen) targetFen: string;
  @ApiProperty({ type: [MilestoneBody], description: '已公布的各年 · published years' }) points: MilestoneBody[];
  @ApiProperty({ ...plain, description: '预测值、区间与概率，或不作预测的原因 · the forecast, or why there is none' })
  forecast: object;
  @ApiProperty({ type: Number, nullable: true }) neededGrowth: number | null;
  @ApiProperty({
    ...plain,
    nullable: true,
    description: '最后一年核算自身的区间 · interval of the last account itself',
  })
  measured: object | null;
}

export class PlanForecastBody {
  @ApiProperty({ type: String }) plan: string;
  @ApiProperty({ type: String, format: 'uuid' }) planId: string;
  @ApiProperty({ type: 'integer' }) edition: number;
  @ApiProperty({ type: 'integer' }) until: number;
  @ApiProperty({ ...plain, description: '方法及其日期 · the method and its date' }) method: object;
  @ApiProperty({ type: [TargetForecastBody] }) rows: TargetForecastBody[];
}

export class ProgressPath {
  @UuidField({ description: '登记编号 · id of the record' })
  progress: string;
}

export class ProgressListQuery {
  @IntegerField({ ...yearField, optional: true })
  year?: number;
}

const progressActs = ['confirm', 'withdraw'] as const;

export class ProgressActBody {
  @ChoiceField({ description: '办理 · what is done', of: progressActs })
  act: (typeof progressActs)[number];

  @TextField(reasonField)
  reason?: string;
}

export class RecordedProgressBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String, format: 'uuid' }) planId: string;
  @ApiProperty({ type: String }) plan: string;
  @ApiProperty({ type: 'integer' }) year: number;
  @ApiProperty({ type: 'integer' }) round: number;
  @ApiProperty({ type: String }) state: string;
  @ApiProperty({ type: String }) digest: string;
  @ApiProperty({ type: String }) recordedByName: string;
  @ApiProperty({ type: String, format: 'date-time' }) recordedAt: string;
  @ApiProperty({ type: [ProgressRowBody] }) rows: ProgressRowBody[];
  @ApiProperty({ type: 'array', items: plain, description: '其后重述的核算 · restated since' }) restated: object[];
  @ApiProperty({ type: [String], description: '异议中的数字 · figures under objection' }) disputed: string[];
}

export class RecordedProgressListBody {
  @ApiProperty({ type: [RecordedProgressBody] }) items: RecordedProgressBody[];
}

const answers = ['accepted', 'countered'] as const;

export class NewReplyBody {
  @TerritoryField({ description: '答复的单位 · the unit that answers' })
  unit: string;

  @ChoiceField({ description: '接受或反提案 · accept, or counter', of: answers })
  answer: (typeof answers)[number];

  @ListField({ description: '反提案 · counter-proposal', of: CounterBody, most: 100, optional: true })
  counter?: CounterBody[];

  @TextField({ description: '理由；反提案必填 · reason; needed to counter', optional: true, min: 0, max: 4000 })
  reason?: string;

  @TextField({ ...paperField, optional: true })
  documentDigest?: string;
}
