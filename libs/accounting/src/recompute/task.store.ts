/** Reads and writes the tasks of runs in the PostgreSQL schema `accounting`. */
import type { EntityManager } from 'typeorm';
import { FlowTask } from './flow-of-run';
import type { TaskProgress } from '../task/task-part';
import { PlannedTask } from './plan-run';
import { finishRunIfNothingWaits } from './run.store';

export type TaskState = 'waiting' | 'done' | 'dead' | 'cancelled';

export interface Task extends PlannedTask {
  readonly runId: string;
  readonly state: TaskState;
  readonly round: number;
  /** How many territories it has, also where `territories` holds only a part of them. */
  readonly total: number;
  /** How many of them are finished, from the first. */
  readonly finished: number;
  /** Most territories that are worked on at once; null for all that are left. */
  readonly partSize: number | null;
  /** Attempts at the next part that were begun, and of whose end nothing was heard. */
  readonly begun: number;
  /** Territories that were given up. */
  readonly givenUp: number;
}

/** What a task, or a part of it, did. */
export interface TaskCounts {
  readonly computed: number;
  readonly unchanged: number;
  readonly refused: number;
}

/** A task, locked until the transaction ends: whoever works on a task holds this lock, and a crash lets it go. */
export async function lockTask(tx: EntityManager, runId: string, taskNo: number): Promise<Task | undefined> {
  const rows: TaskRow[] = await tx.query(
    `SELECT run_id, task_no, level, territories, state, round, finished, part_size, begun, given_up
     FROM accounting.recompute_task WHERE run_id = $1 AND task_no = $2 FOR UPDATE`,
    [runId, taskNo],
  );
  return rows.map(toTask)[0];
}

/** How far a task is, without waiting for who works on it. */
export async function findTaskProgress(
  tx: EntityManager,
  runId: string,
  taskNo: number,
): Promise<TaskProgress | undefined> {
  const rows: TaskProgress[] = await tx.query(
    `SELECT cardinality(territories) AS total, finished, part_size AS "partSize", begun
     FROM accounting.recompute_task WHERE run_id = $1 AND task_no = $2`,
    [runId, taskNo],
  );
  return rows[0];
}

/** Notes that the next part of a task is begun; the caller holds its lock. */
export async function beginPart(
  tx: EntityManager,
  runId: string,
  taskNo: number,
  part: { readonly partSize: number | null; readonly begun: number },
): Promise<void> {
  await tx.query(
    `UPDATE accounting.recompute_task SET part_size = $3, begun = $4, begun_at = clock_timestamp()
     WHERE run_id = $1 AND task_no = $2`,
    [runId, taskNo, part.partSize, part.begun],
  );
}

/** Takes the note back that the part from this territory on was begun: its worker is alive to say that it failed. */
export async function forgetBegun(tx: EntityManager, runId: string, taskNo: number, from: number): Promise<void> {
  await tx.query(
    `UPDATE accounting.recompute_task SET begun = begun - 1
     WHERE run_id = $1 AND task_no = $2 AND finished = $3 AND begun > 0`,
    [runId, taskNo, from],
  );
}

/** Notes that a task is finished up to here, and what its last part did. */
export async function endPart(
  tx: EntityManager,
  runId: string,
  taskNo: number,
  finished: number,
  done: TaskCounts & { readonly givenUp: number },
): Promise<void> {
  await tx.query(
    `UPDATE accounting.recompute_task SET finished = $3, begun = 0, computed = computed + $4, unchanged = unchanged + $5,
        refused = refused + $6, given_up = given_up + $7 WHERE run_id = $1 AND task_no = $2`,
    [runId, taskNo, finished, done.computed, done.unchanged, done.refused, done.givenUp],
  );
}

/** How many tasks before this one are still waiting; a roll-up needs all of them finished. */
export async function countWaitingBefore(tx: EntityManager, runId: string, taskNo: number): Promise<number> {
  const [{ waiting }]: { waiting: number }[] = await tx.query(
    `SELECT count(*)::int AS waiting FROM accounting.recompute_task
     WHERE run_id = $1 AND task_no < $2 AND state = 'waiting'`,
    [runId, taskNo],
  );
  return waiting;
}

/**
 * Marks a waiting task as finished, and its run as well when nothing waits any more. Runs last in its transaction,
 * because the row of the run is locked from here on.
 */
export async function finishTask(
  tx: EntityManager,
  runId: string,
  taskNo: number,
  state: Exclude<TaskState, 'waiting'>,
): Promise<void> {
  await tx.query(
    `UPDATE accounting.recompute_task SET state = $3, finished_at = clock_timestamp()
     WHERE run_id = $1 AND task_no = $2`,
    [runId, taskNo, state],
  );
  await finishRunIfNothingWaits(tx, runId);
}

/** The tasks of a run as the flow needs them. */
export async function listFlowTasks(tx: EntityManager, runId: string): Promise<FlowTask[]> {
  return tx.query(
    `SELECT task_no AS "taskNo", level, state <> 'waiting' AS finished FROM accounting.recompute_task
     WHERE run_id = $1 ORDER BY task_no`,
    [runId],
  );
}

interface TaskRow {
  run_id: string;
  task_no: number;
  level: string | null;
  territories: string[];
  state: TaskState;
  round: number;
  finished: number;
  part_size: number | null;
  begun: number;
  given_up: number;
}

function toTask(row: TaskRow): Task {
  return {
    runId: row.run_id,
    taskNo: row.task_no,
    level: row.level,
    territories: row.territories,
    state: row.state,
    round: row.round,
    total: row.territories.length,
    finished: row.finished,
    partSize: row.part_size,
    begun: row.begun,
    givenUp: row.given_up,
  };
}
