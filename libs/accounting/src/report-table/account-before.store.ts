/** Finds the account of the period before, as it was known when an account was recorded. */
import { periodEnd } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import { listAccounts, type AccountRecord } from '../account/account.store';

/** The latest earlier period of the same length that had an account when this one was recorded. */
export async function findBefore(tx: EntityManager, record: AccountRecord): Promise<AccountRecord | undefined> {
  const { territory, period, norm, recordedAt } = record;
  const known = await listAccounts(tx, { territories: [territory], normId: norm.id, asOf: recordedAt });
  const earlier = known.filter((one) => precedes(one.period, period));
  return earlier.sort((a, b) => (precedes(a.period, b.period) ? 1 : -1))[0];
}

/** Of the same length and earlier: a year before a year, a quarter before a quarter. */
const precedes = (earlier: string, later: string): boolean =>
  earlier.length === later.length && periodEnd(earlier) < periodEnd(later);
