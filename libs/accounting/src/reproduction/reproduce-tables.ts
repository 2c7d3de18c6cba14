/** Sets accounts beside printed tables of any shape: deviation, verdict and notes of every cell. */
import {
  closestWord,
  conversionFactor,
  Decimal,
  dimensionless,
  DomainError,
  type Bilingual,
  type Unit,
} from '@gep/kernel';
import {
  measuresInPoints,
  type CaseAxis,
  type CaseMeasure,
  type NormEdition,
  type PrintedCase,
  type PrintedTable,
} from '@gep/rulebook';
import type { Account } from '../account/account';
import type { ObservedPeriod } from '../account/observed-period';
import { AccountFigures, decimalOf, isChosen, type Figure, type FigureChoice } from './account-figures';
import type { Verdict } from './case-reproduction';
import { codesOf, namesIn } from './case-codes';
import {
  choiceOfCell,
  choiceOfTable,
  digitsAndUnit,
  measureOf,
  unitOfCell,
  wholeAxis as whole,
  type KnownCodes,
} from './cell-choice';
import { CellFigures } from './cell-figures';
import { lineMissing, severalUnits, unitMissing } from './cell-refusals';
import { CellsUnanswerable } from './errors';
import { FormulaQuantities } from './formula-quantities';
import type { ComparedCell, ComparedTable, TablesReproduction } from './tables-reproduction';

/**
 * Compares accounts with what a study printed.
 * @param accounts of the territories and periods of its observations
 * @param observed all of them; a cell of one that has no account, because it was refused, is left out
 * @throws CellsUnanswerable with every cell whose codes or units fit nothing
 */
