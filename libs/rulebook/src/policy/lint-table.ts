/** Looks a decision table through: what no row covers, what several rows cover, and rows that are never taken. */
import { Fraction } from '@gep/kernel';
import { isWithin } from './read-interval';
import type { RuleTable, TableCondition, TableRow } from './rule';
import type { NamedValue } from './expression/value';
import type { Value } from './expression/place';

export interface TableFindings {
  /** Inputs that no row covers, for example `excess = 3`. */
  readonly gaps: readonly string[];
  /** Rows (from 0) that hold for the same input. */
  readonly overlaps: readonly { readonly first: number; readonly second: number; readonly at: string }[];
  /** Rows that hold for no input, or only for such that an earlier row takes. */
  readonly unused: readonly number[];
  /** More combinations than can be looked through. */
  readonly tooWide: boolean;
}

/** What an input may be. */
export interface InputDomain {
  readonly min?: Fraction;
  readonly max?: Fraction;
  readonly whole?: boolean;
}

const mostCombinations = 100_000;
const mostTold = 3;
/** Stands for every word that the table does not name. */
const otherWord = '…';

export function meets(value: Value, condition: TableCondition | undefined): boolean {
  if (!condition) return true;
  if (condition.kind === 'number') return condition.intervals.some((interval) => isWithin(value as Fraction, interval));
  if (condition.kind === 'text') return condition.words.includes(value as string);
  return condition.value === value;
}

export function lintTable(
  { inputs, rows, hit }: Pick<RuleTable, 'inputs' | 'rows' | 'hit'>,
  domains: ReadonlyMap<string, InputDomain>,
  hasOtherwise: boolean,
): TableFindings {
  const samples = inputs.map((input) => samplesOf(input, rows, domains.get(input.code) ?? {}));
  const count = samples.reduce((product, list) => product * list.length, 1);
  if (count > mostCombinations) return { gaps: [], overlaps: [], unused: [], tooWide: true };
  const gaps: string[] = [];
  const overlaps = new Map<string, { first: number; second: number; at: string }>();
  const used = new Set<number>();
  for (const combination of combinations(samples)) {
    const holding = rows.flatMap((row, index) =>
      inputs.every(({ code }, at) => meets(combination[at], row.when.get(code))) ? [index] : [],
    );
    const described = (): string => inputs.map(({ code }, at) => `${code} = ${showValue(combination[at])}`).join(', ');
    if (holding.length === 0 && !hasOtherwise && gaps.length < mostTold) gaps.push(described());
    const [first, second] = holding;
    if (hit === 'unique' && second !== undefined && !overlaps.has(`${first} ${second}`))
      overlaps.set(`${first} ${second}`, { first, second, at: described() });
    for (const index of hit === 'unique' ? holding : holding.slice(0, 1)) used.add(index);
  }
  const unused = rows.flatMap((_, index) => (used.has(index) ? [] : [index]));
  return { gaps, overlaps: [...overlaps.values()].slice(0, mostTold), unused, tooWide: false };
}

export const showValue = (value: Value): string =>
  value instanceof Fraction ? value.toExactText() : typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;

/** One value of every kind that the rows can tell apart: at each bound, between two of them, and beyond the last. */
function samplesOf(input: NamedValue, rows: readonly TableRow[], domain: InputDomain): Value[] {
  if (input.type.kind === 'yes-no') return [true, false];
  const conditions = rows.flatMap(({ when }) => when.get(input.code) ?? []);
  if (input.type.kind === 'text') {
    const named = conditions.flatMap((condition) => (condition.kind === 'text' ? condition.words : []));
    return [...new Set(input.type.values ?? [...named, otherWord])];
  }
  const bounds = conditions
    .flatMap((condition) => (condition.kind === 'number' ? condition.intervals : []))
    .flatMap(({ low, high }) => [low?.value, high?.value]);
  const cuts = [...bounds, domain.min, domain.max]
    .filter((cut) => cut !== undefined)
    .toSorted((a, b) => a.compare(b))
    .filter((cut, at, all) => at === 0 || !cut.equals(all[at - 1]));
  if (cuts.length === 0) return [Fraction.zero];
  const found = [cuts[0].minus(Fraction.one)];
  for (const [at, cut] of cuts.entries()) {
    const next = cuts.at(at + 1);
    const between = next ? cut.plus(next).dividedBy(Fraction.of(2n)) : cut.plus(Fraction.one);
    found.push(cut, domain.whole ? (wholeBetween(cut, next) ?? cut) : between);
  }
  return found.filter(
    (value) =>
      (!domain.min || value.compare(domain.min) >= 0) &&
      (!domain.max || value.compare(domain.max) <= 0) &&
      (!domain.whole || value.denominator === 1n),
  );
}

function wholeBetween(low: Fraction, high: Fraction | undefined): Fraction | undefined {
  const floor = low.numerator / low.denominator - (low.numerator < 0n && low.denominator > 1n ? 1n : 0n);
  const next = Fraction.of(floor + 1n);
  return !high || next.compare(high) < 0 ? next : undefined;
}

function* combinations(lists: readonly (readonly Value[])[]): Generator<readonly Value[]> {
  if (lists.length === 0) return yield [];
  const [first, ...rest] = lists;
  for (const value of first) for (const tail of combinations(rest)) yield [value, ...tail];
}
