/** Exact steps that a fraction alone does not have: rounding to a step, the integer root, extremes. */
import { Fraction } from '@gep/kernel';

/** `half-away` is what people call rounding; `half-even` is that of GB/T 8170; `down` cuts off, `up` goes away from zero. */
export type RoundingMode = 'half-away' | 'half-even' | 'down' | 'up';
export const roundingModes: readonly RoundingMode[] = ['half-away', 'half-even', 'down', 'up'];

/** The whole number that a fraction rounds to. */
export function roundFraction({ numerator, denominator }: Fraction, mode: RoundingMode): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const whole = size / denominator;
  const rest = size % denominator;
  const up =
    mode === 'up'
      ? rest > 0n
      : mode === 'down'
        ? false
        : 2n * rest > denominator || (2n * rest === denominator && (mode === 'half-away' || whole % 2n === 1n));
  const rounded = up ? whole + 1n : whole;
  return numerator < 0n ? -rounded : rounded;
}

/** The multiple of a step: to the nearest (`round`), towards minus infinity (`floor`), towards plus infinity (`ceil`). */
export function roundToStep(value: Fraction, step: Fraction, way: 'round' | 'floor' | 'ceil'): Fraction {
  const quotient = value.dividedBy(step);
  const negative = quotient.numerator < 0n;
  const mode: RoundingMode = way === 'round' ? 'half-away' : (way === 'floor') === negative ? 'up' : 'down';
  return Fraction.of(roundFraction(quotient, mode)).times(step);
}

const rootPlaces = 20;

/** The n-th root of a number that is not negative, to twenty decimals, cut off: the one step of the language that is not exact. */
export function rootOf(value: Fraction, n: number): Fraction {
  const scale = 10n ** BigInt(rootPlaces);
  const target = (value.numerator * scale ** BigInt(n)) / value.denominator;
  let [low, high] = [0n, 1n];
  while (high ** BigInt(n) <= target) high *= 2n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** BigInt(n) <= target) low = middle;
    else high = middle;
  }
  return Fraction.of(low, scale);
}

export const minOf = (numbers: readonly Fraction[]): Fraction =>
  numbers.reduce((least, number) => (number.compare(least) < 0 ? number : least));
export const maxOf = (numbers: readonly Fraction[]): Fraction =>
  numbers.reduce((most, number) => (number.compare(most) > 0 ? number : most));

/** Sum over the least denominator that is met: many fractions of one denominator are added as whole numbers. */
export function sumFractions(numbers: Iterable<Fraction>): Fraction {
  const byDenominator = new Map<bigint, bigint>();
  for (const { numerator, denominator } of numbers)
    byDenominator.set(denominator, (byDenominator.get(denominator) ?? 0n) + numerator);
  let sum = Fraction.zero;
  for (const [denominator, numerator] of byDenominator) sum = sum.plus(Fraction.of(numerator, denominator));
  return sum;
}
