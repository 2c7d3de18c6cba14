/** Several territories at the prices of a base period, also those that are there in one of the periods only. */
import { assert } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import type { Account } from '../account/account';
import { addComparable, atComparablePrices, ComparableAccount, PriceIndex } from './comparable-prices';

/** An observed account and where its territory lies, nearest first. */
export interface PlacedAccount {
  readonly account: Account;
  readonly places: readonly string[];
}

/**
 * Each territory at its own base prices, added. Where a territory is missing in a period it counts nothing there; base prices of
 * one that came later are those of the norm.
 * @throws as atComparablePrices
 */
export function comparableTerritories(
  norm: NormEdition,
  territory: string,
  [before, after]: readonly [readonly PlacedAccount[], readonly PlacedAccount[]],
  indices: readonly PriceIndex[],
): ComparableAccount {
  assert(before.length > 0 && after.length > 0, 'a period without an account has no prices');
  const periods = { base: before[0].account.period, current: after[0].account.period };
  const later = new Map(after.map((placed) => [placed.account.territory, placed]));
  const parts = before.map(({ account, places }) => {
    const other = later.get(account.territory)?.account;
    later.delete(account.territory);
    const current = other ?? emptied(account, periods.current);
    return atComparablePrices(norm, { base: account, current }, places, indices);
  });
  const come = [...later.values()].map(({ account, places }) =>
    atComparablePrices(norm, { base: emptied(account, periods.base), current: account }, places, indices),
  );
  return addComparable(territory, [...parts, ...come]);
}

const emptied = (account: Account, period: string): Account => ({ ...account, period, lines: [] });
