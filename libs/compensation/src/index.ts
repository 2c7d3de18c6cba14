/** Front door of eco-compensation: agreements and their yearly cycle, and what a programme costs, is worth and should pay. */
export { agreementSteps, type AgreementState } from './agreement/agreement-steps';
export type { AgreementTerms } from './agreement/agreement-terms';
export { AgreementService, type AgreementView } from './agreement/agreement.service';
export { type AgreementEdition, listAgreements, listCopies } from './agreement/agreement.store';
export { evaluateBenefit, type BenefitEvaluation, type EvaluationOptions } from './benefit/evaluate-benefit';
export { readBenefitTables, type PlainRows } from './benefit/read-benefit-tables';
export { breachMeasures, type BreachMeasureKind } from './breach/breach-effect';
export { BreachService } from './breach/breach.service';
export { type BreachView } from './breach/standing-measures.service';
export { CompensationModule } from './compensation.module';
export { type CycleWish } from './cycle/compute-cycle.service';
export { cycleSteps } from './cycle/cycle-steps';
export { CycleService, type CycleView, ownActs, type OwnAct } from './cycle/cycle.service';
export { AgreementMissing, AgreementRefused, BenefitInputRefused, CompensationMissing, DeedNotAgreed } from './errors';
export { MeasurementService, type MeasurementView } from './measurement/measurement.service';
export { type PassedOn } from './passing/passed-on.service';
