/** The figures of a study's printed tables, each with the lines of the accounts that it is of, and the sums these imply. */
import { digestOfValue, DomainError, periodEnd, type Unit } from '@gep/kernel';
import type { CaseMeasure, NormEdition, PrintedCase, PrintedTable } from '@gep/rulebook';
import type { Account } from '../../account/account';
import { AccountFigures, type FigureChoice } from '../../reproduction/account-figures';
import { codesOf } from '../../reproduction/case-codes';
import {
  choiceOfCell,
  digitsAndUnit,
  measureOf,
  unitOfCell,
  wholeAxis,
  type KnownCodes,
} from '../../reproduction/cell-choice';
import { parsePrintedUnit } from '../../reproduction/printed-unit';
import { isPrice, type Divisor, type PrintedFigure, type PrintedSum } from './printed-figure';

/** A figure with the lines that it is of; a figure of areas has types in their place. */
interface OfLines {
  readonly figure: PrintedFigure;
  readonly lines: ReadonlySet<string>;
}

/**
 * Reads every cell; a cell whose codes or unit fit nothing is left to `reproduceTables`, which refuses it.
 * @param accounts of all territories and periods of the observations of the study
 */
export function figuresOfTables(
  norm: NormEdition,
  printed: PrintedCase,
  accounts: readonly Account[],
): { readonly figures: readonly PrintedFigure[]; readonly sums: readonly PrintedSum[] } {
  const reader = new TablesReader(norm, printed, accounts);
  const cells = printed.tables.flatMap((table) => reader.cells(table));
  return { figures: cells.map(({ figure }) => figure), sums: sumsOfLines(cells) };
}

class TablesReader {
  private readonly figures: AccountFigures;
  private readonly known: KnownCodes;

  constructor(
    private readonly norm: NormEdition,
    private readonly printed: PrintedCase,
    private readonly accounts: readonly Account[],
  ) {
    this.figures = new AccountFigures(accounts, norm.units);
    this.known = codesOf(norm, accounts);
  }

  cells(table: PrintedTable): OfLines[] {
    return Object.entries(table.cells).flatMap(([row, own]) =>
      Object.entries(own).flatMap(([column, text]) => {
        try {
          return this.cell(table, row, column, text);
        } catch (error) {
          if (error instanceof DomainError) return [];
          throw error;
        }
      }),
    );
  }

  private cell(table: PrintedTable, row: string, column: string, written: string): OfLines[] {
    const measure = measureOf(table, column);
    const choice = choiceOfCell(table, row, column, this.known);
    const [text, own] = digitsAndUnit(written);
    const unit = unitOfCell(table, measure, own, () => this.figures.unitOf(choice), this.norm.units);
    if (!unit) return [];
    const lines = this.linesOf(measure, choice);
    const figure: PrintedFigure = {
      at: `${table.id}.${row}.${column}`,
      row: `${table.id}.${row}`,
      column: `${table.id}..${column}`,
      text,
      measure,
      unit,
      territory: this.one(choice.territory, this.known.territory) ?? this.printed.case,
      period: this.one(choice.period, this.known.period) ?? this.lastPeriod(),
      key: keyOf(lines),
      against: this.against(table, column, choice),
      ...this.codes(choice),
      ...(isPrice(measure) ? this.gammaOf(measure, lines) : {}),
      ...this.predicted(measure, choice, unit),
    };
    return [{ figure, lines }];
  }

  private against(table: PrintedTable, column: string, choice: FigureChoice): Divisor[] {
    const of = (measure: 'value' | 'area', other: FigureChoice): Divisor => {
      return { measure, key: keyOf(this.linesOf(measure, other)) };
    };
    const whole = choiceOfCell(table, wholeAxis, column, this.known);
    const earlier: FigureChoice = { ...choice, period: [table.since ?? ''] };
    switch (measureOf(table, column)) {
      case 'share':
        return [of('value', whole)];
      case 'areaShare':
        return [of('area', whole)];
      case 'growth':
        return [of('value', earlier)];
      case 'areaGrowth':
        return [of('area', earlier)];
      case 'perArea':
        return [of('area', choice)];
      case 'ratio':
        return table.per ? [this.beside(table.id, table.per)] : [];
      default:
        return [];
    }
  }

  private beside(id: string, { amount, unit }: { amount: string; unit: string }): Divisor {
    return { at: `${id}.per`, text: amount, unit: parsePrintedUnit(unit, this.norm.units) };
  }

