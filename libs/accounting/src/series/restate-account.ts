/** Makes the account of a boundary from accounts of other boundaries, by addition and by exact shares, so that nothing is lost. */
import { assert } from '@gep/kernel';
import type { Account } from '../account/account';
import { aggregateAccounts, type AggregateTarget } from '../account/aggregate-account';
import { sealAccount } from '../account/seal-account';
import { divideAccount } from '../division/divide-account';
import type { BoundaryPlan } from './boundary-plan';

type Norm = AggregateTarget['norm'];

/**
 * The account of a planned boundary. Over all territories that there are on the day of the boundary, restated accounts sum to
 * the accounts that they were made of, fen exactly: what is divided is divided among all successors at once.
 * @param accounts of the territories that the plan names, of one period and edition
 */
export function restateAccount(plan: BoundaryPlan, accounts: ReadonlyMap<string, Account>, norm: Norm): Account {
  const { territory } = plan;
  if (plan.kind === 'whole') {
    const account = accounts.get(territory);
    assert(account, `the account of ${territory} is not at hand`);
    return account;
  }
  if (plan.kind === 'share') {
    const whole = restateAccount(plan.of, accounts, norm);
    const sharing = plan.rows.map(({ successor, share, shareByType }) => ({ code: successor, share, shareByType }));
    const { lines, areaByType } = divideAccount(whole, sharing).find((part) => part.territory === territory)!;
    return sealAccount({ ...derived(whole), territory, lines, areaByType }, norm);
  }
  const parts = plan.parts.map((part) => restateAccount(part, accounts, norm));
  const [first] = parts;
  if (parts.length === 1) return sealAccount({ ...derived(first), territory }, norm);
  const target = { territory, period: first.period, norm, expectedChildren: parts.length };
  return aggregateAccounts(target, parts);
}

/** A restated account has no observation, row sums or children of its own. */
function derived(account: Account): Omit<Account, 'totals' | 'grade' | 'digest'> {
  const { totals: _totals, grade: _grade, digest, ...rest } = account;
  return { ...rest, observationDigest: digest, origin: 'aggregated', baseSums: null, children: [] };
}

/** Shares of each account that a plan takes, one after the other, as exact text; none where all of it is taken. */
export function sharesOf(plan: BoundaryPlan): Map<string, string[]> {
  if (plan.kind === 'whole') return new Map([[plan.territory, []]]);
  if (plan.kind === 'sum') return new Map(plan.parts.flatMap((part) => [...sharesOf(part)]));
  const own = plan.rows.find(({ successor }) => successor === plan.territory)!.share.toExactText();
  return new Map([...sharesOf(plan.of)].map(([territory, shares]) => [territory, [...shares, own]]));
}
