/** Writes account vintages to the PostgreSQL schema `accounting`: bulk statements, idempotent, one writer per territory. */
import type { EntityManager } from 'typeorm';
import { Account } from './account';
import { accountId } from './account-id';
import { LineKind, lineTable } from './line-table';
import { encodeTotals } from './totals-json';

/** An account with what the database needs to know of its territory. */
export interface AccountToRecord {
  readonly account: Account;
  /** ltree text; decides who may see it. */
  readonly path: string;
  readonly level: string;
}

/**
 * Serialises writers of the accounts of these territories until the transaction ends, and keeps roll-ups of the same
 * period and norm out. Take it before reading what the accounts are computed from: then the account recorded last is
 * the one made from the latest inputs.
 */
export async function lockTerritoryAccounts(
  tx: EntityManager,
  period: string,
  normId: string,
  territories: readonly string[],
): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 7))', [`${period} ${normId}`]);
  await tx.query(
    `SELECT pg_advisory_xact_lock(hashtextextended($1 || code, 7))
     FROM (SELECT code FROM unnest($2::text[]) AS code ORDER BY code OFFSET 0) AS sorted`,
    [`${period} ${normId} `, territories],
  );
}

/** Keeps every other writer of accounts of this period and norm out until the transaction ends. */
export async function lockPeriodAccounts(tx: EntityManager, period: string, normId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7))', [`${period} ${normId}`]);
}

/**
 * Records accounts and makes them current; one that exists is left as it is. Bulk statements, and the same accounts again
 * change nothing. The caller holds the lock of the territories. Children must be recorded before their parent.
 * @returns ids of the accounts that became current
 */
export async function recordAccounts(
  tx: EntityManager,
  accounts: readonly AccountToRecord[],
  runId: string | null = null,
): Promise<string[]> {
  if (accounts.length === 0) return [];
  const moment = await momentOf(tx);
  await insertAccounts(tx, accounts, runId, moment);
  const ids = accounts.map(({ account, path }) => accountId(account, path));
  return makeCurrent(tx, ids, runId, moment);
}

/**
 * Records accounts within a boundary that is no more, from which those of the successors are made; none becomes current.
 * The caller holds the lock of the territories. @returns how many were not there yet
 */
export async function recordSources(
  tx: EntityManager,
  accounts: readonly AccountToRecord[],
  runId: string | null,
): Promise<number> {
  return accounts.length === 0 ? 0 : insertAccounts(tx, accounts, runId, await momentOf(tx));
}

/** Now, in the milliseconds that are shown: whoever asks for what was current at a time shown finds what was meant. */
async function momentOf(tx: EntityManager): Promise<Date> {
  const [{ moment }]: { moment: Date }[] = await tx.query(
    "SELECT date_trunc('milliseconds', clock_timestamp()) AS moment",
  );
  return moment;
}

/**
 * When an account recorded at `moment` becomes the current one: then, or a millisecond after the one before it, so that
 * two within a millisecond, or under a clock that was set back, keep their order. Also its time of record when it is new.
 */
const standsFrom = (moment: string, row: string, columns: { readonly code: string; readonly norm: string }): string =>
  `greatest(${moment}::timestamptz, (
     SELECT date_trunc('milliseconds', max(since)) + interval '1 millisecond' FROM accounting.account_standing
     WHERE territory_code = ${row}.${columns.code} AND period = ${row}.period AND norm_id = ${row}.${columns.norm}))`;

/** Records what is not there yet, with lines and children. @returns how many accounts */
async function insertAccounts(
  tx: EntityManager,
  accounts: readonly AccountToRecord[],
  runId: string | null,
  moment: Date,
): Promise<number> {
  const byId = new Map(accounts.map((one) => [accountId(one.account, one.path), one]));
  const ids = [...byId.keys()];
  const given = [...byId.values()];
  const column = <T>(pick: (account: Account) => T): T[] => given.map(({ account }) => pick(account));
  const rows: { id: string }[] = await tx.query(
    `INSERT INTO accounting.account (id, territory_code, territory_path, territory_level, period, norm_id, norm_edition,
        observation_digest, vintage, origin, total_fen, totals, area_by_type, area_unit, base_sums,
        coverage_present, coverage_expected, coverage_complete, refused_rows, grade, digest, recorded_at, run_id)
     SELECT g.id, g.code, g.path::ltree, g.level, g.period, g.norm, g.edition, g.observation,
        1 + coalesce((SELECT max(vintage) FROM accounting.account a
                      WHERE a.territory_code = g.code AND a.period = g.period AND a.norm_id = g.norm), 0),
        g.origin, g.total, g.totals, g.areas, g.area_unit, g.sums, g.present, g.expected, g.complete, g.refused, g.grade,
        g.digest, ${standsFrom('$22', 'g', { code: 'code', norm: 'norm' })}, $21
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                 $10::bigint[], $11::json[], $12::json[], $13::text[], $14::json[], $15::int[], $16::int[], $17::bool[],
                 $18::int[], $19::text[], $20::text[])
       AS g(id, code, path, level, period, norm, edition, observation, origin, total, totals, areas, area_unit, sums,
            present, expected, complete, refused, grade, digest)
     ON CONFLICT ON CONSTRAINT account_once DO NOTHING
     RETURNING id`,
    [
      ids,
      column((account) => account.territory),
      given.map(({ path }) => path),
      given.map(({ level }) => level),
      column((account) => account.period),
      column((account) => account.norm.id),
      column((account) => account.norm.edition),
      column((account) => account.observationDigest),
      column((account) => account.origin),
      column((account) => account.totals.totalFen.toString()),
      column((account) => JSON.stringify(encodeTotals(account.totals))),
      column((account) => JSON.stringify(account.areaByType)),
      column((account) => account.areaUnit),
      column((account) => (account.baseSums === null ? null : JSON.stringify(account.baseSums))),
      column((account) => account.coverage.present),
      column((account) => account.coverage.expected),
      column((account) => account.coverage.complete),
      column((account) => account.coverage.refusedRows ?? 0),
      column((account) => account.grade),
      column((account) => account.digest),
      runId,
      moment,
    ],
  );
  const inserted = rows.map(({ id }) => id);
  const recorded = inserted.map((id) => byId.get(id)!);
  await insertLines(tx, recorded, inserted);
  await insertChildren(tx, recorded, inserted);
  return inserted.length;
}

