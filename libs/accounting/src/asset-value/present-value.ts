/** Net present value of the services that an ecosystem is expected to yield (SEEA EA chapter 10), and how it depends on the discounting. */
import { Fraction } from '@gep/kernel';
import type { AssetInput, AssetService, Expectation } from './asset-input';
import { constantRate, discountFactors, type DiscountTiming } from './discount-factors';
import { HorizonTooLong, RealTermsNeeded } from './errors';

/** Present value and the sum of the quantities, undiscounted. */
export interface PresentValue {
  readonly value: Fraction;
  readonly quantity: Fraction;
}

/** One cell of the sensitivity table. */
export interface SensitivityRow {
  readonly rate: Fraction;
  readonly timing: DiscountTiming;
  readonly horizon: number;
  /** Null where the expectations of the document do not reach so far. */
  readonly opening: Fraction | null;
  readonly closing: Fraction | null;
}

type Discounting = Pick<AssetInput, 'horizon' | 'inflation'> & { readonly factors: readonly Fraction[] };

/** `Σ quantity × price × factor`, over the horizon; nominal prices are deflated to the valuation date. @throws HorizonTooLong */
export function presentValue(
  service: Pick<AssetService, 'code'>,
  expected: Expectation,
  { factors, horizon, inflation }: Discounting,
): PresentValue {
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

/** Values of the whole under other rates, timings and horizons than the one chosen. */
export function sensitivityTable(input: AssetInput): SensitivityRow[] {
  const { rates, timings, horizons } = input.sensitivity;
  return rates.flatMap((rate) =>
    timings.flatMap((timing) =>
      horizons.map((horizon) => {
        const factors = discountFactors(constantRate(rate, timing), horizon);
        const whole = (side: 'opening' | 'closing'): Fraction | null =>
          wholeValue(input.services, side, { factors, horizon, inflation: input.inflation });
        return { rate, timing, horizon, opening: whole('opening'), closing: whole('closing') };
      }),
    ),
  );
}

function wholeValue(services: readonly AssetService[], side: 'opening' | 'closing', how: Discounting): Fraction | null {
  const reaches = (figures: readonly Fraction[] | Fraction): boolean =>
    figures instanceof Fraction || figures.length >= how.horizon;
  const expected = services.map((service) => service[side]);
  if (!expected.every((one) => one && reaches(one.quantity) && reaches(one.unitPrice))) return null;
  return services.reduce((sum, service) => sum.plus(presentValue(service, service[side]!, how).value), Fraction.zero);
}

/** @throws RealTermsNeeded */
export function inflationOf(terms: 'real' | 'nominal', inflation: Fraction | undefined): Fraction | null {
  if (terms === 'nominal' && !inflation) throw new RealTermsNeeded();
  return terms === 'nominal' ? inflation! : null;
}
