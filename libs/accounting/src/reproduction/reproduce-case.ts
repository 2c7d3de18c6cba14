/** Sets computed accounts beside the tables that a study printed: deviation, verdict and notes of every cell. */
import { Bilingual, Decimal, EvidenceGrade, Fen, periodEnd, sumInOrder, weakerGrade } from '@gep/kernel';
import { CasePeriod, CaseTable, NormEdition, parameterLookup, PrintedCell, PublishedCase } from '@gep/rulebook';

import { Account, AccountLine } from '../account/account';
import {
  CaseReproduction,
  CaseTolerance,
  Measure,
  ReproducedCell,
  ReproducedTable,
  ReproductionOptions,
  Verdict,
} from './case-reproduction';
import { gradeOfFormula } from '../account/line-terms';
import { totalArea } from '../account/seal-account';

const periodsInOrder: readonly CasePeriod[] = ['before', 'after'];

/**
 * Compares the accounts of the two periods of a study with what it printed.
 * @param accounts accounts of the periods that the study calls before and after
 */
export function reproduceCase(
  norm: NormEdition,
  published: PublishedCase,
  accounts: Readonly<Record<CasePeriod, Account>>,
  { tolerance = { relative: 0.005, points: 0.5 }, places = [accounts.after.territory] }: ReproductionOptions = {},
): CaseReproduction {
  const tables = new CaseComparison(norm, published, accounts, tolerance, places).tables();
  const counts: Record<Verdict, number> = { equal: 0, within: 0, off: 0 };
  for (const { rows, totals } of tables) {
    for (const { verdict } of [...rows.flatMap(({ cells }) => cells), ...totals]) counts[verdict] += 1;
  }
  const { title, source, periods, notes } = published;
  return {
    case: published.case,
    title,
    source,
    norm: { id: norm.id, edition: norm.edition },
    periods,
    tables,
    notes,
    textNotes: notes.flatMap(({ cells }, at) => (cells.some((cell) => cell.startsWith('text.')) ? [at] : [])),
    counts,
  };
}

/** A computed figure with the grade of what is behind it. */
interface Figure {
  readonly value: Decimal;
  readonly unit: string;
  readonly grade: EvidenceGrade;
}

class CaseComparison {
  constructor(
    private readonly norm: NormEdition,
    private readonly published: PublishedCase,
    private readonly accounts: Readonly<Record<CasePeriod, Account>>,
    private readonly tolerance: CaseTolerance,
    private readonly places: readonly string[],
  ) {}

  tables(): ReproducedTable[] {
    const { table1, table4, table5, table6 } = this.published;
    const types = nameOf(this.norm.types);
    return [
      this.printedTable('table1', table1, types, (period, type, measure) => this.area(period, type, measure)),
      this.printedTable('table4', table4, nameOf(this.norm.services), (period, service, measure) =>
        measure === 'quantity'
          ? this.quantity(period, service)
          : this.value(period, (line) => line.service === service),
      ),
      this.groupTable(table5),
      this.printedTable('table6', table6, types, (period, type, measure) => this.byType(period, type, measure)),
    ];
  }

  private printedTable(
    id: ReproducedTable['id'],
    table: CaseTable<PrintedCell>,
    name: (code: string) => Bilingual,
    figure: (period: CasePeriod, code: string, measure: Measure) => Figure,
  ): ReproducedTable {
    const codes = [...new Set(periodsInOrder.flatMap((period) => Object.keys(table[period])))];
    const rows = codes.map((code) => {
      const cells = periodsInOrder.flatMap((period) =>
        measuresOf(table[period][code]).map(([measure, printed]) => {
          const row = `${id}.${period}.${code}`;
          return this.cell(`${row}.${measure}`, row, period, measure, printed, figure(period, code, measure));
        }),
      );
      return { code, name: name(code), cells };
    });
    return { id, title: table.title, rows, totals: this.totals(id, table), columnNotes: this.columnNotes(id) };
  }

  private groupTable(table: PublishedCase['table5']): ReproducedTable {
    const name = nameOf(this.norm.groups);
    const groups = [...new Set(periodsInOrder.flatMap((period) => Object.keys(table[period])))];
    const rows = groups.flatMap((group) => {
      const types = [...new Set(periodsInOrder.flatMap((period) => Object.keys(table[period][group] ?? {})))];
      return types.map((type) => {
        const cells = periodsInOrder.flatMap((period) => {
          const printed = table[period][group]?.[type] as string | undefined;
          if (printed === undefined) return [];
          const row = `table5.${period}.${group}`;
          const figure = this.value(period, (line) => line.group === group && line.type === type);
          return [this.cell(`${row}.${type}`, row, period, 'value', printed, figure)];
        });
        return { code: group, name: name(group), type, cells };
      });
    });
    const totals = this.totals('table5', table);
    return { id: 'table5', title: table.title, rows, totals, columnNotes: this.columnNotes('table5') };
  }

  private totals(id: ReproducedTable['id'], { total = {} }: CaseTable<unknown>): ReproducedCell[] {
    return periodsInOrder.flatMap((period) => {
      const printed = total[period];
      if (printed === undefined) return [];
      const figure = id === 'table1' ? this.area(period, undefined, 'area') : this.value(period, () => true);
      const cell = `${id}.total.${period}`;
      return [this.cell(cell, cell, period, id === 'table1' ? 'area' : 'value', printed, figure)];
    });
  }

