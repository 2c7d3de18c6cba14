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
  accountId,
  lockTerritoryAccounts,
  makeCurrent,
  recordAccounts,
  type AccountToRecord,
} from './account/account-entry.store';
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
export { aggregateAccounts, type AggregateTarget } from './account/aggregate-account';
export {
  compareAccounts,
  type AccountComparison,
  type AccountReference,
  type FenChange,
  type LineChange,
  type QuantityChange,
} from './account/compare-accounts';
export { computeAccount, recomputeFromSums, runHere, type KernelRunner } from './account/compute-account';
export { type ObservedPeriod } from './account/observed-period';
export { explainAccount, explainAggregate, explainLine } from './account/explain-account';
export { defaultExplainLimit, type ExplainKind, type ExplainNode, type ExplainSelection } from './account/explain-node';
export {
  reproduceCase,
  type CaseReproduction,
  type CaseTolerance,
  type Measure,
  type ReproducedCell,
  type ReproducedRow,
  type ReproducedTable,
  type ReproductionOptions,
  type Verdict,
} from './account/reproduce-case';
export { assertAddsUp, totalArea } from './account/seal-account';
export {
  AccountLineMissing,
  AccountMissing,
  AttributeMissing,
  NothingObserved,
  ParameterMissing,
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
export { AccountingModule } from './accounting.module';
export { AccountingService, type ExplainRequest } from './accounting.service';
export { AccountComputer } from './recompute/account-computer.pool';
export { RecomputeService, type RecomputeRequest, type RequestedRun } from './recompute/recompute.service';
export { RecomputeTasks, type TaskOutcome } from './recompute/recompute-tasks.service';
export { flowOfRun, jobIdOf, type FlowNode, type FlowRun, type FlowTask } from './recompute/flow-of-run';
export {
  accountingJobNames,
  accountingQueue,
  recomputeRequested,
  taskAttempts,
  taskBackoff,
  type AccountingJobName,
  type AccountingJobs,
} from './recompute/jobs';
export {
  findRun,
  listFailures,
  listRuns,
  type Failure,
  type Run,
  type RunProgress,
  type RunState,
} from './recompute/recompute.store';
