/** Money as integer fen (1/100 yuan); the only place where a decimal amount becomes money. */
import { assert } from './assert';
import { Decimal } from './decimal';

/** An amount of money in fen. */
export type Fen = bigint;

/**
 * Rounds an exact amount in yuan to fen, half away from zero: the named rounding place of every account line.
 * @param yuan amount in yuan; a non-finite value is a bug of the caller
 */
export function roundToFen(yuan: Decimal): Fen {
  assert(yuan.isFinite(), `amount is not finite: ${yuan.toString()}`);
  return BigInt(yuan.times(100).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toFixed(0));
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