  private area(period: CasePeriod, type: string | undefined, measure: Measure): Figure {
    const account = this.accounts[period];
    const all = totalArea(account);
    const own = type === undefined ? all : (account.areaByType[type] ?? 0);
    if (measure === 'area') return { value: new Decimal(own), unit: account.areaUnit, grade: 'published' };
    return { value: new Decimal(own).times(100).dividedBy(all), unit: '%', grade: 'published' };
  }

  private quantity(period: CasePeriod, service: string): Figure {
    const lines = this.accounts[period].lines.filter((line) => line.service === service);
    const value = new Decimal(sumInOrder(lines.map((line) => line.quantity)));
    const grades = lines.map((line) => this.quantityGrade(period, line));
    return { value, unit: lines[0]?.unit ?? '', grade: grades.reduce(weakerGrade, 'published') };
  }

  /** The grade of a quantity by itself: the price of its line may be weaker. */
  private quantityGrade(period: CasePeriod, { service, type }: AccountLine): EvidenceGrade {
    const { norm } = this;
    const { quantity } = norm.services.find(({ code }) => code === service)!;
    if (quantity.kind !== 'formula') return 'published';
    const date = periodEnd(this.accounts[period].period);
    const lookup = parameterLookup(norm, { places: this.places, date });
    const types = Object.keys(this.accounts[period].areaByType);
    return gradeOfFormula(quantity.formula, type, { norm, lookup, types });
  }

  private value(period: CasePeriod, wanted: (line: AccountLine) => boolean): Figure {
    const lines = this.accounts[period].lines.filter(wanted);
    const fen = lines.reduce<Fen>((sum, { valueFen }) => sum + valueFen, 0n);
    return {
      value: new Decimal(fen.toString()).dividedBy(fenPerWanYuan),
      unit: this.published.valueUnit,
      grade: lines.map(({ grade }) => grade).reduce(weakerGrade, 'published'),
    };
  }

  private byType(period: CasePeriod, type: string, measure: Measure): Figure {
    const { byType, totalFen } = this.accounts[period].totals;
    const figure = this.value(period, (line) => line.type === type);
    if (measure === 'value') return figure;
    const own = byType[type] ?? 0n;
    if (measure === 'rank') {
      const ahead = Object.values(byType).filter((fen) => fen > own).length;
      return { value: new Decimal(ahead + 1), unit: '', grade: figure.grade };
    }
    const share =
      totalFen === 0n ? new Decimal(0) : new Decimal(own.toString()).times(100).dividedBy(totalFen.toString());
    return { value: share, unit: '%', grade: figure.grade };
  }

  private cell(
    id: string,
    rowId: string,
    period: CasePeriod,
    measure: Measure,
    published: string,
    { value, unit, grade }: Figure,
  ): ReproducedCell {
    const printed = new Decimal(published);
    const difference = value.minus(printed);
    const relative = measure === 'share' || measure === 'rank' ? difference : quotient(difference, printed);
    return {
      id,
      period,
      measure,
      published,
      computed: value.toString(),
      rounded: value.toFixed(decimalsOf(published)),
      unit,
      deviation: relative?.toNumber() ?? null,
      verdict: this.verdict(measure, published, value),
      grade,
      notes: this.notes([id, rowId]),
    };
  }

  private verdict(measure: Measure, published: string, value: Decimal): Verdict {
    const printed = new Decimal(published);
    const digits = decimalsOf(published);
    if (value.toDecimalPlaces(digits).equals(printed)) return 'equal';
    const lastDigit = new Decimal(10).pow(-digits).dividedBy(2);
    const allowed = {
      rank: new Decimal(0),
      share: new Decimal(this.tolerance.points),
      area: Decimal.max(printed.abs().times(this.tolerance.relative), lastDigit),
      quantity: Decimal.max(printed.abs().times(this.tolerance.relative), lastDigit),
      value: Decimal.max(printed.abs().times(this.tolerance.relative), lastDigit),
    }[measure];
    return value.minus(printed).abs().lessThanOrEqualTo(allowed) ? 'within' : 'off';
  }

  private notes(ids: readonly string[]): number[] {
    return this.published.notes.flatMap(({ cells }, index) =>
      cells.some((cell) => ids.includes(cell)) ? [index] : [],
    );
  }

  private columnNotes(table: ReproducedTable['id']): Record<CasePeriod, number[]> {
    return { before: this.notes([`${table}.before`]), after: this.notes([`${table}.after`]) };
  }
}

const fenPerWanYuan = 1_000_000;
const measures: readonly Measure[] = ['area', 'quantity', 'value', 'share', 'rank'];

function measuresOf(printed: PrintedCell | undefined): [Measure, string][] {
  return measures.flatMap((measure): [Measure, string][] => {
    const text = printed?.[measure];
    return text === undefined ? [] : [[measure, text]];
  });
}

function nameOf(known: readonly { readonly code: string; readonly name: Bilingual }[]): (code: string) => Bilingual {
  return (code) => known.find((each) => each.code === code)?.name ?? { zh: code, en: code };
}

function quotient(difference: Decimal, printed: Decimal): Decimal | undefined {
  return printed.isZero() ? undefined : difference.dividedBy(printed.abs());
}

const decimalsOf = (text: string): number => text.split('.')[1]?.length ?? 0;
