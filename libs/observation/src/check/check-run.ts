/** What the checks of all tables share, and the reading of one row: its keys, its numbers, its problems. */
import { conversionFactor, Fraction, sameDimension, Unit } from '@gep/kernel';
import { ProblemList, Reason, SheetAddress } from '../table/cell-problem';
import { GatheredPeriod } from './gathered-period';
import { OpenTable } from '../table/open-table';
import { isBlank, RawCell, RawRow } from '../table/raw-table';
import { KnownNames, readPeriod, readTerritory, remembering } from './read-keys';
import { NumberHabits, readNumber } from './read-number';
import { reasons } from '../table/reasons';
import { ColumnRole } from '../table/column-roles';
import { HeaderColumn, readUnit } from '../table/understand-header';
import { ObservationVocabulary, ObservedAttribute, ObservedItem, ObservedType } from '../table/vocabulary';

/** What the checks of all tables share. */
export class CheckRun {
  readonly types: KnownNames<ObservedType>;
  readonly attributes: KnownNames<ObservedAttribute>;
  readonly products: KnownNames<ObservedItem>;
  readonly readTerritory = remembering(readTerritory);
  readonly readPeriod = remembering(readPeriod);
  readonly periods = new Map<string, GatheredPeriod>();
  readonly territoryColumns: { at: SheetAddress; index: number }[] = [];
  rows = 0;
  /** Rows of the statistics and attributes tables that were accepted. */
  acceptedOther = 0;
  private last: GatheredPeriod | undefined;

  constructor(
    readonly v: ObservationVocabulary,
    readonly problems: ProblemList,
  ) {
    this.types = new KnownNames(v.types);
    this.attributes = new KnownNames(v.attributes);
    this.products = new KnownNames(v.products);
  }

  /** Whether a text is a unit; `千克` is one, `千` is not. */
  readonly isUnit = (text: string): boolean => !('code' in readUnit(text, this.v.units));

  /** Exact factor between two units of the same dimension. */
  factor(from: Unit, to: Unit): Fraction {
    return from.factor.equals(to.factor) ? Fraction.one : conversionFactor(from, to);
  }

  gathered(territory: string, period: string): GatheredPeriod {
    if (this.last?.territory === territory && this.last.period === period) return this.last;
    const key = `${territory} ${period}`;
    this.last = this.periods.get(key) ?? new GatheredPeriod(territory, period, this.v);
    this.periods.set(key, this.last);
    return this.last;
  }
}

/** One row being checked: reads its keys, collects its problems, and remembers whether any was an error. */
export class RowCheck {
  refused = false;
  constructor(
    readonly run: CheckRun,
    readonly open: OpenTable,
    readonly row: RawRow,
  ) {
    // More cells than the header has: a stray separator may have shifted all of them.
    const columns = open.at.header.length;
    const extra = row.cells.length > columns ? row.cells.findIndex((cell, i) => i >= columns && !isBlank(cell)) : -1;
    if (extra >= 0) this.problem(extra, reasons.extraCells(row.cells.length, columns));
  }

  column(role: ColumnRole): HeaderColumn | undefined {
    const index = this.open.roles.get(role);
    return index === undefined ? undefined : this.open.header.columns.find((column) => column.index === index);
  }
  cell(role: ColumnRole): RawCell {
    const index = this.open.roles.get(role);
    return index === undefined ? undefined : this.row.cells[index];
  }
  isMerged(role: ColumnRole): boolean {
    return this.row.merged?.has(this.open.roles.get(role) ?? -1) ?? false;
  }
  /** Keeps a problem at the cell of a column. */
  problem(index: number, reason: Reason): void {
    if (reason.severity === 'error') this.refused = true;
    this.run.problems.add(this.open.at, this.row.row, index, this.row.cells[index], reason);
  }
  /** Keeps a problem at the column of a role, or at a name when the table has no such column. */
  problemAt(role: ColumnRole, reason: Reason): void {
    const index = this.open.roles.get(role);
    if (index !== undefined) return this.problem(index, reason);
    if (reason.severity === 'error') this.refused = true;
    this.run.problems.addNamed(this.open.at.sheet, this.row.row, role, '', reason);
  }
  /**
   * The territory and period of the row, if both can be read.
   * @param otherwise the period of a row that names none
   */
  period(otherwise?: string): GatheredPeriod | undefined {
    const territory = this.run.readTerritory(this.cell('territory'));
    const given = this.cell('period');
    const period = otherwise !== undefined && isBlank(given) ? otherwise : this.run.readPeriod(given);
    if (typeof territory !== 'string') this.problemAt('territory', territory);
    if (typeof period !== 'string') this.problemAt('period', period);
    return typeof territory === 'string' && typeof period === 'string'
      ? this.run.gathered(territory, period)
      : undefined;
  }
}

/** A number in a cell with the exact factor that brings it to the norm's unit. */
export interface Measure {
  readonly decimal: string;
  readonly factor: Fraction;
}

/** Reads a measured cell. The unit is the cell's own, else the one stated by column or header, else the norm's. */
export function readMeasure(
  run: CheckRun,
  cell: RawCell,
  units: { stated?: Unit; norm: Unit },
  commaIsAmbiguous = false,
): Measure | Reason | undefined {
  const habits: NumberHabits = { commaIsAmbiguous, isUnit: run.isUnit };
  const number = readNumber(cell, habits);
  if (number === undefined || 'code' in number) return number;
  const { stated, norm } = units;
  if (number.unit === undefined) return { decimal: number.decimal, factor: run.factor(stated ?? norm, norm) };
  const own = readUnit(number.unit, run.v.units);
  if ('code' in own) return own;
  if (!sameDimension(own.dimension, norm.dimension)) return reasons.unitIncompatible(own.text, norm.text);
  if (stated && !own.factor.equals(stated.factor)) return reasons.unitTwice(own.text, stated.text);
  return { decimal: number.decimal, factor: run.factor(own, norm) };
}
