/** What the accounts give for one cell of a printed table, in the unit of the cell. */
import {
  combineDimensions,
  conversionFactor,
  Decimal,
  dimensionless,
  periodEnd,
  weakerGrade,
  type Unit,
} from '@gep/kernel';
import type { CaseMeasure, NormEdition, PrintedTable } from '@gep/rulebook';
import type { ObservedPeriod } from '../account/observed-period';
import { yearsBetween } from '../indicator/indicator-report';
import { decimalOf, quotientOf, weakest, type AccountFigures, type Figure, type FigureChoice } from './account-figures';
import { choiceOfCell, wholeAxis, type KnownCodes } from './cell-choice';
import {
  lineMissing,
  notLater,
  onlyQuantity,
  periodMissing,
  perMissing,
  severalPrices,
  severalUnits,
  sinceMissing,
  wholeNotRanked,
} from './cell-refusals';
import { parsePrintedUnit } from './printed-unit';
import { moneyIn, type PrintedMoney } from './printed-money';
import { rankedAmong } from './ranked-among';

/** A cell that is asked for. */
interface AskedCell {
  readonly row: string;
  readonly column: string;
  readonly measure: CaseMeasure;
  /** Digits as printed. */
  readonly printed: string;
  readonly choice: FigureChoice;
  readonly unit: Unit;
}

const ofAreas: ReadonlySet<CaseMeasure> = new Set(['areaGrowth', 'areaDifference', 'dynamicDegree']);

export class CellFigures {
  constructor(
    private readonly norm: NormEdition,
    private readonly figures: AccountFigures,
    private readonly known: KnownCodes,
    private readonly observed: readonly ObservedPeriod[],
  ) {}

  /** @throws CellUnanswerable, FormulaNotHere, IncompatibleUnits */
  figure(table: PrintedTable, cell: AskedCell): Figure {
    const { choice, unit, measure } = cell;
    const { figures } = this;
    if (choice.formula && measure !== 'quantity') throw onlyQuantity(measure);
    const ofAll = (): FigureChoice => choiceOfCell(table, wholeAxis, cell.column, this.known);
    switch (measure) {
      case 'value': {
        const money = this.money(table, unit);
        return converted(money.unit, unit, money.of(choice));
      }
      case 'quantity':
        return figures.quantity(choice, unit);
      case 'area':
        return figures.area(choice, unit);
      case 'share':
        return this.perCent(quotientOf(this.yuan(choice), this.yuan(ofAll())), unit);
      case 'areaShare':
        return this.perCent(quotientOf(this.hectares(choice), this.hectares(ofAll())), unit);
      case 'rank':
        return this.rank(table, cell);
      case 'perArea': {
        const money = this.money(table, unit);
        return this.quotient(money, 'hm2', unit, quotientOf(money.of(choice), this.hectares(choice)));
      }
      case 'unitValue':
        return this.unitValue(table, cell);
      case 'price':
        return this.price(table, cell);
      case 'ratio': {
        if (!table.per) throw perMissing();
        const { amount, unit: by } = table.per;
        const money = this.money(table, timesUnit(unit, this.inUnit(by)));
        const divisor: Figure = { value: new Decimal(amount), grade: 'published' };
        return this.quotient(money, by, unit, quotientOf(money.of(choice), divisor));
      }
      default:
        return this.change(table, cell);
    }
  }

  /** Against the period that the table names. */
  private change(table: PrintedTable, { measure, choice, unit }: AskedCell): Figure {
    const { since } = table;
    if (since === undefined) throw sinceMissing(measure);
    if (choice.period?.length !== 1) throw periodMissing(measure);
    const [period] = choice.period;
    const money = this.money(table, measure === 'difference' ? unit : this.norm.units.parse('yuan'));
    const of = (at: string): Figure => {
      const then = { ...choice, period: [at] };
      return ofAreas.has(measure) ? this.hectares(then) : money.of(then);
    };
    const [after, before] = [of(period), of(since)];
    const grade = weakerGrade(after.grade, before.grade);
    if (measure === 'difference' || measure === 'areaDifference') {
      const own = measure === 'difference' ? money.unit : this.inUnit('hm2');
      return converted(own, unit, { value: after.value!.minus(before.value!), grade });
    }
    const { value: ratio } = quotientOf(after, before);
    if (ratio === null) return { value: null, grade };
    const growth = ratio.minus(1);
    if (measure === 'growth' || measure === 'areaGrowth') return this.perCent({ value: growth, grade }, unit);
    if (periodEnd(since) >= periodEnd(period)) throw notLater(measure, since, period);
    const years = yearsBetween(since, period);
    if (measure !== 'yearlyGrowth') return this.perCent({ value: growth.dividedBy(years), grade }, unit);
    const yearly = ratio.isNegative() ? null : ratio.pow(new Decimal(1).dividedBy(years)).minus(1);
    return this.perCent({ value: yearly, grade }, unit);
  }

