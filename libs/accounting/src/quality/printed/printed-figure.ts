/** A figure of a printed table with what it is of, and how figures of one kind are brought to one unit. */
import {
  conversionFactor,
  Decimal,
  DomainError,
  periodEnd,
  sameDimension,
  type Unit,
  type UnitTable,
} from '@gep/kernel';
import type { CaseMeasure } from '@gep/rulebook';
import { decimalsOf } from '../printed-range';
import type { StatedFigure } from '../stated-account';

export interface PrintedFigure {
  /** Where it stands. */
  readonly at: string;
  /** Its table and row, and its table and column: what stands in one of them may add up. */
  readonly row: string;
  readonly column: string;
  /** Digits as printed. */
  readonly text: string;
  readonly measure: CaseMeasure;
  readonly unit: Unit;
  /** Where its territory and period are not one, the name of the report and the last period. */
  readonly territory: string;
  readonly period: string;
  /** Two figures of a measure with one key are of the same thing; empty when nothing is known of what it is of. */
  readonly key: string;
  /** What a derived figure is taken of: the first that is stated, of those that fit. */
  readonly against: readonly Divisor[];
  readonly service?: string;
  readonly group?: string;
  readonly category?: string;
  readonly type?: string;
  /** Of a price: the γ that stands between quantity × price and value, exact text; null where nothing tells it. */
  readonly gamma?: string | null;
  /** Whether γ may be in the price already. */
  readonly gammaMayBeIn?: boolean;
  /** What its row calls itself, where the place says no more than a number. */
  readonly label?: string;
  /** What the stated formula gives, in the unit of the figure. */
  readonly predicted?: string;
}

/** Another figure by what it is of, or a number that stands beside the table. */
export type Divisor =
  | { readonly measure: CaseMeasure; readonly key: string }
  | { readonly at: string; readonly text: string; readonly unit: Unit };

/** `price` is before γ; `unitValue` is what one unit is worth, though papers print prices under that name, too. */
export const isPrice = (measure: string): boolean => measure === 'price' || measure === 'unitValue';

/** Figures of which one is the sum of the others. */
export interface PrintedSum {
  readonly total: PrintedFigure;
  readonly parts: readonly PrintedFigure[];
}

/** Written in a unit that is 10ⁿ of its own, with as many digits as before; undefined for any other unit. */
export function inUnit(
  { at, text, unit }: Pick<PrintedFigure, 'at' | 'text' | 'unit'>,
  to: Unit,
): StatedFigure | undefined {
  if (!sameDimension(unit.dimension, to.dimension)) return undefined;
  const { numerator, denominator } = conversionFactor(to, unit);
  const places = Decimal.log10(new Decimal(numerator.toString()).dividedBy(denominator.toString()));
  if (!places.isInteger()) return undefined;
  const decimals = decimalsOf(text) + places.toNumber();
  return { at, text: new Decimal(text).dividedBy(new Decimal(10).pow(places)).toFixed(Math.max(0, decimals)) };
}

/** The largest of units, so that no figure loses or gains a digit when it is written in it. */
export function largestUnit(units: readonly Unit[]): Unit {
  return units.reduce((largest, unit) => (unit.factor.compare(largest.factor) > 0 ? unit : largest));
}

/** All figures in the largest of their units; undefined when they have none in common. */
export function inOneUnit(
  figures: readonly Pick<PrintedFigure, 'at' | 'text' | 'unit'>[],
): { readonly unit: Unit; readonly figures: readonly StatedFigure[] } | undefined {
  const unit = largestUnit(figures.map((figure) => figure.unit));
  const written = figures.map((figure) => inUnit(figure, unit));
  return written.every((figure) => figure !== undefined) ? { unit, figures: written } : undefined;
}

/** Orders periods; what names no period of ours, `—` or `2015 to 2020`, goes by its text. */
export function comparePeriods(a: string, b: string): number {
  const [x, y] = [a, b].map(endOf);
  return x < y ? -1 : x > y ? 1 : 0;
}

function endOf(period: string): string {
  try {
    return periodEnd(period);
  } catch (error) {
    if (error instanceof DomainError) return period;
    throw error;
  }
}

/** How the unit is shown: powers of ten before it by the name that the units have for it, as 亿元 for 10^8 yuan. */
export function shownUnit({ text, factor, dimension }: Unit, units: UnitTable): string {
  if (!/^10[\^⁰¹²³⁴-⁹]/.test(text)) return text;
  const named = units.definitions.find(({ code }) => {
    const known = units.parse(code);
    return sameDimension(known.dimension, dimension) && known.factor.compare(factor) === 0;
  });
  return named?.code ?? text;
}
