/** SQL of disclosures: what was published, when, in whose place, and with which difference. */
import type { EntityManager } from 'typeorm';
import type { ReviewKey } from '../review/review-step';
import type { AccountDifference } from './account-difference';
import type { DisclosureHead } from './disclosure-document';

/** A publication of an account. Rows are only added. */
export interface Disclosure extends DisclosureHead {
  readonly id: string;
  readonly normId: string;
  readonly normEdition: string;
  readonly path: string;
  readonly accountId: string;
  readonly accountDigest: string;
  readonly publishedBy: string;
  readonly documentFormat: number;
  /** SHA-256 of the document as it was written on publication. */
  readonly documentDigest: string;
  /** Id of the disclosure that this one replaces; null for a first publication. */
  readonly restates: string | null;
  readonly difference: AccountDifference | null;
}

const columns = `id, territory_code AS territory, name_zh AS "nameZh", name_en AS "nameEn", period, norm_id AS "normId",
  norm_edition AS "normEdition", round, since, territory_path::text AS path, account_id AS "accountId",
  account_digest AS "accountDigest", published_by AS "publishedBy", publisher_name AS "publisherName",
  document_format AS "documentFormat", document_digest AS "documentDigest", restates, reason, difference`;

/** When the next disclosure of this account stands from: now in the milliseconds that are shown, after the one before. */
export async function nextMoment(tx: EntityManager, { territory, period, normId }: ReviewKey): Promise<Date> {
  const [{ moment }]: { moment: Date }[] = await tx.query(
    `SELECT greatest(date_trunc('milliseconds', clock_timestamp()), max(since) + interval '1 millisecond') AS moment
     FROM accounting.disclosure WHERE territory_code = $1 AND period = $2 AND norm_id = $3`,
    [territory, period, normId],
  );
  return moment;
}

/** @param inputs ids of the observations that the account was computed from, which its readers may see from now on */
export async function insertDisclosure(tx: EntityManager, row: Disclosure, inputs: readonly string[]): Promise<void> {
  await tx.query(
    `INSERT INTO accounting.disclosure (id, territory_code, name_zh, name_en, period, norm_id, norm_edition, round, since,
       territory_path, account_id, account_digest, published_by, publisher_name, document_format, document_digest, restates,
       reason, difference)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::ltree, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      row.id,
      row.territory,
      row.nameZh,
      row.nameEn,
      row.period,
      row.normId,
      row.normEdition,
      row.round,
      row.since,
      row.path,
      row.accountId,
      row.accountDigest,
      row.publishedBy,
      row.publisherName,
      row.documentFormat,
      row.documentDigest,
      row.restates,
      row.reason,
      row.difference === null ? null : JSON.stringify(row.difference),
    ],
  );
  await tx.query(
    `INSERT INTO accounting.disclosed_input (account_id, input_id, territory_path)
     SELECT $1, id, $2 FROM unnest($3::uuid[]) AS id ON CONFLICT DO NOTHING`,
    [row.accountId, row.path, inputs],
  );
}

/** What was published at a moment; the latest without one. Undefined when nothing was. */
export async function findDisclosure(
  tx: EntityManager,
  { territory, period, normId }: ReviewKey,
  asOf?: Date,
): Promise<Disclosure | undefined> {
  const rows: Disclosure[] = await tx.query(
    `SELECT ${columns} FROM accounting.disclosure
     WHERE territory_code = $1 AND period = $2 AND norm_id = $3 AND since <= coalesce($4::timestamptz, 'infinity')
     ORDER BY since DESC LIMIT 1`,
    [territory, period, normId, asOf ?? null],
  );
  return rows[0];
}

/** The publication by which a vintage was published first. */
export async function firstDisclosureOf(tx: EntityManager, accountId: string): Promise<Disclosure | undefined> {
  const rows: Disclosure[] = await tx.query(
    `SELECT ${columns} FROM accounting.disclosure WHERE account_id = $1 ORDER BY since LIMIT 1`,
    [accountId],
  );
  return rows[0];
}

export async function findDisclosureById(tx: EntityManager, id: string): Promise<Disclosure | undefined> {
  const rows: Disclosure[] = await tx.query(`SELECT ${columns} FROM accounting.disclosure WHERE id = $1`, [id]);
  return rows[0];
}

/** Publications that took the place of these; for one that still stands there is none. */
export async function listRestating(tx: EntityManager, ids: readonly string[]): Promise<Disclosure[]> {
  return tx.query(`SELECT ${columns} FROM accounting.disclosure WHERE restates = ANY ($1::uuid[]) ORDER BY since, id`, [
    ids,
  ]);
}

/** What a log of publications is limited to; every part may be left out. */
export interface DisclosureFilter {
  readonly territory?: string;
  /** ltree text: the territory and everything below it. */
  readonly within?: string;
  readonly period?: string;
  readonly normId?: string;
  /** Only those that replaced an earlier one. */
  readonly corrections?: boolean;
}

/** Publications, the latest first; at most `limit` after the one named. */
export async function listDisclosures(
  tx: EntityManager,
  filter: DisclosureFilter,
  page: { readonly after?: string; readonly limit: number },
): Promise<Disclosure[]> {
  return tx.query(
    `SELECT ${columns} FROM accounting.disclosure
     WHERE ($1::text IS NULL OR territory_code = $1) AND ($2::text IS NULL OR territory_path <@ $2::ltree)
       AND ($3::text IS NULL OR period = $3) AND ($4::text IS NULL OR norm_id = $4)
       AND (NOT $5::boolean OR restates IS NOT NULL)
       AND ($6::uuid IS NULL OR (since, id) < (SELECT b.since, b.id FROM accounting.disclosure b WHERE b.id = $6))
     ORDER BY since DESC, id DESC LIMIT $7`,
    [
      filter.territory ?? null,
      filter.within ?? null,
      filter.period ?? null,
      filter.normId ?? null,
      filter.corrections ?? false,
      page.after ?? null,
      page.limit,
    ],
  );
}
