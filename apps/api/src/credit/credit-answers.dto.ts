/** How credit looks on the wire; of who a subject is only the answer that was asked for with a purpose speaks. */
import { ApiProperty } from '@nestjs/swagger';
import { eventStates, objectionSteps, measureSteps } from '@gep/credit';
import { creditLoanKinds, creditLoanObstacles, creditSubjectKinds } from '@gep/rulebook';
import { BilingualBody, nextCursor } from '../answer/answer.dto';

const maybe = (description: string, type: typeof String | 'integer' = String) => ({
  type,
  nullable: true,
  description,
});
const moment = { type: String, format: 'date-time' };
const day = { type: String, format: 'date' };
const plain = { type: 'object' as const, additionalProperties: true };

export class CreditMadeBody {
  @ApiProperty({ type: String, format: 'uuid' }) id: string;
}

export class CreditSubjectBody extends CreditMadeBody {
  @ApiProperty({ type: String, enum: [...creditSubjectKinds] }) kind: string;
  @ApiProperty({ type: String }) territory: string;
  @ApiProperty(day) since: string;
}

export class CreditSubjectPageBody {
  @ApiProperty({ type: [CreditSubjectBody] }) items: CreditSubjectBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class CreditSubjectListBody {
  @ApiProperty({ type: [CreditSubjectBody] }) items: CreditSubjectBody[];
}

export class IdentifiersBody {
  @ApiProperty({ type: String, required: false }) name?: string;
  @ApiProperty({ type: String, required: false }) number?: string;
  @ApiProperty({ type: String, required: false }) phone?: string;
}

export class SubjectIdentityBody extends CreditSubjectBody {
  @ApiProperty({ type: IdentifiersBody }) identifiers: IdentifiersBody;
}

export class SubjectLinkedBody {
  @ApiProperty({ type: String, format: 'uuid' }) subject: string;
  @ApiProperty({ type: Boolean }) linked: boolean;
}

export class ReadingBody {
  @ApiProperty({ type: String }) no: string;
  @ApiProperty({ type: String }) purpose: string;
  @ApiProperty({ type: String, enum: ['identity', 'record', 'score'] }) what: string;
  @ApiProperty(maybe('所依据的同意 · consent it rests on')) consentId: string | null;
  @ApiProperty({ type: String }) readerName: string;
  @ApiProperty({ type: String }) readBy: string;
  @ApiProperty(moment) readAt: string;
}

export class ReadingPageBody {
  @ApiProperty({ type: [ReadingBody] }) items: ReadingBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class ScoreLineBody {
  @ApiProperty({ type: String, format: 'uuid' }) event: string;
  @ApiProperty({ type: String }) behaviour: string;
  @ApiProperty({ type: BilingualBody }) name: BilingualBody;
  @ApiProperty({ type: String, description: '事件之日有效的规则版本 · edition on the day of the event' })
  edition: string;
  @ApiProperty(day) day: string;
  @ApiProperty({ type: 'integer' }) times: number;
  @ApiProperty({ type: String, description: '清单分值 × 次数 · points of the list for all its times' }) points: string;
  @ApiProperty({ type: String, description: '计入的分值 · what counts of them' }) counted: string;
  @ApiProperty({ type: String, description: '衰减系数 · decay that was applied' }) factor: string;
  @ApiProperty({ type: [String], description: '原因代码 · reason codes' }) reasons: string[];
}

export class StoredScoreBody {
  @ApiProperty({ type: String, format: 'uuid' }) subjectId: string;
  @ApiProperty(day) asOf: string;
  @ApiProperty({ type: String }) edition: string;
  @ApiProperty({ type: String }) score: string;
  @ApiProperty(maybe('等级 · grade')) grade: string | null;
  @ApiProperty({ type: String }) cause: string;
  @ApiProperty(moment) scoredAt: string;
}

export class ExplainedScoreBody {
  @ApiProperty(day) asOf: string;
  @ApiProperty({ type: String, description: '给出基础分、上下限与等级 · gives base, bounds and grades' })
  edition: string;
  @ApiProperty({ type: String }) base: string;
  @ApiProperty({ type: String }) score: string;
  @ApiProperty(maybe('等级 · grade')) grade: string | null;
  @ApiProperty({ type: Boolean, description: '超出上下限 · the sum went past a bound' }) bounded: boolean;
  @ApiProperty({ type: [ScoreLineBody] }) lines: ScoreLineBody[];
}

export class CreditRecordBody extends ExplainedScoreBody {
  @ApiProperty({ type: String, format: 'uuid' }) subject: string;
  @ApiProperty({ type: StoredScoreBody, nullable: true }) stored: StoredScoreBody | null;
}

export class EventDoneBody extends CreditMadeBody {
  @ApiProperty({ type: String, enum: [...eventStates] }) state: string;
  @ApiProperty(maybe('自何日起计入 · first day on which it counts')) effectiveFrom: string | null;
}

export class CreditEventBody extends EventDoneBody {
  @ApiProperty({ type: String, format: 'uuid' }) subjectId: string;
  @ApiProperty({ type: String }) behaviour: string;
  @ApiProperty({ type: String }) edition: string;
  @ApiProperty(day) day: string;
  @ApiProperty({ type: 'integer' }) times: number;
  @ApiProperty({ type: Boolean }) negative: boolean;
  @ApiProperty({ type: String }) severity: string;
  @ApiProperty({ type: String }) evidence: string;
  @ApiProperty({ type: String }) evidenceDigest: string;
  @ApiProperty({ type: String }) reference: string;
  @ApiProperty(maybe('所代替的记录 · entry whose place it takes')) replaces: string | null;
  @ApiProperty({ type: String }) reportedBy: string;
  @ApiProperty({ type: String }) reportedName: string;
  @ApiProperty(moment) reportedAt: string;
  @ApiProperty({ type: 'integer', description: '未处理的异议 · objections that are open' }) objections: number;
}

export class CreditEventPageBody {
  @ApiProperty({ type: [CreditEventBody] }) items: CreditEventBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class ObjectionDoneBody extends CreditMadeBody {
  @ApiProperty({ type: String, enum: Object.keys(objectionSteps.nameOfState) }) state: string;
  @ApiProperty(maybe('处理期限 · last day to handle it')) dueOn: string | null;
}

export class ObjectionBody extends CreditMadeBody {
  @ApiProperty({ type: String, format: 'uuid' }) subjectId: string;
  @ApiProperty(maybe('对哪条记录 · the entry it is about')) eventId: string | null;
  @ApiProperty(maybe('对哪项措施 · the measure it is about')) measureId: string | null;
  @ApiProperty({ type: String }) grounds: string;
  @ApiProperty(maybe('材料的摘要 · digest of the paper')) documentDigest: string | null;
  @ApiProperty({ type: String }) filedBy: string;
  @ApiProperty({ type: String }) filedName: string;
  @ApiProperty(moment) filedAt: string;
  @ApiProperty(maybe('结果；未处理为 null · outcome; null while it is open')) outcome: string | null;
}

export class ObjectionPageBody {
  @ApiProperty({ type: [ObjectionBody] }) items: ObjectionBody[];
  @ApiProperty(nextCursor) next: string | null;
}

export class MeasureDoneBody extends CreditMadeBody {
  @ApiProperty({ type: String, enum: Object.keys(measureSteps.nameOfState) }) state: string;
}

export class MeasureCauseBody {
  @ApiProperty({ type: String, format: 'uuid' }) eventId: string;
  @ApiProperty({ type: String, enum: [...eventStates] }) state: string;
  @ApiProperty({ type: 'integer' }) objections: number;
}

export class MeasureBody extends MeasureDoneBody {
  @ApiProperty({ type: String, format: 'uuid' }) subjectId: string;
  @ApiProperty({ type: String }) item: string;
  @ApiProperty({ type: String }) edition: string;
  @ApiProperty({ type: String, enum: ['reward', 'punishment', 'incentive'] }) kind: string;
  @ApiProperty({ type: BilingualBody, description: '法律依据 · law that it rests on' }) law: BilingualBody;
  @ApiProperty({ type: Boolean }) severe: boolean;
  @ApiProperty(maybe('终止日 · last day')) untilDay: string | null;
  @ApiProperty(maybe('扣减的比例 · the part that is taken away')) share: string | null;
  @ApiProperty({ type: String }) proposedBy: string;
  @ApiProperty(moment) proposedAt: string;
  @ApiProperty({ type: Boolean, description: '因异议暂停 · paused by an objection' }) paused: boolean;
  @ApiProperty({ type: [MeasureCauseBody] }) causes: MeasureCauseBody[];
}

export class MeasureListBody {
  @ApiProperty({ type: [MeasureBody] }) items: MeasureBody[];
}

export class ConsentBody extends CreditMadeBody {
  @ApiProperty({ type: String, format: 'uuid' }) subjectId: string;
  @ApiProperty({ type: String, description: '查询人 · credit user' }) grantee: string;
  @ApiProperty({ type: String }) purpose: string;
  @ApiProperty(day) fromDay: string;
  @ApiProperty(day) untilDay: string;
  @ApiProperty({ type: String }) documentDigest: string;
  @ApiProperty({ ...maybe('撤回之时 · when it was withdrawn'), format: 'date-time' }) withdrawnAt: string | null;
}

export class ConsentListBody {
  @ApiProperty({ type: [ConsentBody] }) items: ConsentBody[];
}

export class LoanDecisionBody extends CreditMadeBody {
  @ApiProperty({ type: Boolean, description: '记录是否允许 · whether the record opens it' }) open: boolean;
  @ApiProperty({ type: String, description: '至多（分） · at most, in fen' }) mostFen: string;
  @ApiProperty({ type: 'integer' }) mostMonths: number;
  @ApiProperty({ type: [String], enum: [...creditLoanObstacles] }) obstacles: string[];
}

export class LoanDecisionRowBody extends LoanDecisionBody {
  @ApiProperty({ type: String, format: 'uuid' }) subjectId: string;
  @ApiProperty({ type: String, format: 'uuid' }) consentId: string;
  @ApiProperty({ type: String, description: '规则版本 · edition of the rule' }) edition: string;
  @ApiProperty(day) asOf: string;
  @ApiProperty({ type: String }) score: string;
  @ApiProperty(maybe('等级 · grade')) grade: string | null;
  @ApiProperty({ type: String, enum: [...creditLoanKinds] }) kind: string;
  @ApiProperty({ type: String, description: '所问金额（分） · amount that was asked about, in fen' }) amountFen: string;
  @ApiProperty({ type: 'integer' }) months: number;
  @ApiProperty({ type: Boolean }) pledgeSigned: boolean;
  @ApiProperty(moment) askedAt: string;
}

export class LoanDecisionListBody {
  @ApiProperty({ type: [LoanDecisionRowBody] }) items: LoanDecisionRowBody[];
}

export class CreditAnswerBody {
  @ApiProperty({ type: String, format: 'uuid' }) subject: string;
  @ApiProperty(day) asOf: string;
  @ApiProperty({ type: String }) score: string;
  @ApiProperty(maybe('等级 · grade')) grade: string | null;
  @ApiProperty({ type: Boolean, description: '有未处理的异议 · an objection is open' }) objectionOpen: boolean;
  @ApiProperty({ type: String, format: 'uuid' }) consentId: string;
  @ApiProperty({ type: LoanDecisionBody, required: false }) loan?: LoanDecisionBody;
}

export class ScoreNoticeBody {
  @ApiProperty({ type: String, format: 'uuid' }) subjectId: string;
  @ApiProperty({ type: String, format: 'uuid' }) eventId: string;
  @ApiProperty(moment) noticedAt: string;
}

export class ScoreNoticeListBody {
  @ApiProperty({ type: [ScoreNoticeBody] }) items: ScoreNoticeBody[];
}

export class GradeRowBody {
  @ApiProperty(maybe('地域；合计为 null · territory; null for all of them')) place: string | null;
  @ApiProperty({
    type: 'array',
    items: { type: 'integer', nullable: true },
    description: '人数，隐去者为 null · persons, null where hidden',
  })
  persons: (number | null)[];
  @ApiProperty(maybe('合计 · total', 'integer')) total: number | null;
}

export class GradeTableBody {
  @ApiProperty({ type: 'integer', description: '少于此数的隐去 · fewer are hidden' }) least: number;
  @ApiProperty({
    type: 'array',
    items: { type: 'string', nullable: true },
    description: '等级，即各列 · grades, the columns',
  })
  grades: (string | null)[];
  @ApiProperty({ type: [GradeRowBody] }) rows: GradeRowBody[];
}

export class OwnRecordBody {
  @ApiProperty({ type: SubjectIdentityBody }) subject: SubjectIdentityBody;
  @ApiProperty({ type: ExplainedScoreBody }) score: ExplainedScoreBody;
  @ApiProperty({ type: [MeasureBody] }) measures: MeasureBody[];
  @ApiProperty({ type: [ObjectionBody] }) objections: ObjectionBody[];
  @ApiProperty({ type: [ConsentBody] }) consents: ConsentBody[];
  @ApiProperty({ type: [ReadingBody] }) readings: ReadingBody[];
}

export class OwnRecordListBody {
  @ApiProperty({ type: [OwnRecordBody] }) items: OwnRecordBody[];
}

export class CatalogueBody {
  @ApiProperty({ type: String }) edition: string;
  @ApiProperty({ type: String }) base: string;
  @ApiProperty(maybe('下限 · lowest')) lowest: string | null;
  @ApiProperty(maybe('上限 · highest')) highest: string | null;
  @ApiProperty({ type: 'array', items: plain, description: '行为 · behaviours' }) behaviours: object[];
  @ApiProperty({ type: 'array', items: plain, description: '等级 · grades' }) grades: object[];
  @ApiProperty({ type: 'array', items: plain, description: '措施 · measures' }) measures: object[];
  @ApiProperty({ type: 'array', items: plain, description: '来源所计条目数 · items that sources count' })
  counts: object[];
  @ApiProperty({ ...plain, nullable: true, description: '贷款条件 · terms of loans' }) loan: object | null;
  @ApiProperty({ ...plain, nullable: true, description: '积分兑换的条件 · terms of points for goods' })
  points: object | null;
}
