/** The change of land that several accounts have on a side, because what had it was merged or split between the periods. */
import { Fraction } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import type { Account } from '../account/account';
import { aggregateAccounts } from '../account/aggregate-account';
import { computeAccount } from '../account/compute-account';
import { compareCodes } from '../account/line-order';
import type { ObservedPeriod } from '../account/observed-period';
import { attributeLevels, type LevelAttributes } from './attribute-levels';
import type { ChangeCorners } from './decompose-change';
import type { BoundedUnit, UnitPair } from './pair-units';

/** Accounts or observations of the two sides. */
type Sides<T> = readonly [readonly T[], readonly T[]];

/** The one successor or the one predecessor; of several on both sides the first of before. */
export function groupCode({ before, after }: Pick<UnitPair<BoundedUnit>, 'before' | 'after'>): string {
  const side = after.length === 1 ? after : before;
  return side.map(({ territory }) => territory).sort(compareCodes)[0];
}

/** Recorded accounts under one edition, each side added up. */
export function recordedGroup(territory: string, norm: NormEdition, sides: Sides<Account>): ChangeCorners {
  return { settings: [], corners: sides.map((accounts) => ({ account: added(territory, norm, accounts) })) };
}

/** What is asked of a group whose observations are computed anew. */
export interface ObservedGroup {
  readonly norms: readonly [NormEdition, NormEdition];
  readonly observed: Sides<ObservedPeriod>;
  readonly attributes: LevelAttributes;
}

/** Levels of condition and weather are those of all patches of a side together. @throws as changeBetween */
export function changeOfGroup(territory: string, { norms, observed, attributes }: ObservedGroup): ChangeCorners {
  const differ = norms[0].edition !== norms[1].edition;
  const wanted = attributes.condition.length + attributes.weather.length > 0;
  const corners = (differ ? norms : norms.slice(0, 1)).flatMap((norm) => {
    const levels = wanted ? attributeLevels(norm, [joined(observed[0]), joined(observed[1])], attributes) : [];
    return observed.map((side, at) => {
      const accounts = side.map((one) => computeAccount(norm, one));
      return { account: added(territory, norm, accounts), levels: levels[at] };
    });
  });
  return { settings: differ ? ['norm'] : [], corners };
}

function added(territory: string, norm: NormEdition, accounts: readonly Account[]): Account {
  const [first] = accounts;
  if (accounts.length === 1) return { ...first, territory };
  return aggregateAccounts({ territory, period: first.period, norm, expectedChildren: accounts.length }, accounts);
}

const joined = (side: readonly ObservedPeriod[]): ObservedPeriod => ({
  ...side[0],
  chunks: side.flatMap(({ chunks }) => chunks),
  statistics: addStatistics(side.flatMap(({ statistics }) => statistics)),
});

/** Amounts of one item and type in one unit are one; prices do not bear on levels. */
function addStatistics(rows: ObservedPeriod['statistics']): ObservedPeriod['statistics'] {
  const sums = new Map<string, ObservedPeriod['statistics'][number]>();
  for (const row of rows) {
    const key = JSON.stringify([row.item, row.type, row.unit]);
    const sum = Fraction.parse(sums.get(key)?.quantity ?? '0')!.plus(Fraction.parse(row.quantity)!);
    sums.set(key, { ...(sums.get(key) ?? row), quantity: sum.toString() });
  }
  return [...sums.values()];
}
