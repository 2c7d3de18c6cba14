/** Reads and writes runs in the PostgreSQL schema `accounting`. */
import type { EntityManager } from 'typeorm';
import { accountLocked } from '../review/errors';
import { PlannedTask } from './plan-run';
import type { RunState } from './run-states';

/** What a run recomputes. */
export interface RunScope {
  readonly territory: string;
  /** ltree text of the territory. */
  readonly path: string;
  readonly period: string;
  readonly norm: { readonly id: string; readonly edition: string };
}

export interface NewRun extends RunScope {
  readonly id: string;
  readonly requestedBy: string;
  /** Set when the schedule opens the run; unique over all time. */
  readonly scheduleKey: string | null;
}

/** How far a run is, counted over its tasks. */
export interface RunProgress {
  readonly tasks: { readonly total: number; readonly done: number; readonly waiting: number; readonly dead: number };
  /** `total` counts the territories of all tasks; computed + unchanged + refused + locked approach it. */
  readonly territories: {
    readonly total: number;
    readonly computed: number;
    readonly unchanged: number;
    readonly refused: number;
    /** Left as they are because a review has locked them or what they share in: they wait, and nothing is wrong. */
    readonly locked: number;
  };
}

export interface Run extends NewRun {
  readonly state: RunState;
  readonly round: number;
  readonly requestedAt: Date;
  readonly finishedAt: Date | null;
  readonly progress: RunProgress;
}

/** Inserts a run with its tasks. @returns false when the same request is active, or its schedule key is taken, already */
export async function insertRun(tx: EntityManager, run: NewRun, tasks: readonly PlannedTask[]): Promise<boolean> {
  const inserted: unknown[] = await tx.query(
    `INSERT INTO accounting.recompute_run (id, territory_code, territory_path, period, norm_id, norm_edition, state,
        schedule_key, requested_by)
     VALUES ($1, $2, $3::ltree, $4, $5, $6, 'active', $7, $8) ON CONFLICT DO NOTHING RETURNING id`,
    [run.id, run.territory, run.path, run.period, run.norm.id, run.norm.edition, run.scheduleKey, run.requestedBy],
  );
  if (inserted.length === 0) return false;
  await tx.query(
    `INSERT INTO accounting.recompute_task (run_id, task_no, territory_path, level, territories)
     SELECT $1, task_no, $2::ltree, level, string_to_array(territories, ' ')
     FROM unnest($3::int[], $4::text[], $5::text[]) AS g(task_no, level, territories)`,
    [
      run.id,
      run.path,
      tasks.map(({ taskNo }) => taskNo),
      tasks.map(({ level }) => level),
      tasks.map(({ territories }) => territories.join(' ')),
    ],
  );
  return true;
}

/** The active run of exactly this scope. */
export async function findActiveRunId(tx: EntityManager, scope: RunScope): Promise<string | undefined> {
  const rows: { id: string }[] = await tx.query(
    `SELECT id FROM accounting.recompute_run
     WHERE territory_code = $1 AND period = $2 AND norm_id = $3 AND norm_edition = $4 AND state = 'active'`,
    [scope.territory, scope.period, scope.norm.id, scope.norm.edition],
  );
  return rows[0]?.id;
}

const runQuery = `
  SELECT r.id, r.territory_code, r.territory_path::text AS territory_path, r.period, r.norm_id, r.norm_edition, r.state,
    r.schedule_key, r.requested_by, r.requested_at, r.round, r.finished_at, t.*, l.locked
  FROM accounting.recompute_run r
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS tasks, count(*) FILTER (WHERE state = 'done')::int AS done,
      count(*) FILTER (WHERE state = 'waiting')::int AS waiting, count(*) FILTER (WHERE state = 'dead')::int AS dead,
      coalesce(sum(cardinality(territories)), 0)::int AS territories, coalesce(sum(computed), 0)::int AS computed,
      coalesce(sum(unchanged), 0)::int AS unchanged, coalesce(sum(refused), 0)::int AS stopped
    FROM accounting.recompute_task WHERE run_id = r.id) AS t
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS locked FROM accounting.recompute_failure f
    JOIN accounting.recompute_task o ON o.run_id = f.run_id AND o.task_no = f.task_no AND o.round = f.round
    WHERE f.run_id = r.id AND f.code = '${accountLocked}') AS l`;

export async function findRun(tx: EntityManager, id: string): Promise<Run | undefined> {
  const rows: RunRow[] = await tx.query(`${runQuery} WHERE r.id = $1`, [id]);
  return rows.map(toRun)[0];
}

/** Runs, the latest first; the page goes on after the run `before`, and is empty when there is no such run to be seen. */
export async function listRuns(
  tx: EntityManager,
  filter: { readonly state?: RunState; readonly period?: string; readonly limit: number; readonly before?: string },
): Promise<Run[]> {
  // The place of the run is looked up, because its time has more digits than a Date.
  const rows: RunRow[] = await tx.query(
    `${runQuery} WHERE ($1::text IS NULL OR r.state = $1) AND ($2::text IS NULL OR r.period = $2)
       AND ($4::uuid IS NULL OR
         (r.requested_at, r.id) < (SELECT requested_at, id FROM accounting.recompute_run WHERE id = $4))
     ORDER BY r.requested_at DESC, r.id DESC LIMIT $3`,
    [filter.state ?? null, filter.period ?? null, filter.limit, filter.before ?? null],
  );
  return rows.map(toRun);
}

