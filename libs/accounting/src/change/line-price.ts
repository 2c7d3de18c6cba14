/** Where the price of a line comes from: its class, the year in whose money it is, and how it was moved. */
import type { ParameterLookup, ParameterValue } from '@gep/formula';
import { conversionFactor, Fraction } from '@gep/kernel';
import type { NormEdition, NormParameterValue, PriceClass, Service } from '@gep/rulebook';
import type { AccountLine } from '../account/account';
import { inputsOf } from '../account/formula-inputs';
import { overPeriod, unitsOfService } from '../account/over-period';

/** What is known of the basis of a price. */
export interface PriceBasis {
  readonly class: PriceClass | null;
  /** Years in whose money the price is; none where the norm does not say. A formula may read prices of several. */
  readonly years: readonly string[];
  readonly region: string | null;
  /** How the value was moved from the place and year where it was found. */
  readonly index: string | null;
}

type FoundValue = ParameterValue & NormParameterValue;

/** Parameters in force that a price of money rests on; none for a price that was reported with a statistic. */
function valuesBehind(norm: NormEdition, service: Service, type: string | null, lookup: ParameterLookup): FoundValue[] {
  const { price } = service;
  if (price.kind === 'product') return [];
  const codes =
    price.kind === 'parameter'
      ? [price.parameter]
      : inputsOf(norm.formulas, price.formula).parameters.map(({ code }) => code);
  return codes.flatMap((code) => (lookup(code, type === null ? {} : { type }) as FoundValue | undefined) ?? []);
}

/** @param year of the period, in whose money reported prices are */
export function priceBasisOf(
  norm: NormEdition,
  line: Pick<AccountLine, 'service' | 'type'>,
  lookup: ParameterLookup,
  year: string,
): PriceBasis {
  const service = norm.services.find(({ code }) => code === line.service)!;
  if (service.price.kind === 'product') return { class: 'market', years: [year], region: null, index: null };
  const values = valuesBehind(norm, service, line.type, lookup);
  const only = <T>(facts: readonly (T | undefined)[]): T | null => {
    const [first] = facts.filter((fact) => fact !== undefined);
    return first !== undefined && facts.every((fact) => fact === undefined || fact === first) ? first : null;
  };
  const classes = values.map(({ code }) => norm.parameters.find((parameter) => parameter.code === code)?.priceClass);
  return {
    class: only(classes),
    years: [...new Set(values.flatMap(({ priceYear }) => priceYear ?? []))].sort(),
    region: only(values.map(({ region }) => region)),
    index: only(values.map(({ index }) => index)),
  };
}

/**
 * The price that the norm itself gives on the day of a lookup, in the unit of the line.
 * @returns undefined for prices that come with products or follow from an observation
 */
export function normPriceOf(
  norm: NormEdition,
  line: Pick<AccountLine, 'service' | 'type' | 'priceUnit'>,
  lookup: ParameterLookup,
  period: string,
): Fraction | undefined {
  const service = norm.services.find(({ code }) => code === line.service)!;
  if (service.price.kind !== 'parameter') return undefined;
  const [found] = valuesBehind(norm, service, line.type, lookup) as (FoundValue | undefined)[];
  if (!found) return undefined;
  const price = found.value.times(conversionFactor(found.unit, service.price.unit));
  const factors = unitsOfService(service);
  return factors ? price.times(overPeriod(factors.quantity, factors.price, norm.units, period).price.share) : price;
}
