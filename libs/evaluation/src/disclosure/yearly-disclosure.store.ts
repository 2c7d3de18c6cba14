/** SQL of yearly disclosures: drafts as they were frozen, and the seals of those that were published. */
import type { EntityManager } from 'typeorm';

export interface YearlyDisclosure {
  readonly id: string;
  readonly territoryPath: string;
  readonly territory: string;
  readonly year: number;
  readonly edition: number;
  /** Canonical JSON. */
  readonly document: string;
  readonly digest: string;
  readonly root: string;
  readonly draftedAt: Date;
  /** Canonical JSON of the receipt; null until it is published. */
  readonly receipt: string | null;
  readonly publishedOn: string | null;
}

export interface DisclosureDraft {
  readonly territoryPath: string;
  readonly territory: string;
  readonly year: number;
  readonly edition: number;
  readonly document: string;
  readonly digest: string;
  readonly root: string;
}

export async function insertYearlyDisclosure(tx: EntityManager, draft: DisclosureDraft): Promise<string> {
  const [{ id }] = await tx.query<[{ id: string }]>(
    `insert into evaluation.yearly_disclosure (territory_path, territory_code, year, edition, document, digest, root)
     values ($1::ltree, $2, $3, $4, $5, $6, $7) returning id`,
    [draft.territoryPath, draft.territory, draft.year, draft.edition, draft.document, draft.digest, draft.root],
  );
  return id;
}

/** @throws a unique violation when the edition was published by somebody else in between */
export async function insertSeal(
  tx: EntityManager,
  { id, territoryPath, territory, year, edition }: YearlyDisclosure,
  { receipt, publishedOn }: { readonly receipt: string; readonly publishedOn: string },
): Promise<void> {
  await tx.query(
    `insert into evaluation.disclosure_seal (disclosure_id, territory_path, territory_code, year, edition, receipt, published_on)
     values ($1, $2::ltree, $3, $4, $5, $6, $7)`,
    [id, territoryPath, territory, year, edition, receipt, publishedOn],
  );
}

/** Editions of one territory and year come one after the other. */
export async function lockEditions(tx: EntityManager, territory: string, year: number): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 126))`, [`${territory} ${year}`]);
}

export interface YearlyDisclosureFilter {
  readonly id?: string;
  readonly territory?: string;
  readonly within?: string;
  readonly year?: number;
  readonly edition?: number;
  readonly published?: boolean;
  /** Only those that took the place of an earlier edition. */
  readonly corrections?: boolean;
}

/** The latest first; at most `limit` after the one named. */
export async function listYearlyDisclosures(
  tx: EntityManager,
  filter: YearlyDisclosureFilter,
  page: { readonly limit: number; readonly after?: string },
): Promise<YearlyDisclosure[]> {
  return tx.query(
    `select d.id, d.territory_path::text as "territoryPath", d.territory_code as territory, d.year, d.edition, d.document, d.digest,
       d.root, d.drafted_at as "draftedAt", s.receipt, s.published_on::text as "publishedOn"
     from evaluation.yearly_disclosure d left join evaluation.disclosure_seal s on s.disclosure_id = d.id
     where ($1::uuid is null or d.id = $1) and ($2::text is null or d.territory_code = $2)
       and ($3::ltree is null or d.territory_path <@ $3::ltree) and ($4::int is null or d.year = $4)
       and ($5::int is null or d.edition = $5) and ($6::boolean is null or (s.disclosure_id is not null) = $6)
       and (not $7::boolean or d.edition > 1)
       and ($8::uuid is null or (d.drafted_at, d.id) < (select drafted_at, id from evaluation.yearly_disclosure where id = $8))
     order by d.drafted_at desc, d.id desc limit $9`,
    [
      ...[filter.id ?? null, filter.territory ?? null, filter.within ?? null, filter.year ?? null],
      ...[filter.edition ?? null, filter.published ?? null, filter.corrections ?? false],
      ...[page.after ?? null, page.limit],
    ],
  );
}

/** The edition named, or the latest one; undefined when none was published. */
export async function findPublishedDisclosure(
  tx: EntityManager,
  territory: string,
  year: number,
  edition?: number,
): Promise<(YearlyDisclosure & { readonly receipt: string; readonly publishedOn: string }) | undefined> {
  const [found] = await listYearlyDisclosures(tx, { territory, year, edition, published: true }, { limit: 1 });
  return found as (YearlyDisclosure & { readonly receipt: string; readonly publishedOn: string }) | undefined;
}
