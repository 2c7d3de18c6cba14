/** Reported quantities and prices that carry a spread: which are drawn, and what they are in one draw. */
import { conversionFactor, Fraction } from '@gep/kernel';
import type { StatisticSpread } from '@gep/observation';
import type { NormEdition } from '@gep/rulebook';
import type { MeasuredAmount } from '../account/statistic-lines';
import type { DrawnValues } from './drawn-values';

type Figure = 'quantity' | 'price';

export class DrawnAmounts {
  private readonly entered = new Map<string, { readonly nth: number; readonly of: Figure; readonly at: number }>();

  constructor(
    private readonly norm: NormEdition,
    readonly amounts: readonly MeasuredAmount[],
    private readonly values: DrawnValues,
  ) {}

  /** Quantities that are drawn: what is counted may depend on them. */
  get quantitiesDrawn(): boolean {
    return [...this.entered.values()].some(({ of }) => of === 'quantity');
  }

  /** The number of the drawn value of a figure; undefined when it has no spread. @param nth among the amounts */
  enter(nth: number, of: Figure): number | undefined {
    const { product, type, row, [of]: figure } = this.amounts[nth];
    const spread = of === 'quantity' ? row.spread : row.priceSpread;
    if (!spread || figure === null) return undefined;
    const unit = of === 'quantity' ? product.unit : product.priceUnit;
    const written = of === 'quantity' ? row.unit : row.priceUnit!;
    const factor = written === unit.text ? Fraction.one : conversionFactor(this.norm.units.parse(written), unit);
    const numbers = numbersOf(spread, factor, figure);
    const at = this.values.enterFigure({ kind: of, item: product.code, type, unit: unit.text, spread: numbers });
    this.entered.set(`${nth} ${of}`, { nth, of, at });
    return at;
  }

  /** Enters what bounds the use of services or is deducted as imports. */
  enterBounds(): void {
    const codes = new Set(this.norm.services.flatMap(({ use, imports }) => [use?.cap, use?.users, imports]));
    this.amounts.forEach(({ product }, nth) => codes.has(product.code) && this.enter(nth, 'quantity'));
  }

  /** Enters every figure; for formulas that read them all. */
  enterAll(): number[] {
    const figures: readonly Figure[] = ['quantity', 'price'];
    return this.amounts.flatMap((_, nth) => figures.flatMap((of) => this.enter(nth, of) ?? []));
  }

  /** The amounts of one draw. */
  drawn(numbers: Float64Array): MeasuredAmount[] {
    const amounts = [...this.amounts];
    for (const { nth, of, at } of this.entered.values())
      amounts[nth] = { ...amounts[nth], [of]: Fraction.parse(String(numbers[at]))! };
    return amounts;
  }
}

function numbersOf({ low, high, distribution }: StatisticSpread, factor: Fraction, value: Fraction) {
  const [from, to] = [low, high].map((text) => Fraction.parse(text)!.times(factor).toNumber());
  return { low: from, value: value.toNumber(), high: to, distribution };
}
