/** SQL of work on whole dividends that a worker does: asked for, begun, how far, done or failed. */
import type { Bilingual } from '@gep/kernel';
import type { Officer } from '@gep/procedure';
import type { EntityManager } from 'typeorm';

export type TaskAct = 'allot' | 'approve' | 'pay';

/** Why a task ended without its deed. */
export interface TaskFailure {
  readonly code: string;
  readonly text: Bilingual;
}

export interface DividendTask {
  readonly id: string;
  readonly dividendId: string;
  readonly territoryPath: string;
  readonly act: TaskAct;
  readonly reason: string | null;
  /** Times that a worker began it. */
  readonly begun: number;
  /** What is done at the moment. */
  readonly stage: string;
  readonly doneRows: number;
  readonly askedAt: Date;
  readonly doneAt: Date | null;
  readonly failure: TaskFailure | null;
}

/** The person for whom a worker acts, with what was held when it was asked for. */
interface Asker {
  readonly id: string;
  readonly name: string;
  readonly scope: readonly string[];
  readonly permissions: readonly (readonly [string, readonly string[]])[];
}

const permissionsOfTasks = ['owner.manage', 'settlement.approve', 'settlement.pay'];

const columns = `id, dividend_id as "dividendId", territory_path::text as "territoryPath", act, reason, begun, stage,
  done_rows::float8 as "doneRows", asked_at as "askedAt", done_at as "doneAt", failure`;

/** @returns undefined when another task of the dividend is not done yet */
export async function insertTask(
  tx: EntityManager,
  officer: Officer,
  wish: {
    readonly dividendId: string;
    readonly territoryPath: string;
    readonly act: TaskAct;
    readonly reason?: string;
  },
): Promise<DividendTask | undefined> {
  const asker: Asker = {
    ...{ id: officer.id, name: officer.name, scope: officer.scope },
    permissions: permissionsOfTasks.map((each) => [each, officer.permissions?.get(each) ?? []] as const),
  };
  const [row] = await tx.query<DividendTask[]>(
    `insert into procurement.dividend_task (dividend_id, territory_path, act, asker, reason) values ($1, $2, $3, $4, $5)
     on conflict (dividend_id) where done_at is null do nothing returning ${columns}`,
    [wish.dividendId, wish.territoryPath, wish.act, JSON.stringify(asker), wish.reason ?? null],
  );
  return row;
}

/** The last one of a dividend. */
export async function findTask(tx: EntityManager, dividendId: string): Promise<DividendTask | null> {
  const [row] = await tx.query<DividendTask[]>(
    `select ${columns} from procurement.dividend_task where dividend_id = $1 order by asked_at desc, id limit 1`,
    [dividendId],
  );
  return row ?? null;
}

/** Tasks in which nothing moved for so long. */
export function listQuietTasks(tx: EntityManager, quietSeconds: number): Promise<DividendTask[]> {
  return tx.query<DividendTask[]>(
    `select ${columns} from procurement.dividend_task
     where done_at is null and moved_at <= clock_timestamp() - make_interval(secs => $1) order by asked_at`,
    [quietSeconds],
  );
}

/** A task that is not done, and for whom; undefined when it is. It is counted as begun. */
export async function beginTask(
  tx: EntityManager,
  id: string,
): Promise<{ readonly task: DividendTask; readonly officer: Officer } | undefined> {
  const [rows] = (await tx.query(
    `update procurement.dividend_task set begun = begun + 1, moved_at = clock_timestamp() where id = $1 and done_at is null returning ${columns}, asker`,
    [id],
  )) as [(DividendTask & { asker: Asker })[], number];
  const [row] = rows;
  if (!row) return undefined;
  const { asker, ...task } = row;
  return { task, officer: { ...asker, permissions: new Map(asker.permissions) } };
}

/**
 * One worker at a time does a task; how far it is can be noted meanwhile. Held until the transaction ends.
 * @returns whether it is still to be done, and by nobody else
 */
export async function lockTask(tx: EntityManager, id: string): Promise<boolean> {
  const [row] = await tx.query<[{ free: boolean }]>(
    `select pg_try_advisory_xact_lock(hashtextextended($1, 101)) and exists (
       select from procurement.dividend_task where id = $1::uuid and done_at is null) as free`,
    [id],
  );
  return row.free;
}

export async function endTask(tx: EntityManager, id: string, failure: TaskFailure | null): Promise<void> {
  await tx.query(
    `update procurement.dividend_task set done_at = clock_timestamp(), moved_at = clock_timestamp(), stage = $2, failure = $3
     where id = $1 and done_at is null`,
    [id, failure ? 'failed' : 'done', failure && JSON.stringify(failure)],
  );
}

/** How far it is; without a stage only that it is alive. A row that the deed is ending just now is not waited for. */
export async function noteProgress(tx: EntityManager, id: string, stage?: string, doneRows?: number): Promise<void> {
  await tx.query(
    `update procurement.dividend_task set stage = coalesce($2, stage), done_rows = coalesce($3, done_rows), moved_at = clock_timestamp()
     where id = (select id from procurement.dividend_task where id = $1 and done_at is null for update skip locked)`,
    [id, stage ?? null, doneRows ?? null],
  );
}
