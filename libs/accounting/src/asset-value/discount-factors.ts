/** Discount factors by rate and timing: what a unit of money in each year of the horizon is worth at the beginning. */
import { Decimal, Fraction } from '@gep/kernel';
import { HorizonTooLong } from './errors';

/** When in its year a flow counts. SEEA EA's formula is `end`; the first flow of `start` is not discounted at all. */
export type DiscountTiming = 'end' | 'start' | 'mid';
export const discountTimings: readonly DiscountTiming[] = ['end', 'start', 'mid'];

/** A rate that holds from a year of the horizon (1 is the first) until the next entry. */
export interface RateStep {
  readonly fromYear: number;
  /** Above −1, such as 0.02. */
  readonly rate: Fraction;
}

export type Discount =
  | { readonly kind: 'rates'; readonly steps: readonly RateStep[]; readonly timing: DiscountTiming }
  | { readonly kind: 'factors'; readonly factors: readonly Fraction[] };

/** @param steps in ascending order, the first from year 1 */
export function constantRate(rate: Fraction, timing: DiscountTiming): Discount {
  return { kind: 'rates', steps: [{ fromYear: 1, rate }], timing };
}

/** How the future is discounted, in the words of the documents: one rate, rates by year, or factors. */
export interface DiscountTerms {
  readonly rate?: Fraction;
  readonly schedule?: readonly RateStep[];
  readonly factors?: readonly Fraction[];
  /** Null where factors are given: they hold it. */
  readonly timing: DiscountTiming | null;
}

export function discountTerms(discount: Discount): DiscountTerms {
  if (discount.kind === 'factors') return { factors: discount.factors, timing: null };
  const { steps, timing } = discount;
  return steps.length === 1 ? { rate: steps[0].rate, timing } : { schedule: steps, timing };
}

/**
 * One factor a year. `end` and `start` are exact; `mid` takes a square root, to 40 digits.
 * With steps, a factor is the product of the years before it, each at its own rate (as the declining schedules do).
 * @throws HorizonTooLong when fewer factors are given than the horizon has years
 */
export function discountFactors(discount: Discount, horizon: number): Fraction[] {
  if (discount.kind === 'factors') {
    const { factors } = discount;
    if (factors.length < horizon) throw new HorizonTooLong('discount.factors', factors.length, horizon);
    return factors.slice(0, horizon);
  }
  const factors: Fraction[] = [];
  let atStart = Fraction.one;
  for (let year = 1; year <= horizon; year += 1) {
    const { rate } = discount.steps.reduce((now, step) => (step.fromYear <= year ? step : now));
    const growth = Fraction.one.plus(rate);
    const atEnd = atStart.dividedBy(growth);
    factors.push({ start: atStart, end: atEnd, mid: atStart.dividedBy(squareRoot(growth)) }[discount.timing]);
    atStart = atEnd;
  }
  return factors;
}

function squareRoot({ numerator, denominator }: Fraction): Fraction {
  const root = new Decimal(numerator.toString()).dividedBy(denominator.toString()).sqrt();
  return Fraction.parse(root.toFixed())!;
}
