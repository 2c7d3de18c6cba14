/** Sets accounts beside printed tables of any shape: deviation, verdict and notes of every cell. */
import { combineDimensions, conversionFactor, Decimal, DomainError, type Bilingual, type Unit } from '@gep/kernel';
import type { CaseAxis, CaseMeasure, NormEdition, PrintedCase, PrintedTable } from '@gep/rulebook';
import type { Account } from '../account/account';
import { AccountFigures, decimalOf, quotientOf, type Figure, type FigureChoice } from './account-figures';
import type { Verdict } from './case-reproduction';
import { codesOf, namesIn } from './case-codes';
import { choiceOfCell, choiceOfTable, digitsAndUnit, measureOf, unitOfCell, wholeAxis as whole } from './cell-choice';
import { CellsUnanswerable } from './errors';
import { parsePrintedUnit } from './printed-unit';
import type { ComparedCell, ComparedTable, TablesReproduction } from './tables-reproduction';

/** Measures in per cent: they differ by points. */
const inPoints: ReadonlySet<CaseMeasure> = new Set(['share', 'areaShare', 'growth', 'areaGrowth']);

/**
 * Compares accounts with what a study printed.
 * @param accounts of all territories and periods of its observations
 * @throws CellsUnanswerable with every cell whose codes or units fit nothing
 */
export function reproduceTables(
  norm: NormEdition,
  printed: PrintedCase,
  accounts: readonly Account[],
): TablesReproduction {
  const comparison = new TablesComparison(norm, printed, accounts);
  const tables = printed.tables.map((table) => comparison.table(table));
  if (comparison.reasons.length > 0) throw new CellsUnanswerable(printed.case, comparison.reasons);
  const counts: Record<Verdict, number> = { equal: 0, within: 0, off: 0 };
  for (const { cells } of tables) for (const { verdict } of cells) counts[verdict] += 1;
  return {
    case: printed.case,
    title: printed.title,
    source: printed.source,
    norm: { id: norm.id, edition: norm.edition },
    tables,
    notes: printed.notes ?? [],
    names: namesIn(norm, printed),
    tolerance: comparison.tolerance,
    counts,
  };
}

interface CellPlace {
  readonly id: string;
  readonly row: string;
  readonly column: string;
  readonly measure: CaseMeasure;
}

class TablesComparison {
  readonly reasons: { cell: string; text: Bilingual }[] = [];
  readonly tolerance: { relative: number; points: number };
  private readonly figures: AccountFigures;
  private readonly known: Readonly<Record<CaseAxis, ReadonlySet<string>>>;

  constructor(
    private readonly norm: NormEdition,
    private readonly printed: PrintedCase,
    accounts: readonly Account[],
  ) {
    const { relative = '0.005', points = '0.5' } = printed.tolerance ?? {};
    this.tolerance = { relative: Number(relative), points: Number(points) };
    this.figures = new AccountFigures(accounts, norm.units);
    this.known = codesOf(norm, accounts);
  }

  table(table: PrintedTable): ComparedTable {
    const { id, title, rows, columns } = table;
    this.checkChoice(id, choiceOfTable(table));
    const cells = Object.entries(table.cells).flatMap(([row, own]) =>
      Object.entries(own).flatMap(([column, text]) => this.cell(table, row, column, text)),
    );
    return { id, title, rows, columns, cells, notes: this.notes([id]) };
  }

  private cell(table: PrintedTable, row: string, column: string, text: string): ComparedCell[] {
    const measure = measureOf(table, column);
    const place = { id: `${table.id}.${row}.${column}`, row, column, measure };
    const choice = this.choice(table, row, column);
    const [digits, ownUnit] = digitsAndUnit(text);
    try {
      if (!this.checkChoice(place.id, choice)) return [];
      const unit = this.unit(table, measure, choice, ownUnit);
      if (!unit) return this.refuse(place.id, `${measure}: 缺少 units`, `${measure}: give its unit under units`);
      const figure = this.figure(table, place, choice, unit);
      return [figure ? this.compared(place, digits, figure, unit) : this.refuseMeasure(place)].flat();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return this.refuse(place.id, error.text.zh, error.text.en);
    }
  }

  private figure(table: PrintedTable, place: CellPlace, choice: FigureChoice, unit: Unit): Figure | undefined {
    const { figures, norm } = this;
    const inUnit = (text: string): Unit => parsePrintedUnit(text, norm.units);
    const ofAll = (): FigureChoice => this.choice(table, whole, place.column);
    switch (place.measure) {
      case 'value':
        return figures.value(choice, unit);
      case 'quantity':
        return figures.quantity(choice, unit);
      case 'area':
        return figures.area(choice, unit);
      case 'share':
        return perCent(quotientOf(figures.value(choice, inUnit('yuan')), figures.value(ofAll(), inUnit('yuan'))));
      case 'areaShare':
        return perCent(quotientOf(figures.area(choice, inUnit('hm2')), figures.area(ofAll(), inUnit('hm2'))));
      case 'growth':
      case 'areaGrowth':
        return this.growth(table, place, choice);
      case 'rank':
        return this.rank(table, place);
      case 'perArea':
        return converted(
          inUnit('yuan/hm2'),
          unit,
          quotientOf(figures.value(choice, inUnit('yuan')), figures.area(choice, inUnit('hm2'))),
        );
      case 'unitValue': {
        const own = figures.unitOf(choice);
        if (own === undefined) return undefined;
        const quantity = figures.quantity(choice, inUnit(own));
        return converted(inUnit(`yuan/(${own})`), unit, quotientOf(figures.value(choice, inUnit('yuan')), quantity));
      }
      case 'ratio':
        return table.per && this.ratio(table.per, choice, unit);
    }
    return undefined;
  }

