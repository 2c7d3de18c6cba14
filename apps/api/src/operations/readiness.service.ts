/** Looks whether database, migrations and queue answer, each within two seconds. */
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { accountingQueue } from '@gep/accounting';
import { Database, outboxBacklog, pendingMigrations, Queues } from '@gep/platform';
import type { HealthChecksBody, PartState } from './operations.dto';

const patienceMilliseconds = 2_000;

/** An answer is kept this long, so that a flood of questions is one question. */
const keptMilliseconds = 500;

@Injectable()
export class Readiness {
  private kept: { until: number; checks: Promise<HealthChecksBody> } | undefined;

  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
  ) {}

  check(): Promise<HealthChecksBody> {
    const now = performance.now();
    if (!this.kept || this.kept.until < now) this.kept = { until: now + keptMilliseconds, checks: this.look() };
    return this.kept.checks;
  }

  /** Jobs by queue and state. */
  async queueCounts(): Promise<Record<string, Record<string, number>>> {
    return { [accountingQueue]: await this.queues.queue(accountingQueue).getJobCounts() };
  }

  /** Age of the oldest event that is not delivered. */
  async outboxAgeSeconds(): Promise<number> {
    const nobody = { id: 'api', name: 'API', scope: [] };
    const { oldestSeconds } = await this.database.snapshot(nobody, outboxBacklog);
    return oldestSeconds;
  }

  private async look(): Promise<HealthChecksBody> {
    const [database, migrations, queue] = await Promise.all([
      stateOf(this.outboxAgeSeconds()),
      stateOf(pendingMigrations(this.database).then((pending) => pending.length === 0)),
      stateOf(this.queueCounts()),
    ]);
    return { database, migrations, queue };
  }
}

async function stateOf(asked: Promise<unknown>): Promise<PartState> {
  const late = new AbortController();
  const timeout = wait(patienceMilliseconds, false, { signal: late.signal, ref: false }).catch(() => false);
  const answer = await Promise.race([asked.catch(() => false), timeout]);
  late.abort();
  return answer === false ? 'down' : 'up';
}
