/** What may be asked of audits of departing office holders over HTTP, and how they look on the wire. */
import { ApiProperty } from '@nestjs/swagger';
import {
  type AttributedEffect,
  attributedEffects,
  departureStates,
  plainActs,
  type PlainAct,
  recordKinds,
  type RecordKind,
  verdictLevels,
  type VerdictLevel,
} from '@gep/evaluation';
import { nextCursor } from '../answer/answer.dto';
import { paperDigest } from '../compensation/agreements.dto';
import { StepBody } from '../procedures/procedures.dto';
import {
  ChoiceField,
  DayField,
  ListField,
  ObjectField,
  TerritoryField,
  TextField,
  UuidField,
  WordsField,
} from '../request/field.decorator';
import { PageQuery } from '../request/page.dto';

const plain = { type: 'object' as const, additionalProperties: true };
const codeField = { max: 40, pattern: /^[a-z0-9][a-z0-9-]*$/ };
const normField = { description: '核算规范 · norm', example: 'cn-terrestrial', max: 60, pattern: /^[a-z0-9-]+$/ };
const reasonField = { description: '理由 · reason', max: 4000, lines: true as const };
const shareField = { max: 60, pattern: /^\d+(\.\d+)?(\/\d+)?$/, example: '0.7' };
const ends = ['appointment', 'departure'] as const;

export class DeparturePath {
  @TextField({ description: '编号或代码 · id or code of the audit', max: 40, pattern: /^[a-z0-9-]+$/ })
  id: string;
}

export class DepartureListQuery extends PageQuery {
  @TerritoryField({ description: '此地域及其下级 · this territory and below', optional: true })
  within?: string;
}

export class TermSnapshotQuery {
  @TerritoryField({ description: '地域 · territory', optional: true })
  territory?: string;

  @ChoiceField({ description: '任期端点 · end of the term', of: ends, optional: true })
  end?: (typeof ends)[number];

  @DayField({ description: '日期 · day', optional: true })
  day?: string;
}

export class FreezeBody {
  @TerritoryField({ description: '地域 · territory' })
  territory: string;

  @TextField(normField)
  norm: string;

  @ChoiceField({
    description: '任职首日（appointment）或在任末日（departure） · the first day in office, or the last (departure)',
    of: ends,
  })
  end: (typeof ends)[number];

  @DayField({ description: '该端点之日 · day of that end', example: '2021-01-01' })
  day: string;

  @TextField({ ...reasonField, description: '重新冻结的理由 · why it is frozen anew', optional: true })
  reason?: string;
}

export class NewDepartureBody {
  @TerritoryField({ description: '任职地域 · territory of the office' })
  territory: string;

  @TextField({ description: '代码 · code', ...codeField })
  code: string;

  @TextField({ description: '职务，不写姓名 · the office, no name', max: 100, example: '县长' })
  office: string;

  @TextField({
    description: '任职者的内部代码，不写姓名 · reference code of the holder, no name',
    ...{ max: 40, pattern: /^[A-Za-z0-9][A-Za-z0-9-]*$/, example: 'H-7' },
  })
  holder: string;

  @DayField({ description: '任职首日 · first day in office', example: '2021-01-01' })
  appointedOn: string;

  @DayField({ description: '在任末日 · last day in office', example: '2023-12-31' })
  departedOn: string;

  @TextField(normField)
  norm: string;

  @TextField({ description: '委托机关 · who commissions it', max: 200 })
  commissionedBy: string;

  @TextField({ ...paperDigest, description: '委托书的 SHA-256 · SHA-256 of the commission' })
  commissionDigest: string;
}

export class DeparturePlanBody {
  @UuidField({ description: '任职端点的快照 · snapshot of the appointment' })
  appointmentSnapshot: string;

  @UuidField({ description: '离任端点的快照 · snapshot of the departure' })
  departureSnapshot: string;

  @WordsField({ description: '据以区分状况的属性 · attributes that tell condition', most: 30, optional: true })
  conditionAttributes?: string[];

  @WordsField({ description: '据以区分天气的属性 · attributes that tell weather', most: 30, optional: true })
  weatherAttributes?: string[];

  @TextField({
    description: '状况账户的定义（YAML 或 JSON），见 docs/seea-accounts.md · definition of a condition account',
    ...{ max: 100_000, lines: true as const, optional: true },
  })
  conditionDefinition?: string;
}

export class AttributionBody {
  @ChoiceField({ description: '效应 · effect', of: attributedEffects })
  effect: AttributedEffect;

  @TextField({ description: '生态系统类型；省略为全部 · ecosystem type; all when left out', optional: true, max: 60 })
  type?: string;

  @TextField({ description: '服务；省略为全部 · service; all when left out', optional: true, max: 60 })
  service?: string;

  @TextField({ ...shareField, description: '自然原因的份额 · share of nature', optional: true })
  natural?: string;

