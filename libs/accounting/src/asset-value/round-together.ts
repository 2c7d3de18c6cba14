/** Rounds exact amounts of money to fen: one alone half away from zero, several so that they add up to a given whole. */
import { Fraction, type Fen } from '@gep/kernel';

const hundred = Fraction.of(100n);

/** @param yuan exact amount in yuan */
export function roundedFen({ numerator, denominator }: Fraction): Fen {
  return roundedRatio(100n * numerator, denominator);
}

/** What a product in yuan rounds to; the product is not reduced, which is dear for long fractions. */
export function roundedProduct(a: Fraction, b: Fraction): Fen {
  return roundedRatio(100n * a.numerator * b.numerator, a.denominator * b.denominator);
}

/** Half away from zero. */
function roundedRatio(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

/**
 * Amounts of either sign in fen that add up to the whole. Each is rounded alone; what is then too much or too little goes,
 * one fen each, to those whose rounding went furthest the other way, and among equal ones to the first by code.
 * @param whole the rounded difference of two values whose exact difference the parts are: less than a few fen away from
 * their sum
 */
export function roundTogether<K extends string>(parts: ReadonlyMap<K, Fraction>, whole: Fen): Map<K, Fen> {
  const rounded = [...parts].map(([code, yuan]) => {
    const fen = roundedFen(yuan);
    return { code, fen, over: Fraction.of(fen).minus(yuan.times(hundred)) };
  });
  let left = rounded.reduce((rest, { fen }) => rest - fen, whole);
  const step = left < 0n ? -1n : 1n;
  const favoured = [...rounded].sort((a, b) => {
    const order = a.over.compare(b.over) * Number(step);
    return order !== 0 ? order : a.code < b.code ? -1 : 1;
  });
  for (let at = 0; left !== 0n && favoured.length > 0; at = (at + 1) % favoured.length, left -= step)
    favoured[at].fen += step;
  return new Map(rounded.map(({ code, fen }) => [code, fen]));
}
