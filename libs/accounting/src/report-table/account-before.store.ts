/** Finds the account of the period before, as it was known when a vintage left the hands of those who make it. */
import { periodEnd } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import { listAccounts, type AccountRecord } from '../account/account.store';

/** The latest earlier period of the same length that had an account at the moment of `settledAt`. */
export async function findBefore(tx: EntityManager, record: AccountRecord): Promise<AccountRecord | undefined> {
  const { territory, period, norm } = record;
  const asOf = await settledAt(tx, record);
  const known = await listAccounts(tx, { territories: [territory], normId: norm.id, asOf });
  const earlier = known.filter((one) => precedes(one.period, period));
  return earlier.sort((a, b) => (precedes(a.period, b.period) ? 1 : -1))[0];
}

/**
 * The moment whose knowledge of other periods a vintage is read with: its first publication, else when another vintage took
 * its place, else now (undefined). Years that are recorded together see each other whichever was first, and what was
 * published reads the same for ever.
 */
export async function settledAt(tx: EntityManager, record: AccountRecord): Promise<Date | undefined> {
  const { id, territory, period, norm } = record;
  const [{ at }]: { at: Date | null }[] = await tx.query(
    `SELECT coalesce(
       (SELECT min(since) FROM accounting.disclosure WHERE account_id = $1),
       (SELECT min(since) FROM accounting.account_standing
        WHERE territory_code = $2 AND period = $3 AND norm_id = $4
          AND since > (SELECT max(since) FROM accounting.account_standing WHERE account_id = $1
                         AND territory_code = $2 AND period = $3 AND norm_id = $4))) AS at`,
    [id, territory, period, norm.id],
  );
  return at ?? undefined;
}

/** Of the same length and earlier: a year before a year, a quarter before a quarter. */
const precedes = (earlier: string, later: string): boolean =>
  earlier.length === later.length && periodEnd(earlier) < periodEnd(later);
