/** Use cases of a run as a whole: ask for it, open what is due, cancel, retry, and issue again what the queue has lost. */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { parsePeriod, periodEnd } from '@gep/kernel';
import { Actor, announce, answerOnce, appendAudit, Database } from '@gep/platform';
import { EditionNotFound, findCurrentEdition, listEditions, RulebookService } from '@gep/rulebook';
import { codesOfPath, findTerritory, getTerritory, isWithin, TerritoryMissing } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { NothingObserved, RunMissing, RunStateConflict, TerritoryNotNamed } from '../errors';
import { duePeriods } from './due-periods';
import { FlowNode, flowOfRun } from './flow-of-run';
import { recomputeRequested } from './jobs';
import { planTasks } from './planned-tasks.store';
import {
  cancelWaitingTasks,
  claimQuietRuns,
  findActiveRunId,
  findRun,
  insertRun,
  readToday,
  reopenRun,
  Run,
  RunScope,
} from './run.store';
import { accountingActor } from './system-actor';
import { listFlowTasks } from './task.store';

/** What to recompute. */
export interface RecomputeRequest {
  readonly period: string;
  readonly normId: string;
  /** The territory with everything below it; the one the actor may act for when absent. */
  readonly territory?: string;
}

/** The run that answers a request; `started` is false when the same request was active already. */
export interface RequestedRun {
  readonly runId: string;
  readonly started: boolean;
  /** True when the same command had been carried out before, and this is its answer of that time. */
  readonly replayed?: boolean;
}

/** A run is issued again when nothing of it has moved for so long, unless somebody wishes otherwise. */
const usualQuietSeconds = 60;

@Injectable()
export class RecomputeService {
  private readonly rulebook: RulebookService;

  constructor(private readonly database: Database) {
    this.rulebook = new RulebookService(database);
  }

  /**
   * Starts a run of the edition in force: run, tasks, audit and announcement in one transaction.
   * The caller has checked that the actor may do this there.
   * @throws InvalidPeriod, EditionNotFound, TerritoryMissing, TerritoryNotNamed, NothingObserved, IdempotencyConflict
   */
  async requestRecompute(actor: Actor, request: RecomputeRequest, idempotencyKey: string): Promise<RequestedRun> {
    const period = parsePeriod(request.period);
    const body = { ...request, period };
    return this.database.transaction(actor, async (tx) => {
      const command = { actor, key: idempotencyKey, action: 'accounting.recompute', body };
      const { response, replayed } = await answerOnce(tx, command, async (): Promise<RequestedRun> => {
        const scope = await this.scopeOf(tx, actor, body);
        const active = await findActiveRunId(tx, scope);
        if (active) return { runId: active, started: false };
        return this.open(tx, actor, scope, null);
      });
      return { ...response, replayed };
    });
  }

  /**
   * Opens a run for every norm in force and every period that ended before `date` and has observations, once.
   * @param date `YYYY-MM-DD`; today in China by the clock of the database when absent
   * @returns the runs opened now
   */
  async openDuePeriods(date?: string): Promise<string[]> {
    return this.database.transaction(accountingActor, async (tx) => {
      const day = date ?? (await readToday(tx));
      const opened: string[] = [];
      for (const { normId, edition } of (await listEditions(tx)).filter(({ current }) => current)) {
        for (const period of duePeriods(day)) {
          const root = await findTerritory(tx, 'CN', periodEnd(period));
          if (!root) continue;
          const scope = { territory: root.code, path: root.path, period, norm: { id: normId, edition } };
          const run = await this.open(tx, accountingActor, scope, `${normId} ${period}`).catch(ifNothingObserved);
          if (run?.started) opened.push(run.runId);
        }
      }
      return opened;
    });
  }

  /** The jobs of a run that are still to be done, as trees for the queue. @throws RunMissing */
  async flowOf(runId: string): Promise<FlowNode[]> {
    return this.database.snapshot(accountingActor, async (tx) => {
      const run = await getRun(tx, runId);
      if (run.state !== 'active') return [];
      return flowOfRun({ runId, round: run.round, tasks: await listFlowTasks(tx, runId) });
    });
  }

