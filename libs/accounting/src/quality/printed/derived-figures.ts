/** Finds, for figures that are taken of others (shares, growth, values per area, ranks), the stated figures behind them. */
import { combineDimensions, conversionFactor, sameDimension, type Unit } from '@gep/kernel';
import type { CaseMeasure } from '@gep/rulebook';
import type { StatedDerived, StatedFigure, StatedPeriod, StatedRank, StatedShares } from '../stated-account';
import { rankExpected } from '../check-shares';
import { overlap, printedRange } from '../printed-range';
import { quotientOf } from './check-derived';
import { inOneUnit, type Divisor, type PrintedFigure } from './printed-figure';

type Derived = Pick<StatedPeriod, 'derived' | 'shares' | 'ranks'>;

/** What each measure is taken of. */
const dividend: Partial<Record<CaseMeasure, CaseMeasure>> = {
  share: 'value',
  areaShare: 'area',
  growth: 'value',
  areaGrowth: 'area',
  perArea: 'value',
  ratio: 'value',
};

export class DerivedFigures {
  /** The first figure of each measure and key: of a table, and of all. */
  private readonly stated = new Map<string, PrintedFigure>();
  /** Ranks of the whole report, by their column. */
  private readonly rankColumns = new Map<string, PrintedFigure[]>();

  constructor(figures: readonly PrintedFigure[]) {
    for (const figure of figures)
      if (figure.measure === 'rank')
        this.rankColumns.set(figure.column, [...(this.rankColumns.get(figure.column) ?? []), figure]);
    for (const figure of [...figures].reverse()) {
      if (figure.key === '') continue;
      const id = `${figure.measure} ${figure.key}`;
      this.stated.set(id, figure).set(`${tableOf(figure)} ${id}`, figure);
    }
  }

  of(figures: readonly PrintedFigure[]): Derived {
    const derived: StatedDerived[] = [];
    const shares = new Map<string, { whole: StatedFigure; shares: StatedShares['shares'][number][] }>();
    for (const figure of figures) {
      const part = this.find(dividend[figure.measure], figure.key, figure);
      const bases = figure.against
        .map((divisor) => this.divisor(divisor, figure))
        .filter((found) => found !== undefined);
      // Where several will do, the one that was taken is the one that fits.
      const base = (part && bases.find((one) => gives(figure, part, one))) ?? bases[0];
      if (!part || !base) continue;
      if (figure.measure === 'share' || figure.measure === 'areaShare') this.addShare(figure, part, base, shares);
      else derived.push(...derivedOf(figure, part, base));
    }
    return { derived, shares: [...shares.values()], ranks: this.ranks(figures) };
  }

  /** Where the table of the figure has it, that is the one meant. */
  private find(measure: CaseMeasure | undefined, key: string, beside: PrintedFigure): PrintedFigure | undefined {
    if (measure === undefined || key === '') return undefined;
    const id = `${measure} ${key}`;
    return this.stated.get(`${tableOf(beside)} ${id}`) ?? this.stated.get(id);
  }

  private divisor(divisor: Divisor, beside: PrintedFigure): Pick<PrintedFigure, 'at' | 'text' | 'unit'> | undefined {
    return 'key' in divisor ? this.find(divisor.measure, divisor.key, beside) : divisor;
  }

  private addShare(
    { at, text, column, service, type }: PrintedFigure,
    part: PrintedFigure,
    base: Pick<PrintedFigure, 'at' | 'text' | 'unit'>,
    shares: Map<string, { whole: StatedFigure; shares: StatedShares['shares'][number][] }>,
  ): void {
    const same = inOneUnit([part, base]);
    if (!same) return;
    const [own, whole] = same.figures;
    const id = `${column} ${base.at}`;
    const known = shares.get(id) ?? { whole, shares: [] };
    // Parts may be printed in several units; the whole is then written in each of them.
    if (known.whole.text !== whole.text)
      return void shares.set(`${id} ${at}`, { whole, shares: [shareOf(at, text, own, service, type)] });
    known.shares.push(shareOf(at, text, own, service, type));
    shares.set(id, known);
  }

  /**
   * Ranks of one column, each with the value that it is of; only where all of them have one. A report may rank what stands
   * in one territory or the territories themselves: of the readings, the one that was meant is the one that fits.
   */
  private ranks(own: readonly PrintedFigure[]): StatedRank[][] {
    const ranked = own.filter(({ measure }) => measure === 'rank');
    return [...new Set(ranked.map(({ column }) => column))].flatMap((column) => {
      const whole = this.rankColumns.get(column) ?? [];
      const mine = ranked.filter((figure) => figure.column === column);
      const sameTime = whole.filter(({ period }) => period === mine[0].period);
      // Alone, anything would have to come first.
      const readings = [mine, sameTime, whole]
        .filter(({ length }) => length > 1)
        .flatMap((figures) => this.withValues(figures, new Set(mine)));
      const meant = readings.find((ranks) => ranks.every((one) => one.beside || rankExpected(one, ranks) === null));
      return meant ? [meant] : readings.slice(0, 1);
    });
  }

  private withValues(figures: readonly PrintedFigure[], own: ReadonlySet<PrintedFigure>): StatedRank[][] {
    const values = figures.map((figure) => this.find('value', figure.key, figure));
    const same = values.every((value) => value !== undefined) ? inOneUnit(values) : undefined;
    if (!same) return [];
    return [
      figures.map((figure, index) => ({
        at: figure.at,
        rank: figure.text,
        value: same.figures[index].text,
        type: figure.type,
        ...(own.has(figure) ? {} : { beside: true }),
      })),
    ];
  }
}

/** Whether a part of a base makes the figure, within the rounding of all three. */
function gives(figure: PrintedFigure, part: PrintedFigure, base: Pick<PrintedFigure, 'at' | 'text' | 'unit'>): boolean {
  const [one] = derivedOf(figure, part, base);
  const right = one && quotientOf(one, false);
  return right !== undefined && overlap(printedRange(figure.text), right);
}

function shareOf(at: string, share: string, { text }: StatedFigure, service?: string, type?: string) {
  return {
    at,
    share,
    part: text,
    ...(service === undefined ? {} : { service }),
    ...(type === undefined ? {} : { type }),
  };
}

function derivedOf(
  { at, text, measure, unit, service, type }: PrintedFigure,
  part: PrintedFigure,
  base: Pick<PrintedFigure, 'at' | 'text' | 'unit'>,
): StatedDerived[] {
  const quotient: Unit = {
    text: '',
    dimension: combineDimensions(part.unit.dimension, base.unit.dimension, -1),
    factor: part.unit.factor.dividedBy(base.unit.factor),
  };
  if (!sameDimension(quotient.dimension, unit.dimension)) return [];
  return [
    {
      at,
      text,
      unit: unit.text,
      isGrowth: measure === 'growth' || measure === 'areaGrowth',
      of: { at: part.at, text: part.text },
      by: { at: base.at, text: base.text },
      factor: conversionFactor(quotient, unit).toDecimalText(30),
      ...(service === undefined ? {} : { service }),
      ...(type === undefined ? {} : { type }),
    },
  ];
}

const tableOf = ({ at }: PrintedFigure): string => at.split('.')[0];
