/** Front door of the rulebook: norms as data, checked, named by their content, and looked up by type, place and date. */
export { attributeFallbacks, type AttributeFallback } from './lookup/attribute-fallbacks';
export { crosswalkOfTypes, parseCrosswalk, sharesOfClass, type Crosswalk } from './crosswalk/crosswalk';
export { loadCrosswalk } from './crosswalk/crosswalk.loader';
export {
  CrosswalkClassUnknown,
  CrosswalkNotFound,
  CrosswalkSharesNeeded,
  CrosswalkSharesWrong,
} from './crosswalk/errors';
export { addWorkingDays, type WorkCalendar } from './calendar/work-calendar';
export {
  clockRuleOn,
  clockSorts,
  lastDayOf,
  type ClockBook,
  type ClockRule,
  type ClockSort,
} from './clock/clock-rules';
export { loadClockBook } from './clock/clock-book.loader';
export { type DataSheet, type SheetList, type SheetPeriod, type SheetTable } from './sheet/sheet-list';
export { loadSheetLists, RulebookFolder } from './sheet/sheet-list.loader';
export {
  listCases,
  listPolicyCases,
  loadCase,
  loadPolicyCase,
  loadStudy,
  type LoadedCase,
  type LoadedTables,
} from './case/case.loader';
export { compareWithPrinted, type ComparedFigure, type PolicyCase } from './case/policy-case';
export { EditionNotFound, NormIsSkeleton } from './errors';
export {
  serviceCategories,
  type AttributeDefinition,
  type Beneficiary,
  type EcosystemType,
  type ExcludedService,
  type ExclusiveGroup,
  type NegativeRule,
  type NormEdition,
  type NormFile,
  type NormFormula,
  type NormParameterValue,
  type NormProblem,
  type NormStatus,
  type ParameterDefinition,
  type PriceClass,
  type ProductDefinition,
  type SeriesDefinition,
  type Service,
  type ServiceCategory,
  type ServiceGamma,
  type ServiceGroup,
  type ServicePrice,
  type ServiceQuantity,
  type ServiceSwitch,
  type ServiceUse,
  type Spread,
  type Valuation,
} from './norm/norm';
export { amountFactor } from './norm/build-service-facts';
export { checkNorm, listNorms, loadNorm, loadUnits } from './norm/norm.loader';
export { neededAttributes, type NeededAttribute } from './lookup/needed-attributes';
export { countedTypes } from './lookup/counted-types';
export { isPlaceWithin } from './lookup/place-within';
export { ownPrices } from './lookup/own-prices';
export { parameterLookup, type LookupContext } from './lookup/parameter-lookup';
export { parseNorm } from './norm/parse-norm';
export { parseUnits } from './yaml/parse-units';
export {
  measuresInPoints,
  type CaseAxis,
  type CaseMeasure,
  type PrintedCase,
  type PrintedTable,
} from './case/printed-case';
export type { CaseNote, CasePeriod, CaseTable, PrintedCell, PublishedCase } from './case/published-case';
export type { QualityBound, QualityGrade, QualityRule, QualityRules } from './check/quality-rules';
export { loadQualityRules } from './check/quality-rules.loader';
export { RulebookModule } from './rulebook.module';
export { normView, parameterViews, type ParameterFilter } from './view/norm-view';
export { creditView } from './view/credit-view';
export { policyView } from './view/policy-view';
export { RulebookService, type NormPublication } from './rulebook.service';
export {
  findCurrentEdition,
  getEdition,
  listEditions,
  type PublishedEdition,
  type StoredEdition,
} from './rulebook.store';
export {
  backtest,
  backtestKind,
  headOf,
  periodsOfBoth,
  totalsOf,
  type Backtest,
  type BacktestSide,
  type MoneyBacktest,
} from './policy/decision/backtest';
export { compareStandings, type ScoreBacktest, type Standing } from './policy/decision/compare-standings';
export { decide } from './policy/decision/decide';
export { lineWorkings, type LineWorking, type WorkedValue } from './policy/decision/line-working';
export { type Balance, type Decision, type DecisionPayment, type TracedValue } from './policy/decision/decision';
export type { PolicyBook } from './policy/expression/place';
export type { PolicyTable } from './policy/input/policy-table';
export { readPolicyRows } from './policy/input/read-policy-rows';
export { checkPolicy, listPolicies, loadPolicy, readPolicyText } from './policy/policy.loader';
export type { Adoption, Confirmation, PolicyEditionRecord } from './adoption/adoption';
export { getPolicyEdition } from './adoption/policy-edition.store';
export {
  listAdoptions,
  listConfirmations,
  listPoliciesInForce,
  listPolicyEditions,
  policyInForce,
  policyOnDay,
  type InForceQuestion,
  type PolicyInForce,
} from './adoption/adoption.store';
export {
  AdoptionNotFound,
  AdoptionRefused,
  AdoptionUnconfirmed,
  PolicyAmbiguous,
  PolicyEditionNotFound,
  PolicyIsSkeleton,
  PolicyNotInForce,
  SamePersonOfPolicy,
  WithdrawalRefused,
} from './adoption/errors';
export type { AdoptionWish } from './adoption/judge-adoption';
export { PolicyService, type MadeAdoption, type Proposal } from './adoption/policy.service';
export { parseRule } from './policy/parse-rule';
export { confirmationReasons, type PolicyRule } from './policy/rule';
export { refuseWithinTerm } from './policy/scorecard/refuse-unscorable';
export { scoresOf, type IndicatorScore, type LevelScore, type UnitScore } from './policy/scorecard/read-scores';
export { type IndicatorState, type Scorecard, type ScoreIndicator } from './policy/scorecard/scorecard';
export {
  creditSeverities,
  creditSubjectKinds,
  type CreditBehaviour,
  type CreditCatalogue,
  type CreditLoanTerms,
  type CreditMeasureItem,
  type CreditMeasureKind,
  type CreditSeverity,
  type CreditSubjectKind,
} from './policy/credit/credit-catalogue';
export {
  creditLoanKinds,
  creditLoanObstacles,
  decideLoan,
  type CreditLoanDecision,
  type CreditLoanKind,
  type CreditLoanObstacle,
  type CreditLoanWish,
} from './policy/credit/decide-loan';
export { PolicyInputRefused } from './errors';