export function reproduceTables(
  norm: NormEdition,
  printed: PrintedCase,
  accounts: readonly Account[],
  observed: readonly ObservedPeriod[],
): TablesReproduction {
  const comparison = new TablesComparison(norm, printed, accounts, observed);
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
    leftOut: comparison.leftOut,
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
  readonly leftOut: string[] = [];
  readonly tolerance: { relative: number; points: number };
  private readonly accountFigures: AccountFigures;
  private readonly cellFigures: CellFigures;
  private readonly known: KnownCodes;
  /** Observed, and without an account. */
  private readonly refused: readonly ObservedPeriod[];

  constructor(
    private readonly norm: NormEdition,
    private readonly printed: PrintedCase,
    accounts: readonly Account[],
    observed: readonly ObservedPeriod[],
  ) {
    const { relative = '0.005', points = '0.5' } = printed.tolerance ?? {};
    this.tolerance = { relative: Number(relative), points: Number(points) };
    const made = new Set(accounts.map(({ territory, period }) => `${territory} ${period}`));
    const [kept, refused] = [true, false].map((isMade) =>
      observed.filter(({ territory, period }) => made.has(`${territory} ${period}`) === isMade),
    );
    this.refused = refused;
    this.known = codesOf(norm, [...accounts, ...refused]);
    this.accountFigures = new AccountFigures(accounts, norm.units, new FormulaQuantities(norm, kept));
    this.cellFigures = new CellFigures(norm, this.accountFigures, this.known, observed);
  }

  table(table: PrintedTable): ComparedTable {
    const { id, title, rows, columns, since } = table;
    // What holds for every cell is refused once.
    const isFit = [choiceOfTable(table), ...(since === undefined ? [] : [{ period: [since] }])]
      .map((choice) => this.checkChoice(id, choice))
      .every((fits) => fits);
    const cells = Object.entries(isFit ? table.cells : {}).flatMap(([row, own]) =>
      Object.entries(own).flatMap(([column, text]) => this.cell(table, row, column, text)),
    );
    return { id, title, rows, columns, cells, notes: this.notes([id]) };
  }

  private cell(table: PrintedTable, row: string, column: string, text: string): ComparedCell[] {
    const measure = measureOf(table, column);
    const place = { id: `${table.id}.${row}.${column}`, row, column, measure };
    const choice = choiceOfCell(table, row, column, this.known);
    const [digits, ownUnit] = digitsAndUnit(text);
    try {
      if (!this.checkChoice(place.id, choice)) return [];
      if (this.needsRefused(table, place, choice)) {
        this.leftOut.push(place.id);
        return [];
      }
      const unit = this.unit(table, measure, choice, ownUnit);
      const figure = this.cellFigures.figure(table, { ...place, choice, unit, printed: digits });
      return [this.compared(place, digits, figure, unit)];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.reasons.push({ cell: place.id, text: error.text });
      return [];
    }
  }

  /** Whether the figure takes part of an account that was refused. */
  private needsRefused(table: PrintedTable, { column, measure }: CellPlace, choice: FigureChoice): boolean {
    const amongAll = measure === 'share' || measure === 'areaShare' || measure === 'rank';
    const reach = amongAll ? choiceOfCell(table, whole, column, this.known) : choice;
    const { since } = table;
    return this.refused.some(
      (one) =>
        isChosen(one, reach) ||
        (since !== undefined && fromSince.has(measure) && isChosen(one, { ...reach, period: [since] })),
    );
  }

  /** @throws CellUnanswerable, UnknownUnit */
  private unit(table: PrintedTable, measure: CaseMeasure, choice: FigureChoice, own?: string): Unit {
    const { accountFigures: figures } = this;
    const unit = unitOfCell(table, measure, own, () => figures.unitOf(choice), this.norm.units);
    if (unit) return unit;
    const units = figures.unitsIn(choice);
    if (choice.formula) throw unitMissing(measure);
    throw units.length === 0 ? lineMissing(choice) : severalUnits(measure, units);
  }

  private compared(place: CellPlace, published: string, { value, grade }: Figure, unit: Unit): ComparedCell {
    const printed = new Decimal(published);
    const digits = decimalsOf(published);
    const difference = value?.minus(printed);
    const points = measuresInPoints.has(place.measure) ? difference?.times(pointsIn(unit)) : undefined;
    const deviation = points ?? (place.measure === 'rank' ? difference : difference && quotient(difference, printed));
    return {
      ...place,
      published,
      computed: value?.toString() ?? null,
      rounded: value?.toFixed(digits) ?? null,
      unit: unit.text,
      deviation: deviation?.toNumber() ?? null,
      verdict: value ? this.verdict(place.measure, printed, digits, value, unit) : 'off',
      grade,
      notes: this.notes([place.id, place.id.split('.').slice(0, 2).join('.')]),
    };
  }

  private verdict(measure: CaseMeasure, printed: Decimal, digits: number, value: Decimal, unit: Unit): Verdict {
    if (value.toDecimalPlaces(digits).equals(printed)) return 'equal';
    const { relative, points } = this.tolerance;
    const lastDigit = new Decimal(10).pow(-digits).dividedBy(2);
    const allowed =
      measure === 'rank'
        ? new Decimal(0)
        : measuresInPoints.has(measure)
          ? new Decimal(points).dividedBy(pointsIn(unit))
          : Decimal.max(printed.abs().times(relative), lastDigit);
    return value.minus(printed).abs().lessThanOrEqualTo(allowed) ? 'within' : 'off';
  }

  private checkChoice(cell: string, choice: FigureChoice): boolean {
    const astray = (Object.entries(choice) as [CaseAxis, readonly string[]][]).flatMap(([axis, codes]) =>
      codes.filter((code) => !this.known[axis].has(code)).map((code) => ({ axis, code })),
    );
    for (const { axis, code } of astray) this.reasons.push({ cell, text: this.codeAstray(axis, code) });
    return astray.length === 0;
  }

  private codeAstray(axis: CaseAxis, code: string): Bilingual {
    const elsewhere = (Object.keys(this.known) as CaseAxis[]).filter((each) => this.known[each].has(code));
    if (elsewhere.length > 0)
      return {
        zh: `${axis} 没有“${code}”，它是 ${elsewhere.join('、')}；请写 ${elsewhere[0]}: ${code}`,
        en: `there is no ${axis} "${code}", it is a ${elsewhere.join(' and a ')}; write ${elsewhere[0]}: ${code}`,
      };
    const near = closestWord(code, this.known[axis]);
    const known = [...this.known[axis]].join(', ');
    return {
      zh: `${axis} 没有“${code}”；${near ? `是否应为“${near}”？` : ''}可用：${known}，或 total；几项合成的行在 sets 中命名`,
      en: `there is no ${axis} "${code}"; ${near ? `did you mean "${near}"? ` : ''}known are ${known}, or total; name a row of several under sets`,
    };
  }

  private notes(ids: readonly string[]): number[] {
    return (this.printed.notes ?? []).flatMap(({ cells }, at) =>
      cells.some((cell) => ids.includes(cell)) ? [at] : [],
    );
  }
}

/** Points of a per cent in one of the unit. */
const pointsIn = (unit: Unit): Decimal => decimalOf(conversionFactor(unit, dimensionless)).times(100);

/** Measures that the period `since` takes part in. */
const fromSince: ReadonlySet<CaseMeasure> = new Set([
  ...(['growth', 'areaGrowth', 'difference', 'areaDifference'] as const),
  ...(['yearlyChange', 'yearlyGrowth', 'dynamicDegree'] as const),
]);

function quotient(difference: Decimal, printed: Decimal): Decimal | undefined {
  return printed.isZero() ? undefined : difference.dividedBy(printed.abs());
}

const decimalsOf = (text: string): number => text.split('.')[1]?.length ?? 0;
