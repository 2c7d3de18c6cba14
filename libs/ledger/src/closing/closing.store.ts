/** SQL of closed periods. */
import type { EntityManager } from 'typeorm';

/** Today in the country, and the last day that is closed for any of these territories (ltree text). */
export async function readCalendar(
  tx: EntityManager,
  paths: readonly string[],
): Promise<{ today: string; closedThrough: string | null }> {
  const [row] = await tx.query<[{ today: string; closedThrough: string | null }]>(
    `select (now() at time zone 'Asia/Shanghai')::date as today,
       (select max(closed_through) from ledger.closing where within @> any ($1::public.ltree[])) as "closedThrough"`,
    [[...new Set(paths)]],
  );
  return row;
}

/** Closes the book for a territory and all below it; vouchers under way are waited for. False when it was closed before. */
export async function insertClosing(
  tx: EntityManager,
  {
    within,
    period,
    closedThrough,
  }: { readonly within: string; readonly period: string; readonly closedThrough: string },
): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into ledger.closing (within, period, closed_through) values ($1, $2, $3)
     on conflict (within, period) do nothing returning id`,
    [within, period, closedThrough],
  );
  return rows.length > 0;
}

export interface Closing {
  readonly within: string;
  readonly period: string;
  readonly closedThrough: string;
  readonly closedBy: string;
  readonly closedAt: Date;
}

/** What has been closed, the latest first. */
export async function listClosings(tx: EntityManager): Promise<Closing[]> {
  return tx.query<Closing[]>(
    `select within::text as within, period, closed_through as "closedThrough", closed_by as "closedBy", closed_at as "closedAt"
     from ledger.closing order by closed_through desc, within`,
  );
}
