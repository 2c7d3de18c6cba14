/** Reads account vintages from the PostgreSQL schema `accounting`. */
import { EvidenceGrade } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import { Account, AccountChild, AccountLine, ServiceCategory } from './account';
import { decodeTotals, TotalsJson } from './totals-json';

/** A vintage without its lines. */
export interface AccountRecord extends Omit<Account, 'lines' | 'children' | 'baseSums'> {
  readonly id: string;
  readonly path: string;
  readonly level: string;
  /** 1 for the first account of a territory, period and norm, then counting up. */
  readonly vintage: number;
  readonly recordedAt: Date;
  readonly runId: string | null;
}

/**
 * Which account is meant; without `edition` the latest of any edition. Valid time is the period; known time is `asOf` (now
 * when absent): what was current then, or with `published` what had been published by then.
 */
export interface AccountQuery {
  readonly territory: string;
  readonly period: string;
  readonly norm: { readonly id: string; readonly edition?: string };
  readonly asOf?: Date;
  readonly published?: boolean;
}

/** Where a page of accounts begins: after this key. */
export interface AccountPosition {
  readonly territory: string;
  readonly period: string;
  readonly normId: string;
}

/** What a list is limited to; every part may be left out. */
export interface AccountFilter {
  readonly territories?: readonly string[];
  /** ltree text: the territory and everything below it. */
  readonly within?: string;
  readonly level?: string;
  readonly period?: string;
  readonly normId?: string;
  readonly normEdition?: string;
  readonly origin?: Account['origin'];
  readonly asOf?: Date;
  /** Only what had been published; else whatever was current. */
  readonly published?: boolean;
  /** Without these. */
  readonly except?: readonly AccountPosition[];
}

const recordColumns = `a.id, a.territory_code, a.territory_path::text AS territory_path, a.territory_level, a.period,
  a.norm_id, a.norm_edition, a.observation_digest, a.vintage, a.origin, a.totals, a.area_by_type, a.area_unit,
  a.coverage_present, a.coverage_expected, a.coverage_complete, a.refused_rows, a.grade, a.digest, a.recorded_at, a.run_id`;
/**
 * What was current, or what was published, each with the moment from which it was. To a reader who may see nothing else
 * what was published is what was current.
 */
const standing = (published = false): string =>
  published
    ? 'FROM accounting.disclosure s JOIN accounting.account a ON a.id = s.account_id'
    : `FROM (
         SELECT territory_code, territory_path, period, norm_id, since, account_id FROM accounting.account_standing
         UNION ALL
         SELECT territory_code, territory_path, period, norm_id, since, account_id FROM accounting.disclosure
         WHERE (SELECT platform.published_scope()) <> '{}' AND NOT territory_path <@ ANY ((SELECT platform.scope())::public.ltree[])
       ) s JOIN accounting.account a ON a.id = s.account_id`;

/** The account as of a moment: the one that was current then. Undefined when there is none. */
export async function findAccount(tx: EntityManager, query: AccountQuery): Promise<AccountRecord | undefined> {
  const rows: AccountRow[] = await tx.query(
    `SELECT ${recordColumns} ${standing(query.published)}
     WHERE s.territory_code = $1 AND s.period = $2 AND s.norm_id = $3 AND ($4::text IS NULL OR a.norm_edition = $4)
       AND s.since <= coalesce($5::timestamptz, 'infinity')
     ORDER BY s.since DESC LIMIT 1`,
    [query.territory, query.period, query.norm.id, query.norm.edition ?? null, query.asOf ?? null],
  );
  return rows.map(toRecord)[0];
}

export async function findAccountById(tx: EntityManager, id: string): Promise<AccountRecord | undefined> {
  const rows: AccountRow[] = await tx.query(`SELECT ${recordColumns} FROM accounting.account a WHERE id = $1`, [id]);
  return rows.map(toRecord)[0];
}

/** Accounts in the order of their ids; those that may not be seen are left out. */
export async function findAccountsById(tx: EntityManager, ids: readonly string[]): Promise<AccountRecord[]> {
  const rows: AccountRow[] = await tx.query(
    `SELECT ${recordColumns} FROM accounting.account a
     JOIN unnest($1::uuid[]) WITH ORDINALITY AS given (id, place) ON a.id = given.id ORDER BY given.place`,
    [ids],
  );
  return rows.map(toRecord);
}

/** All vintages of a territory, period and norm, the newest first. */
export async function listVintages(
  tx: EntityManager,
  query: Pick<AccountQuery, 'territory' | 'period'> & { readonly normId: string },
): Promise<AccountRecord[]> {
  const rows: AccountRow[] = await tx.query(
    `SELECT ${recordColumns} FROM accounting.account a
     WHERE territory_code = $1 AND period = $2 AND norm_id = $3 ORDER BY vintage DESC`,
    [query.territory, query.period, query.normId],
  );
  return rows.map(toRecord);
}

