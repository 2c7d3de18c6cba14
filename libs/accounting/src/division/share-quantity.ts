/** Shares a physical quantity out so that the parts sum to it to the last bit, in whatever order they are added. */
import { allocate, assert, Fraction, type ShareWeight } from '@gep/kernel';

/** Bits of the significand of a double. */
const significandBits = 53;
/** The smallest double is 2^-1074. */
const leastExponent = -1074;

/**
 * Parts of a quantity by exact shares, in its unit. The quantity is counted in units of its own last bit (53 significant bits)
 * and these are shared out by largest remainder. Every part and every sum of parts is then a double, so that nothing is
 * rounded when parts are added, in any order. A part is within one last bit of the whole (1.1e-16 to 2.2e-16 of it) of its
 * exact share; a negative quantity gives the negative parts of the positive one.
 * @param shares not below zero, by part
 * @throws BrokenInvariant on a quantity that is not finite, and as `allocate`
 */
export function shareQuantity(quantity: number, shares: readonly ShareWeight[]): Map<string, number> {
  assert(Number.isFinite(quantity), `a quantity to divide is ${quantity}`);
  if (quantity === 0) return new Map(shares.map(({ code }) => [code, 0]));
  const exponent = lastBitExponent(Math.abs(quantity));
  const counted = allocate(countLastBits(quantity, exponent), shares);
  return new Map([...counted].map(([code, count]) => [code, scale(Number(count), exponent)]));
}

/** The power of two that the last of 53 significant bits stands for. */
function lastBitExponent(size: number): number {
  // The logarithm may be one off beside a power of two.
  let top = Math.floor(Math.log2(size));
  while (top < 1023 && powerOfTwo(top + 1) <= size) top += 1;
  while (powerOfTwo(top) > size) top -= 1;
  return Math.max(leastExponent, top - significandBits + 1);
}

function countLastBits(quantity: number, exponent: number): bigint {
  return BigInt(scale(quantity, -exponent));
}

/** `value` × 2^`exponent` in steps that no double overflows; exact when the result is a double. */
function scale(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return value * powerOfTwo(half) * powerOfTwo(exponent - half);
}

function powerOfTwo(exponent: number): number {
  return 2 ** exponent;
}

/** The share that all parts have together. */
export function sumOfShares(shares: readonly ShareWeight[]): Fraction {
  return shares.reduce((sum, { weight }) => sum.plus(weight), Fraction.zero);
}
