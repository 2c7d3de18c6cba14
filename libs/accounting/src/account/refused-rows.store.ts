/** Reads which observations behind an account lack rows that were refused at import, and the batches that say why. */
import { findBatchIds } from '@gep/observation';
import type { EntityManager } from 'typeorm';
import { AccountRecord } from './account.store';

/** An observation of which rows were refused. */
export interface RefusedPart {
  readonly territory: string;
  readonly rows: number;
  /** The batch, whose problems name the cells; null when the reader may not see it. */
  readonly batch: string | null;
}

/** Most parts that are named; the rows are counted in full in the coverage of the account. */
const mostParts = 100;

/** The observed parts of an account, or itself, of which rows were refused, in code order; at most the first hundred. */
export async function listRefusedParts(tx: EntityManager, account: AccountRecord): Promise<RefusedPart[]> {
  if (!account.coverage.refusedRows) return [];
  const parts: { territory: string; rows: number; digest: string }[] = await tx.query(
    `WITH RECURSIVE part (id) AS (
       SELECT $1::uuid
       UNION
       SELECT c.child_id FROM part
       JOIN accounting.account_child c ON c.account_id = part.id
       JOIN accounting.account a ON a.id = c.child_id AND a.refused_rows > 0)
     SELECT a.territory_code AS territory, a.refused_rows AS rows, a.observation_digest AS digest
     FROM part JOIN accounting.account a ON a.id = part.id
     WHERE a.origin = 'observed' ORDER BY a.territory_code COLLATE "C" LIMIT ${mostParts}`,
    [account.id],
  );
  const { period, norm } = account;
  const batches = await findBatchIds(tx, { period, normId: norm.id, observations: parts });
  return parts.map(({ territory, rows }) => ({ territory, rows, batch: batches.get(territory) ?? null }));
}
