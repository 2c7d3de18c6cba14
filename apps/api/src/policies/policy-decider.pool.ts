/** Decides sent tables in worker threads, with a bound of time: a rule may be long, and a table large. */
import { join } from 'node:path';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createThreadPool, type ThreadPool } from '@gep/platform';
import type { PolicyRule } from '@gep/rulebook';
import type { DecideTask } from './decide.thread';
import type { SentTable } from './policy-table';

/** As long as a caller may be kept waiting. */
const timeLimitMs = 30_000;

@Injectable()
export class PolicyDecider implements OnModuleDestroy {
  private readonly pool: ThreadPool<DecideTask, object> = createThreadPool(join(__dirname, 'decide.thread'), {
    size: 1,
    timeLimitMs,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });

  /** @throws RefusedInThread for what the table or the decision is refused for; TaskTooLong */
  decide(rule: PolicyRule, table: SentTable, beside?: PolicyRule): Promise<object> {
    return this.pool.run({ rule: textsOf(rule), ...(beside && { beside: textsOf(beside) }), table });
  }

  async onModuleDestroy(): Promise<void> {
    await this.pool.close();
  }
}

const textsOf = ({ file, units }: PolicyRule) => ({ file, units: units.definitions });
