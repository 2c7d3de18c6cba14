/** Lists accounts so that those of one period are of one partition: of a predecessor, or of what followed it, but not of both. */
import { periodEnd } from '@gep/kernel';
import { listSuccessions, type Succession } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { listAccounts, type AccountFilter, type AccountPosition, type AccountRecord } from '../account/account.store';

/**
 * The same as `listAccounts`, without accounts of territories that had ended by the end of the period, where one that followed has
 * an account of the period: that one has their ground; nor shares of an account that is current as a whole, which a withdrawn
 * restatement leaves. Territories that the filter names are all there.
 */
export async function listPartition(
  tx: EntityManager,
  filter: AccountFilter,
  page: Parameters<typeof listAccounts>[2] = {},
): Promise<AccountRecord[]> {
  const except = filter.territories
    ? []
    : [...(await listFollowed(tx, filter)), ...(await listSharesOfStanding(tx, filter))];
  return listAccounts(tx, { ...filter, except }, page);
}

/** Accounts of ended territories whose successors have one of the same period, as far as both were known and may be seen. */
async function listFollowed(tx: EntityManager, filter: AccountFilter): Promise<AccountPosition[]> {
  const asOf = filter.asOf?.toISOString();
  const known = (await listSuccessions(tx)).filter(({ recordedAt = '' }) => asOf === undefined || recordedAt <= asOf);
  const ended = endedIn(known);
  if (ended.length === 0) return [];
  const accounts = await listAccounts(tx, {
    ...filter,
    territories: [...new Set(ended.map((row) => row.predecessor))],
  });
  const candidates = accounts.flatMap((account) => {
    const day = periodEnd(account.period);
    const followers = followersOf(account.territory, day, known);
    return followers.size > 0 ? [{ account, followers }] : [];
  });
  if (candidates.length === 0) return [];
  const { period, normId, asOf: moment, published } = filter;
  const codes = [...new Set(candidates.flatMap(({ followers }) => [...followers]))];
  const followed = await listAccounts(tx, { territories: codes, period, normId, asOf: moment, published });
  const keyOf = ({ period: of, norm }: AccountRecord, territory: string): string =>
    JSON.stringify([territory, of, norm.id]);
  const there = new Set(
    followed.filter((account) => !isOfBefore(account, known)).map((account) => keyOf(account, account.territory)),
  );
  return candidates
    .filter(({ account, followers }) => [...followers].some((code) => there.has(keyOf(account, code))))
    .map(({ account }) => ({ territory: account.territory, period: account.period, normId: account.norm.id }));
}

/** Accounts that were divided from one that is current under a code that goes on. */
async function listSharesOfStanding(tx: EntityManager, filter: AccountFilter): Promise<AccountPosition[]> {
  const divided = await listAccounts(tx, { ...filter, origin: 'divided' });
  if (divided.length === 0) return [];
  const rows: { id: string; child: string; territory: string }[] = await tx.query(
    `SELECT account_id AS id, child_id AS child, child_territory AS territory FROM accounting.account_child
     WHERE account_id = ANY ($1::uuid[]) AND division IS NOT NULL`,
    [divided.map(({ id }) => id)],
  );
  const { period, normId, asOf, published } = filter;
  const ended = new Set(endedIn(await listSuccessions(tx)).map(({ predecessor }) => predecessor));
  const territories = [...new Set(rows.map(({ territory }) => territory))].filter((code) => !ended.has(code));
  if (territories.length === 0) return [];
  const standing = await listAccounts(tx, { territories, period, normId, asOf, published });
  const whole = new Set(standing.map(({ id }) => id));
  return divided
    .filter(({ id }) => rows.some((row) => row.id === id && whole.has(row.child)))
    .map(({ territory, period: of, norm }) => ({ territory, period: of, normId: norm.id }));
}

/** Of a code that goes on, an account within the boundary of before, which no recompute has followed yet: it has nobody else's ground. */
function isOfBefore(
  { territory, origin, period, recordedAt }: AccountRecord,
  successions: readonly Succession[],
): boolean {
  const day = periodEnd(period);
  return (
    origin === 'observed' &&
    successions.some(
      (row) =>
        row.predecessor === territory &&
        row.successor === territory &&
        row.effective <= day &&
        row.carries !== false &&
        recordedAt.toISOString() < (row.recordedAt ?? ''),
    )
  );
}

/** Changes by which their predecessor ended. */
const endedIn = (successions: readonly Succession[]): Succession[] =>
  successions.filter(
    ({ predecessor, effective }) =>
      !successions.some(
        (row) => row.predecessor === predecessor && row.effective === effective && row.successor === predecessor,
      ),
  );

/** What stands for an ended territory on a day; nothing while it stands itself. */
function followersOf(territory: string, day: string, successions: readonly Succession[]): Set<string> {
  const past = successions.filter(({ effective }) => effective <= day);
  const lastOf = (code: string): string =>
    past
      .filter((row) => row.predecessor === code)
      .reduce((last, { effective }) => (effective > last ? effective : last), '');
  const begunAgain = past.some((row) => row.successor === territory && row.effective >= lastOf(territory));
  const followers = new Set<string>();
  if (lastOf(territory) === '' || begunAgain) return followers;
  const walk = (code: string, from: string): void => {
    for (const { successor, effective } of past.filter((row) => row.predecessor === code && row.effective >= from)) {
      if (followers.has(successor)) continue;
      followers.add(successor);
      walk(successor, effective);
    }
  };
  walk(territory, lastOf(territory));
  followers.delete(territory);
  return followers;
}
