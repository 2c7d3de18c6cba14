/** SQL of what restatements led to, settlement by settlement. Rows are only added; the last one of a settlement and a restatement counts. */
import type { EntityManager } from 'typeorm';
import type { TrueUpOutcome } from './impact';

/** What a restatement led to for one settlement. */
export interface TrueUpRecord {
  /** Id of the settlement that rests on the vintage before. */
  readonly about: string;
  readonly disclosureId: string;
  readonly territoryPath: string;
  readonly outcome: TrueUpOutcome;
  /** Id of the drafted correction. */
  readonly correction: string | null;
  readonly snapshotDigest: string | null;
  /** Why nothing could be drafted: code and both texts. */
  readonly refusal: object | null;
}

export async function insertTrueUp(tx: EntityManager, record: TrueUpRecord): Promise<void> {
  const { about, disclosureId, territoryPath, outcome, correction, snapshotDigest, refusal } = record;
  await tx.query(
    `insert into settlement.true_up (about, disclosure_id, territory_path, outcome, correction, snapshot_digest, refusal)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [about, disclosureId, territoryPath, outcome, correction, snapshotDigest, refusal && JSON.stringify(refusal)],
  );
}

/** The last record of each settlement about a restatement. */
export async function listTrueUps(tx: EntityManager, disclosureId: string, about?: string): Promise<TrueUpRecord[]> {
  return tx.query<TrueUpRecord[]>(
    `select distinct on (about) about, disclosure_id as "disclosureId", territory_path::text as "territoryPath", outcome,
       correction, snapshot_digest as "snapshotDigest", refusal
     from settlement.true_up where disclosure_id = $1 and ($2::uuid is null or about = $2)
     order by about, true_up_no desc`,
    [disclosureId, about ?? null],
  );
}

/** Codes in use that begin alike, and so could be met by the next number. */
export async function listCodesLike(tx: EntityManager, territoryPath: string, beginning: string): Promise<string[]> {
  const rows = await tx.query<{ code: string }[]>(
    'select code from settlement.settlement where territory_path = $1 and starts_with(code, $2)',
    [territoryPath, beginning],
  );
  return rows.map(({ code }) => code);
}

/** Drafting about one settlement comes one after the other until the transaction ends. */
export async function lockTrueUp(tx: EntityManager, about: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 91))', [about]);
}
