/** What a printed figure can have been before it was rounded, and arithmetic over such ranges. */
import { assert, Decimal, type Bilingual } from '@gep/kernel';

/** A closed range; `low` = `high` when the figure is exact. */
export interface Range {
  readonly low: Decimal;
  readonly high: Decimal;
}

export const exactly = (value: Decimal | string | number): Range => {
  const at = new Decimal(value);
  return { low: at, high: at };
};

/** Half a unit of the last digit to either side, so that 0.00 may be little; a bare 0 says that there is nothing. */
export function printedRange(text: string): Range {
  const value = new Decimal(text);
  if (value.isZero() && decimalsOf(text) === 0) return exactly(value);
  const half = new Decimal(10).pow(-decimalsOf(text)).dividedBy(2);
  return { low: value.minus(half), high: value.plus(half) };
}

/** How a figure is to be read: to the digit, or as rounded. */
export const rangeOf = (text: string, exact: boolean): Range => (exact ? exactly(text) : printedRange(text));

export const decimalsOf = (text: string): number => /\.(\d+)$/.exec(text)?.[1].length ?? 0;

export function plus(a: Range, b: Range): Range {
  return { low: a.low.plus(b.low), high: a.high.plus(b.high) };
}

export function sumOf(ranges: readonly Range[]): Range {
  return ranges.reduce(plus, exactly(0));
}

export function times(a: Range, b: Range): Range {
  return bracket([a.low.times(b.low), a.low.times(b.high), a.high.times(b.low), a.high.times(b.high)]);
}

/** @param b a range that holds no nought */
export function over(a: Range, b: Range): Range {
  assert(!holds(b, new Decimal(0)), 'division by a range that holds nought');
  return bracket([a.low.dividedBy(b.low), a.low.dividedBy(b.high), a.high.dividedBy(b.low), a.high.dividedBy(b.high)]);
}

/** The same range, wider by a share of its size on either side. */
export function widened({ low, high }: Range, relative: Decimal | string): Range {
  const size = Decimal.max(low.abs(), high.abs()).times(relative);
  return { low: low.minus(size), high: high.plus(size) };
}

export const overlap = (a: Range, b: Range): boolean => !(a.high.lessThan(b.low) || b.high.lessThan(a.low));
export const holds = (range: Range, value: Decimal): boolean =>
  !(value.lessThan(range.low) || value.greaterThan(range.high));
export const middle = ({ low, high }: Range): Decimal => low.plus(high).dividedBy(2);

/** How far apart two positive ranges are at the least, as a factor of 1 or more; 1 when they overlap. */
export function factorBetween(a: Range, b: Range): Decimal {
  if (overlap(a, b)) return new Decimal(1);
  const [small, large] = a.high.lessThan(b.low) ? [a, b] : [b, a];
  return large.low.dividedBy(small.high);
}

/** For people: as many decimals as the figure it is held against, or six significant digits. */
export function showLike(value: Decimal, like?: string): string {
  return like === undefined ? value.toSignificantDigits(6).toString() : value.toFixed(decimalsOf(like));
}

function bracket(values: readonly Decimal[]): Range {
  return { low: Decimal.min(...values), high: Decimal.max(...values) };
}

/**
 * A printed figure that misses its range by no more than one in the last digit, and by little of its size: what was
 * rounded was added, divided or rounded again.
 * @param most share of the figure beyond which the last digit is no small matter
 */
export function missesByLastDigit(text: string, right: Range, most: Decimal | string): boolean {
  const value = new Decimal(text);
  const nearest = value.lessThan(right.low) ? right.low : right.high;
  const gap = nearest.minus(value).abs();
  return (
    gap.lessThanOrEqualTo(new Decimal(10).pow(-decimalsOf(text))) && gap.lessThanOrEqualTo(value.abs().times(most))
  );
}

export const byLastDigit: Bilingual = {
  zh: '只差末位一个数字：由已取舍的数再相加或相除所致',
  en: 'off by one in the last digit: rounded figures were added or divided and rounded again',
};
