/** Steps that a fraction alone does not have: rounding to a step, roots and powers of e to twenty decimals, extremes, the middle. */
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

/** Decimals to which the steps of the language go that have no exact value: root, exp, ln. */
const places = 20;

/** The n-th root of a number that is not negative, to twenty decimals, cut off. */
export function rootOf(value: Fraction, n: number): Fraction {
  const scale = 10n ** BigInt(places);
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

/** Beyond it a power of e says nothing about money. */
export const largestExponent = 100n;
const guard = 10n ** 80n;

/** e to the power of a number of at most a hundred either way, rounded to twenty decimals. */
export function expOf(value: Fraction): Fraction {
  const halvings = 16n;
  const small = (value.numerator * guard) / (value.denominator << halvings);
  let [sum, term] = [guard, guard];
  for (let n = 1n; term !== 0n; n += 1n) {
    term = (term * small) / (guard * n);
    sum += term;
  }
  for (let n = 0n; n < halvings; n += 1n) sum = (sum * sum) / guard;
  return toPlaces(Fraction.of(sum, guard));
}

/** The natural logarithm of a number above zero, rounded to twenty decimals. */
export function lnOf(value: Fraction): Fraction {
  let [twos, number] = [0n, value];
  const [two, half] = [Fraction.of(2n), Fraction.of(1n, 2n)];
  for (; number.compare(two) > 0; twos += 1n) number = number.times(half);
  for (; number.compare(half) < 0; twos -= 1n) number = number.times(two);
  return toPlaces(Fraction.of(nearOne(number) + twos * nearOne(two), guard));
}

/** ln of a half to two, in parts of `guard`: 2 (t + t³/3 + t⁵/5 + …) of t = (x − 1) / (x + 1). */
function nearOne(value: Fraction): bigint {
  const { numerator, denominator } = value.minus(Fraction.one).dividedBy(value.plus(Fraction.one));
  const t = (numerator * guard) / denominator;
  let [sum, power] = [0n, t];
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n;
    power = (((power * t) / guard) * t) / guard;
  }
  return 2n * sum;
}

function toPlaces(value: Fraction): Fraction {
  const step = Fraction.of(1n, 10n ** BigInt(places));
  return roundToStep(value, step, 'round');
}

export const minOf = (numbers: readonly Fraction[]): Fraction =>
  numbers.reduce((least, number) => (number.compare(least) < 0 ? number : least));
export const maxOf = (numbers: readonly Fraction[]): Fraction =>
  numbers.reduce((most, number) => (number.compare(most) > 0 ? number : most));

/** The middle one, or the mean of the two in the middle. @param numbers at least one */
export function medianOf(numbers: readonly Fraction[]): Fraction {
  const sorted = numbers.toSorted((a, b) => a.compare(b));
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : sorted[middle - 1].plus(sorted[middle]).dividedBy(Fraction.of(2n));
}

/** Sum over the least denominator that is met: many fractions of one denominator are added as whole numbers. */
export function sumFractions(numbers: Iterable<Fraction>): Fraction {
  const byDenominator = new Map<bigint, bigint>();
  for (const { numerator, denominator } of numbers)
    byDenominator.set(denominator, (byDenominator.get(denominator) ?? 0n) + numerator);
  let sum = Fraction.zero;
  for (const [denominator, numerator] of byDenominator) sum = sum.plus(Fraction.of(numerator, denominator));
  return sum;
}
