/** Front door of credit: the list in force, entries and their scores, measures, and a register that tells nobody who is in it. */
export { CreditEditions } from './catalogue/credit-editions.service';
export { CreditModule } from './credit.module';
export { creditServicesOn, type CreditServices } from './credit-services.service';
export {
  BehaviourUnknown,
  CatalogueTooFine,
  ConsentNeeded,
  CreditKeysMissing,
  CreditMissing,
  CreditRefused,
  IdentifierRefused,
  PointsShort,
  VillageSheetRefused,
} from './errors';
export { eventActs, eventSteps, fitsEntry, type EventAct } from './event/event-steps';
export { CreditEventService, type CreditDone, type EventDone, type ReportWish } from './event/event.service';
export { listEvents, type CreditEvent } from './event/event.store';
export { objectionActs, objectionSteps, type ObjectionAct } from './event/objection-steps';
export { ObjectionService } from './event/objection.service';
export { type Objection } from './event/objection.store';
export {
  creditCorrected,
  creditLoanDecided,
  creditMeasureChanged,
  creditRescored,
  creditScored,
  rescoreRequested,
} from './events';
export { type LoanDecisionRow } from './loan/loan-decision.store';
export { measureActs, measureSteps, type MeasureAct } from './measure/measure-steps';
export { CreditMeasureService } from './measure/measure.service';
export { type MeasureView } from './measure/standing-measures.service';
export { type Goods, type OrderRow } from './points/goods.store';
export { orderActs, orderStates, orderSteps, type OrderAct, type OrderState } from './points/order-steps';
export { PointsOrderService } from './points/order.service';
export { PointsService, type PointsView } from './points/points.service';
export { creditJobNames, creditQueue, type CreditJobName, type CreditJobs } from './rescore/jobs';
export { RescoreService } from './rescore/rescore.service';
export { type RescoreRun } from './rescore/rescore.store';
export { GradeTables, type GradeTable } from './score/aggregate.service';
export {
  eventStates,
  explainScore,
  type EventState,
  type ExplainedScore,
  type ScoreReason,
} from './score/explain-score';
export { backtestCredit } from './score/backtest-credit';
export { runCredit, type CreditRun } from './score/run-credit';
export { ScoreService, type ScoreView } from './score/score.service';
export { type Consent, type Reading, type ScoreNotice } from './subject/consent.store';
export { keptCreditKeys } from './subject/kept-keys.loader';
export { OwnRecords, type OwnRecord } from './subject/own-record.service';
export { CreditQueryService, type CreditAnswer, type CreditQuestion } from './subject/query.service';
export { identifierFields, type IdentifierField } from './subject/read-identifier';
export { SealedIdentifiers } from './subject/sealed-identifiers.service';
export { CreditSubjectService, type NewSubjectWish, type SubjectIdentity } from './subject/subject.service';
export { type SubjectRow } from './subject/subject.store';
export { parseSheet, type SheetRow } from './village/read-sheet';
export { VillageSheetService, type VillageSheetView } from './village/village.service';
export { type VillageSheetRecord } from './village/village.store';
