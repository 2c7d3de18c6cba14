/** Money as integer fen (1/100 yuan); the only place where a decimal amount becomes money. */
import { assert } from './assert';
import { Decimal } from './decimal';
import { Fraction } from './fraction';

/** An amount of money in fen. */
export type Fen = bigint;

/** What one unit of a quantity is worth, made ready once for many quantities. */
export interface UnitValue {
  readonly yuan: Fraction;
  /** The nearest double of the worth in fen; NaN where a double would be too coarse to decide anything. */
  readonly nearFen: number;
}

/** @param yuan exact worth of one unit, in yuan */
export function unitValue(yuan: Fraction): UnitValue {
  const near = yuan.times(hundred).toNumber();
  const size = Math.abs(near);
  const fine = yuan.numerator === 0n || (size > 1e-290 && size < 1e290);
  return { yuan, nearFen: fine ? near : NaN };
}

const hundred = Fraction.of(100n);
/** Above this a double has no digits left behind the point. */
const wholeFrom = 2 ** 52;
/** More than the three roundings of quantity, worth and product can shift a product: 3 × 2^-53 of it. */
const doubt = 2 ** -50;

/**
 * The worth of a quantity in fen, rounded half away from zero: the named rounding place of every account line.
 * The quantity counts as its shortest decimal and the result is that of exact arithmetic. The product in doubles decides
 * wherever it is farther from half a fen than its error can be, which is nearly always; the rest is done in fractions.
 * @param quantity a value that is not finite is a bug of the caller
 */
export function roundToFen(quantity: number, value: UnitValue): Fen {
  assert(Number.isFinite(quantity), `quantity is not finite: ${quantity}`);
  const near = wholeFen(quantity, value);
  if (!Number.isNaN(near)) return BigInt(near);
  const { numerator, denominator } = Fraction.parse(String(quantity))!.times(value.yuan).times(hundred);
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

/**
 * What `roundToFen` gives, as a double, for sums of very many that stay below 2^53 fen.
 * @returns NaN where doubles do not decide
 */
export function wholeFen(quantity: number, { nearFen }: UnitValue): number {
  const near = quantity * nearFen;
  const size = Math.abs(near);
  if (!(size < wholeFrom)) return NaN;
  const whole = Math.floor(size);
  const beyondHalf = size - whole - 0.5;
  if (Math.abs(beyondHalf) <= size * doubt) return NaN;
  const rounded = beyondHalf > 0 ? whole + 1 : whole;
  return near < 0 ? -rounded : rounded;
}

/** Fen as yuan with two decimals: `-1234.05`. */
export function formatYuan(fen: Fen): string {
  const size = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`;
}

/** Fen as 10^4 yuan with `places` decimals, rounded half away from zero, for tables of the field. */
export function formatWanYuan(fen: Fen, places = 2): string {
  return new Decimal(fen.toString()).dividedBy(1_000_000).toDecimalPlaces(places).toFixed(places);
}

/** Exact sum; zero for no parts. */
export function sumFen(parts: Iterable<Fen>): Fen {
  let total = 0n;
  for (const part of parts) total += part;
  return total;
}
