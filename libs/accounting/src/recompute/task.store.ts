/** Reads and writes the tasks of runs in the PostgreSQL schema `accounting`. */
import type { EntityManager } from 'typeorm';
import { FlowTask } from './flow-of-run';
import { PlannedTask } from './plan-run';
import { finishRunIfNothingWaits } from './run.store';

export type TaskState = 'waiting' | 'done' | 'dead' | 'cancelled';

export interface Task extends PlannedTask {
  readonly state: TaskState;
  readonly round: number;
}

/** What a finished task did. */
export interface TaskCounts {
  readonly computed: number;
  readonly unchanged: number;
  readonly refused: number;
}

/** A task, locked until the transaction ends: whoever works on a task holds this lock, and a crash lets it go. */
export async function lockTask(tx: EntityManager, runId: string, taskNo: number): Promise<Task | undefined> {
  const rows: TaskRow[] = await tx.query(
    `SELECT task_no, level, territories, state, round FROM accounting.recompute_task
     WHERE run_id = $1 AND task_no = $2 FOR UPDATE`,
    [runId, taskNo],
  );
  return rows.map(toTask)[0];
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
  counts: TaskCounts = { computed: 0, unchanged: 0, refused: 0 },
): Promise<void> {
  await tx.query(
    `UPDATE accounting.recompute_task SET state = $3, computed = $4, unchanged = $5, refused = $6,
        finished_at = clock_timestamp() WHERE run_id = $1 AND task_no = $2`,
    [runId, taskNo, state, counts.computed, counts.unchanged, counts.refused],
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
  task_no: number;
  level: string | null;
  territories: string[];
  state: TaskState;
  round: number;
}

function toTask(row: TaskRow): Task {
  return {
    taskNo: row.task_no,
    level: row.level,
    territories: row.territories,
    state: row.state,
    round: row.round,
  };
}
