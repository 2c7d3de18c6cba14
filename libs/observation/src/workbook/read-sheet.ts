/** Reads the cells of one worksheet: stored results of formulas, dates as they are shown, merged cells filled downwards. */
import { FileTooLarge } from '../errors';
import { RawCell, RawRow } from '../table/raw-table';
import { CellFormats, showDate } from './cell-formats';
import { attributeOf, XmlRefused, XmlToken, xmlTokens } from './xml-tokens';

export interface SheetContext {
  readonly sharedStrings: readonly string[];
  readonly formats: CellFormats;
  readonly from1904: boolean;
  readonly limits: { readonly rows: number; readonly columns: number };
}

interface Cell {
  column: number;
  type: string;
  style: number;
  value: string | undefined;
  inline: string;
  formula: string | undefined;
}

interface MutableRow extends RawRow {
  readonly cells: RawCell[];
  merged?: Set<number>;
}

/** Rows that have cells, with the numbers that the spreadsheet program shows. */
export function readSheet(xml: string, context: SheetContext): RawRow[] {
  const rows: MutableRow[] = [];
  const merges: string[] = [];
  let row: MutableRow | undefined;
  let cell: Cell | undefined;
  let within = '';
  for (const token of xmlTokens(xml)) {
    if (token.kind === 'text') {
      if (cell) collect(cell, within, token.value);
      continue;
    }
    const opens = token.kind === 'open';
    if (token.value === 'row') {
      if (opens) rows.push((row = openRow(token, rows, context)));
      if (!opens || token.empty) row = undefined;
    } else if (token.value === 'c' && row) {
      if (opens) cell = openCell(token, row, context);
      if (cell && (!opens || token.empty)) {
        row.cells[cell.column] = valueOf(cell, context);
        cell = undefined;
      }
    } else if (token.value === 'mergeCell' && opens) merges.push(attributeOf(token, 'ref') ?? '');
    else if (cell && opens && token.value === 'f') cell.formula = '';
    if (cell) within = opens && !token.empty ? token.value : '';
  }
  fillMerged(rows, merges, context.limits);
  return rows;
}

function openRow(token: XmlToken, rows: readonly MutableRow[], { limits }: SheetContext): MutableRow {
  const last = rows.length === 0 ? 0 : rows[rows.length - 1].row;
  const row = Number(attributeOf(token, 'r') ?? last + 1);
  if (!Number.isInteger(row) || row <= last) throw new XmlRefused(`row ${row} after row ${last}`);
  if (rows.length >= limits.rows)
    throw new FileTooLarge({ zh: '行数过多', en: 'too many rows' }, { limit: limits.rows });
  return { row, cells: [] };
}

function openCell(token: XmlToken, row: MutableRow, { limits }: SheetContext): Cell {
  const reference = attributeOf(token, 'r');
  const column = reference === undefined ? row.cells.length : columnOf(reference);
  if (column >= limits.columns) {
    throw new FileTooLarge(
      { zh: `第 ${row.row} 行列数过多`, en: `too many columns in row ${row.row}` },
      { limit: limits.columns },
    );
  }
  return {
    column,
    type: attributeOf(token, 't') ?? 'n',
    style: Number(attributeOf(token, 's') ?? 0),
    value: undefined,
    inline: '',
    formula: undefined,
  };
}

function collect(cell: Cell, within: string, text: string): void {
  if (within === 'v') cell.value = (cell.value ?? '') + text;
  else if (within === 't') cell.inline += text;
  else if (within === 'f') cell.formula = (cell.formula ?? '') + text;
}

function valueOf(cell: Cell, { sharedStrings, formats, from1904 }: SheetContext): RawCell {
  if (cell.type === 'inlineStr') return unescapeCell(cell.inline);
  if (cell.value === undefined || cell.value === '') return cell.formula === undefined ? undefined : `=${cell.formula}`;
  switch (cell.type) {
    case 's': {
      const text = sharedStrings[Number(cell.value)];
      if (text === undefined) throw new XmlRefused(`shared string ${cell.value}`);
      return text;
    }
    case 'b':
      return cell.value === '1';
    case 'n': {
      const number = Number(cell.value);
      const form = formats[cell.style];
      if (!Number.isFinite(number)) return cell.value;
      return form ? (showDate(number, form, from1904) ?? number) : number;
    }
    default:
      return cell.type === 'd' ? cell.value.slice(0, 10) : unescapeCell(cell.value);
  }
}

/** Column of a reference such as `AB12`, from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference.toUpperCase())?.[0] ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64;
  if (column === 0) throw new XmlRefused(`cell reference "${reference.slice(0, 20)}"`);
  return column - 1;
}

/** Workbooks write control characters as `_x000D_`. */
export function unescapeCell(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text;
}

/** Gives the value of a merged cell to every row it covers, in its first column; those cells are marked. */
function fillMerged(rows: readonly MutableRow[], merges: readonly string[], limits: { rows: number }): void {
  const byNumber = new Map(rows.map((row) => [row.row, row]));
  let filled = 0;
  for (const merge of merges) {
    const match = /^([A-Za-z]{1,3})(\d+):[A-Za-z]{1,3}(\d+)$/.exec(merge);
    if (!match) continue;
    const [column, first, last] = [columnOf(match[1]), Number(match[2]), Number(match[3])];
    if (last === first) continue;
    filled += last - first;
    if (filled > limits.rows)
      throw new FileTooLarge({ zh: '合并单元格过多', en: 'too many merged cells' }, { limit: limits.rows });
    const value = byNumber.get(first)?.cells[column];
    for (let number = first; number <= last; number += 1) {
      const row = byNumber.get(number);
      if (!row) continue;
      row.cells[column] = value;
      (row.merged ??= new Set()).add(column);
    }
  }
}
