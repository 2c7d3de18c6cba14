/** Front door of accounting: what an account is, how it is computed, recorded, compared, explained and recomputed. */
export {
  unassignedType,
  type Account,
  type AccountChild,
  type AccountLine,
  type AccountTotals,
  type Coverage,
  type KeptBaseSums,
  type ServiceCategory,
  type StandIn,
} from './account/account';
export {
  findAccount,
  findAccountById,
  listAccounts,
  listChildren,
  listLines,
  listVintages,
  type AccountFilter,
  type AccountPosition,
  type AccountQuery,
  type AccountRecord,
} from './account/account.store';
export { evidenceOf, type TotalsEvidence } from './account/evidence';
export { getAccount, withLines } from './account/recorded-account.store';
export { listRefusedParts, type RefusedPart } from './account/refused-rows.store';
export { aggregateAccounts, type AggregateTarget } from './account/aggregate-account';
export {
  compareAccounts,
  type AccountComparison,
  type AccountReference,
  type FenChange,
  type LineChange,
  type QuantityChange,
} from './account/compare-accounts';
export { divideAccount, type DividedAccount, type DivisionPart } from './division/divide-account';
export { DivisionPartTwice, DivisionSharesUnfit } from './division/errors';
export { type DeclaredFlow, type RecordedFlow } from './flow/declared-flow';
export { FlowMissing } from './flow/errors';
export { FlowService, type FlowWish } from './flow/flow.service';
export { listFlows, type FlowFilter } from './flow/flow.store';
export { BridgeService, type BridgeQuestion, type RecordedBridge } from './bridge/bridge.service';
export {
  refusalOf,
  type ComparableGrowth,
  type SeriesPoint,
  type SeriesRefusal,
  type SeriesWay,
} from './series/account-series';
export { type BoundaryStep } from './series/boundary-plan';
export { findBoundaryBreak } from './series/boundary-break.service';
export { wordsOf } from './series/errors';
export { AccountSuccessionService, type SuccessionWish } from './succession/account-succession.service';
export { type LeftAccount } from './succession/left-accounts';
export { listPartition } from './succession/partition.store';
export { textOfDivided } from './explanation/explain-division';
export { SeriesService, type AccountSeries, type SeriesRequest } from './series/series.service';
export { NormBridger } from './bridge/norm-bridger.pool';
export { bridgeNorms, type BridgeStepKind, type NormBridge } from './bridge/bridge-norms';
export { type AccountInterval, type DrawnShare, type IntervalFigure } from './interval/account-interval';
export { IntervalService, type RecordedInterval } from './interval/interval.service';
export { IntervalComputer } from './interval/interval-computer.pool';
export { type Indicator, type IndicatorFact } from './indicator/compute-indicators';
export { type DynamicDegree } from './indicator/dynamic-degree';
export { type IndicatorDefinition } from './indicator/indicator-definitions';
export { indicatorReport, type IndicatorReport } from './indicator/indicator-report';
export { type LevelAttributes } from './change/attribute-levels';
export { changeOfTerritories, type ObservedChanges } from './change/change-between';
export { type ChangeRow } from './change/change-row';
export { changeOfQuantities, type QuantityEffects, quantitySteps } from './change/change-of-quantities';
export { ChangeService, type ChangeRequest, type RecordedChange } from './change/change.service';
export { type ChangeDecomposition, type LineEffects } from './change/decompose-change';
export { type ComparableAccount, type ComparableLine, priceIndex, type PriceIndex } from './change/comparable-prices';
export { comparableTerritories, pairByCode } from './change/comparable-territories';
export { changeEffects, sumOfEffects, type ChangeEffect, type EffectFen } from './change/effects';
export { payableIncrement, type PayableIncrement } from './change/payable-increment';
export { computeAccount, type KernelRunner } from './account/compute-account';
export { checkQuality, type QualityReport } from './quality/check-quality';
export { type Finding } from './quality/finding';
export { stateAccounts } from './quality/state-accounts';
export { stateCase } from './quality/state-case';
export { type PlainTable } from './quality/printed/read-rows';
export { stateReport } from './quality/printed/state-report';
export { stateTables } from './quality/printed/state-tables';
export { type StatedAccount } from './quality/stated-account';
export { buildReport } from './report-table/build-report';
export { reportCsv } from './report-table/report-csv';
export { reportOfFiles } from './report-table/report-of-files';
export {
  categoryNames,
  gradeNames,
  type AccountReport,
  type ReportCell,
  type ReportTable,
} from './report-table/report-table';
export { reportWorkbook } from './report-table/report-workbook';
export { ReportService, type ReportRequest } from './report-table/report.service';
export { ReportWriter } from './report-table/report-writer.pool';
export { ExplanationTooShort, FindingMissing, FindingMustBeMended } from './quality/errors';
export { QualityService } from './quality/quality.service';
export { headOf, type ReportLanguage } from './report-table/written-cells';
export { writtenUnit } from './report-table/written-unit';
export { type ObservedPeriod } from './account/observed-period';
export { explainAccount } from './explanation/explain-account';
export { type ExplainKind, type ExplainNode, type ExplainSelection } from './explanation/explain-node';
export {
  type CaseReproduction,
  type CaseTolerance,
  type Measure,
  type ReproducedCell,
  type ReproducedRow,
  type ReproducedTable,
  type ReproductionOptions,
  type Verdict,
} from './reproduction/case-reproduction';
export { reproduceCase } from './reproduction/reproduce-case';
export { crossTables, type CrossTable } from './reproduction/cross-tables';
export { reproduceTables } from './reproduction/reproduce-tables';
export { type ComparedCell, type ComparedTable, type TablesReproduction } from './reproduction/tables-reproduction';
export { InputUnreadable } from './input/errors';
export { InputNode } from './input/input-node';
export { plain, type Plain } from './input/plain';
export {
  BoundaryCauseNeeded,
  ExtentImbalance,
  ExtentPartsDiffer,
  PatchTwice,
  UnknownExtentClass,
} from './extent/errors';
export {
  computeExtent,
  mergeExtents,
  outside,
  type ExtentAccount,
  type ExtentCause,
  type ExtentInput,
  type ExtentRow,
} from './extent/extent-account';
export { extentOfSheet } from './extent/extent-table';
export { extentOfPatches, type PatchExtent } from './extent/extent-of-patches';
export { mapClasses, mapTypes, readClassShares, type ClassMapping, type ClassShares } from './extent/map-classes';
export { readExtent, type ExtentDocument } from './extent/read-extent';
export { ConditionValueTwice, ReferenceConditionsDiffer } from './condition/errors';
export {
  computeCondition,
  conditionClasses,
  conditionDirections,
  referenceKinds,
  type ConditionAccount,
  type ConditionClass,
  type ConditionDirection,
  type ConditionInput,
  type ReferenceKind,
} from './condition/condition-account';
export { ConditionService, type ConditionQuestion, type RecordedCondition } from './condition/condition.service';
export { readCondition } from './condition/read-condition';
export { ExportsExceedSupply, TradeUnknown, TradeValueNeeded } from './supply-use/errors';
export {
  exportUse,
  intermediateUse,
  tabulateSupplyUse,
  unassignedUse,
  type SupplyUseRow,
  type SupplyUseTables,
} from './supply-use/supply-use-tables';
export { readTrade } from './supply-use/read-trade';
export { DemandNeeded, HorizonTooLong, ImpossibleChange, RealTermsNeeded } from './asset-value/errors';
export {
  assetEntries,
  computeAssetAccount,
  type AssetAccount,
  type AssetEntry,
  type AssetRow,
} from './asset-value/asset-account';
export { changeDirections, type AssetInput, type ChangeDirection } from './asset-value/asset-input';
export { type AccountOutlook, assetAssumptions, assetInputOf } from './asset-value/asset-of-account';
export { discountTimings, type DiscountTiming } from './asset-value/discount-factors';
export { roundedFen } from './asset-value/round-together';
export { readAssetValue } from './asset-value/read-asset-value';
export { AccountLineMissing, ParameterMissing } from './lacking/errors';
export {
  AccountMissing,
  AttributeMissing,
  NothingObserved,
  QuantityNotFinite,
  RollUpTooEarly,
  RunMissing,
  RunStateConflict,
  StatisticPriceMissing,
  StatisticRepeated,
  StatisticUnreadable,
  TerritoryNotNamed,
  UnknownEcosystemType,
} from './errors';
export { accountPublished, accountRestated, type AccountPublished, type AccountRestated } from './restatement/events';
export { DisclosureMissing } from './restatement/errors';
export { type AccountDifference } from './restatement/account-difference';
export {
  findDisclosure,
  findDisclosureById,
  firstDisclosureOf,
  listDisclosures,
  listRestating,
  type Disclosure,
  type DisclosureFilter,
} from './restatement/disclosure.store';
export { renderDisclosure } from './restatement/publish-account.service';
export { FindingsOfAccount } from './review/findings.service';
export { followingActs, type FollowingAct } from './review/following-acts';
export { accountLocked, type LockFacts, type OpenFinding } from './review/errors';
export { type Person, type ReviewedVintage, type ReviewKey, type ReviewStep } from './review/review-step';
export { reviewActs, reviewStates, type ReviewAct, type ReviewRole, type ReviewState } from './review/review-table';
export { nameOfAct, nameOfRole, nameOfState } from './review/review-words';
export { DataSheets, type ShownSheet } from './sheet/sheets.service';
export { sheetOverdue, type SheetOverdue } from './sheet/events';
export { dueBases, sheetStates, type SheetState } from './sheet/sheet-status';
export { listReminders, type ReminderFilter, type SheetReminder } from './sheet/sheet.store';
export { OperatorGate, ReviewGate } from './review/review-gate.service';
export { ReviewGateModule } from './review/review-gate.module';
export { listReviews, listSteps as listReviewSteps, type ReviewFilter } from './review/review.store';
export { ReviewService, type ActOffer, type ActRequest, type Reviewer, type ReviewView } from './review/review.service';
export { TreeAccountsService, type TreeAccountRequest } from './tree/tree-accounts.service';
export { type ToldPart, type TreeAnswer } from './tree/tree-answer';
export { AccountingModule } from './accounting.module';
export { AccountingService, type ExplainRequest, type ExtentRequest, type RecordedExtent } from './accounting.service';
export { AccountComputer } from './recompute/account-computer.pool';
export { RecomputeService, type RecomputeRequest, type RequestedRun } from './recompute/recompute.service';
export { RecomputeTasks } from './recompute/recompute-tasks.service';
export { isPassing, type TaskOutcome } from './task/task-attempts.service';
export { jobIdOf, type FlowNode, type FlowRun, type FlowTask } from './recompute/flow-of-run';
export {
  accountingJobNames,
  accountingQueue,
  recomputeRequested,
  type AccountingJobName,
  type AccountingJobs,
} from './recompute/jobs';
export { listFailures, type Failure } from './recompute/failure.store';
export { findRun, listRuns, type Run, type RunProgress } from './recompute/run.store';
export { runStateNames, type RunState } from './recompute/run-states';
