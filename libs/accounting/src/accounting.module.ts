/** Nest wiring of accounting; the database handle is provided globally by the program. */
import { type DynamicModule, Module } from '@nestjs/common';
import { RulebookModule } from '@gep/rulebook';
import { AccountingService } from './accounting.service';
import { DataSheets } from './sheet/sheets.service';
import { ChangeService } from './change/change.service';
import { QualityService } from './quality/quality.service';
import { ReportService } from './report-table/report.service';
import { ReportWriter } from './report-table/report-writer.pool';
import { AccountComputer } from './recompute/account-computer.pool';
import { RecomputeService } from './recompute/recompute.service';
import { RecomputeTasks } from './recompute/recompute-tasks.service';
import { FindingsOfAccount } from './review/findings.service';
import { ReviewService } from './review/review.service';

const useCases = [
  ...[AccountingService, ChangeService, RecomputeService, ReviewService, DataSheets],
  ...[QualityService, ReportService, ReportWriter],
];

/** Use cases that ask and answer; `AccountingModule.computing(threads)` has those that compute as well. */
@Module({
  imports: [RulebookModule],
  providers: [
    ...useCases,
    // A review is held back by what the checks find.
    { provide: FindingsOfAccount, useExisting: QualityService },
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
