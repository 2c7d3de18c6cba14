/** Reads and writes what runs could not compute: refused territories and dead tasks. */
import type { Facts } from '@gep/kernel';
import type { EntityManager } from 'typeorm';

/** A territory that was refused, or a task that died after its last attempt. */
export interface NewFailure {
  /** The code of the territory, or `wholeTask`. */
  readonly subject: string;
  readonly path: string;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly facts: Facts;
}

export interface Failure extends NewFailure {
  readonly taskNo: number;
  readonly round: number;
  readonly recordedAt: Date;
}

/** Subject of a failure that concerns all territories of a task. */
export const wholeTask = '*';

/** Records failures of one attempt round; one that is recorded already stays as it is. */
export async function insertFailures(
  tx: EntityManager,
  runId: string,
  task: { readonly taskNo: number; readonly round: number },
  failures: readonly NewFailure[],
): Promise<void> {
  if (failures.length === 0) return;
  await tx.query(
    `INSERT INTO accounting.recompute_failure (run_id, task_no, round, subject, territory_path, code, text_zh, text_en, facts)
     SELECT $1, $2, $3, subject, path::ltree, code, zh, en, facts
     FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[])
       AS g(subject, path, code, zh, en, facts)
     ON CONFLICT DO NOTHING`,
    [
      runId,
      task.taskNo,
      task.round,
      failures.map(({ subject }) => subject),
      failures.map(({ path }) => path),
      failures.map(({ code }) => code),
      failures.map(({ zh }) => zh),
      failures.map(({ en }) => en),
      failures.map(({ facts }) => JSON.stringify(facts)),
    ],
  );
}

/** Failures of the latest round of each task, in task and territory order. */
export async function listFailures(tx: EntityManager, runId: string): Promise<Failure[]> {
  const rows: FailureRow[] = await tx.query(
    `SELECT f.task_no, f.round, f.subject, f.territory_path::text AS territory_path, f.code, f.text_zh, f.text_en, f.facts,
        f.recorded_at
     FROM accounting.recompute_failure f
     JOIN accounting.recompute_task t ON t.run_id = f.run_id AND t.task_no = f.task_no AND t.round = f.round
     WHERE f.run_id = $1 ORDER BY f.task_no, f.subject COLLATE "C"`,
    [runId],
  );
  return rows.map((row) => ({
    taskNo: row.task_no,
    round: row.round,
    subject: row.subject,
    path: row.territory_path,
    code: row.code,
    zh: row.text_zh,
    en: row.text_en,
    facts: row.facts,
    recordedAt: row.recorded_at,
  }));
}

interface FailureRow {
  task_no: number;
  round: number;
  subject: string;
  territory_path: string;
  code: string;
  text_zh: string;
  text_en: string;
  facts: Facts;
  recorded_at: Date;
}