  /** Areas by types, all else by the lines of the accounts. */
  private linesOf(measure: string, choice: FigureChoice): ReadonlySet<string> {
    return measure === 'area' || measure === 'areaShare' || measure === 'areaGrowth'
      ? this.figures.areasIn(choice)
      : this.figures.linesIn(choice);
  }

  private codes({ service, group, category, type, item }: FigureChoice): Partial<PrintedFigure> {
    const [code] = item?.length === 1 ? item : service?.length === 1 ? service : [];
    const known = this.norm.services.find((each) => each.code === (service?.length === 1 ? service[0] : undefined));
    const ofGroup = group?.length === 1 ? group[0] : known?.group;
    const byGroup = this.norm.services.find((each) => each.group === ofGroup);
    const ofCategory = category?.length === 1 ? category[0] : (known ?? byGroup)?.category;
    return {
      ...(code === undefined ? {} : { service: code }),
      ...(ofGroup === undefined ? {} : { group: ofGroup }),
      ...(ofCategory === undefined ? {} : { category: ofCategory }),
      ...(type?.length === 1 ? { type: type[0] } : {}),
    };
  }

  /** The γ of the lines by the norm; nothing where they have several, so that no one price makes their value. */
  private gammaOf(measure: CaseMeasure, lines: ReadonlySet<string>): Partial<PrintedFigure> {
    const factors = new Set(
      [...lines].map((name) => {
        const [account, line] = name.split(' ').map(Number);
        return this.accounts[account].lines[line].gamma;
      }),
    );
    const [gamma = null] = factors;
    return factors.size > 1 ? {} : { gamma, gammaMayBeIn: measure === 'unitValue' };
  }

  /** Only what a formula gives can disagree with it; what was solved from the results cannot. */
  private predicted(measure: string, choice: FigureChoice, unit: Unit): Partial<PrintedFigure> {
    if (measure !== 'quantity') return {};
    const { value, grade } = this.figures.quantity(choice, unit);
    return value === null || grade === 'solved' || grade === 'reported' ? {} : { predicted: value.toString() };
  }

  private one(codes: readonly string[] | undefined, known: ReadonlySet<string>): string | undefined {
    const held = codes ?? [...known];
    return held.length === 1 ? held[0] : undefined;
  }

  private lastPeriod(): string {
    return [...this.known.period].reduce(
      (last, period) => (periodEnd(period) > periodEnd(last) ? period : last),
      '0001',
    );
  }
}

const keyOf = (lines: ReadonlySet<string>): string => (lines.size === 0 ? '' : digestOfValue([...lines].sort()));

/**
 * A figure is the sum of others in one row or column of one table when their lines are together just its own. Subtotals
 * go before their parts. Another table is added up only where it does not print the figure itself.
 */
function sumsOfLines(cells: readonly OfLines[]): PrintedSum[] {
  const additive = cells.filter(({ figure, lines }) => lines.size > 0 && ['value', 'area'].includes(figure.measure));
  const rows = new Map<string, OfLines[]>();
  for (const cell of additive)
    for (const line of [cell.figure.row, cell.figure.column]) rows.set(line, [...(rows.get(line) ?? []), cell]);
  const printed = new Set(additive.map((cell) => `${tableOf(cell.figure.row)} ${idOf(cell)}`));
  const held = new Set<string>();
  return additive.flatMap((total) => {
    const own = tableOf(total.figure.row);
    return [...rows].flatMap(([line, members]) => {
      const table = tableOf(line);
      const other = `${table} ${idOf(total)}`;
      if (table !== own && (printed.has(other) || held.has(other))) return [];
      const parts = partsOf(total, members);
      if (!parts) return [];
      if (table !== own) held.add(other);
      return [{ total: total.figure, parts: parts.map(({ figure }) => figure) }];
    });
  });
}

const tableOf = (line: string): string => line.split('.')[0];
const idOf = ({ figure: { measure, key } }: OfLines): string => `${measure} ${key}`;

function partsOf(total: OfLines, members: readonly OfLines[]): OfLines[] | undefined {
  const taken = new Set<string>();
  const parts = members
    .filter(
      ({ figure, lines }) =>
        figure.measure === total.figure.measure &&
        lines.size < total.lines.size &&
        [...lines].every((line) => total.lines.has(line)),
    )
    .sort((a, b) => b.lines.size - a.lines.size)
    .filter(({ lines }) => {
      if ([...lines].some((line) => taken.has(line))) return false;
      for (const line of lines) taken.add(line);
      return true;
    });
  return parts.length > 1 && taken.size === total.lines.size ? parts : undefined;
}
