/** An extent account from the patches of two periods: a patch of the same name is the same land, whatever class it has. */
import { Fraction } from '@gep/kernel';
import type { EcosystemType } from '@gep/rulebook';
import type { ObservedPeriod } from '../account/observed-period';
import { PatchTwice } from './errors';
import type { AreaByClass, ExtentInput, Transition } from './extent-account';

/** What the patches of a territory say of its extent. */
export interface PatchExtent {
  readonly input: ExtentInput;
  /** Area whose patch is in one period only, or is smaller in the other: its transitions are not known. */
  readonly unmatched: Fraction;
}

/** Areas of accounts may be sums of doubles: less than a millionth of their unit is no land. */
export const finestDecimals = 6;

interface Placed {
  readonly type: string;
  readonly area: Fraction;
}

/**
 * The matrix of two observations when every patch of the one is found, as large as it was, in the other; else opening and
 * closing only, with the area that could not be followed.
 * @param unit of the areas
 * @throws PatchTwice
 */
export function extentOfPatches(
  types: readonly EcosystemType[],
  unit: string,
  before: ObservedPeriod,
  after: ObservedPeriod,
): PatchExtent {
  const [opening, closing] = [before, after].map(areasOf);
  const frame = frameOf(types, unit, before, after, new Set([...opening.keys(), ...closing.keys()]));
  const transitions = follow(before, after);
  const followed = sumOf(transitions.map(({ area }) => area));
  const lost = sumOf(opening.values()).minus(followed);
  const found = sumOf(closing.values()).minus(followed);
  const unmatched = lost.compare(found) < 0 ? found : lost;
  if (unmatched.numerator === 0n) return { input: { ...frame, decimals: null, transitions }, unmatched };
  return { input: { ...frame, decimals: finestDecimals, opening, closing }, unmatched };
}

/** The account without its areas, with the classes that are there. */
export function frameOf(
  types: readonly EcosystemType[],
  unit: string,
  before: { readonly territory: string; readonly period: string },
  after: { readonly period: string },
  there: ReadonlySet<string>,
) {
  const classes = types.filter(({ code }) => there.has(code)).map(({ code, name }) => ({ code, name }));
  return { part: before.territory, from: before.period, to: after.period, unit, classes };
}

/** Patches of both periods under one name, and the land that they have in common. */
function follow(before: ObservedPeriod, after: ObservedPeriod): Transition[] {
  const [earlier, later] = [patchesOf(before), patchesOf(after)];
  const areas = new Map<string, Map<string, Fraction>>();
  for (const [patch, { type: from, area: had }] of earlier) {
    const now = later.get(patch);
    if (!now) continue;
    const row = areas.get(from) ?? new Map<string, Fraction>();
    areas.set(from, row);
    const common = now.area.compare(had) < 0 ? now.area : had;
    row.set(now.type, (row.get(now.type) ?? Fraction.zero).plus(common));
  }
  return [...areas].flatMap(([from, row]) =>
    [...row].map(([to, area]) => ({ from, to, area, cause: 'unstated' as const })),
  );
}

function patchesOf({ territory, period, chunks }: ObservedPeriod): Map<string, Placed> {
  const patches = new Map<string, Placed>();
  for (const { rows, types, typeIndex, patchIds, columns } of chunks) {
    if (!patchIds) continue;
    for (let row = 0; row < rows; row++) {
      const patch = patchIds[row];
      if (patches.has(patch)) throw new PatchTwice(territory, period, patch);
      patches.set(patch, { type: types[typeIndex[row]], area: exactly(columns['area'][row]) });
    }
  }
  return patches;
}

function areasOf({ chunks }: ObservedPeriod): AreaByClass {
  const areas = new Map<string, Fraction>();
  for (const { rows, types, typeIndex, columns } of chunks)
    for (let row = 0; row < rows; row++) {
      const type = types[typeIndex[row]];
      areas.set(type, (areas.get(type) ?? Fraction.zero).plus(exactly(columns['area'][row])));
    }
  return areas;
}

/** The shortest decimal of a double: the figure that was read. */
const exactly = (area: number): Fraction => Fraction.parse(String(area))!;
const sumOf = (areas: Iterable<Fraction>): Fraction => [...areas].reduce((sum, one) => sum.plus(one), Fraction.zero);