  /** Stops what has not begun; what is being worked on ends by itself and is kept. @throws RunMissing, RunStateConflict */
  async cancelRun(actor: Actor, runId: string): Promise<Run> {
    return this.database.transaction(actor, async (tx) => {
      const run = await getRun(tx, runId);
      if (run.state !== 'active') throw new RunStateConflict(runId, run.state, 'cancel');
      await cancelWaitingTasks(tx, runId);
      await appendAudit(tx, {
        actor,
        action: 'recompute.cancelled',
        subject: runId,
        territoryPath: run.path,
        before: { state: run.state },
      });
      return getRun(tx, runId);
    });
  }

  /**
   * Does again what has died, was cancelled, was refused or was locked, and the roll-ups above it.
   * @throws RunMissing, RunStateConflict
   */
  async retryRun(actor: Actor, runId: string): Promise<Run> {
    return this.database.transaction(actor, async (tx) => {
      const run = await getRun(tx, runId);
      const { refused, locked } = run.progress.territories;
      const done = run.state === 'active' || (run.state === 'done' && refused + locked === 0);
      if (done || (await findActiveRunId(tx, run))) throw new RunStateConflict(runId, run.state, 'retry');
      await reopenRun(tx, runId);
      await announce(tx, { event: recomputeRequested, key: `${runId} ${run.round + 1}`, payload: { runId } });
      await appendAudit(tx, {
        actor,
        action: 'recompute.retried',
        subject: runId,
        territoryPath: run.path,
        before: { state: run.state },
      });
      return getRun(tx, runId);
    });
  }

  /**
   * Announces runs again that have work left and show no life.
   * @param quietSeconds silence after which a run is taken for lost
   * @returns their ids
   */
  async reconcile(quietSeconds = usualQuietSeconds): Promise<string[]> {
    return this.database.transaction(accountingActor, async (tx) => {
      const claimed = await claimQuietRuns(tx, quietSeconds);
      for (const runId of claimed) {
        const { round } = await getRun(tx, runId);
        await announce(tx, { event: recomputeRequested, key: `${runId} ${round}`, payload: { runId } });
      }
      return claimed;
    });
  }

  private async scopeOf(tx: EntityManager, actor: Actor, request: RecomputeRequest): Promise<RunScope> {
    const date = periodEnd(request.period);
    const territory = await getTerritory(tx, request.territory ?? ownTerritory(actor), date);
    if (!actor.scope.some((path) => isWithin(territory.path, path))) throw new TerritoryMissing(territory.code, date);
    const edition = await findCurrentEdition(tx, request.normId);
    if (edition === undefined) throw new EditionNotFound(request.normId);
    const { code, path } = territory;
    return { territory: code, path, period: request.period, norm: { id: request.normId, edition } };
  }

  /** @throws NothingObserved */
  private async open(
    tx: EntityManager,
    actor: Actor,
    scope: RunScope,
    scheduleKey: string | null,
  ): Promise<RequestedRun> {
    const { id: normId, edition } = scope.norm;
    const tasks = await planTasks(tx, scope, await this.rulebook.getNorm(tx, normId, edition));
    const id = randomUUID();
    const started = await insertRun(tx, { ...scope, id, requestedBy: actor.id, scheduleKey }, tasks);
    if (!started) return { runId: (await findActiveRunId(tx, scope)) ?? id, started };
    await announce(tx, { event: recomputeRequested, key: `${id} 1`, payload: { runId: id } });
    const { territory, path, period, norm } = scope;
    const after = { territory, period, norm, tasks: tasks.length };
    await appendAudit(tx, { actor, action: 'recompute.requested', subject: id, territoryPath: path, after });
    return { runId: id, started };
  }
}

/** @throws RunMissing */
async function getRun(tx: EntityManager, runId: string): Promise<Run> {
  const run = await findRun(tx, runId);
  if (!run) throw new RunMissing(runId);
  return run;
}

function ownTerritory({ scope }: Actor): string {
  const codes = scope.map((path) => codesOfPath(path).at(-1)!);
  if (codes.length !== 1) throw new TerritoryNotNamed(codes);
  return codes[0];
}

function ifNothingObserved(error: unknown): undefined {
  if (error instanceof NothingObserved) return undefined;
  throw error;
}
