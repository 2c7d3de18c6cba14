/** Reads the rows of a plain table: what each goes by, and its cells by measure with the units of their headings. */
import type { CaseMeasure } from '@gep/rulebook';
import { readHeading, reportAxes, type ReportAxis, type ReportColumn } from './figure-columns';

/** A table as its author wrote it; the heading is the first row that names two known columns. */
export interface PlainTable {
  readonly name: string;
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

/** Why a place cannot be read. */
export interface RowFault {
  readonly table: string;
  readonly row: number;
  readonly column: string;
  readonly text: string;
  readonly kind: 'number' | 'unit' | 'noUnit' | 'noHeading' | 'heading' | 'headingTwice' | 'nothingNamed' | 'noFigures';
}

export interface ReadRow {
  readonly table: string;
  readonly row: number;
  readonly axes: Readonly<Record<ReportAxis, string>>;
  readonly cells: ReadonlyMap<
    CaseMeasure,
    {
      readonly table: string;
      readonly row: number;
      readonly column: string;
      readonly text: string;
      readonly unit?: string;
    }
  >;
  readonly unit?: string;
  readonly priceUnit?: string;
  readonly gamma?: string;
}

interface Heading {
  readonly index: number;
  readonly column: ReportColumn;
  readonly unit?: string;
}

const others = new Set<ReportColumn>(['unit', 'priceUnit', 'gamma', 'remark']);

/** A blank cell of a coarse axis means the one above it, as in a table whose cells are merged downwards. */
const repeated = ['territory', 'period', 'category', 'group'] as const;

/** Names of territory and period where a table has no column for them. */
const unnamed = { territory: 'report', period: '—' };

/** What cannot be read is added to `faults`. */
export function readRows(table: PlainTable, faults: RowFault[]): ReadRow[] {
  const at = table.rows.findIndex(({ cells }) => cells.filter((cell) => readHeading(cell)).length >= 2);
  if (at < 0) {
    faults.push({
      table: table.name,
      row: 1,
      column: '',
      text: (table.rows[0]?.cells ?? []).join(', '),
      kind: 'noHeading',
    });
    return [];
  }
  const headings = readHeadings(table, at, faults);
  let above: Partial<Record<ReportAxis, string>> = {};
  return table.rows.slice(at + 1).flatMap(({ row, cells }) => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const textOf = (column: ReportColumn): string => {
      const heading = headings.find((one) => one.column === column);
      return heading ? (cells[heading.index] ?? '').trim() : '';
    };
    const written = Object.fromEntries(reportAxes.map((axis) => [axis, textOf(axis)])) as Record<ReportAxis, string>;
    const axes = { ...written };
    for (const [level, axis] of repeated.entries()) {
      const isFiner = reportAxes.slice(reportAxes.indexOf(axis) + 1).some((finer) => written[finer] !== '');
      if (axes[axis] !== '' || (level > 1 && !isFiner)) continue;
      // Above a new category the group of the last one does not go on.
      const isNew = reportAxes
        .slice(0, reportAxes.indexOf(axis))
        .some((coarser) => written[coarser] !== '' && written[coarser] !== above[coarser]);
      if (!isNew || level < 2) axes[axis] = above[axis] ?? '';
    }
    above = axes;
    if (reportAxes.slice(2).every((axis) => axes[axis] === '')) {
      faults.push({
        table: table.name,
        row,
        column: headings[0].column,
        text: cells.join(', ').slice(0, 60),
        kind: 'nothingNamed',
      });
      return [];
    }
    return [
      {
        table: table.name,
        row,
        axes: {
          ...axes,
          territory: axes.territory || unnamed.territory,
          period: axes.period.replace(/年度?$/, '') || unnamed.period,
        },
        cells: measuresOf(table.name, row, headings, cells),
        ...optional('unit', textOf('unit')),
        ...optional('priceUnit', textOf('priceUnit')),
        ...optional('gamma', textOf('gamma')),
      },
    ];
  });
}

function readHeadings({ name, rows }: PlainTable, at: number, faults: RowFault[]): Heading[] {
  const { row, cells } = rows[at];
  const headings = cells.flatMap((cell, index): Heading[] => {
    if (cell.trim() === '') return [];
    const heading = readHeading(cell);
    if (!heading) faults.push({ table: name, row, column: cell, text: cell, kind: 'heading' });
    return heading ? [{ index, ...heading }] : [];
  });
  headings.forEach(({ column, index }, position) => {
    if (column !== 'remark' && headings.slice(0, position).some((earlier) => earlier.column === column))
      faults.push({ table: name, row, column, text: cells[index], kind: 'headingTwice' });
  });
  const isMeasure = ({ column }: Heading): boolean => !others.has(column) && !reportAxes.includes(column as ReportAxis);
  if (!headings.some(isMeasure)) faults.push({ table: name, row, column: 'value', text: '', kind: 'noFigures' });
  return headings;
}

function measuresOf(
  table: string,
  row: number,
  headings: readonly Heading[],
  cells: readonly string[],
): ReadRow['cells'] {
  return new Map(
    headings
      .filter(({ column }) => !others.has(column) && !reportAxes.includes(column as ReportAxis))
      .map(({ column, index, unit }) => {
        const cell = { table, row, column, text: cells[index] ?? '', ...(unit === undefined ? {} : { unit }) };
        return [column as CaseMeasure, cell] as const;
      }),
  );
}

const optional = <Key extends string>(key: Key, text: string): Partial<Record<Key, string>> =>
  text === '' ? {} : ({ [key]: text } as Record<Key, string>);
