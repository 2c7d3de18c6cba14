/** Finds printed figures that are alone to blame where several sums fail: once such a figure reads otherwise, all of them hold. */
import { Decimal } from '@gep/kernel';
import { digitSwaps } from '../digit-slip';
import { decimalsOf, exactly, overlap, plus, printedRange, sumOf, times, type Range } from '../printed-range';
import { inOneUnit, type PrintedFigure, type PrintedSum } from './printed-figure';
import type { StatedMisprint } from './stated-print';

/** What was found in the sums of a report. */
export interface FoundMisprints {
  readonly misprints: ReadonlyMap<PrintedFigure, Omit<StatedMisprint, 'unit'>>;
  /** Sums that fail by a misprint; they are not to be blamed for it. */
  readonly explained: ReadonlySet<PrintedSum>;
  /** Totals of sums that fail, with another figure that holds to them. */
  readonly heldTotals: ReadonlyMap<PrintedSum, PrintedFigure>;
}

/** A sum with the ranges of its sides, in base units. */
interface Weighed {
  readonly sum: PrintedSum;
  readonly whole: Range;
  readonly parts: Range;
  readonly holds: boolean;
}

/** A figure and what the sums that it is in leave for it, in base units. */
interface Suspect {
  readonly figure: PrintedFigure;
  readonly left: Range;
  readonly failing: readonly Weighed[];
}

/** A figure is a suspect when it is in two failing sums or more and the same other reading mends these and spoils none. */
export function findMisprints(sums: readonly PrintedSum[]): FoundMisprints {
  const weighed = sums.flatMap((sum) => weigh(sum) ?? []);
  const sumsWith = new Map<PrintedFigure, Weighed[]>();
  for (const one of weighed)
    for (const figure of new Set([one.sum.total, ...one.sum.parts]))
      sumsWith.set(figure, [...(sumsWith.get(figure) ?? []), one]);
  const misprints = new Map<PrintedFigure, Omit<StatedMisprint, 'unit'>>();
  const explained = new Set<PrintedSum>();
  const suspects = [...sumsWith].flatMap(([figure, own]) => suspectOf(figure, own) ?? []);
  const most = (count: number): Suspect[] => suspects.filter(({ failing }) => failing.length === count);
  for (const count of [...new Set(suspects.map(({ failing }) => failing.length))].sort((a, b) => b - a))
    for (const suspect of most(count)) {
      if (suspect.failing.some(({ sum }) => explained.has(sum))) continue;
      const rivals = most(count).filter((other) => other.failing.some((one) => suspect.failing.includes(one)));
      // Where several readings would do, the figures do not tell which is wrong.
      if (rivals.length > 1) continue;
      misprints.set(suspect.figure, misprintOf(suspect));
      for (const { sum } of suspect.failing) explained.add(sum);
    }
  const heldTotals = new Map(
    weighed.flatMap((one): [PrintedSum, PrintedFigure][] => {
      const { total } = one.sum;
      const other = one.holds ? undefined : sumsWith.get(total)!.find(({ holds }) => holds)?.sum;
      return other ? [[one.sum, other.total === total ? other.parts[0] : other.total]] : [];
    }),
  );
  return { misprints, explained, heldTotals };
}

const baseRange = ({ text, unit }: PrintedFigure): Range => times(printedRange(text), exactly(factorOf({ unit })));

const factorOf = ({ unit: { factor } }: Pick<PrintedFigure, 'unit'>): Decimal =>
  new Decimal(factor.numerator.toString()).dividedBy(factor.denominator.toString());

/** One in the last digit is forgiven: rounded figures are often added again. Undefined where the sides have no common unit. */
function weigh(sum: PrintedSum): Weighed | undefined {
  const { total, parts } = sum;
  if (!inOneUnit([total, ...parts])) return undefined;
  const digit = new Decimal(10).pow(-decimalsOf(total.text)).times(factorOf(total));
  const whole = plus(baseRange(total), { low: digit.negated(), high: digit });
  const added = sumOf(parts.map(baseRange));
  return { sum, whole, parts: added, holds: overlap(whole, added) };
}

function suspectOf(figure: PrintedFigure, own: readonly Weighed[]): Suspect | undefined {
  const failing = own.filter(({ holds }) => !holds);
  if (failing.length < 2) return undefined;
  const wanted = own.map((one) => leftFor(figure, one));
  const left = {
    low: Decimal.max(...wanted.map(({ low }) => low)),
    high: Decimal.min(...wanted.map(({ high }) => high)),
  };
  const width = left.high.minus(left.low);
  const printed = baseRange(figure);
  const middle = left.low.plus(left.high).dividedBy(2);
  const error = printed.low.plus(printed.high).dividedBy(2).minus(middle).abs();
  // A reading that rounding leaves open as wide as the error itself tells nothing.
  const isTold = !width.isNegative() && error.greaterThan(width);
  const isPossible = printed.low.isNegative() || !left.high.isNegative();
  return isTold && isPossible ? { figure, left, failing } : undefined;
}

/** What the other figures of a sum leave for this one. */
function leftFor(figure: PrintedFigure, { sum, whole, parts }: Weighed): Range {
  if (sum.total === figure) {
    const digit = new Decimal(10).pow(-decimalsOf(figure.text)).times(factorOf(figure));
    return plus(parts, { low: digit.negated(), high: digit });
  }
  const own = baseRange(figure);
  const others = { low: parts.low.minus(own.low), high: parts.high.minus(own.high) };
  return { low: whole.low.minus(others.high), high: whole.high.minus(others.low) };
}

function misprintOf({ figure, left, failing }: Suspect): Omit<StatedMisprint, 'unit'> {
  const { at, text, service, type } = figure;
  const scale = factorOf(figure);
  const wanted = { low: left.low.dividedBy(scale), high: left.high.dividedBy(scale) };
  const fits = (candidate: string): boolean => overlap(printedRange(candidate), wanted);
  const finest = Math.max(
    ...failing.flatMap(({ sum }) =>
      inOneUnit([figure, sum.total, ...sum.parts])!.figures.map((one) => decimalsOf(one.text)),
    ),
  );
  const nearest = wanted.low.plus(wanted.high).dividedBy(2).toFixed(finest);
  const place = {
    at,
    text,
    sums: failing.map(({ sum: { total, parts } }) => (total === figure ? parts[0].at : total.at)),
    ...(service === undefined ? {} : { service }),
    ...(type === undefined ? {} : { type }),
  };
  const swapped = digitSwaps(text).find(fits);
  if (swapped !== undefined) return { ...place, reads: swapped, slip: 'digits', places: 0 };
  for (const places of [1, -1, 2, -2, 3, -3]) {
    const decimals = Math.max(0, decimalsOf(text) + places);
    const moved = new Decimal(text).dividedBy(new Decimal(10).pow(places)).toFixed(decimals);
    if (!new Decimal(text).isZero() && fits(moved))
      return { ...place, reads: decimals === finest ? moved : nearest, slip: 'point', places };
  }
  return { ...place, reads: nearest, slip: 'other', places: 0 };
}
