/** Net present value of the services that an ecosystem is expected to yield (SEEA EA chapter 10), and how it depends on the discounting. */
import { Fraction, sumFen } from '@gep/kernel';
import type { AssetInput, AssetService, Expectation } from './asset-input';
import { constantRate, discountFactors, type DiscountTiming } from './discount-factors';
import { HorizonTooLong, RealTermsNeeded } from './errors';
import { roundedFen, roundedProduct } from './round-together';

/** Present value and the sum of the quantities, undiscounted. */
export interface PresentValue {
  readonly value: Fraction;
  readonly quantity: Fraction;
  /** Where every year is alike: one year, and what a yearly unit of money is worth over all of them. */
  readonly alike?: { readonly value: Fraction; readonly quantity: Fraction; readonly annuity: Fraction };
}

/** One cell of the sensitivity table. */
export interface SensitivityRow {
  readonly rate: Fraction;
  readonly timing: DiscountTiming;
  readonly horizon: number;
  /** Yuan, to the fen; null where the expectations of the document do not reach so far. */
  readonly opening: Fraction | null;
  readonly closing: Fraction | null;
}

type Discounting = Pick<AssetInput, 'horizon' | 'inflation'> & { readonly factors: readonly Fraction[] };

/** `Σ quantity × price × factor`, over the horizon; nominal prices are deflated to the valuation date. @throws HorizonTooLong */
export function presentValue(
  service: Pick<AssetService, 'code'>,
  expected: Expectation,
  how: Discounting,
): PresentValue {
  const { factors, horizon, inflation } = how;
  const { quantity: everyYear, unitPrice } = expected;
  if (everyYear instanceof Fraction && unitPrice instanceof Fraction) {
    const alike = { value: everyYear.times(unitPrice), quantity: everyYear, annuity: annuityOf(how) };
    const quantity = everyYear.times(Fraction.of(BigInt(horizon)));
    return { value: alike.value.times(alike.annuity), quantity, alike };
  }
  const yearly = (what: 'quantity' | 'unitPrice'): ((year: number) => Fraction) => {
    const given = expected[what];
    if (given instanceof Fraction) return () => given;
    if (given.length < horizon) throw new HorizonTooLong(`${service.code}.${what}`, given.length, horizon);
    return (year) => given[year];
  };
  const [quantityOf, priceOf] = [yearly('quantity'), yearly('unitPrice')];
  const growth = Fraction.one.plus(inflation ?? Fraction.zero);
  let [value, quantity, priceLevel] = [Fraction.zero, Fraction.zero, Fraction.one];
  for (let year = 0; year < horizon; year += 1) {
    priceLevel = priceLevel.times(growth);
    const flow = quantityOf(year);
    quantity = quantity.plus(flow);
    value = value.plus(flow.times(priceOf(year)).times(factors[year]).dividedBy(priceLevel));
  }
  return { value, quantity };
}

const annuities = new WeakMap<Discounting, Fraction>();

/** Value of one unit of money a year, which is exact, and the same for all services that are discounted alike. */
function annuityOf(how: Discounting): Fraction {
  const known = annuities.get(how);
  if (known) return known;
  const growth = Fraction.one.plus(how.inflation ?? Fraction.zero);
  let [sum, priceLevel] = [Fraction.zero, Fraction.one];
  for (const factor of how.factors.slice(0, how.horizon)) {
    priceLevel = priceLevel.times(growth);
    sum = sum.plus(factor.dividedBy(priceLevel));
  }
  annuities.set(how, sum);
  return sum;
}

/**
 * Values of the whole under other rates, timings and horizons than the one chosen: to the fen what a valuation with these
 * terms gives, as each service is rounded alone and the whole is their sum.
 */
export function sensitivityTable(input: AssetInput): SensitivityRow[] {
  const { rates, timings, horizons } = input.sensitivity;
  return rates.flatMap((rate) =>
    timings.flatMap((timing) =>
      horizons.map((horizon) => {
        const how = { rate, timing, horizon, inflation: input.inflation };
        const [opening, closing] = [input.services.map((one) => one.opening), input.services.map((one) => one.closing)];
        return { rate, timing, horizon, opening: wholeValue(opening, how), closing: wholeValue(closing, how) };
      }),
    ),
  );
}

type ConstantDiscounting = Omit<Discounting, 'factors'> & { readonly rate: Fraction; readonly timing: DiscountTiming };

/** What is the same every year is discounted for all years at once: long fractions are dear. */
function wholeValue(expected: readonly (Expectation | undefined)[], how: ConstantDiscounting): Fraction | null {
  const reaches = (figures: readonly Fraction[] | Fraction): boolean =>
    figures instanceof Fraction || figures.length >= how.horizon;
  const known = expected.filter((one) => one !== undefined && reaches(one.quantity) && reaches(one.unitPrice));
  if (known.length < expected.length) return null;
  const annuity = constantAnnuity(how);
  const factors = discountFactors(constantRate(how.rate, how.timing), how.horizon);
  const fen = (known as Expectation[]).map((one) => {
    const flow = flowOf(one);
    return flow
      ? roundedProduct(flow, annuity)
      : roundedFen(presentValue({ code: '' }, one, { ...how, factors }).value);
  });
  return Fraction.of(sumFen(fen), 100n);
}

/** The flow of every year; undefined when years differ. */
const flowOf = ({ quantity, unitPrice }: Expectation): Fraction | undefined =>
  quantity instanceof Fraction && unitPrice instanceof Fraction ? quantity.times(unitPrice) : undefined;

/** The sum of all factors, deflated: a geometric series, exactly what adding them would give. */
function constantAnnuity({ rate, timing, horizon, inflation }: ConstantDiscounting): Fraction {
  const [first] = discountFactors(constantRate(rate, timing), 1);
  const growth = Fraction.one.plus(inflation ?? Fraction.zero);
  const ratio = Fraction.one.dividedBy(Fraction.one.plus(rate).times(growth));
  return first.dividedBy(growth).times(geometricSum(ratio, BigInt(horizon)));
}

/** 1 + x + … + x^(n − 1). */
function geometricSum({ numerator: p, denominator: q }: Fraction, n: bigint): Fraction {
  if (p === q) return Fraction.of(n);
  return Fraction.of(q ** n - p ** n, q ** (n - 1n) * (q - p));
}

/** @throws RealTermsNeeded */
export function inflationOf(terms: 'real' | 'nominal', inflation: Fraction | undefined): Fraction | null {
  if (terms === 'nominal' && !inflation) throw new RealTermsNeeded();
  return terms === 'nominal' ? inflation! : null;
}
