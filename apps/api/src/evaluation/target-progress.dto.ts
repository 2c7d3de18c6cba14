/** What may be asked of the progress of targets over HTTP, and how it looks on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { BilingualBody } from '../answer/answer.dto';
import { ChoiceField, IntegerField, TextField, UuidField } from '../request/field.decorator';
import { fen, MilestoneBody, plain, PlanPath, reasonField, value, yearField } from './targets.dto';

export class PlanYearPath extends PlanPath {
  @IntegerField(yearField)
  year: number;
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
