/** Puts an extent into the classes of another scheme by a mapping table; areas and their sums stay exact. */
import { Fraction } from '@gep/kernel';
import { sharesOfClass, type Crosswalk } from '@gep/rulebook';
import type { AreaByClass, ExtentInput, Transition } from './extent-account';

/** For a class that stands for several: how its land is shared among them; shares add up to 1. */
export type ClassShares = ReadonlyMap<string, ReadonlyMap<string, Fraction>>;

/**
 * The extent in the target classes. Land that keeps a class which stands for several keeps its share of each; land that
 * changes its class is taken to come from, and go to, each of them by its share. What becomes one class is no change.
 * @throws CrosswalkClassUnknown, CrosswalkSharesNeeded, CrosswalkSharesWrong
 */
export function mapClasses(input: ExtentInput, crosswalk: Crosswalk, given: ClassShares): ExtentInput {
  const shares = new Map(
    input.classes.map(({ code }) => [code, sharesOfClass(crosswalk, code, given.get(code))] as const),
  );
  const used = new Set([...shares.values()].flatMap((targets) => [...targets.keys()]));
  const classes = crosswalk.targets.filter(({ code }) => used.has(code));
  const { part, from, to, unit } = input;
  const { transitions, opening, closing } = input;
  const mapped = { part, from, to, unit, classes, decimals: input.decimals };
  if (transitions) return { ...mapped, transitions: transitions.flatMap((one) => mapTransition(one, shares)) };
  return { ...mapped, opening: mapAreas(opening!, shares), closing: mapAreas(closing!, shares) };
}

type Shares = ReadonlyMap<string, ReadonlyMap<string, Fraction>>;

function mapTransition({ from, to, area, cause }: Transition, shares: Shares): Transition[] {
  const partsOf = (code: string | null): (readonly [string | null, Fraction])[] =>
    code === null ? [[null, Fraction.one]] : [...shares.get(code)!];
  if (from === to)
    return partsOf(from).map(([code, share]) => ({ from: code, to: code, area: area.times(share), cause }));
  return partsOf(from).flatMap(([left, out]) =>
    partsOf(to).map(([right, into]) => ({ from: left, to: right, area: area.times(out).times(into), cause })),
  );
}

function mapAreas(areas: AreaByClass, shares: Shares): AreaByClass {
  const mapped = new Map<string, Fraction>();
  for (const [code, area] of areas)
    for (const [target, share] of shares.get(code)!)
      mapped.set(target, (mapped.get(target) ?? Fraction.zero).plus(area.times(share)));
  return mapped;
}