  /** From the largest; equal values share their places, of which the printed one is taken. */
  private rank(table: PrintedTable, { row, column, choice, printed }: AskedCell): Figure {
    if (row === wholeAxis) throw wholeNotRanked();
    const own = this.yuan(choice);
    const others = rankedAmong(table, row, column, this.known, this.figures).map((other) => this.yuan(other).value!);
    const ahead = others.filter((value) => value.greaterThan(own.value!)).length;
    const level = others.filter((value) => value.equals(own.value!)).length;
    const last = ahead + Math.max(1, level);
    return { value: new Decimal(Math.min(Math.max(Number(printed), ahead + 1), last)), grade: own.grade };
  }

  private unitValue(table: PrintedTable, { measure, choice, unit }: AskedCell): Figure {
    const units = this.figures.unitsIn(choice);
    if (units.length === 0) throw lineMissing(choice);
    const own = this.figures.unitOf(choice);
    if (own === undefined) throw severalUnits(measure, units);
    const money = this.money(table, unit);
    const quantity = this.figures.quantity(choice, this.inUnit(own));
    return this.quotient(money, own, unit, quotientOf(money.of(choice), quantity));
  }

  private price(table: PrintedTable, { choice, unit }: AskedCell): Figure {
    const { rate } = this.money(table, unit);
    const found = this.figures.prices(choice).map(({ price, unit: text, grade, account }) => {
      const own = this.inUnit(text);
      if (!rate) return converted(own, unit, { value: price, grade });
      const { yuan, grade: ofRate } = rate.of(account);
      const from = overUnit(own, rate.unit);
      return converted(from, unit, { value: price.dividedBy(yuan), grade: weakerGrade(grade, ofRate) });
    });
    if (found.length === 0) throw lineMissing(choice);
    // Past fifteen digits, what tells prices apart is how their units were converted.
    const distinct = [...new Set(found.map(({ value }) => value!.toSignificantDigits(15).toString()))];
    if (distinct.length > 1) throw severalPrices(distinct.map((price) => `${price} ${unit.text}`));
    return { value: found[0].value, grade: weakest(found) };
  }

  private money(table: PrintedTable, unit: Unit): PrintedMoney {
    return moneyIn(table, unit, this.norm, this.figures, this.observed);
  }

  private quotient(money: PrintedMoney, by: string, unit: Unit, figure: Figure): Figure {
    return converted({ ...overUnit(money.unit, this.inUnit(by)), text: `${money.unit.text}/(${by})` }, unit, figure);
  }

  private yuan(choice: FigureChoice): Figure {
    return this.figures.value(choice, this.norm.units.parse('yuan'));
  }

  private hectares(choice: FigureChoice): Figure {
    return this.figures.area(choice, this.inUnit('hm2'));
  }

  private perCent(figure: Figure, unit: Unit): Figure {
    return converted(dimensionless, unit, figure);
  }

  private inUnit(text: string): Unit {
    return parsePrintedUnit(text, this.norm.units);
  }
}

function overUnit(unit: Unit, by: Unit): Unit {
  return {
    text: `${unit.text}/(${by.text})`,
    dimension: combineDimensions(unit.dimension, by.dimension, -1),
    factor: unit.factor.dividedBy(by.factor),
  };
}

/** What a quotient in `unit` is of, when it is divided by `by`. */
const timesUnit = (unit: Unit, by: Unit): Unit => ({
  text: `${unit.text} × ${by.text}`,
  dimension: combineDimensions(unit.dimension, by.dimension, 1),
  factor: unit.factor.times(by.factor),
});

const converted = (from: Unit, to: Unit, { value, grade }: Figure): Figure => ({
  value: value?.times(decimalOf(conversionFactor(from, to))) ?? null,
  grade,
});
