/** Levels of condition or weather behind each line, from what the lines would be with the attributes of the other period. */
import { CompensatedSum } from '@gep/kernel';
import type { PatchChunk } from '@gep/observation';
import type { NormEdition } from '@gep/rulebook';
import { computeAccount } from '../account/compute-account';
import { lineKey } from '../account/line-order';
import type { ObservedPeriod } from '../account/observed-period';
import { LevelAttributeTwice, LevelAttributeUnknown } from './errors';
import type { ChangeAccount, ChangeLine, LineLevels } from './line-sides';

/** Which attributes tell the state of the ecosystem and the weather. */
export interface LevelAttributes {
  readonly condition: readonly string[];
  readonly weather: readonly string[];
}

export type LevelsByLine = ReadonlyMap<string, LineLevels>;

/**
 * The level of a line under the attributes of a period is √(a × b): a is its quantity with the patches of before and b with the
 * patches of after, both with these attributes. Neither period is the base, so the levels change places with the years.
 * Attributes of one period are carried to the patches of the other by type: each value times the ratio of the means, weighted
 * by area. A line that is not above zero in all four cases has no levels; what it changes by stays under supply.
 * @throws LevelAttributeUnknown, LevelAttributeTwice, and as computeAccount
 */
export function attributeLevels(
  norm: NormEdition,
  [before, after]: readonly [ObservedPeriod, ObservedPeriod],
  attributes: LevelAttributes,
): readonly [LevelsByLine, LevelsByLine] {
  const known = norm.attributes.map(({ code }) => code).filter((code) => code !== 'area');
  for (const attribute of [...attributes.condition, ...attributes.weather])
    if (!known.includes(attribute)) throw new LevelAttributeUnknown(attribute, known);
  const twice = attributes.condition.find((attribute) => attributes.weather.includes(attribute));
  if (twice !== undefined) throw new LevelAttributeTwice(twice);
  const own = [before, after].map((observed) => computeAccount(norm, observed));
  const levels: [Map<string, LineLevels>, Map<string, LineLevels>] = [new Map(), new Map()];
  for (const name of ['condition', 'weather'] as const) {
    if (attributes[name].length === 0) continue;
    const beforeLent = computeAccount(norm, withAttributesOf(before, after, attributes[name]));
    const afterLent = computeAccount(norm, withAttributesOf(after, before, attributes[name]));
    const amounts = [own[0], afterLent, beforeLent, own[1]].map(quantitiesOf);
    for (const key of amounts[0].keys()) {
      const four = amounts.map((quantities) => quantities.get(key) ?? 0);
      if (!four.every((quantity) => quantity > 0)) continue;
      levels[0].set(key, { ...levels[0].get(key), [name]: Math.sqrt(four[0] * four[1]) });
      levels[1].set(key, { ...levels[1].get(key), [name]: Math.sqrt(four[2] * four[3]) });
    }
  }
  return levels;
}

function quantitiesOf({ lines }: Pick<ChangeAccount, 'lines'>): Map<string, number> {
  const modelled = lines.filter(({ item }) => item === null);
  return new Map(modelled.map((line: ChangeLine) => [lineKey(line), line.supplied ?? line.quantity]));
}

/** The patches of one observation with attributes at the level of another. */
function withAttributesOf(
  observed: ObservedPeriod,
  lender: ObservedPeriod,
  attributes: readonly string[],
): ObservedPeriod {
  const ratios = attributes.map((attribute) => {
    const own = meansByType(observed.chunks, attribute);
    const lent = meansByType(lender.chunks, attribute);
    return { attribute, own, lent };
  });
  const chunks = observed.chunks.map((chunk): PatchChunk => {
    const columns = { ...chunk.columns };
    for (const { attribute, own, lent } of ratios) {
      if (!(attribute in columns)) continue;
      columns[attribute] = columns[attribute].map((value, row) => {
        const type = chunk.types[chunk.typeIndex[row]];
        const [from, to] = [own.get(type), lent.get(type)];
        if (from === undefined || to === undefined || Number.isNaN(value)) return value;
        return from === 0 ? to : value * (to / from);
      });
    }
    return { ...chunk, columns };
  });
  return { ...observed, chunks };
}

/** Means weighted by area; types without area or without values have none. */
function meansByType(chunks: readonly PatchChunk[], attribute: string): Map<string, number> {
  const sums = new Map<string, { weighted: CompensatedSum; area: CompensatedSum }>();
  for (const chunk of chunks) {
    const values = chunk.columns[attribute] as Float64Array | undefined;
    values?.forEach((value, row) => {
      if (Number.isNaN(value)) return;
      const type = chunk.types[chunk.typeIndex[row]];
      const sum = sums.get(type) ?? { weighted: new CompensatedSum(), area: new CompensatedSum() };
      sums.set(type, sum);
      sum.weighted.add(value * chunk.columns.area[row]);
      sum.area.add(chunk.columns.area[row]);
    });
  }
  return new Map(
    [...sums].flatMap(([type, { weighted, area }]) => (area.value > 0 ? [[type, weighted.value / area.value]] : [])),
  );
}
