/** Shares a whole number out by weights so that the parts are whole numbers too and sum to it exactly. */
import { assert } from './assert';
import { Fraction } from './fraction';

/** One who takes part in a sharing. */
export interface ShareWeight {
  readonly code: string;
  /** Zero or more; only the ratios between weights count. */
  readonly weight: Fraction;
}

/**
 * Parts of a total in the ratio of the weights, by largest remainder (Hamilton's method). Each part is its exact share
 * rounded down or up; what rounding leaves goes, one each, to the largest remainders, and among equal ones to the smaller
 * code. Neither the order of the weights nor their scale changes a part; a negative total gives the negative parts of the
 * positive one; a weight of zero gets nothing.
 * @param total any whole number, for example fen
 * @returns a part for each code, in the order given; they sum to `total`
 * @throws BrokenInvariant on a negative weight, a code given twice, or a total that nobody has a weight for
 */
export function allocate(total: bigint, weights: readonly ShareWeight[]): Map<string, bigint> {
  assert(new Set(weights.map(({ code }) => code)).size === weights.length, 'two weights have the same code');
  const common = weights.reduce((product, { weight }) => leastMultiple(product, weight.denominator), 1n);
  const integers = weights.map(({ weight }) => weight.numerator * (common / weight.denominator));
  integers.forEach((integer, at) => assert(integer >= 0n, `negative weight of ${weights[at].code}`));
  const whole = integers.reduce((sum, integer) => sum + integer, 0n);
  if (total === 0n) return new Map(weights.map(({ code }) => [code, 0n]));
  assert(whole > 0n, 'no weight is above zero, so the total cannot be shared out');

  const size = total < 0n ? -total : total;
  const shares = weights.map(({ code }, at) => ({
    code,
    part: (size * integers[at]) / whole,
    remainder: (size * integers[at]) % whole,
  }));
  let left = shares.reduce((sum, { part }) => sum - part, size);
  const favoured = [...shares].sort((a, b) => {
    if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1;
    return a.code < b.code ? -1 : 1;
  });
  for (const share of favoured) {
    if (left === 0n) break;
    share.part += 1n;
    left -= 1n;
  }
  return new Map(shares.map(({ code, part }) => [code, total < 0n ? -part : part]));
}

function leastMultiple(a: bigint, b: bigint): bigint {
  return Fraction.of(a, b).numerator * b;
}
