/** Works tasks off in parts, each in a transaction of its own, and keeps count of attempts that nobody came back from. */
import { assert, DomainError, periodEnd } from '@gep/kernel';
import { Database, DatabaseUnavailable, ThreadPoolClosed } from '@gep/platform';
import { pathsOf } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { RollUpTooEarly, RunMissing } from '../errors';
import { insertFailures, wholeTask } from '../recompute/failure.store';
import { findRun, type Run } from '../recompute/run.store';
import { accountingActor } from '../recompute/system-actor';
import {
  beginPart,
  countWaitingBefore,
  endPart,
  findTaskProgress,
  finishTask,
  forgetBegun,
  lockTask,
  type Task,
  type TaskCounts,
  type TaskState,
} from '../recompute/task.store';
import { ComputationBroken, TaskDied, WorkerLost } from './errors';
import { isSuspect, nextPart } from './task-part';
import { WorkGate } from './work-gate.service';

/** What became of a task. */
export interface TaskOutcome extends TaskCounts {
  /** `done` now or before, or what has become of it in the meantime. */
  readonly state: TaskState;
}

/** Does the territories of a task, which are those of its next part, inside the transaction. */
export type PartWork = (tx: EntityManager, run: Run, task: Task) => Promise<TaskCounts>;

interface BegunPart {
  readonly from: number;
  readonly size: number;
  readonly territories: readonly string[];
}

export const nothingDone: TaskCounts = { computed: 0, unchanged: 0, refused: 0 };

export const addCounts = (a: TaskCounts, b: TaskCounts): TaskCounts => ({
  computed: a.computed + b.computed,
  unchanged: a.unchanged + b.unchanged,
  refused: a.refused + b.refused,
});

/**
 * Not the fault of the task: its job is given up, and the run, once it is quiet, is issued again. A person would find
 * nothing to mend.
 */
export const isPassing = (error: unknown): boolean =>
  error instanceof DatabaseUnavailable || error instanceof ThreadPoolClosed || error instanceof RollUpTooEarly;

export class TaskAttempts {
  private readonly gate = new WorkGate();

  constructor(private readonly database: Database) {}

  /**
   * Does what is left of a task. What is thrown leaves the parts before it done and is worth another attempt.
   * @param singly one territory after the other, each that fails being given up with its reason
   * @throws RunMissing, RollUpTooEarly while a task below is unfinished
   */
  async work(runId: string, taskNo: number, act: PartWork, singly = false): Promise<TaskOutcome> {
    return this.gate.inTurn(`${runId} ${taskNo}`, async () => {
      let counts = nothingDone;
      for (;;) {
        const progress = await this.database.snapshot(accountingActor, (tx) => findTaskProgress(tx, runId, taskNo));
        const alone = progress !== undefined && isSuspect(progress);
        const step = await this.gate.pass(alone, async () => this.step(runId, taskNo, act, singly));
        counts = addCounts(counts, step.counts);
        if (step.state !== 'waiting') return { state: step.state, ...counts };
      }
    });
  }

  /** Gives a whole task up, with the reason; the run goes on without it. @throws RunMissing */
  async deadLetter(runId: string, taskNo: number, reason: string): Promise<void> {
    await this.database.transaction(accountingActor, async (tx) => {
      const run = await getRun(tx, runId);
      const task = await lockTask(tx, runId, taskNo);
      if (task?.state !== 'waiting') return;
      const { code, text, facts } = new TaskDied(reason);
      await insertFailures(tx, runId, task, [{ subject: wholeTask, path: run.path, code, ...text, facts }]);
      await finishTask(tx, runId, taskNo, 'dead');
    });
  }

  /** One part of a task, from the note that it is begun to its end. */
  private async step(runId: string, taskNo: number, act: PartWork, singly: boolean): Promise<Step> {
    const begun = await this.begin(runId, taskNo, singly);
    if (!('territories' in begun)) return begun;
    try {
      return await this.finish(runId, taskNo, begun, act);
    } catch (error) {
      if (singly && !isPassing(error)) return this.giveUp(runId, taskNo, begun, error);
      // Whoever can say so has not died of it. If the database is away as well, it counts as a loss, which others outweigh.
      await this.database
        .transaction(accountingActor, (tx) => forgetBegun(tx, runId, taskNo, begun.from))
        .catch(() => undefined);
      throw error;
    }
  }

