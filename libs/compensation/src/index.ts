/** Front door of eco-compensation: agreements and their yearly cycle, and what a programme costs, is worth and should pay. */
export { evaluateBenefit, type BenefitEvaluation, type EvaluationOptions } from './benefit/evaluate-benefit';
export { readBenefitTables, type PlainRows } from './benefit/read-benefit-tables';
export { BenefitInputRefused } from './errors';