/** Accounts that were current, or published, at `asOf` (now when absent), by territory, period and norm; at most `limit` after `after`. */
export async function listAccounts(
  tx: EntityManager,
  filter: AccountFilter,
  page: { readonly after?: AccountPosition; readonly limit?: number } = {},
): Promise<AccountRecord[]> {
  const rows: AccountRow[] = await tx.query(
    `SELECT * FROM (SELECT DISTINCT ON (s.territory_code, s.period, s.norm_id) ${recordColumns} ${standing(filter.published)}
     WHERE ($1::text[] IS NULL OR s.territory_code = ANY ($1))
       AND ($2::text IS NULL OR s.territory_path <@ $2::ltree)
       AND ($3::text IS NULL OR a.territory_level = $3)
       AND ($4::text IS NULL OR s.period = $4)
       AND ($5::text IS NULL OR s.norm_id = $5)
       AND ($6::text IS NULL OR a.norm_edition = $6)
       AND s.since <= coalesce($8::timestamptz, 'infinity')
       AND ($9::text IS NULL OR (s.territory_code, s.period, s.norm_id) > ($9, $10, $11))
       AND (s.territory_code, s.period, s.norm_id) NOT IN (SELECT * FROM unnest($13::text[], $14::text[], $15::text[]))
     ORDER BY s.territory_code, s.period, s.norm_id, s.since DESC) AS latest
     -- of what was current, not the last one that had this origin
     WHERE $7::text IS NULL OR origin = $7
     ORDER BY territory_code, period, norm_id LIMIT $12`,
    [
      filter.territories ?? null,
      filter.within ?? null,
      filter.level ?? null,
      filter.period ?? null,
      filter.normId ?? null,
      filter.normEdition ?? null,
      filter.origin ?? null,
      filter.asOf ?? null,
      page.after?.territory ?? null,
      page.after?.period ?? null,
      page.after?.normId ?? null,
      page.limit ?? null,
      filter.except?.map(({ territory }) => territory) ?? [],
      filter.except?.map(({ period }) => period) ?? [],
      filter.except?.map(({ normId }) => normId) ?? [],
    ],
  );
  return rows.map(toRecord);
}

/** Lines of several accounts, in the order of each account. */
export async function listLines(tx: EntityManager, ids: readonly string[]): Promise<Map<string, AccountLine[]>> {
  const rows: LineRow[] = await tx.query(
    `SELECT account_id, service, category, group_code, type, item, quantity, supplied, unit, price,
       price_unit, gamma, value_fen, grade, flow
     FROM accounting.account_line WHERE account_id = ANY ($1::uuid[]) ORDER BY account_id, line_no`,
    [ids],
  );
  const lines = new Map<string, AccountLine[]>(ids.map((id) => [id, []]));
  for (const row of rows) lines.get(row.account_id)!.push(toLine(row));
  return lines;
}

/** The children that an aggregate was made of, in code order, with the ids of their accounts. */
export async function listChildren(
  tx: EntityManager,
  id: string,
): Promise<(AccountChild & { readonly accountId: string })[]> {
  const rows: (Required<AccountChild> & { accountId: string })[] = await tx.query(
    `SELECT child_territory AS territory, child_digest AS digest, child_id AS "accountId", division
     FROM accounting.account_child WHERE account_id = $1 ORDER BY child_territory COLLATE "C"`,
    [id],
  );
  return rows.map(({ division, ...child }) => ({ ...child, ...(division && { division }) }));
}

/** Which of these ids are recorded. */
export async function findRecordedIds(tx: EntityManager, ids: readonly string[]): Promise<Set<string>> {
  const rows: { id: string }[] = await tx.query('SELECT id FROM accounting.account WHERE id = ANY ($1::uuid[])', [ids]);
  return new Set(rows.map(({ id }) => id));
}

interface AccountRow {
  id: string;
  territory_code: string;
  territory_path: string;
  territory_level: string;
  period: string;
  norm_id: string;
  norm_edition: string;
  observation_digest: string;
  vintage: number;
  origin: Account['origin'];
  totals: TotalsJson;
  area_by_type: Record<string, number>;
  area_unit: string;
  coverage_present: number;
  coverage_expected: number;
  coverage_complete: boolean;
  refused_rows: number;
  grade: EvidenceGrade;
  digest: string;
  recorded_at: Date;
  run_id: string | null;
}

interface LineRow {
  account_id: string;
  service: string;
  category: ServiceCategory;
  group_code: string;
  type: string | null;
  item: string | null;
  quantity: number;
  supplied: number | null;
  unit: string;
  price: string | null;
  price_unit: string;
  gamma: string | null;
  value_fen: string;
  grade: EvidenceGrade;
  flow: string | null;
}

function toRecord(row: AccountRow): AccountRecord {
  return {
    id: row.id,
    territory: row.territory_code,
    path: row.territory_path,
    level: row.territory_level,
    period: row.period,
    norm: { id: row.norm_id, edition: row.norm_edition },
    observationDigest: row.observation_digest,
    vintage: row.vintage,
    origin: row.origin,
    totals: decodeTotals(row.totals),
    areaByType: row.area_by_type,
    areaUnit: row.area_unit,
    coverage: {
      present: row.coverage_present,
      expected: row.coverage_expected,
      complete: row.coverage_complete,
      ...(row.refused_rows > 0 && { refusedRows: row.refused_rows }),
    },
    grade: row.grade,
    digest: row.digest,
    recordedAt: row.recorded_at,
    runId: row.run_id,
  };
}

function toLine(row: LineRow): AccountLine {
  return {
    service: row.service,
    category: row.category,
    group: row.group_code,
    type: row.type,
    item: row.item,
    quantity: row.quantity,
    supplied: row.supplied,
    unit: row.unit,
    price: row.price,
    priceUnit: row.price_unit,
    gamma: row.gamma,
    valueFen: BigInt(row.value_fen),
    grade: row.grade,
    ...(row.flow !== null && { flow: row.flow }),
  };
}