/** Ends an active run of which nothing waits any more; its row stays locked. */
export async function finishRunIfNothingWaits(tx: EntityManager, runId: string): Promise<void> {
  // Not FOR UPDATE: the foreign keys of other tasks under way share the key, and two that end would wait for each other.
  await tx.query('SELECT 1 FROM accounting.recompute_run WHERE id = $1 FOR NO KEY UPDATE', [runId]);
  await tx.query(
    `UPDATE accounting.recompute_run r SET finished_at = clock_timestamp(),
        state = CASE WHEN EXISTS (SELECT 1 FROM accounting.recompute_task t WHERE t.run_id = r.id AND t.state = 'dead')
                     THEN 'failed' ELSE 'done' END
     WHERE r.id = $1 AND r.state = 'active'
       AND NOT EXISTS (SELECT 1 FROM accounting.recompute_task t WHERE t.run_id = r.id AND t.state = 'waiting')`,
    [runId],
  );
}

/** Cancels what nobody works on at the moment; work under way ends by itself and is kept. */
export async function cancelWaitingTasks(tx: EntityManager, runId: string): Promise<void> {
  // Tasks before the run, and only those not locked: the other order would wait for a task that waits for the run.
  await tx.query(
    `UPDATE accounting.recompute_task SET state = 'cancelled', finished_at = clock_timestamp()
     WHERE run_id = $1 AND task_no IN (
       SELECT task_no FROM accounting.recompute_task WHERE run_id = $1 AND state = 'waiting' FOR UPDATE SKIP LOCKED)`,
    [runId],
  );
  await tx.query(
    `UPDATE accounting.recompute_run SET state = 'cancelled', finished_at = clock_timestamp()
     WHERE id = $1 AND state = 'active'`,
    [runId],
  );
}

/**
 * Opens a run that has ended again, in a new round: tasks that died, were cancelled or refused a territory, and every
 * roll-up, because those saw the gaps. What killed its workers is tried in parts as small as before. @returns how many tasks wait now
 */
export async function reopenRun(tx: EntityManager, runId: string): Promise<number> {
  await tx.query(
    `UPDATE accounting.recompute_run SET state = 'active', finished_at = NULL, round = round + 1,
        issued_at = clock_timestamp() WHERE id = $1`,
    [runId],
  );
  const reopened: [unknown[], number] = await tx.query(
    `UPDATE accounting.recompute_task t SET state = 'waiting', computed = 0, unchanged = 0, refused = 0, given_up = 0,
        finished = 0, begun = 0, finished_at = NULL, round = r.round
     FROM accounting.recompute_run r
     WHERE r.id = $1 AND t.run_id = r.id
       AND (t.state IN ('dead', 'cancelled') OR t.refused > 0 OR t.level IS NOT NULL)
     RETURNING t.task_no`,
    [runId],
  );
  return reopened[1];
}

/**
 * Claims, under the lock of the run, active runs that show no life: none of their waiting tasks is being worked on, and
 * nothing was issued, begun or finished for `quietSeconds`. Counts a new round for each.
 */
export async function claimQuietRuns(tx: EntityManager, quietSeconds: number): Promise<string[]> {
  const quiet: { id: string }[] = await tx.query(
    `SELECT r.id FROM accounting.recompute_run r
     WHERE r.state = 'active' AND r.issued_at < clock_timestamp() - make_interval(secs => $1)
       AND NOT EXISTS (SELECT 1 FROM accounting.recompute_task t WHERE t.run_id = r.id
                       AND greatest(t.begun_at, t.finished_at) >= clock_timestamp() - make_interval(secs => $1))
     ORDER BY r.requested_at FOR NO KEY UPDATE SKIP LOCKED`,
    [quietSeconds],
  );
  const claimed: string[] = [];
  for (const { id } of quiet) {
    const [{ waiting, free }]: { waiting: number; free: number }[] = await tx.query(
      `SELECT (SELECT count(*)::int FROM accounting.recompute_task WHERE run_id = $1 AND state = 'waiting') AS waiting,
         (SELECT count(*)::int FROM (SELECT 1 FROM accounting.recompute_task WHERE run_id = $1 AND state = 'waiting'
                                     FOR UPDATE SKIP LOCKED) AS unlocked) AS free`,
      [id],
    );
    if (free < waiting) continue;
    if (waiting === 0) await finishRunIfNothingWaits(tx, id);
    else {
      await tx.query(
        'UPDATE accounting.recompute_run SET round = round + 1, issued_at = clock_timestamp() WHERE id = $1',
        [id],
      );
      claimed.push(id);
    }
  }
  return claimed;
}

/** The day it is in China by the clock of the database, `YYYY-MM-DD`. */
export async function readToday(tx: EntityManager): Promise<string> {
  const [row]: { today: string }[] = await tx.query(
    `SELECT (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date AS today`,
  );
  return row.today;
}

interface RunRow {
  id: string;
  territory_code: string;
  territory_path: string;
  period: string;
  norm_id: string;
  norm_edition: string;
  state: RunState;
  schedule_key: string | null;
  requested_by: string;
  requested_at: Date;
  round: number;
  finished_at: Date | null;
  tasks: number;
  done: number;
  waiting: number;
  dead: number;
  territories: number;
  computed: number;
  unchanged: number;
  /** Refused or locked. */
  stopped: number;
  locked: number;
}

function toRun(row: RunRow): Run {
  return {
    id: row.id,
    territory: row.territory_code,
    path: row.territory_path,
    period: row.period,
    norm: { id: row.norm_id, edition: row.norm_edition },
    state: row.state,
    scheduleKey: row.schedule_key,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    round: row.round,
    finishedAt: row.finished_at,
    progress: {
      tasks: { total: row.tasks, done: row.done, waiting: row.waiting, dead: row.dead },
      territories: {
        total: row.territories,
        computed: row.computed,
        unchanged: row.unchanged,
        refused: row.stopped - row.locked,
        locked: row.locked,
      },
    },
  };
}
