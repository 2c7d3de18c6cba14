/** Figures that are, to the last digit, those of last year or of a neighbour. */
import { type CountyFacts, type CountyValue, perHectare, type RegionFacts } from './county-facts';
import type { HintFigure, HintKind, IntegrityHint } from './hint';
import { poissonTail } from './robust';

const mostByChance = 0.002;
/** Fewer digits say nothing. */
const leastDigits = 3;

/** Hints of one county: at most one of last year and one of each neighbour. */
export function copiedValues(region: RegionFacts, county: CountyFacts, shared: ReadonlySet<string>): IntegrityHint[] {
  const { year, counties, neighbours } = region;
  const { territory } = county;
  const hints = copiedFrom(county, { of: 'last year', values: county.lastYear }, shared);
  const own = (neighbours.get(territory) ?? []).flatMap((code) => {
    const other = counties.find((each) => each.territory === code);
    return other ? copiedFrom(county, { of: code, values: other.values }, shared) : [];
  });
  const named = (kind: HintKind, found: Copied): IntegrityHint => ({
    ...{ kind, territory, year, grade: 'hint', figures: found.figures },
    ...{ measured: found.chance.toExponential(1), threshold: String(mostByChance) },
  });
  return [
    ...hints.map((found) => named('copied-from-last-year', found)),
    ...own.map((found) => named('copied-from-neighbour', found)),
  ];
}

interface Copied {
  readonly figures: readonly HintFigure[];
  readonly chance: number;
}

function copiedFrom(
  county: CountyFacts,
  { of, values }: { readonly of: string; readonly values: readonly CountyValue[] },
  shared: ReadonlySet<string>,
): Copied[] {
  const others = new Map(values.map((value) => [value.item, value.text]));
  const figures: HintFigure[] = [];
  let expected = 0;
  for (const { item, kind, text } of county.values) {
    const other = others.get(item);
    const digits = significantDigits(text);
    // Prices of one market are alike by right, and what a hectare gives is told by its quantity.
    if (kind !== 'quantity' || other === undefined || shared.has(item) || digits < leastDigits) continue;
    expected += chanceOfEqual(digits);
    if (other === text) figures.push({ item, value: text, against: other, of });
  }
  if (figures.length === 0) return [];
  const chance = poissonTail(figures.length, expected);
  return chance <= mostByChance ? [{ figures, chance }] : [];
}

/** Two figures of so many digits within a fifth of each other are the same by chance this often. */
const chanceOfEqual = (digits: number): number => 2.5 * 10 ** -(Math.min(digits, 8) - 1);

/** Digits from the first that is not zero to the last that is not: what was rounded says less. */
export function significantDigits(text: string): number {
  const digits = text.replace(/e.*$/i, '').replace(/[^0-9]/g, '');
  return digits.replace(/^0+/, '').replace(/0+$/, '').length;
}

/**
 * Items that no county observes: alike wherever they stand, or the same as last year in most places, also where only what a
 * hectare gives is the same. Such figures are coefficients of a norm, times an area that did not change.
 */
export function sharedItems({ counties }: RegionFacts): Set<string> {
  const items = new Map<string, { readonly texts: string[]; both: number; unchanged: number }>();
  for (const { values, lastYear } of counties) {
    const before = new Map(lastYear.map(({ item, text }) => [item, text]));
    for (const { item, text } of values) {
      const known = items.get(item) ?? { texts: [], both: 0, unchanged: 0 };
      items.set(item, known);
      known.texts.push(text);
      const last = before.get(item);
      if (last === undefined) continue;
      known.both += 1;
      if (isSame(text, last)) known.unchanged += 1;
    }
  }
  const isStatic = (item: string): boolean => {
    const { both = 0, unchanged = 0 } = items.get(item) ?? {};
    return unchanged * 2 > both;
  };
  const shared = new Set<string>();
  for (const [item, { texts }] of items) {
    const isAlike = texts.length > 2 && new Set(texts).size * 2 <= texts.length;
    if (isAlike || (texts.length > 2 && isStatic(item)) || isStatic(perHectare(item))) shared.add(item);
  }
  return shared;
}

/** But for what dividing by an area leaves in the last digits. */
const isSame = (a: string, b: string): boolean => a === b || Number(a).toPrecision(9) === Number(b).toPrecision(9);
