/** What may be asked of target plans over HTTP, and how they look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import { BilingualBody, fenByCode, nextCursor } from '../answer/answer.dto';
import { StepBody } from '../procedures/procedures.dto';
import { ChoiceField, ListField, TerritoryField, TextField } from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

export const plain = { type: 'object' as const, additionalProperties: true };
export const fen = { type: String, pattern: '^-?\\d+$', description: '分（或分/公顷） · fen, or fen for a hectare' };
export const reasonField = { description: '理由 · reason', optional: true, min: 0, max: 2000 };
const documentField = {
  description: '计划文件（YAML 或 JSON）的全文，格式见 libs/evaluation/README.md · text of the plan',
  ...{ max: 400_000, lines: true as const },
};
export const yearField = { description: '年份 · year', min: 1900, max: 2199 };
export const paperField = {
  description: '文件的 SHA-256 · SHA-256 of the paper',
  ...{ min: 64, max: 64, pattern: /^[0-9a-f]{64}$/ },
};

export class PlanPath {
  @TextField({ description: '计划编号或代码 · id or code of the plan', max: 40, pattern: /^[a-z0-9-]+$/ })
  id: string;
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

export const value = { ...plain, description: '数值及其所依据的核算 · a value with the vintages that it rests on' };

export class MilestoneBody {
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
