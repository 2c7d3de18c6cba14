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

/** Accounts of the same land in both periods; none on a side where it is not there. */
export interface PlacedPair {
  readonly before: readonly PlacedAccount[];
  readonly after: readonly PlacedAccount[];
}

/**
 * Each territory at its own base prices, added. Where a territory is missing in a period it counts nothing there; base prices of
 * one that came later are those of what it followed, where that is known, else those of the norm.
 * @throws as atComparablePrices
 */
export function comparableTerritories(
  norm: NormEdition,
  territory: string,
  pairs: readonly PlacedPair[],
  indices: readonly PriceIndex[],
): ComparableAccount {
  const periodOf = (side: 'before' | 'after'): string | undefined => {
    return pairs.flatMap((pair) => pair[side])[0]?.account.period;
  };
  const periods = { base: periodOf('before'), current: periodOf('after') };
  assert(periods.base && periods.current, 'a period without an account has no prices');
  const { base: from, current: to } = { base: periods.base, current: periods.current };
  const parts = pairs.flatMap(({ before, after }) => {
    const [first, last] = [before[0], after[0]];
    if (before.length === 1 && after.length === 1)
      return [atComparablePrices(norm, { base: first.account, current: last.account }, first.places, indices)];
    const priced = before.map(({ account }) => account);
    return [
      ...before.map(({ account, places }) =>
        atComparablePrices(norm, { base: account, current: emptied(account, to) }, places, indices),
      ),
      ...after.map(({ account, places }) =>
        atComparablePrices(norm, { base: emptied(account, from), current: account, priced }, places, indices),
      ),
    ];
  });
  return addComparable(territory, parts);
}

/** Territories of two periods by code. */
export function pairByCode(before: readonly PlacedAccount[], after: readonly PlacedAccount[]): PlacedPair[] {
  const withCode = (placed: readonly PlacedAccount[], code: string) =>
    placed.filter(({ account }) => account.territory === code);
  const codes = new Set([...before, ...after].map(({ account }) => account.territory));
  return [...codes].map((code) => ({ before: withCode(before, code), after: withCode(after, code) }));
}

const emptied = (account: Account, period: string): Account => ({ ...account, period, lines: [] });
