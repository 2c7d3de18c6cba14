/** The figures of a report that is given as plain tables, one row a service, type or total, and the sums these imply. */
import { DomainError, type Unit } from '@gep/kernel';
import type { CaseMeasure } from '@gep/rulebook';
import { parsePrintedUnit } from '../../reproduction/printed-unit';
import { FiguresUnreadable } from '../errors';
import { overlap, printedRange, sumOf } from '../printed-range';
import { isTotal, readDigits, reportAxes, type ReportAxis } from './figure-columns';
import { comparePeriods, inOneUnit, type Divisor, type PrintedFigure, type PrintedSum } from './printed-figure';
import { readRows, type PlainTable, type ReadRow, type RowFault } from './read-rows';
import type { ReportNames } from './report-names';

/** Axes that a row may leave open, from the whole to the part. */
const levels = ['category', 'group', 'service', 'type'] as const satisfies readonly ReportAxis[];
/** Levels of services, from the whole to the part. */
const services = ['category', 'group', 'service'] as const;
const additive: readonly CaseMeasure[] = ['value', 'area', 'quantity', 'share', 'areaShare'];

/** A row with what it is of: codes of the levels that it names and does not sum up. */
interface PlacedRow extends ReadRow {
  readonly territory: string;
  readonly period: string;
  readonly codes: Readonly<Partial<Record<ReportAxis, string>>>;
  readonly figures: readonly PrintedFigure[];
}

const usualUnits: Partial<Record<CaseMeasure, string>> = {
  value: '万元',
  area: 'hm2',
  perArea: '万元/hm2',
  share: '%',
  areaShare: '%',
  growth: '%',
  rank: '1',
};

/**
 * Reads the tables of a report. Rows of one table are taken to be all there are of their level, unless one has no figure.
 * @param names what services, categories and types are called, and the units
 * @throws FiguresUnreadable with every cell that cannot be read
 */
export function figuresOfRows(
  tables: readonly PlainTable[],
  names: ReportNames,
): { readonly figures: readonly PrintedFigure[]; readonly sums: readonly PrintedSum[] } {
  const faults: RowFault[] = [];
  const read = tables.flatMap((table) => readRows(table, faults));
  const periods = [...new Set(read.map(({ axes }) => axes.period))].sort(comparePeriods);
  // A service is known by its name alone once all rows have said under what it stands.
  const coded = read.map((row) => ({ row, codes: names.codesOf(row.axes, levels, isTotal) }));
  const rows = coded.map(({ row, codes }) => placed(row, codes, periods, names, faults));
  if (faults.length > 0) throw new FiguresUnreadable(faults);
  return { figures: rows.flatMap(({ figures }) => figures), sums: sumsOfRows(rows) };
}

function placed(
  row: ReadRow,
  codes: PlacedRow['codes'],
  periods: readonly string[],
  names: ReportNames,
  faults: RowFault[],
): PlacedRow {
  const { territory, period } = row.axes;
  const key = (other: Partial<PlacedRow['codes']>, at = period): string =>
    JSON.stringify([territory, at, names.identity(other)]);
  const { type } = codes;
  const earlier = periods.slice(0, periods.indexOf(period)).reverse();
  const against: Partial<Record<CaseMeasure, Divisor[]>> = {
    share: [{}, ...(codes.category === undefined ? [] : [{ category: codes.category }])].map((whole) => {
      return { measure: 'value', key: key(whole) };
    }),
    areaShare: [{ measure: 'area', key: key({}) }],
    growth: earlier.map((before) => ({ measure: 'value', key: key(codes, before) })),
    perArea: [{ measure: 'area', key: key(type === undefined ? {} : { type }) }],
  };
  const { category, group } = names.familyOf(codes);
  const label = levels.flatMap((level) => row.axes[level] || []).join(' · ');
  const figures = [...row.cells].flatMap(([measure, cell]): PrintedFigure[] => {
    const text = readDigits(cell.text);
    if (text === undefined) return [];
    const unit = unitOf(row, measure, cell.unit, names, faults);
    if (text === null) faults.push({ ...cell, kind: 'number' });
    if (text === null || !unit) return [];
    const at = `${row.table}.${row.row}`;
    return [
      {
        at: `${at}.${measure}`,
        row: at,
        // Ranks and shares are of the rows of one level.
        column: `${row.table}..${measure} ${key({})} ${signatureOf(codes)}`,
        text,
        label,
        ...(measure === 'unitValue' ? { gamma: row.gamma === undefined ? null : (readDigits(row.gamma) ?? null) } : {}),
        measure,
        unit,
        territory,
        period,
        key: key(codes),
        against: against[measure] ?? [],
        ...(codes.service === undefined ? {} : { service: codes.service }),
        ...(group === undefined ? {} : { group }),
        ...(category === undefined ? {} : { category }),
        ...(type === undefined ? {} : { type }),
      },
    ];
  });
  return { ...row, territory, period, codes, figures };
}

