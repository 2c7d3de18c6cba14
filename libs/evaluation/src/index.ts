/** Front door of evaluation: what lower governments are to reach, what they reached, and how they are judged by it. */
export { EvaluationModule } from './evaluation.module';
export { BaseRefused, OutsideFigureRefused, PlanRefused, TargetConflict, TargetMissing } from './target/errors';
export { figureSupplied, planClosed, planIssued, progressConfirmed } from './target/events';
export { figureSteps, planSteps, progressSteps } from './target/plan-steps';
export { type ReplyWish } from './target/plan/hear-units.service';
export { type PlanTerms, type TargetIndicator } from './target/plan/plan-terms';
export { type PlanView } from './target/plan/plan-view.service';
export { type Done, PlanService, type PlanDeed } from './target/plan/plan.service';
export { listCopies as listPlanCopies, listPlans, type PlanCopy, type PlanEdition } from './target/plan/plan.store';
export { type PlanProgress } from './target/progress/follow-plan.service';
export { type ProgressRow } from './target/progress/progress-row';
export { ProgressService, type ProgressView } from './target/progress/progress.service';
export { OutsideFigureService, type FigureView, type FigureWish } from './target/value/outside-figure.service';
export { type DisclosedFigure, type DisclosureDocument } from './disclosure/disclosed-document';
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
