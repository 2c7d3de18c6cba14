/** Front door of evaluation: what lower governments are to reach, what they reached, and how they are judged by it. */
export { EvaluationModule } from './evaluation.module';
export { BaseRefused, OutsideFigureRefused, PlanRefused, TargetConflict, TargetMissing } from './target/errors';
export { figureSupplied, planClosed, planIssued, progressConfirmed } from './target/events';
export { figureSteps, planSteps, progressSteps } from './target/plan-steps';
export { type ReplyWish } from './target/plan/hear-units.service';
export { milestonesOf } from './target/plan/milestones';
export { type PlanTerms, type TargetIndicator } from './target/plan/plan-terms';
export { type PlanView, viewPlan as viewTargetPlan } from './target/plan/plan-view.service';
export { PlanService, type PlanDeed } from './target/plan/plan.service';
export { type Done } from './done';
export { type PlanCopy, type PlanEdition } from './target/plan/plan-edition';
export { getPlan as getTargetPlan, listCopies as listPlanCopies, listPlans } from './target/plan/plan.store';
export { ForecastService, type ForecastWish, type PlanForecast } from './target/progress/forecast.service';
export { type PlanProgress } from './target/progress/follow-plan.service';
export { judgeTarget, shownPercent } from './target/progress/judge-target';
export { type ProgressRow } from './target/progress/progress-row';
export { ProgressService, type ProgressView } from './target/progress/progress.service';
export { getRecorded as getRecordedProgress } from './target/progress/progress.store';
export { getFigure as getOutsideFigure } from './target/value/outside-figure.store';
export { OutsideFigureService, type FigureView, type FigureWish } from './target/value/outside-figure.service';
export { type DisclosureDocument } from './disclosure/disclosed-document';
export type { DisclosedFigure } from './disclosure/disclosed-figure';
export { packageCsv, packageText, receiptOfFigure, receiptText } from './disclosure/disclosure-files';
export { type DisclosurePackage, type DisclosureReceipt, type FigureReceipt } from './disclosure/disclosure-receipt';
export { DisclosureKey } from './disclosure/disclosure-signature';
export { disclosureActs, disclosureSteps, type DisclosureAct } from './disclosure/disclosure-steps';
export { DisclosureModule } from './disclosure/disclosure.module';
export { YearlyDisclosureMissing } from './disclosure/errors';
export { DisclosableFigures } from './disclosure/gather-figures.service';
export { verifyDisclosure, type DisclosureVerdict, type KnownBefore } from './disclosure/verify-disclosure';
export {
  getYearlyDisclosure,
  YearlyDisclosureService,
  type DisclosureDone,
} from './disclosure/yearly-disclosure.service';
export {
  findPublishedDisclosure,
  listYearlyDisclosures,
  type YearlyDisclosure,
  type YearlyDisclosureFilter,
} from './disclosure/yearly-disclosure.store';
export {
  type CommissionDraft,
  type Departure,
  recordKinds,
  type RecordKind,
  type TermSnapshot,
} from './departure/departure';
export { DepartureReports } from './departure/departure-reports.service';
export { type DepartureView } from './departure/departure-standing.service';
export { departureStates, departureSteps } from './departure/departure-steps';
export { getDeparture } from './departure/departure.store';
export { DepartureModule } from './departure/departure.module';
export { DepartureService, plainActs, type PlainAct } from './departure/departure.service';
export { packPages } from './departure/pack/pack-pages';
export { packTables } from './departure/pack/pack-tables';
export { PackWriter } from './departure/pack/pack-writer.pool';
export { changeOfFlows } from './departure/term-change';
export { termSegments } from './departure/term-days';
export { TermFiguresService } from './departure/term-figures.service';
export { attributedEffects, type AttributedEffect } from './departure/term-parts';
export { TermSnapshots } from './departure/term-snapshots.service';
export { type VerdictDraft } from './departure/term-report';
export { verdictLevels, type VerdictLevel } from './departure/verdict';
export { IncidentMissing, IncidentRefused } from './incident/errors';
export { incidentJudged } from './incident/events';
export { incidentActs, incidentSteps, type IncidentAct } from './incident/incident-steps';
export { IncidentService, type IncidentView } from './incident/incident.service';
export { getIncident, listIncidents } from './incident/incident-states.service';
export { incidentKinds, type Incident, type IncidentDraft, type IncidentKind } from './incident/incident';
export { type IncidentFilter } from './incident/incident.store';
export { evaluationJobNames, evaluationQueue, type EvaluationJobName, type EvaluationJobs } from './jobs';
export { getDelivery, type ScoreDelivery } from './scorecard/delivery-states.service';
export { ScoreDeliveryService, type DeliveryWish, type ScorecardWish } from './scorecard/delivery.service';
export { type Completeness } from './scorecard/due-ladder';
export { DeliveryRefused, ScoreConflict, ScoreFiguresMissing, ScoreMissing } from './scorecard/errors';
export {
  scoreFiguresSupplied,
  scoresComputed,
  scoresFinal,
  scoresNotified,
  scoringRequested,
} from './scorecard/events';
export { ScoreRequests } from './scorecard/score-requests.service';
export { listScores, ScoreRunService, type ScoreReplay, type ScoreRunView } from './scorecard/score-run.service';
export { getScoreRun } from './scorecard/run-states.service';
export { type ScoreRun, type StandingScore, type StoredUnitScore } from './scorecard/score-run';
export { type ScoreActWish } from './scorecard/act-on-scores.service';
export { type ScoreRequest } from './scorecard/score-request.store';
export {
  scoreDeliveryActs,
  scoreDeliverySteps,
  scoreRunActs,
  scoreRunSteps,
  type ScoreDeliveryAct,
} from './scorecard/score-steps';
export { hintKinds } from './integrity/hint';
export { IntegrityService, type HintsBesideScore, type IntegrityAnswer } from './integrity/integrity.service';