  @TextField({ ...shareField, description: '人为原因的份额 · share of people', optional: true })
  human?: string;

  @TextField({ ...shareField, description: '方法与数据的份额 · share of method and data', optional: true })
  method?: string;

  @TextField({ ...reasonField, min: 4 })
  reason: string;

  @TextField({ description: '依据文件的名称 · title of the document', max: 300 })
  documentTitle: string;

  @TextField(paperDigest)
  documentDigest: string;
}

export class DepartureRecordBody {
  @ChoiceField({ description: '意见、整改或后续 · comment, rectification or follow-up', of: recordKinds })
  kind: RecordKind;

  @TextField({
    description: '所涉问题的代码；整改必填 · code of the finding; of a rectification',
    optional: true,
    max: 40,
  })
  finding?: string;

  @DayField({ description: '日期 · day' })
  notedOn: string;

  @TextField({ description: '内容 · what it says', min: 4, max: 20_000, lines: true })
  statement: string;

  @TextField({ ...paperDigest, optional: true })
  documentDigest?: string;
}

export class DepartureFindingBody {
  @TextField({ description: '代码 · code', max: 40, pattern: /^[A-Za-z0-9][A-Za-z0-9-]*$/ })
  code: string;

  @TextField({ description: '问题 · what was found', max: 4000, lines: true })
  text: string;
}

export class VerdictBody {
  @ChoiceField({ description: '五级评价（用语未核实） · one of five levels (wording unverified)', of: verdictLevels })
  level: VerdictLevel;

  @TextField({ ...reasonField, min: 4 })
  reason: string;

  @ListField({ description: '问题 · findings', of: DepartureFindingBody, most: 200 })
  findings: DepartureFindingBody[];
}

export class SendReportBody {
  @ObjectField({ description: '评价与问题 · verdict and findings', of: VerdictBody })
  verdict: VerdictBody;

  @DayField({ description: '送达日；省略为今天 · day it is handed over; today when left out', optional: true })
  sentOn?: string;
}

export class DepartureActBody {
  @ChoiceField({ description: '步骤 · step', of: plainActs })
  act: PlainAct;

  @TextField({ ...reasonField, min: 0, optional: true })
  reason?: string;
}

export class PackQuery {
  @ChoiceField({ description: '文件格式 · form of the file', optional: true, of: ['json', 'xlsx', 'pdf'] })
  format?: 'json' | 'xlsx' | 'pdf';

  @ChoiceField({ description: 'XLSX、PDF 的语言 · language of XLSX and PDF', optional: true, of: ['zh', 'en', 'both'] })
  words?: 'zh' | 'en' | 'both';
}

export class DepartureMadeBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
}

export class DepartureNumberBody {
  @ApiProperty({ type: 'integer', description: '序号 · number' }) no: number;
}

export class ReportSentBody {
  @ApiProperty({ type: String, description: '报告的 SHA-256 · SHA-256 of the report' }) digest: string;
  @ApiProperty({ type: String, format: 'date', description: '征求意见的最后一天 · last day for comments' })
  commentsUntil: string;
}

export class ReportIssuedBody {
  @ApiProperty({ type: String, format: 'date', description: '最迟公布日 · last day to publish it' }) publishBy: string;
}

export class DepartureBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
  @ApiProperty({ type: String }) code: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty({ type: String }) office: string;
  @ApiProperty({ type: String }) holder: string;
  @ApiProperty({ type: String, format: 'date' }) appointedOn: string;
  @ApiProperty({ type: String, format: 'date' }) departedOn: string;
  @ApiProperty({ type: String }) normId: string;
  @ApiProperty({ type: String }) commissionedBy: string;
  @ApiProperty({ type: String }) commissionDigest: string;
  @ApiProperty({ type: String }) openedName: string;
  @ApiProperty({ type: String, format: 'date-time' }) openedAt: string;
}

export class DepartureViewBody extends DepartureBody {
  @ApiProperty({ type: String, enum: [...departureStates] }) state: string;
  @ApiProperty({ type: [StepBody] }) steps: StepBody[];
  @ApiProperty({ ...plain, nullable: true, description: '方案 · plan' }) plan: object | null;
  @ApiProperty({ type: 'array', items: plain, description: '认定的原因 · declared causes' }) attributions: object[];
  @ApiProperty({ type: 'array', items: plain, description: '意见、整改与后续 · comments and what followed' })
  records: object[];
  @ApiProperty({ type: 'array', items: plain, description: '期限 · legal clocks' }) clocks: object[];
  @ApiProperty({ type: String, nullable: true }) reportDigest: string | null;
}

export class DeparturePageBody {
  @ApiProperty({ type: [DepartureBody] }) items: DepartureBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class TermSnapshotsBody {
  @ApiProperty({ type: 'array', items: plain }) items: object[];
}