/**
 * Makes recorded accounts the current ones of their territory, period and norm, from now on; those that are it already
 * stay as they are. The caller holds the lock of the territories.
 * @param moment when, if accounts were recorded just now
 * @returns ids of the accounts that became current
 */
export async function makeCurrent(
  tx: EntityManager,
  ids: readonly string[],
  runId: string | null,
  moment?: Date,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows: { account_id: string }[] = await tx.query(
    `INSERT INTO accounting.account_standing (territory_code, period, norm_id, since, account_id, territory_path, run_id)
     SELECT a.territory_code, a.period, a.norm_id,
        ${standsFrom('$3', 'a', { code: 'territory_code', norm: 'norm_id' })}, a.id, a.territory_path, $2
     FROM accounting.account a
     WHERE a.id = ANY ($1::uuid[]) AND a.id IS DISTINCT FROM (
       SELECT s.account_id FROM accounting.account_standing s
       WHERE s.territory_code = a.territory_code AND s.period = a.period AND s.norm_id = a.norm_id
       ORDER BY s.since DESC LIMIT 1)
     RETURNING account_id`,
    [ids, runId, moment ?? (await momentOf(tx))],
  );
  return rows.map((row) => row.account_id);
}

async function insertLines(
  tx: EntityManager,
  accounts: readonly AccountToRecord[],
  ids: readonly string[],
): Promise<void> {
  const table = lineTable(accounts.map(({ account }) => account));
  if (table.lines === 0) return;
  const kind = <T>(pick: (line: LineKind) => T): T[] => table.kinds.map(pick);
  await tx.query(
    `INSERT INTO accounting.account_line (account_id, line_no, territory_path, service, category, group_code, type, item,
        quantity, supplied, unit, price, price_unit, gamma, value_fen, grade, flow)
     SELECT a.id, l.line_no, a.path, k.service, k.category, k.group_code, k.type, k.item, l.quantity, l.supplied, k.unit,
        k.price, k.price_unit, k.gamma, l.value_fen, k.grade, k.flow
     FROM unnest($1::int[], $2::int[], $3::int[], $4::float8[], $5::float8[], $6::bigint[])
       AS l(account, line_no, kind, quantity, supplied, value_fen)
     JOIN unnest($7::uuid[], $8::ltree[]) WITH ORDINALITY AS a(id, path, number) ON a.number = l.account
     JOIN unnest($9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
                 $17::text[], $18::text[], $19::uuid[]) WITH ORDINALITY
       AS k(service, category, group_code, type, item, unit, price, price_unit, gamma, grade, flow, number)
       ON k.number = l.kind
     ORDER BY l.account, l.line_no`,
    [
      table.account,
      table.position,
      table.kind,
      table.quantity,
      table.supplied,
      table.valueFen,
      ids,
      accounts.map(({ path }) => path),
      kind((line) => line.service),
      kind((line) => line.category),
      kind((line) => line.group),
      kind((line) => line.type),
      kind((line) => line.item),
      kind((line) => line.unit),
      kind((line) => line.price),
      kind((line) => line.priceUnit),
      kind((line) => line.gamma),
      kind((line) => line.grade),
      kind((line) => line.flow ?? null),
    ],
  );
}

async function insertChildren(
  tx: EntityManager,
  accounts: readonly AccountToRecord[],
  ids: readonly string[],
): Promise<void> {
  const children = accounts.flatMap(({ account, path }, at) => {
    return account.children.map((child) => ({ id: ids[at], path, account, child }));
  });
  if (children.length === 0) return;
  await tx.query(
    `INSERT INTO accounting.account_child (account_id, child_id, territory_path, child_territory, child_digest, division)
     SELECT g.id, c.id, g.path::ltree, g.territory, g.digest, g.division::json
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
       AS g(id, path, territory, digest, period, norm, edition, division)
     CROSS JOIN LATERAL (
       SELECT a.id FROM accounting.account a
       WHERE a.territory_code = g.territory AND a.period = g.period AND a.norm_id = g.norm
         AND a.norm_edition = g.edition AND a.digest = g.digest
       ORDER BY a.vintage DESC LIMIT 1) AS c`,
    [
      children.map(({ id }) => id),
      children.map(({ path }) => path),
      children.map(({ child }) => child.territory),
      children.map(({ child }) => child.digest),
      children.map(({ account }) => account.period),
      children.map(({ account }) => account.norm.id),
      children.map(({ account }) => account.norm.edition),
      children.map(({ child }) => (child.division ? JSON.stringify(child.division) : null)),
    ],
  );
}
