/** Opens a raw table: finds its header among title rows, reads units below it, and yields the rows of data. */
import { ProblemList, SheetAddress } from './cell-problem';
import { cellText, isBlank, RawCell, RawRow, RawTable } from './raw-table';
import { reasons } from './reasons';
import { ColumnRole } from './column-roles';
import {
  expectedColumns,
  findHeader,
  Header,
  HeaderColumn,
  kindOfName,
  readUnit,
  sameCells,
  understandHeader,
} from './understand-header';
import { ObservationVocabulary } from './vocabulary';

export interface OpenTable {
  readonly table: RawTable;
  readonly at: SheetAddress;
  readonly header: Header;
  readonly headerRow: number;
  /** Rows of data: neither blank nor a repeated header. */
  readonly rows: Iterable<RawRow>;
  /** Where the columns of each role are. */
  readonly roles: ReadonlyMap<ColumnRole, number>;
}

/** Title and note rows that may stand above the header. */
const rowsSearched = 30;

/** @returns undefined when the table has no usable header; the problems say why */
export function openTable(
  table: RawTable,
  v: ObservationVocabulary,
  problems: ProblemList,
  alone: boolean,
): OpenTable | undefined {
  const said = table.kind ?? kindOfName(table.sheet);
  const source = table.rows[Symbol.iterator]();
  if (table.header)
    return begin(table, table.header, 1, understandHeader(table.header, v, said), rest(source), problems);
  const first: RawRow[] = [];
  for (let next = source.next(); !next.done; next = source.next()) {
    if (!next.value.cells.every(isBlank)) first.push(next.value);
    if (first.length === rowsSearched) break;
  }
  const found = findHeader(
    first.map(({ cells }) => cells),
    v,
  );
  if (!found) {
    const reason = alone || said ? reasons.noHeader(expectedColumns(said)) : reasons.sheetIgnored();
    if (first.length > 0 || alone)
      problems.addNamed(table.sheet, first[0]?.row ?? 1, 'A', cellText(first[0]?.cells[0]), reason);
    return undefined;
  }
  const names = first[found.from].cells;
  const header = understandHeader(names, v, said);
  const below = first.slice(found.to + 1);
  const withUnits = below.length > 0 ? unitsBelow(header, below[0].cells, v) : undefined;
  const rows = chain(withUnits ? below.slice(1) : below, rest(source));
  return begin(table, names.map(cellText), first[found.to].row, withUnits ?? header, rows, problems);
}

function begin(
  table: RawTable,
  names: readonly string[],
  headerRow: number,
  header: Header,
  rows: Iterable<RawRow>,
  problems: ProblemList,
): OpenTable | undefined {
  const at: SheetAddress = { sheet: table.sheet, address: table.address, header: names };
  if (table.header && names.length === 0) {
    problems.addNamed(table.sheet, 1, table.sheet, '', reasons.noRows());
    return undefined;
  }
  for (const { index, value, reason } of header.problems) {
    if (index >= 0) problems.add(at, headerRow, index, value, reason);
    else problems.addNamed(table.sheet, headerRow, value, '', reason);
  }
  if (!header.usable) return undefined;
  const roles = new Map(
    header.columns.flatMap(({ index, meaning }) => ('role' in meaning ? [[meaning.role, index] as const] : [])),
  );
  return { table, at, header, headerRow, rows: dataRows(table, rows, names), roles };
}

function* dataRows(table: RawTable, rows: Iterable<RawRow>, names: readonly string[]): Generator<RawRow> {
  for (const row of rows) {
    if (row.cells.every(isBlank)) continue;
    if (table.header === undefined && sameCells(row.cells, names)) continue;
    yield row;
  }
}

/** A row of units straight below the header: units only, and only under columns that bear one. */
function unitsBelow(header: Header, cells: readonly RawCell[], v: ObservationVocabulary): Header | undefined {
  const units = new Map<number, HeaderColumn['unit']>();
  for (const [index, cell] of cells.entries()) {
    if (isBlank(cell)) continue;
    const column = header.columns.find((known) => known.index === index);
    const text = cellText(cell).replace(/^[[(（【](.+)[\])）】]$/, '$1');
    const unit = typeof cell === 'string' && !/^[\d.,+-]/.test(text) ? readUnit(text, v.units) : undefined;
    const measured =
      column && ('attribute' in column.meaning || ['value', 'quantity', 'price'].includes(column.meaning.role));
    if (!unit || 'code' in unit || !measured) return undefined;
    units.set(index, unit);
  }
  if (units.size === 0) return undefined;
  return {
    ...header,
    columns: header.columns.map((column) => ({ ...column, unit: units.get(column.index) ?? column.unit })),
  };
}

function* rest(source: Iterator<RawRow>): Generator<RawRow> {
  for (let next = source.next(); !next.done; next = source.next()) yield next.value;
}
function* chain(first: Iterable<RawRow>, second: Iterable<RawRow>): Generator<RawRow> {
  yield* first;
  yield* second;
}