  private ratio(per: { amount: string; unit: string }, choice: FigureChoice, unit: Unit): Figure {
    const yuan = this.norm.units.parse('yuan');
    const by = parsePrintedUnit(per.unit, this.norm.units);
    const from: Unit = {
      text: `yuan/(${per.unit})`,
      dimension: combineDimensions(yuan.dimension, by.dimension, -1),
      factor: yuan.factor.dividedBy(by.factor),
    };
    const divisor: Figure = { value: new Decimal(per.amount), grade: 'published' };
    return converted(from, unit, quotientOf(this.figures.value(choice, yuan), divisor));
  }

  private growth({ since }: PrintedTable, { id, measure }: CellPlace, choice: FigureChoice): Figure | undefined {
    if (since === undefined || !this.checkChoice(id, { period: [since] })) return undefined;
    const of = (period: FigureChoice['period']): Figure =>
      measure === 'growth'
        ? this.figures.value({ ...choice, period }, this.norm.units.parse('yuan'))
        : this.figures.area({ ...choice, period }, this.norm.units.parse('hm2'));
    const ratio = quotientOf(of(choice.period), of([since]));
    return perCent({ value: ratio.value?.minus(1) ?? null, grade: ratio.grade });
  }

  private rank(table: PrintedTable, { row, column }: CellPlace): Figure {
    const valueOf = (code: string): Figure =>
      this.figures.value(this.choice(table, code, column), this.norm.units.parse('yuan'));
    const own = valueOf(row);
    const others = Object.keys(table.cells).filter((code) => code !== whole);
    const ahead = others.filter((code) => valueOf(code).value!.greaterThan(own.value!)).length;
    return { value: new Decimal(ahead + 1), grade: own.grade };
  }

  private compared(place: CellPlace, published: string, { value, grade }: Figure, unit: Unit): ComparedCell {
    const printed = new Decimal(published);
    const digits = decimalsOf(published);
    const isAbsolute = inPoints.has(place.measure) || place.measure === 'rank';
    const difference = value?.minus(printed);
    const deviation = isAbsolute || difference === undefined ? difference : quotient(difference, printed);
    return {
      ...place,
      published,
      computed: value?.toString() ?? null,
      rounded: value?.toFixed(digits) ?? null,
      unit: unit.text,
      deviation: deviation?.toNumber() ?? null,
      verdict: value ? this.verdict(place.measure, printed, digits, value) : 'off',
      grade,
      notes: this.notes([place.id, place.id.split('.').slice(0, 2).join('.')]),
    };
  }

  private verdict(measure: CaseMeasure, printed: Decimal, digits: number, value: Decimal): Verdict {
    if (value.toDecimalPlaces(digits).equals(printed)) return 'equal';
    const { relative, points } = this.tolerance;
    const lastDigit = new Decimal(10).pow(-digits).dividedBy(2);
    const isShare = inPoints.has(measure);
    const allowed =
      measure === 'rank'
        ? new Decimal(0)
        : isShare
          ? new Decimal(points)
          : Decimal.max(printed.abs().times(relative), lastDigit);
    return value.minus(printed).abs().lessThanOrEqualTo(allowed) ? 'within' : 'off';
  }

  private unit(table: PrintedTable, measure: CaseMeasure, choice: FigureChoice, own?: string): Unit | undefined {
    return unitOfCell(table, measure, own, () => this.figures.unitOf(choice), this.norm.units);
  }

  private choice(table: PrintedTable, row: string, column: string): FigureChoice {
    return choiceOfCell(table, row, column, this.known);
  }

  private checkChoice(cell: string, choice: FigureChoice): boolean {
    const astray = (Object.entries(choice) as [CaseAxis, readonly string[]][]).flatMap(([axis, codes]) =>
      codes.filter((code) => !this.known[axis].has(code)).map((code) => ({ axis, code })),
    );
    for (const { axis, code } of astray) {
      const known = [...this.known[axis]].join(', ');
      const sets = { zh: '；几项合成的行在 sets 中命名', en: '; name a row of several under sets' };
      this.refuse(
        cell,
        `${axis} 没有“${code}”；可用：${known}，或 total${sets.zh}`,
        `there is no ${axis} "${code}"; known are ${known}, or total${sets.en}`,
      );
    }
    return astray.length === 0;
  }

  private refuseMeasure({ id, measure }: CellPlace): never[] {
    return this.refuse(
      id,
      `“${measure}”在此不成立：列键须为指标（value、quantity 等）；ratio 需要 per，growth 需要 since，unitValue 的各行须同单位`,
      `"${measure}" cannot be had here: with columns by measure, keys are measures (value, quantity, …); ratio needs per, growth needs since, and unitValue lines of one unit`,
    );
  }

  private refuse(cell: string, zh: string, en: string): never[] {
    this.reasons.push({ cell, text: { zh, en } });
    return [];
  }

  private notes(ids: readonly string[]): number[] {
    return (this.printed.notes ?? []).flatMap(({ cells }, at) =>
      cells.some((cell) => ids.includes(cell)) ? [at] : [],
    );
  }
}

const converted = (from: Unit, to: Unit, { value, grade }: Figure): Figure => ({
  value: value?.times(decimalOf(conversionFactor(from, to))) ?? null,
  grade,
});

const perCent = ({ value, grade }: Figure): Figure => ({ value: value?.times(100) ?? null, grade });

function quotient(difference: Decimal, printed: Decimal): Decimal | undefined {
  return printed.isZero() ? undefined : difference.dividedBy(printed.abs());
}

const decimalsOf = (text: string): number => text.split('.')[1]?.length ?? 0;
