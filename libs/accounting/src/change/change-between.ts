/** The change between observations, with everything that may differ: period, norm and boundary. */
import { assert } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import type { Account } from '../account/account';
import { aggregateAccounts } from '../account/aggregate-account';
import { computeAccount } from '../account/compute-account';
import type { ObservedPeriod } from '../account/observed-period';
import { attributeLevels, LevelAttributes, LevelsByLine } from './attribute-levels';
import { ChangeCorners, ChangeDecomposition, ChangeSetting } from './decompose-change';
import { ChangePart, decomposeParts } from './decompose-parts';
import type { ChangeSide } from './line-sides';

/** One territory on both sides. With `elsewhere`, each observation is also given within the boundary of the other side. */
export interface ObservedChange {
  readonly norms: readonly [NormEdition, NormEdition];
  readonly observed: readonly [ObservedPeriod, ObservedPeriod];
  /** Before within the boundary of after, and after within that of before. */
  readonly elsewhere?: readonly [ObservedPeriod, ObservedPeriod];
  readonly attributes: LevelAttributes;
}

/** Computes every account that the change is split by. @throws LevelAttributeUnknown, and as computeAccount */
export function changeBetween({ norms, observed, elsewhere, attributes }: ObservedChange): ChangeCorners {
  const hasNorms = norms[0].edition !== norms[1].edition;
  const settings: ChangeSetting[] = [
    ...(hasNorms ? ['norm' as const] : []),
    ...(elsewhere ? ['boundary' as const] : []),
  ];
  const corners: ChangeSide[] = [];
  for (let set = 0; set < 2 ** settings.length; set++) {
    const chosen = (setting: ChangeSetting): 0 | 1 => ((set >> settings.indexOf(setting)) & 1) as 0 | 1;
    const norm = norms[hasNorms ? chosen('norm') : 0];
    const within = elsewhere ? chosen('boundary') : 0;
    const pair: readonly [ObservedPeriod, ObservedPeriod] = elsewhere
      ? within === 0
        ? [observed[0], elsewhere[1]]
        : [elsewhere[0], observed[1]]
      : observed;
    corners.push(...sidesOf(norm, pair, attributes));
  }
  assert(corners.length === 2 ** (settings.length + 1), 'a corner of the change is missing');
  return { settings, corners };
}

function sidesOf(
  norm: NormEdition,
  pair: readonly [ObservedPeriod, ObservedPeriod],
  attributes: LevelAttributes,
): ChangeSide[] {
  const wanted = attributes.condition.length + attributes.weather.length > 0;
  const levels: readonly (LevelsByLine | undefined)[] = wanted ? attributeLevels(norm, pair, attributes) : [];
  return pair.map((observed, at) => ({ account: computeAccount(norm, observed), levels: levels[at] }));
}

/** Territories of one period on each side; what is there on one side only has come or gone with the boundary. */
export interface ObservedChanges {
  /** Code that the whole is shown under. */
  readonly territory: string;
  readonly norms: readonly [NormEdition, NormEdition];
  readonly before: readonly ObservedPeriod[];
  readonly after: readonly ObservedPeriod[];
  /** For a single territory. */
  readonly elsewhere?: readonly [ObservedPeriod, ObservedPeriod];
  readonly attributes: LevelAttributes;
}

/** Splits the change of several territories and adds the effects. @throws LevelAttributeUnknown, and as computeAccount */
export function changeOfTerritories({
  territory,
  norms,
  before,
  after,
  elsewhere,
  attributes,
}: ObservedChanges): ChangeDecomposition {
  const later = new Map(after.map((observed) => [observed.territory, observed]));
  const sides: readonly [Account[], Account[]] = [[], []];
  const parts: ChangePart[] = [];
  for (const from of before) {
    const to = later.get(from.territory);
    later.delete(from.territory);
    if (!to) {
      const gone = computeAccount(norms[0], from);
      parts.push({ gone });
      sides[0].push(gone);
      continue;
    }
    const split = changeBetween({ norms, observed: [from, to], elsewhere, attributes });
    parts.push({ corners: split });
    sides[0].push(split.corners[0].account as Account);
    sides[1].push(split.corners[split.corners.length - 1].account as Account);
  }
  for (const observed of later.values()) {
    const come = computeAccount(norms[1], observed);
    parts.push({ come });
    sides[1].push(come);
  }
  const wholeOf = (accounts: readonly Account[], norm: NormEdition, period: string): Account =>
    accounts.length === 1 && accounts[0].territory === territory
      ? accounts[0]
      : aggregateAccounts({ territory, period, norm, expectedChildren: accounts.length }, accounts);
  const wholes = [wholeOf(sides[0], norms[0], before[0].period), wholeOf(sides[1], norms[1], after[0].period)] as const;
  return decomposeParts(wholes, parts, norms[1].units);
}
