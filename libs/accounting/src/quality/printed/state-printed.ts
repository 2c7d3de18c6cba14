/** States printed figures in the form that the checks read: one account for each territory that the figures are of. */
import { combineDimensions, conversionFactor, Fraction, sameDimension, type Unit, type UnitTable } from '@gep/kernel';
import {
  emptyPeriod,
  type StatedAccount,
  type StatedArea,
  type StatedCell,
  type StatedName,
  type StatedPeriod,
  type StatedService,
  type StatedSum,
} from '../stated-account';
import { decimalsOf } from '../printed-range';
import { DerivedFigures } from './derived-figures';
import { findMisprints, type FoundMisprints } from './misprint';
import {
  comparePeriods,
  inOneUnit,
  inUnit,
  isPrice,
  largestUnit,
  shownUnit,
  type PrintedFigure,
  type PrintedSum,
} from './printed-figure';

/** Printed figures with what they are read by. */
export interface PrintedReport {
  readonly figures: readonly PrintedFigure[];
  readonly sums: readonly PrintedSum[];
  readonly types: readonly StatedName[];
  readonly services: readonly StatedName[];
  readonly units: UnitTable;
}

/** Sums are only those that the report implies by what its figures are of; nothing is added up for being in a table. */
export function statePrinted(report: PrintedReport): StatedAccount[] {
  const territories = [...new Set(report.figures.map(({ territory }) => territory))];
  const sums = [...report.sums, ...repetitionsOf(report.figures)];
  const found = findMisprints(sums);
  const failing = sums.filter((sum) => !found.explained.has(sum));
  return territories.map((territory) => new PrintedTerritory({ ...report, sums: failing }, territory, found).account());
}

/** What is printed twice must be the same both times; the first place where a figure is printed is held to be the one meant. */
function repetitionsOf(figures: readonly PrintedFigure[]): PrintedSum[] {
  const byKey = new Map(
    [...figures].reverse().flatMap((figure) => (figure.key === '' ? [] : [[keyOf(figure), figure] as const])),
  );
  return figures.flatMap((figure) => {
    const first = byKey.get(keyOf(figure));
    if (!first || first === figure || !['value', 'area', 'quantity'].includes(figure.measure)) return [];
    return [{ total: figure, parts: [first] }];
  });
}

class PrintedTerritory {
  private readonly own: readonly PrintedFigure[];
  private readonly valueUnit: Unit;
  private readonly derived: DerivedFigures;

  constructor(
    private readonly report: PrintedReport,
    private readonly territory: string,
    private readonly found: FoundMisprints,
  ) {
    const { figures, units } = report;
    this.own = figures.filter((figure) => figure.territory === territory);
    const money = units.parse('yuan');
    const values = this.own.filter(
      ({ measure, unit }) => measure === 'value' && sameDimension(unit.dimension, money.dimension),
    );
    this.valueUnit = values.length === 0 ? money : largestUnit(values.map(({ unit }) => unit));
    this.derived = new DerivedFigures(figures);
  }

  account(): StatedAccount {
    const { report, own } = this;
    const periods = [...new Set(own.map(({ period }) => period))].sort(comparePeriods);
    return {
      territory: this.territory,
      exact: false,
      onlyStatedSums: true,
      valueUnit: shownUnit(this.valueUnit, report.units),
      yuanPerValue: conversionFactor(this.valueUnit, report.units.parse('yuan')).toDecimalText(20),
      types: report.types,
      services: report.services,
      labels: new Map(own.flatMap(({ row, label }) => (label === undefined ? [] : [[row, label] as const]))),
      periods: periods.map((period) => this.period(period)),
    };
  }

  private period(period: string): StatedPeriod {
    const own = this.own.filter((figure) => figure.period === period);
    const areas = this.areas(own);
    const services = this.services(own);
    const counted = new Set(services.flatMap(({ at }) => [at, `${at}.value`]));
    return {
      ...emptyPeriod,
      period,
      areas,
      services,
      cells: this.cells(own, areas, counted),
      sums: this.sums(own),
      misprints: own.flatMap((figure) => {
        const misprint = this.found.misprints.get(figure);
        return misprint ? [{ ...misprint, unit: shownUnit(figure.unit, this.report.units) }] : [];
      }),
      ...this.derived.of(own),
    };
  }

  private sums(own: readonly PrintedFigure[]): StatedSum[] {
    return this.report.sums.flatMap((sum): StatedSum[] => {
      const { total, parts } = sum;
      const same = own.includes(total) ? inOneUnit([total, ...parts]) : undefined;
      if (!same) return [];
      const [whole, ...others] = same.figures;
      const acrossTables = parts.length === 1 || tableOf(parts[0]) !== tableOf(total);
      const held = this.found.heldTotals.get(sum);
      return [
        {
          total: whole,
          parts: others,
          unit: shownUnit(same.unit, this.report.units),
          ...(acrossTables ? { acrossTables } : {}),
          ...(held && parts.length > 1 ? { totalHoldsAt: held.at } : {}),
        },
      ];
    });
  }

