/** What a modelled line states over its period: a factor that is a rate of the year counts for the period's share of it. */
import { combineDimensions, Fraction, sameDimension, shareOfYear, Unit, UnitTable, UnknownUnit } from '@gep/kernel';
import type { Service } from '@gep/rulebook';

/** The quantity or the price of a line, and how it follows from what its formula or parameter gives. */
export interface FactorOverPeriod {
  /** Multiplies what is given; 1 where that is no rate of the year. */
  readonly share: Fraction;
  /** Unit over the period: `t` for a rate in `t/a`. */
  readonly unit: string;
}

export interface LineOverPeriod {
  readonly quantity: FactorOverPeriod;
  readonly price: FactorOverPeriod;
}

/**
 * The share of the year goes to the factor that is a rate of the year: to the quantity (t/a × yuan/t), else to the price
 * (hm2 × yuan/(hm2*a)). Where quantity × price is plain money, the norm counts in the period already, and nothing is done.
 * @param quantity unit of the formula of the quantity
 * @param price unit of the parameter or formula of the price
 * @throws InvalidPeriod
 */
export function overPeriod(quantity: Unit, price: Unit, units: UnitTable, period: string): LineOverPeriod {
  const year = units.parse('a');
  const value = combineDimensions(quantity.dimension, price.dimension, 1);
  const plain = (unit: Unit): FactorOverPeriod => ({ share: Fraction.one, unit: unit.text });
  const taken = (unit: Unit): FactorOverPeriod => ({ share: shareOfYear(period), unit: timesYear(unit, year, units) });
  if (!isRate(value, year)) return { quantity: plain(quantity), price: plain(price) };
  return isRate(quantity.dimension, year)
    ? { quantity: taken(quantity), price: plain(price) }
    : { quantity: plain(quantity), price: taken(price) };
}

/** The units of the two factors of a modelled service; undefined for a measured one, which is counted in the period. */
export function unitsOfService({ quantity, price }: Service): { quantity: Unit; price: Unit } | undefined {
  return quantity.kind === 'formula' && price.kind !== 'product'
    ? { quantity: quantity.unit, price: price.unit }
    : undefined;
}

/** What a rate amounts to; one rounding, because the numerator of a share is 1. */
export function amountOf(rate: number, { numerator, denominator }: Fraction): number {
  return denominator === 1n ? rate : (rate * Number(numerator)) / Number(denominator);
}

function isRate(dimension: Unit['dimension'], year: Unit): boolean {
  return Object.keys(year.dimension).every((base) => dimension[base] === -1);
}

/** Text of the unit times a year: what is left when `/a` is struck out, wherever that is a unit of the same size. */
function timesYear(unit: Unit, year: Unit, units: UnitTable): string {
  const wanted = combineDimensions(unit.dimension, year.dimension, 1);
  const factor = unit.factor.times(year.factor);
  const struck = strikings.map(([from, to]) => unit.text.replace(from, to)).filter((text) => text !== unit.text);
  const found = struck.find((text) => {
    const parsed = parse(text, units);
    return parsed !== undefined && sameDimension(parsed.dimension, wanted) && parsed.factor.equals(factor);
  });
  return found ?? `${unit.text}*a`;
}

const yearNames = '(?:a|年|yr)';
const strikings: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`\\s*/\\s*${yearNames}$`), ''],
  [new RegExp(`\\(([^()*·×]+)\\s*[*·×]\\s*${yearNames}\\)$`), '$1'],
  [new RegExp(`\\(${yearNames}\\s*[*·×]\\s*([^()*·×]+)\\)$`), '$1'],
  [new RegExp(`\\s*[*·×]\\s*${yearNames}\\)$`), ')'],
  [new RegExp(`\\(${yearNames}\\s*[*·×]\\s*`), '('],
];

function parse(text: string, units: UnitTable): Unit | undefined {
  try {
    return units.parse(text);
  } catch (error) {
    if (error instanceof UnknownUnit) return undefined;
    throw error;
  }
}