/** The unit in the heading, in the row, or the usual one. */
function unitOf(
  { unit: ofQuantity, priceUnit, row, table }: ReadRow,
  measure: CaseMeasure,
  heading: string | undefined,
  { units }: ReportNames,
  faults: RowFault[],
): Unit | undefined {
  const ofRow: Partial<Record<CaseMeasure, string | undefined>> = {
    quantity: ofQuantity,
    unitValue: priceUnit ?? (ofQuantity === undefined ? undefined : `yuan/(${ofQuantity})`),
  };
  const text = heading ?? ofRow[measure] ?? usualUnits[measure];
  try {
    if (text !== undefined) return parsePrintedUnit(text, units);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
  faults.push({ table, row, column: measure, text: text ?? '', kind: text === undefined ? 'noUnit' : 'unit' });
  return undefined;
}

const signatureOf = (codes: PlacedRow['codes']): string =>
  reportAxes.filter((axis) => codes[axis] !== undefined).join(' ');

/**
 * A row is the sum of the rows of its table, territory and period that name what it names and more: by service, where a
 * subtotal stands for the rows under it, or by type. Another table is added up only where it does not print the figure itself.
 */
function sumsOfRows(rows: readonly PlacedRow[]): PrintedSum[] {
  const tables = [...new Set(rows.map(({ table }) => table))];
  const idIn = (table: string, { measure, key }: PrintedFigure): string => JSON.stringify([table, measure, key]);
  const printed = new Set(rows.flatMap(({ table, figures }) => figures.map((figure) => idIn(table, figure))));
  const held = new Set<string>();
  return rows.flatMap((total) => {
    const inside = rows.filter((row) => isPartOf(row, total));
    const of = (table: string): PrintedSum[] =>
      sumsOver(
        total,
        inside.filter((row) => row.table === table),
      );
    const others = tables
      .filter((table) => table !== total.table)
      .flatMap((table) =>
        of(table).filter((sum) => {
          const id = idIn(table, sum.total);
          const isNew = ['value', 'area'].includes(sum.total.measure) && !printed.has(id) && !held.has(id);
          held.add(id);
          return isNew;
        }),
      );
    return [...of(total.table), ...others];
  });
}

function isPartOf(row: PlacedRow, total: PlacedRow): boolean {
  return (
    row.territory === total.territory &&
    row.period === total.period &&
    signatureOf(row.codes) !== signatureOf(total.codes) &&
    levels.every((level) => total.codes[level] === undefined || total.codes[level] === row.codes[level])
  );
}

/** @param inside rows of one table that are parts of the total, at any level */
function sumsOver(total: PlacedRow, inside: readonly PlacedRow[]): PrintedSum[] {
  const isByType = ({ codes }: PlacedRow): boolean => codes.type !== total.codes.type;
  const isByService = ({ codes }: PlacedRow): boolean => services.some((level) => codes[level] !== total.codes[level]);
  const lists = [
    inside.filter((row) => !isByType(row)),
    inside.filter((row) => !isByService(row)),
    inside.filter((row) => isByType(row) && isByService(row)),
  ].filter((list) => list.length > 0);
  // Cells by service and type are parts of sums by one of both, and of the whole only where these are not given.
  const whole =
    lists.length > 1 ? lists.filter((list) => !list.every((row) => isByType(row) && isByService(row))) : lists;
  const cells = inside.filter((row) => isByType(row) && isByService(row));
  return whole.flatMap((list) => {
    const parts = topmost(list);
    // In a cross table, what has a total and no cells (tourism has no types) is not in the totals of the other side.
    const across = isByType(list[0])
      ? inside.filter((row) => !isByType(row))
      : inside.filter((row) => !isByService(row));
    const isOfCells = list.every((row) => isByType(row) && isByService(row));
    const beside = isOfCells ? [] : topmost(across.filter((row) => cells.length > 0 && !hasCells(row, cells)));
    return total.figures
      .filter(({ measure }) => additive.includes(measure))
      .flatMap((figure) => {
        const alone = sumOfParts(figure, parts);
        const joined = beside.length === 0 ? alone : sumOfParts(figure, [...parts, ...beside]);
        // Where the other side was given all of it after all, that sum holds.
        return alone && addsUp(alone) ? [alone] : joined ? [joined] : [];
      });
  });
}

const hasCells = (row: PlacedRow, cells: readonly PlacedRow[]): boolean => cells.some((cell) => isPartOf(cell, row));

/** Undefined where a row has no figure: a part that was not printed. */
function sumOfParts(total: PrintedFigure, parts: readonly PlacedRow[]): PrintedSum | undefined {
  const own = parts.map((row) => row.figures.find(({ measure }) => measure === total.measure));
  return parts.length > 1 && own.every((part) => part !== undefined) ? { total, parts: own } : undefined;
}

function addsUp({ total, parts }: PrintedSum): boolean {
  const same = inOneUnit([total, ...parts]);
  if (!same) return false;
  const [whole, ...others] = same.figures.map(({ text }) => printedRange(text));
  return overlap(whole, sumOf(others));
}

/** Rows that are not part of another one in the list: a subtotal instead of what it sums up. */
const topmost = (list: readonly PlacedRow[]): PlacedRow[] =>
  list.filter((row) => !list.some((other) => other !== row && isPartOf(row, other)));
