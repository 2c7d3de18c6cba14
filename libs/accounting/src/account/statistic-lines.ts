/** Lines of measured services: each product or statistic that was reported, at its price. */
import type { ProductRow } from '@gep/formula';
import { conversionFactor, Fraction, roundToFen } from '@gep/kernel';
import type { StatisticRow } from '@gep/observation';
import type { NormEdition, ProductDefinition, Service } from '@gep/rulebook';
import { ObservedAt, StatisticPriceMissing, StatisticRepeated, StatisticUnreadable } from '../errors';
import type { Counted } from '../counting/count-supplies';
import { AccountLine } from './account';
import { ExactTerm, gammaOf, joinTerms, priceOf, TermsContext } from './line-terms';
import { ObservedPeriod } from './observed-period';

/** A reported amount in the units of its product. */
export interface MeasuredAmount {
  readonly product: ProductDefinition;
  readonly type: string | null;
  readonly quantity: Fraction;
  readonly price: Fraction | null;
  readonly row: StatisticRow;
}

/**
 * Reads the statistics of an observation; items that the norm does not have were refused at import and are left out.
 * @throws StatisticUnreadable, StatisticRepeated
 */
export function readStatistics(norm: NormEdition, observed: ObservedPeriod): MeasuredAmount[] {
  const products = new Map(norm.products.map((product) => [product.code, product]));
  const seen = new Set<string>();
  return observed.statistics.flatMap((row) => {
    const product = products.get(row.item);
    if (!product) return [];
    const type = row.type ?? product.type ?? null;
    const key = JSON.stringify([row.item, type]);
    if (seen.has(key)) throw new StatisticRepeated(placeOf(observed, row), row.item, type);
    seen.add(key);
    const inUnit = (text: string, from: string | null, to: ProductDefinition['unit']): Fraction => {
      const value = Fraction.parse(text);
      if (!value) throw new StatisticUnreadable(placeOf(observed, row), row.item, text);
      return from === null || from === to.text ? value : value.times(conversionFactor(norm.units.parse(from), to));
    };
    const quantity = inUnit(row.quantity, row.unit, product.unit);
    const price = row.price === null ? null : inUnit(row.price, row.priceUnit, product.priceUnit);
    return [{ product, type, quantity, price, row }];
  });
}

/** The rows that product formulas read. */
export function productRows(amounts: readonly MeasuredAmount[]): ProductRow[] {
  return amounts.map(({ product, type, quantity, price }) => ({
    product: product.code,
    ...(type === null ? {} : { type }),
    fields: {
      output: quantity.toDecimalText(40),
      ...(price === null ? {} : { price: price.toDecimalText(40) }),
    },
  }));
}

/** The amounts that a measured service counts: those of its products, in the types where it applies. */
export function amountsOf(service: Service, amounts: readonly MeasuredAmount[]): MeasuredAmount[] {
  const { quantity } = service;
  if (quantity.kind === 'formula') return [];
  const codes = quantity.kind === 'products' ? quantity.products : [quantity.product];
  return amounts.filter(
    ({ product, type }) => codes.includes(product.code) && (type === null || service.types.includes(type)),
  );
}

/**
 * One line per type and item.
 * @param counted what of the amount is counted
 * @param environment what a price formula reads of the observation
 * @throws StatisticPriceMissing, ParameterMissing
 */
export function statisticLine(
  service: Service,
  amount: MeasuredAmount,
  counted: Counted,
  context: TermsContext,
  environment: () => Parameters<typeof priceOf>[3],
): AccountLine {
  const { product, type } = amount;
  const ownPrice = service.price.kind === 'product';
  const price = ownPrice ? givenPrice(amount, context.at) : priceOf(service, type, context, environment());
  const priceUnit = service.price.kind === 'product' ? product.priceUnit.text : service.price.unit.text;
  const yuanScale = ownPrice ? product.yuanScale : service.yuanScale;
  const terms = joinTerms(price, priceUnit, gammaOf(service, type, context), yuanScale);
  const { quantity, supplied, isUsed } = counted;
  return {
    service: service.code,
    category: service.category,
    group: service.group,
    type,
    item: product.code,
    quantity,
    supplied,
    unit: product.unit.text,
    price: isUsed ? terms.price : '0',
    priceUnit,
    gamma: terms.gamma,
    valueFen: isUsed ? roundToFen(quantity, terms.unitValue) : 0n,
    grade: terms.grade,
  };
}

function givenPrice({ price, product, row }: MeasuredAmount, at: ObservedAt): ExactTerm {
  if (price === null) throw new StatisticPriceMissing(placeOf(at, row), product.code, product.priceUnit.text);
  return { value: price, grade: 'reported' };
}

function placeOf({ territory, period }: ObservedAt, { sheet, row }: StatisticRow): ObservedAt {
  return { territory, period, sheet, row };
}
