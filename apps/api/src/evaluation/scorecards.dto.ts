/** What may be asked of scorecards over HTTP, and how they look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject } from 'class-validator';
import { type ScoreDeliveryAct, scoreDeliveryActs, scoreRunActs } from '@gep/evaluation';
import { BilingualBody } from '../answer/answer.dto';
import { ClockBody, StepBody } from '../procedures/procedures.dto';
import {
  ChoiceField,
  DayField,
  FlagField,
  IntegerField,
  TerritoriesField,
  TerritoryField,
  TextField,
  UuidField,
} from '../request/field.decorator';
import { IntegrityHintBody } from './integrity.dto';
import { paperField } from './targets.dto';

const plain = { type: 'object' as const, additionalProperties: true };
const mostRows = 20_000;
const reason = { description: '理由 · reason', max: 2000 };
const scorecard = {
  description: '评分规则代码；只有一条启用时可省略 · id of the rule, where several are in force',
  ...{ optional: true, max: 64, pattern: /^[a-z0-9-]+$/, example: 'demonstration-scorecard' },
};
const placeField = { description: '组织考评的地域 · place that evaluates the units below it', example: '990100' };
const yearField = { description: '年份 · year', pattern: /^(?:19|20|21)\d\d$/, min: 4, max: 4, example: '2024' };
const department = { description: '规则中部门的代码 · code of the department in the rule', max: 64 };

export class ScorecardQuery {
  @TerritoryField(placeField)
  place: string;

  @TextField(yearField)
  period: string;

  @TextField(scorecard)
  scorecard?: string;
}

export class ScoreRunQuery {
  @TerritoryField({ ...placeField, optional: true })
  place?: string;

  @TextField({ ...yearField, optional: true })
  period?: string;

  @TextField(scorecard)
  scorecard?: string;
}

export class ScoreIdPath {
  @UuidField({ description: '编号 · id' })
  id: string;
}

export class ScoreUnitPath extends ScoreIdPath {
  @TerritoryField({ description: '单位 · unit', example: '990101' })
  unit: string;
}

export class StandingQuery {
  @TerritoryField({ description: '此地域及其下级 · this territory and below', example: '990100' })
  within: string;

  @IntegerField({ description: '年份 · year', min: 1900, max: 2199, optional: true })
  year?: number;

  @FlagField({ description: '只要已生效的 · those that are final alone', optional: true })
  final?: boolean;
}

export class NewDeliveryBody extends ScorecardQuery {
  @TextField(department)
  department: string;

  @TerritoryField({
    description: '该部门所属地域；被考核单位不得自报 · its territory; the assessed unit never supplies its own figure',
  })
  supplier: string;

  @ApiProperty({
    ...{ type: 'array', maxItems: mostRows, items: plain },
    description:
      '各行：unit 与规则的列；某列的 _state 为 ownFault（自身原因缺报）或 notApplicable（不适用） · rows: unit and columns of the rule; <column>_state may be ownFault or notApplicable',
    example: [{ unit: '990101', forestCover: 81.2 }],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostRows)
  @IsObject({ each: true })
  rows: Record<string, unknown>[];

  @TextField({ description: '文件名 · name of the document', max: 300 })
  document: string;

  @TextField(paperField)
  documentDigest: string;
}

export class DeliveryActBody {
  @ChoiceField({ description: '核实或不采用 · verify or reject', of: scoreDeliveryActs })
  act: ScoreDeliveryAct;

  @TextField({ ...reason, optional: true, min: 0 })
  reason?: string;
}

export class NewScoresBody extends ScorecardQuery {
  @TerritoriesField({
    description: '单位；省略为该地下一级全部 · units; all one level below the place when left out',
    ...{ optional: true, most: 5000 },
  })
  units?: string[];
}

export class ScoreActBody {
  @ChoiceField({ description: '办理 · what is done', of: scoreRunActs })
  act: (typeof scoreRunActs)[number];

  @TextField({ ...reason, optional: true, min: 0 })
  reason?: string;

  @DayField({
    description: '告知的送达日；早于今天须附送达回证摘要 · day of service; one before today needs documentDigest',
    optional: true,
  })
  on?: string;

  @TextField({ ...paperField, optional: true })
  documentDigest?: string;
}

export class RescoreBody {
  @TextField(reason)
  reason: string;
}

export class ScoreMadeBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String, required: false, description: '状态 · state' }) state?: string;
  @ApiProperty({ type: 'integer', required: false, description: '版次 · version' }) versionNo?: number;
}

class DepartmentDueBody {
  @ApiProperty({ type: String }) department: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: String, format: 'date' }) dueOn: string;
  @ApiProperty({ type: [String] }) columns: string[];
  @ApiProperty({ type: 'integer', description: '应报数 · figures owed' }) owed: number;
  @ApiProperty({ type: 'integer', description: '已核实 · verified' }) verified: number;
  @ApiProperty({ type: 'integer', description: '待核实 · waiting to be verified' }) waiting: number;
  @ApiProperty({ type: 'array', items: plain, description: '各列缺报单位 · units lacking, by column' })
  missing: object[];
  @ApiProperty({ type: Boolean }) isComplete: boolean;
  @ApiProperty({ type: Boolean }) isOverdue: boolean;
  @ApiProperty({ type: 'array', items: plain, description: '催报日 · days of reminders' }) reminders: object[];
}

export class CompletenessBody {
  @ApiProperty({ type: String }) scorecard: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: 'integer' }) owed: number;
  @ApiProperty({ type: 'integer' }) verified: number;
  @ApiProperty({ type: 'integer', description: '完整率，% · per cent' }) percent: number;
  @ApiProperty({ type: [DepartmentDueBody] }) departments: DepartmentDueBody[];
  @ApiProperty({
    ...{ type: String, format: 'date', nullable: true },
    description: '结果应于何日前作出；规则未写则为空 · by when the result is due; null where the rule does not say',
  })
  resultDueOn: string | null;
}

class DeliveryBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) scorecard: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String }) department: string;
  @ApiProperty({ type: String }) supplier: string;
  @ApiProperty({ type: String }) state: string;
  @ApiProperty({ type: 'integer', description: '数据个数 · figures' }) figures: number;
  @ApiProperty({ type: String }) documentName: string;
  @ApiProperty({ type: String }) documentDigest: string;
  @ApiProperty({ type: String }) digest: string;
  @ApiProperty({ type: String }) suppliedName: string;
  @ApiProperty({ type: String, format: 'date-time' }) suppliedAt: string;
}

export class DeliveryListBody {
  @ApiProperty({ type: [DeliveryBody] }) items: DeliveryBody[];
}

class ScoreSummaryBody {
  @ApiProperty({ type: String, format: 'uuid' }) runId: string;
  @ApiProperty({ type: String }) unit: string;
  @ApiProperty({ type: String, description: '总分 · score', example: '87.25' }) score: string;
  @ApiProperty({ type: 'integer', description: '名次；0 为不列入 · rank; 0: has no place' }) rank: number;
  @ApiProperty({ type: String }) grade: string;
  @ApiProperty({ type: Boolean, description: '可获奖励 · eligible for awards' }) award: boolean;
  @ApiProperty({ type: Boolean, description: '须移送 · to be referred' }) refer: boolean;
  @ApiProperty({ type: [String] }) vetoes: string[];
  @ApiProperty({ type: [String] }) measures: string[];
}

export class UnitScoreBody extends ScoreSummaryBody {
  @ApiProperty({ type: String, description: '未取整的总分 · total before rounding' }) exact: string;
  @ApiProperty({ type: String }) bonus: string;
  @ApiProperty({ type: String }) deducted: string;
  @ApiProperty({ type: 'array', items: plain, description: '一、二级指标得分 · points of the first two levels' })
  levels: object[];
  @ApiProperty({
    ...{ type: 'array', items: plain },
    description:
      '各指标：应用权重与所用权重、数据状态、得分率、得分 · each indicator: weight asked and used, state, score, points',
  })
  indicators: object[];
  @ApiProperty({
    type: [IntegrityHintBody],
    description: '数据提示，须由人核实，不改变评分 · hints on the figures; a person has to look, no score is changed',
  })
  hints: IntegrityHintBody[];
  @ApiProperty({
    type: [BilingualBody],
    description: '未能比较的原因；空为已比较 · why figures were not compared; none: they were',
  })
  notCompared: BilingualBody[];
}

class StandingScoreBody extends ScoreSummaryBody {
  @ApiProperty({ type: String }) scorecard: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: 'integer' }) versionNo: number;
  @ApiProperty({ type: String, enum: ['notified', 'final', 'superseded'] }) standing: string;
  @ApiProperty({ type: String, format: 'date' }) since: string;
  @ApiProperty({ type: String }) resultDigest: string;
}

export class StandingListBody {
  @ApiProperty({ type: [StandingScoreBody] }) items: StandingScoreBody[];
}

export class ScoreRunBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) place: string;
  @ApiProperty({ type: String }) scorecard: string;
  @ApiProperty({ type: String }) ruleEdition: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: 'integer' }) versionNo: number;
  @ApiProperty({ type: String }) state: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: '所接续的版次 · version before' })
  about: string | null;
  @ApiProperty({ ...plain, nullable: true, description: '所答的异议与事件 · appeals and incidents that it answers' })
  cause: object | null;
  @ApiProperty({ type: String }) snapshotDigest: string;
  @ApiProperty({ type: String }) resultDigest: string;
  @ApiProperty({ type: 'array', items: plain, description: '以往年数代替的 · values of earlier years that stand in' })
  standIns: object[];
  @ApiProperty({ type: String }) computedName: string;
  @ApiProperty({ type: String, format: 'date-time' }) computedAt: string;
}

export class ScoreRunListBody {
  @ApiProperty({ type: [ScoreRunBody] }) items: ScoreRunBody[];
}

export class ScoreRunViewBody extends ScoreRunBody {
  @ApiProperty({ type: [StepBody] }) steps: StepBody[];
  @ApiProperty({ type: [ClockBody] }) clocks: ClockBody[];
  @ApiProperty({ type: [String], description: '有异议的数字 · disputed figures' }) disputed: string[];
  @ApiProperty({ type: [ScoreSummaryBody] }) scores: ScoreSummaryBody[];
}

export class ReplayBody {
  @ApiProperty({ type: String, format: 'uuid' }) runId: string;
  @ApiProperty({ type: Boolean }) isSame: boolean;
  @ApiProperty({ type: String }) resultDigest: string;
  @ApiProperty({ type: String }) replayedDigest: string;
  @ApiProperty({ type: [String] }) differing: string[];
}

export class ScoreRequestBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) scorecard: string;
  @ApiProperty({ type: String }) period: string;
  @ApiProperty({ type: String, format: 'date-time' }) requestedAt: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) runId: string | null;
  @ApiProperty({ ...plain, nullable: true }) refusal: object | null;
}
