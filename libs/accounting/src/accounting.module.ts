/** Nest wiring of accounting; the database handle is provided globally by the program. */
import { availableParallelism } from 'node:os';
import { type DynamicModule, Module } from '@nestjs/common';
import { RulebookModule } from '@gep/rulebook';
import { AccountingService } from './accounting.service';
import { FlowService } from './flow/flow.service';
import { DataSheets } from './sheet/sheets.service';
import { BridgeService } from './bridge/bridge.service';
import { NormBridger } from './bridge/norm-bridger.pool';
import { ChangeService } from './change/change.service';
import { ConditionService } from './condition/condition.service';
import { IntervalComputer } from './interval/interval-computer.pool';
import { IntervalService } from './interval/interval.service';
import { QualityService } from './quality/quality.service';
import { ReportService } from './report-table/report.service';
import { ReportWriter } from './report-table/report-writer.pool';
import { AccountComputer } from './recompute/account-computer.pool';
import { RecomputeService } from './recompute/recompute.service';
import { RecomputeTasks } from './recompute/recompute-tasks.service';
import { SeriesService } from './series/series.service';
import { FindingsOfAccount } from './review/findings.service';
import { ReviewService } from './review/review.service';
import { AccountSuccessionService } from './succession/account-succession.service';
import { TreeAccountsService } from './tree/tree-accounts.service';

const useCases = [
  ...[AccountingService, ChangeService, RecomputeService, ReviewService, DataSheets],
  ...[FlowService, SeriesService, QualityService, ReportService, ReportWriter, IntervalService],
  ...[BridgeService, NormBridger, ConditionService, TreeAccountsService],
  AccountSuccessionService,
];

/** One core stays free for answering. */
const threadsOfIntervals = (): number => Math.max(1, Math.min(availableParallelism() - 1, 2));
/** As long as a caller may be kept waiting by one run of draws. */
const longestIntervalMs = 120_000;

/** Use cases that ask and answer; `AccountingModule.computing(threads)` has those that compute as well. */
@Module({
  imports: [RulebookModule],
  providers: [
    ...useCases,
    // A review is held back by what the checks find.
    { provide: FindingsOfAccount, useExisting: QualityService },
    { provide: IntervalComputer, useFactory: () => new IntervalComputer(threadsOfIntervals(), longestIntervalMs) },
  ],
  exports: useCases,
})
export class AccountingModule {
  /** For programs that work off runs. @param threads worker threads for kernels; they start with the first task */
  static computing(threads: number): DynamicModule {
    return {
      module: AccountingModule,
      providers: [{ provide: AccountComputer, useFactory: () => new AccountComputer(threads) }, RecomputeTasks],
      exports: [RecomputeTasks],
    };
  }
}
