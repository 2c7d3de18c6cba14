/** Nest wiring of the worker: the subjects whose jobs it does, and what the process opened for them. */
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AccountingModule } from '@gep/accounting';
import { CreditModule } from '@gep/credit';
import { EvaluationModule } from '@gep/evaluation';
import { LedgerModule } from '@gep/ledger';
import { Database, JsonLogger, Queues } from '@gep/platform';
import { ProcedureModule } from '@gep/procedure';
import { ProcurementModule } from '@gep/procurement';
import { RulebookFolder } from '@gep/rulebook';
import { SettlementModule } from '@gep/settlement';
import { CreditProcessor } from './credit.processor';
import { DividendProcessor } from './dividend.processor';
import { EvaluationProcessor } from './evaluation.processor';
import { OutboxRelay } from './outbox-relay.service';
import { ProcedureProcessor } from './procedure.processor';
import { RecomputeProcessor } from './recompute.processor';
import { RelaySettings } from './relay-settings';
import { SettlementProcessor } from './settlement.processor';

export interface WorkerParts {
  readonly database: Database;
  readonly queues: Queues;
  readonly log: JsonLogger;
  /** Threads that run kernels. */
  readonly threads: number;
  /** Where the rulebook lies; beside the program when absent. */
  readonly rulebookDir?: string;
}

@Global()
@Module({})
class PartsModule {
  static with({ database, queues, log, rulebookDir = 'rulebook' }: WorkerParts): DynamicModule {
    const providers = [
      { provide: Database, useValue: database },
      { provide: Queues, useValue: queues },
      { provide: JsonLogger, useValue: log },
      { provide: RulebookFolder, useValue: new RulebookFolder(rulebookDir) },
    ];
    return { module: PartsModule, providers, exports: [Database, Queues, JsonLogger, RulebookFolder] };
  }
}

@Module({})
export class WorkerModule {
  static with(parts: WorkerParts, settings: RelaySettings): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PartsModule.with(parts),
        AccountingModule,
        AccountingModule.computing(parts.threads),
        LedgerModule,
        ProcedureModule,
        SettlementModule,
        ProcurementModule,
        EvaluationModule,
        // Scores need no identifiers, so the worker has no keys.
        CreditModule.register(undefined),
      ],
      providers: [
        OutboxRelay,
        RecomputeProcessor,
        ProcedureProcessor,
        SettlementProcessor,
        DividendProcessor,
        EvaluationProcessor,
        CreditProcessor,
        { provide: RelaySettings, useValue: settings },
      ],
    };
  }
}
