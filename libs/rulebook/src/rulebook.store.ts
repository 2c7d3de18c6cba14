/** SQL of published norm editions: immutable rows, and the list of publications that says which one is in force. */
import type { EntityManager } from 'typeorm';
import type { Bilingual, UnitDefinition } from '@gep/kernel';
import { EditionNotFound } from './errors';
import type { NormFile } from './norm/norm';

/** A published edition without its texts. */
export interface PublishedEdition {
  readonly normId: string;
  readonly edition: string;
  readonly title: Bilingual;
  /** When and by whom it was published last. */
  readonly publishedAt: Date;
  readonly publishedBy: string;
  /** Whether it is the edition of its norm that is in force. */
  readonly current: boolean;
}

/** What is needed to read an edition again. */
export interface StoredEdition extends PublishedEdition {
  readonly content: string;
  readonly files: readonly NormFile[];
  readonly units: readonly UnitDefinition[];
}

export interface EditionRow {
  readonly normId: string;
  readonly edition: string;
  readonly title: Bilingual;
  readonly content: string;
  readonly files: readonly NormFile[];
  readonly units: readonly UnitDefinition[];
}

const published = `
  select e.norm_id as "normId", e.edition, e.title, p.published_at as "publishedAt", p.published_by as "publishedBy",
         p.id = (select max(id) from rulebook.norm_publication where norm_id = e.norm_id) as "current"`;
const lastPublication = `
  from rulebook.norm_edition e
  join rulebook.norm_publication p on p.id = (select max(id) from rulebook.norm_publication where edition = e.edition)`;

/** Published editions, by norm, the latest publication first. */
export async function listEditions(tx: EntityManager, normId?: string): Promise<PublishedEdition[]> {
  return tx.query<PublishedEdition[]>(
    `${published} ${lastPublication} where $1::text is null or e.norm_id = $1 order by e.norm_id, p.id desc`,
    [normId ?? null],
  );
}

/** The edition named, or the one in force when none is named. */
export async function findEdition(
  tx: EntityManager,
  normId: string,
  edition?: string,
): Promise<StoredEdition | undefined> {
  const rows = await tx.query<StoredEdition[]>(
    `${published}, e.content, e.files, e.units ${lastPublication}
     where e.norm_id = $1 and ($2::text is null or e.edition = $2) order by p.id desc limit 1`,
    [normId, edition ?? null],
  );
  return rows[0];
}

/** @throws EditionNotFound */
export async function getEdition(tx: EntityManager, normId: string, edition?: string): Promise<StoredEdition> {
  const found = await findEdition(tx, normId, edition);
  if (!found) throw new EditionNotFound(normId, edition);
  return found;
}

/** Digest of the edition in force; undefined when the norm was never published. */
export async function findCurrentEdition(tx: EntityManager, normId: string): Promise<string | undefined> {
  const rows = await tx.query<{ edition: string }[]>(
    `select edition from rulebook.norm_publication where norm_id = $1 order by id desc limit 1`,
    [normId],
  );
  return rows[0]?.edition;
}

/** Publishers of one norm wait for one another until their transactions end. */
export async function lockNorm(tx: EntityManager, normId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('rulebook.norm ' || $1, 0))`, [normId]);
}

/** Records an edition; one that is there already stays as it is. */
export async function insertEdition(tx: EntityManager, row: EditionRow): Promise<void> {
  await tx.query(
    `insert into rulebook.norm_edition (edition, norm_id, title, content, files, units)
     values ($1, $2, $3, $4, $5, $6) on conflict (edition) do nothing`,
    [
      row.edition,
      row.normId,
      JSON.stringify(row.title),
      row.content,
      JSON.stringify(row.files),
      JSON.stringify(row.units),
    ],
  );
}

export async function insertPublication(tx: EntityManager, normId: string, edition: string): Promise<void> {
  await tx.query(`insert into rulebook.norm_publication (norm_id, edition) values ($1, $2)`, [normId, edition]);
}