  /** Rows by service; a value that stands alone is a row of its own unless the same is in another row already. */
  private services(own: readonly PrintedFigure[]): StatedService[] {
    const rows = new Map<string, PrintedFigure[]>();
    for (const figure of own)
      if (figure.service !== undefined && (['value', 'quantity'].includes(figure.measure) || isPrice(figure.measure))) {
        const id = figure.key === '' ? figure.at : figure.key;
        rows.set(id, [...(rows.get(id) ?? []), figure]);
      }
    return [...rows.values()].flatMap((row) => {
      const measured = (measure: string): PrintedFigure | undefined => row.find((figure) => figure.measure === measure);
      const quantity = measured('quantity');
      if (row[0].type !== undefined && !quantity) return [];
      return [this.service(measured('value'), quantity, measured('price') ?? measured('unitValue'), row[0])];
    });
  }

  private service(
    value: PrintedFigure | undefined,
    quantity: PrintedFigure | undefined,
    unitValue: PrintedFigure | undefined,
    { at: place, row, measure, service = '', group, category, type }: PrintedFigure,
  ): StatedService {
    // Checks name a figure by its row and measure, which is where it stands when the columns are measures.
    const at = place === `${row}.${measure}` ? row : place;
    const amount = value && inUnit(value, this.valueUnit);
    return {
      at,
      code: service,
      ...(group === undefined ? {} : { group }),
      ...(category === undefined ? {} : { category }),
      ...(type === undefined ? {} : { type }),
      ...(quantity ? { quantity: quantity.text, unit: quantity.unit.text, ...this.plainly(quantity) } : {}),
      ...(quantity?.predicted === undefined ? {} : { predicted: { quantity: quantity.predicted, most: false } }),
      ...(unitValue && quantity ? this.priceFor(quantity.unit, unitValue) : {}),
      ...(amount === undefined ? {} : { value: amount.text }),
    };
  }

  /** Yuan for one unit of the quantity; nothing when the printed price is of something else, or of lines with several γ. */
  private priceFor(quantity: Unit, { text, unit, gamma, gammaMayBeIn }: PrintedFigure): Partial<StatedService> {
    const money = this.report.units.parse('yuan');
    const wanted: Unit = {
      text: '',
      dimension: combineDimensions(money.dimension, quantity.dimension, -1),
      factor: money.factor.dividedBy(quantity.factor),
    };
    if (gamma === undefined || !sameDimension(unit.dimension, wanted.dimension)) return {};
    const factor = conversionFactor(unit, wanted).times(Fraction.parse(gamma ?? '1')!);
    const half = Fraction.parse('0.5')!.times(Fraction.parse(`1e-${decimalsOf(text)}`)!);
    return {
      unitValue: Fraction.parse(text)!.times(factor).toDecimalText(40),
      print: {
        half: half.times(factor).toDecimalText(40),
        gamma: gamma === null ? null : Fraction.parse(gamma)!.toDecimalText(6),
        ...(gammaMayBeIn ? { gammaMayBeIn } : {}),
      },
    };
  }

  /** In one of the units that bounds are written in, whatever the year. */
  private plainly({ text, unit }: PrintedFigure): Pick<StatedService, 'plain'> {
    const year = this.report.units.parse('a').dimension;
    for (const name of ['t', 'm3', 'm2']) {
      const to = this.report.units.parse(name);
      const dimension = [unit.dimension, combineDimensions(unit.dimension, year, 1)].find((one) =>
        sameDimension(one, to.dimension),
      );
      if (!dimension) continue;
      const quantity = Fraction.parse(text)!.times(unit.factor.dividedBy(to.factor)).toDecimalText(20);
      return { plain: { quantity, unit: name } };
    }
    return {};
  }

  private areas(own: readonly PrintedFigure[]): StatedArea[] {
    const hectare = this.report.units.parse('hm2');
    const areas = own.filter(({ measure, type, service, unit }) => {
      return (
        measure === 'area' &&
        type !== undefined &&
        service === undefined &&
        sameDimension(unit.dimension, hectare.dimension)
      );
    });
    return areas.map(({ at, type = '', text, unit }) => {
      return { at, type, area: Fraction.parse(text)!.times(conversionFactor(unit, hectare)).toDecimalText(12) };
    });
  }

  /** Cells are held against areas, so they are stated only where each of their types has one, or where none has. */
  private cells(
    own: readonly PrintedFigure[],
    areas: readonly StatedArea[],
    counted: ReadonlySet<string>,
  ): StatedCell[] {
    const known = new Set(areas.map(({ type }) => type));
    return own.flatMap((figure) => {
      const { at, measure, type, service, group } = figure;
      const row = service ?? group;
      if (measure !== 'value' || type === undefined || row === undefined || counted.has(at)) return [];
      if (known.size > 0 && !known.has(type)) return [];
      const value = inUnit(figure, this.valueUnit);
      return value ? [{ at, row, type, value: value.text }] : [];
    });
  }
}

const keyOf = ({ measure, key }: Pick<PrintedFigure, 'measure' | 'key'>): string => `${measure} ${key}`;
const tableOf = ({ at }: PrintedFigure): string => at.split('.')[0];
