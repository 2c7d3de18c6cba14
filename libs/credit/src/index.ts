/** Front door of credit: the list in force, entries and their scores, measures, and a register that tells nobody who is in it. */
export { CreditEditions } from './catalogue/credit-editions.service';
export { CreditModule } from './credit.module';
export {
  BehaviourUnknown,
  CatalogueTooFine,
  ConsentNeeded,
  CreditKeysMissing,
  CreditMissing,
  CreditRefused,
  IdentifierRefused,
} from './errors';
export { CorrectionEffects } from './event/correction-effects.service';
export { eventActs, eventSteps, type EventAct } from './event/event-steps';
export { CreditEventService, type CreditDone, type EventDone, type ReportWish } from './event/event.service';
export { listEvents, listEventSteps, type CreditEvent } from './event/event.store';
export { objectionActs, objectionSteps, type ObjectionAct } from './event/objection-steps';
export { ObjectionService } from './event/objection.service';
export { type Objection } from './event/objection.store';
export { creditCorrected, creditMeasureChanged, creditScored } from './events';
export { decideLoan, type LoanDecision, type LoanObstacle, type LoanWish } from './measure/loan-effect';
export { measureActs, measureSteps, type MeasureAct } from './measure/measure-steps';
export { CreditMeasureService } from './measure/measure.service';
export { type MeasureView } from './measure/standing-measures.service';
export { GradeTables, type GradeTable } from './score/aggregate.service';
export { countEvents, type EventColumns } from './score/count-events';
export { dayNumber } from './score/calendar-day';
export {
  eventStates,
  explainScore,
  type EventState,
  type ExplainedScore,
  type ScoreReason,
} from './score/explain-score';
export { runCredit, type CreditRun } from './score/run-credit';
export { gradeOf, makeScorer, scoreText, type CreditEdition, type Scorer } from './score/scorer';
export { ScoreService, type ScoreView } from './score/score.service';
export { listScores, type StoredScore } from './score/score.store';
export { type Consent, type Reading, type ScoreNotice } from './subject/consent.store';
export { readKeys } from './subject/identifier-keys';
export { keptCreditKeys } from './subject/kept-keys.loader';
export { OwnRecords, type OwnRecord } from './subject/own-record.service';
export { CreditQueryService, type CreditAnswer, type CreditQuestion } from './subject/query.service';
export { identifierFields, type IdentifierField } from './subject/read-identifier';
export { SealedIdentifiers } from './subject/sealed-identifiers.service';
export { CreditSubjectService, type NewSubjectWish, type SubjectIdentity } from './subject/subject.service';
export { getSubjectRow, type SubjectRow } from './subject/subject.store';
export { suppressSmall } from './subject/suppress-small';