  /** Notes in a transaction of its own that a part is begun: the note stays when the worker does not. */
  private async begin(runId: string, taskNo: number, singly: boolean): Promise<Step | BegunPart> {
    return this.database.transaction(accountingActor, async (tx): Promise<Step | BegunPart> => {
      const task = await lockTask(tx, runId, taskNo);
      const run = await getRun(tx, runId);
      assert(task, `run ${runId} has no task ${taskNo}`);
      const over = await whatIsOver(tx, run, task);
      if (over) return over;
      await assertRipe(tx, run, task);
      const { territories, finished, begun } = task;
      const partSize = singly ? 1 : task.partSize;
      const next = nextPart({ total: territories.length, finished, partSize, begun });
      if ('lost' in next) {
        const territory = territories[next.from];
        return leaveOut(tx, run, task, territory, new WorkerLost(territory, run.period, next.lost));
      }
      const { from, size } = next;
      // What was only tried alone because it failed is tried whole again when the run is retried.
      await beginPart(tx, runId, taskNo, { partSize: singly ? task.partSize : next.partSize, begun: next.attempt });
      return { from, size, territories: territories.slice(from, from + size) };
    });
  }

  private async finish(runId: string, taskNo: number, part: BegunPart, act: PartWork): Promise<Step> {
    return this.database.transaction(accountingActor, async (tx): Promise<Step> => {
      const task = await lockTask(tx, runId, taskNo);
      const run = await getRun(tx, runId);
      assert(task, `run ${runId} has no task ${taskNo}`);
      const over = await whatIsOver(tx, run, task);
      if (over) return over;
      // Another worker, to which the task was delivered as well, has done it in between.
      if (task.finished !== part.from) return { state: 'waiting', counts: nothingDone };
      await assertRipe(tx, run, task);
      const counts = await act(tx, run, { ...task, territories: part.territories });
      return endOf(tx, task, part.from + part.size, { ...counts, givenUp: 0 });
    });
  }

  /** Leaves the single territory of a part out, with what was thrown as the reason. */
  private async giveUp(runId: string, taskNo: number, part: BegunPart, error: unknown): Promise<Step> {
    return this.database.transaction(accountingActor, async (tx): Promise<Step> => {
      const task = await lockTask(tx, runId, taskNo);
      const run = await getRun(tx, runId);
      assert(task && part.size === 1, 'only a single territory is given up');
      const over = await whatIsOver(tx, run, task);
      if (over || task.finished !== part.from) return over ?? { state: 'waiting', counts: nothingDone };
      const [territory] = part.territories;
      const refusal =
        error instanceof DomainError ? error : new ComputationBroken(territory, run.period, reasonOf(error));
      return leaveOut(tx, run, task, territory, refusal);
    });
  }
}

/** What a part did; `waiting` when the task has more of them. */
interface Step {
  readonly state: TaskState;
  readonly counts: TaskCounts;
}

/** A task that needs no more work: finished, or of a run that is. */
async function whatIsOver(tx: EntityManager, run: Run, task: Task): Promise<Step | undefined> {
  if (task.state !== 'waiting') return { state: task.state, counts: nothingDone };
  if (run.state === 'active') return undefined;
  await finishTask(tx, run.id, task.taskNo, 'cancelled');
  return { state: 'cancelled', counts: nothingDone };
}

/** @throws RollUpTooEarly */
async function assertRipe(tx: EntityManager, run: Run, task: Task): Promise<void> {
  const waiting = task.level === null ? 0 : await countWaitingBefore(tx, run.id, task.taskNo);
  if (waiting > 0) throw new RollUpTooEarly(run.id, task.taskNo, waiting);
}

/** Records a territory as given up, and goes on behind it. */
async function leaveOut(
  tx: EntityManager,
  run: Run,
  task: Task,
  territory: string,
  { code, text, facts }: DomainError,
): Promise<Step> {
  const path = (await pathsOf(tx, [territory], periodEnd(run.period))).get(territory) ?? run.path;
  await insertFailures(tx, run.id, task, [
    { subject: territory, path, code, ...text, facts: { ...facts, task: task.taskNo } },
  ]);
  return endOf(tx, task, task.finished + 1, { ...nothingDone, refused: 1, givenUp: 1 });
}

async function endOf(
  tx: EntityManager,
  task: Task,
  finished: number,
  done: TaskCounts & { readonly givenUp: number },
): Promise<Step> {
  const { givenUp, ...counts } = done;
  await endPart(tx, task.runId, task.taskNo, finished, done);
  if (finished < task.total) return { state: 'waiting', counts };
  const state = task.givenUp + givenUp > 0 ? 'dead' : 'done';
  await finishTask(tx, task.runId, task.taskNo, state);
  return { state, counts };
}

/** @throws RunMissing */
async function getRun(tx: EntityManager, runId: string): Promise<Run> {
  const run = await findRun(tx, runId);
  if (!run) throw new RunMissing(runId);
  return run;
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
