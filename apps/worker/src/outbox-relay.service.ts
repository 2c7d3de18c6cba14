/** Carries announcements from the outbox to the queue, and issues work again that the queue has lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { RecomputeService } from '@gep/accounting';
import { type CreditJobName, creditQueue, RescoreService } from '@gep/credit';
import { type EvaluationJobName, evaluationQueue, ScoreRequests } from '@gep/evaluation';
import { LedgerService } from '@gep/ledger';
import { assert } from '@gep/kernel';
import {
  Database,
  DatabaseUnavailable,
  JsonLogger,
  Queues,
  relayOutbox,
  type Actor,
  type OutboxMessage,
} from '@gep/platform';
import { type DividendJobName, dividendQueue, DividendRuns } from '@gep/procurement';
import { type SettlementJobName, settlementQueue, SettlementRequests, TrueUpService } from '@gep/settlement';
import { reactions } from './reactions';
import { RelaySettings } from './relay-settings';

const relayActor: Actor = { id: 'system:relay', name: 'outbox relay', scope: ['CN'] };
const messagesAtOnce = 20;

@Injectable()
export class OutboxRelay {
  private readonly ending = new AbortController();
  private loops: Promise<void>[] = [];

  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly runs: RecomputeService,
    private readonly ledger: LedgerService,
    private readonly settlements: SettlementRequests,
    private readonly trueUps: TrueUpService,
    private readonly dividends: DividendRuns,
    private readonly scores: ScoreRequests,
    private readonly rescores: RescoreService,
    private readonly logger: JsonLogger,
    private readonly settings: RelaySettings,
  ) {}

  start(): void {
    const { idleMs, reconcileMs } = this.settings.pace;
    this.loops = [
      this.loop('relay', idleMs, () => this.relay()),
      this.loop('reconcile', reconcileMs, () => this.tend()),
    ];
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await Promise.all(this.loops);
  }

  /** Repeats until stopped. `work` says whether there may be more to do at once. */
  private async loop(name: string, pauseMs: number, work: () => Promise<boolean>): Promise<void> {
    let failingSince: number | undefined;
    while (!this.ending.signal.aborted) {
      let pause = pauseMs;
      try {
        if (await work()) pause = 0;
        failingSince = undefined;
      } catch (error) {
        if (failingSince === undefined) this.logger.error(error, `Outbox ${name}`);
        failingSince ??= Date.now();
        if (error instanceof DatabaseUnavailable) this.endIfLost(failingSince);
        pause = Math.max(pauseMs, this.settings.pace.restMs);
      }
      await sleep(pause, undefined, { signal: this.ending.signal }).catch(() => undefined);
    }
  }

  /** A process that cannot reach its database for so long is of no use; its supervisor may know a better address. */
  private endIfLost(since: number): void {
    const seconds = (Date.now() - since) / 1000;
    if (seconds < this.settings.databaseLossSeconds) return;
    this.ending.abort();
    this.settings.giveUp(Math.round(seconds));
  }

  private async relay(): Promise<boolean> {
    const deliver = (message: OutboxMessage): Promise<void> => this.react(message);
    const { delivered } = await relayOutbox(this.database, relayActor, deliver, { batch: messagesAtOnce });
    return delivered === messagesAtOnce;
  }

  /** The queue may have been emptied at any time: its schedules are set again, quiet runs
   * and requests are announced again, and reservations whose time has come give back what they hold. */
  private async tend(): Promise<boolean> {
    for (const { id, queue, job, pattern, timeZone } of this.settings.schedules) {
      await this.queues.queue(queue).upsertJobScheduler(id, { pattern, tz: timeZone }, { name: job, data: {} });
    }
    await this.runs.reconcile(this.settings.pace.quietSeconds);
    await this.settlements.reconcile(this.settings.pace.quietSeconds);
    await this.dividends.reconcile(this.settings.pace.quietSeconds);
    await this.scores.reconcile(this.settings.pace.quietSeconds);
    await this.rescores.reconcile(this.settings.pace.quietSeconds);
    await this.ledger.expireReservations(relayActor);
    return false;
  }

  private async react({ event, payload }: OutboxMessage): Promise<void> {
    const reaction = reactions[event];
    assert(reaction, `no reaction to ${event}`);
    if (reaction === 'none') return;
    if (reaction === 'draftTrueUps') {
      await this.trueUps.draft(relayActor, String(payload['disclosureId']));
      return;
    }
    if (reaction === 'resumeTrueUp') {
      if (payload['kind'] === 'settlement') await this.trueUps.resume(relayActor, String(payload['subjectId']));
      return;
    }
    if (reaction === 'enqueueSettlement') return this.enqueueSettlement(String(payload['requestId']));
    if (reaction === 'enqueueScoring') return this.enqueueScoring(String(payload['requestId']));
    if (reaction === 'enqueueRescore') return this.enqueueRescore(String(payload['runId']));
    if (reaction === 'enqueueDividend') return this.enqueueDividend(String(payload['taskId']));
    const flow = await this.runs.flowOf(String(payload['runId']));
    if (flow.length > 0) await this.queues.flow.addBulk(flow as never);
  }

  private async enqueueSettlement(requestId: string): Promise<void> {
    const job: SettlementJobName = 'computeSettlement';
    await this.queues.queue(settlementQueue).add(job, { requestId });
  }

  private async enqueueScoring(requestId: string): Promise<void> {
    const job: EvaluationJobName = 'computeScores';
    await this.queues.queue(evaluationQueue).add(job, { requestId });
  }

  private async enqueueRescore(runId: string): Promise<void> {
    const job: CreditJobName = 'rescore';
    await this.queues.queue(creditQueue).add(job, { runId });
  }

  private async enqueueDividend(taskId: string): Promise<void> {
    const job: DividendJobName = 'runDividendTask';
    await this.queues.queue(dividendQueue).add(job, { taskId });
  }
}
