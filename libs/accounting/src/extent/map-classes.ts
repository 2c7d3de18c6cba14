/** Puts an extent into the classes of another scheme by a mapping table; areas and their sums stay exact. */
import { Fraction } from '@gep/kernel';
import { crosswalkOfTypes, sharesOfClass, type Crosswalk, type NormEdition } from '@gep/rulebook';
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
  const { transitions, opening, closing, crossed } = input;
  const mapped = { part, from, to, unit, classes, decimals: input.decimals };
  if (transitions) return { ...mapped, transitions: transitions.flatMap((one) => mapTransition(one, shares)) };
  const over = crossed?.flatMap((one) => mapTransition(one, shares));
  return { ...mapped, opening: mapAreas(opening!, shares), closing: mapAreas(closing!, shares), crossed: over };
}

/** A mapping table, with the shares that it leaves to whoever asks. */
export interface ClassMapping {
  readonly crosswalk: Crosswalk;
  readonly shares: ClassShares;
}

/**
 * An extent in the types of a norm, in the classes of a mapping table: straight where the table is of that norm, else by
 * way of the classes of HJ 1166 that the norm gives its types.
 * @throws CrosswalkClassUnknown, CrosswalkSharesNeeded, CrosswalkSharesWrong
 */
export function mapTypes(
  input: ExtentInput,
  { id, types }: Pick<NormEdition, 'id' | 'types'>,
  { crosswalk, shares }: ClassMapping,
): ExtentInput {
  if (crosswalk.from === id) return mapClasses(input, crosswalk, shares);
  return mapClasses(mapClasses(input, crosswalkOfTypes(id, types), new Map()), crosswalk, shares);
}

/** Reads `11=T1:0.4,T2:0.6`, several divided by `;`; undefined when it is not written so. The table says whether they fit. */
export function readClassShares(text: string): ClassShares | undefined {
  const classes = text.split(';').map((one): [string, Map<string, Fraction>] | undefined => {
    const [code, list = ''] = one.split('=');
    const shares = list.split(',').map((part): [string, Fraction] | undefined => {
      const [target, written = ''] = part.split(':');
      const share = Fraction.parse(written);
      return target && share ? [target, share] : undefined;
    });
    return code && shares.every((share) => share !== undefined) ? [code, new Map(shares)] : undefined;
  });
  return classes.every((one) => one !== undefined) ? new Map(classes) : undefined;
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
