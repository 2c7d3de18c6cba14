/** Nest wiring of accounting; the database handle is provided globally by the program. */
import { availableParallelism } from 'node:os';
import { Module } from '@nestjs/common';
import { RulebookModule } from '@gep/rulebook';
import { AccountingService } from './accounting.service';
import { AccountComputer } from './recompute/account-computer.pool';
import { RecomputeService } from './recompute/recompute.service';
import { RecomputeTasks } from './recompute/recompute-tasks.service';

/** Threads start with the first task, so a program that computes nothing has none. */
@Module({
  imports: [RulebookModule],
  providers: [
    AccountingService,
    RecomputeService,
    RecomputeTasks,
    { provide: AccountComputer, useFactory: () => new AccountComputer(availableParallelism()) },
  ],
  exports: [AccountingService, RecomputeService, RecomputeTasks],
})
export class AccountingModule {}
