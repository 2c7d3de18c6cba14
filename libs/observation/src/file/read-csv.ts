/** Reads CSV lazily, row by row: quotes, any line ending, and the row numbers that a spreadsheet program shows. */
import { ByteRows } from './byte-rows';
import { ProblemList } from '../table/cell-problem';
import { FileTooLarge } from '../errors';
import { importLimits } from './limits';
import { RawRow, RawTable, TableKind } from '../table/raw-table';
import { reasons } from '../table/reasons';

const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/**
 * Table of a CSV file in UTF-8. Rows are read when they are asked for; an open quote is kept as a problem when it is met.
 * The table can be read once.
 */
export function readCsv(
  bytes: Uint8Array,
  source: { readonly sheet: string; readonly kind?: TableKind; readonly limits?: { rows: number; columns: number } },
  problems: ProblemList,
): RawTable {
  const { sheet, kind, limits = importLimits } = source;
  const delimiter = detectDelimiter(new TextDecoder().decode(bytes.subarray(0, charactersSearched)));
  const byteRows = new ByteRows(bytes, delimiter, limits);
  return {
    sheet,
    ...(kind && { kind }),
    address: 'letters',
    commaIsAmbiguous: delimiter === ';',
    bytes: byteRows,
    rows: csvRows(byteRows, (row, cell) => problems.addNamed(sheet, row, 'A', cell, reasons.quoteOpen())),
  };
}

const charactersSearched = 16_384;

/** The delimiter that occurs most often, outside quotes, in the first rows; a comma when none does. */
export function detectDelimiter(text: string): Delimiter {
  const start = text
    .slice(0, charactersSearched)
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\n|\r/)
    .slice(0, 20)
    .join('\n');
  const counts = delimiters.map((delimiter) => start.split(delimiter).length - 1);
  const most = Math.max(...counts);
  return most === 0 ? ',' : delimiters[counts.indexOf(most)];
}

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

/** Reads records. `onOpenQuote` is told the row where a quote opens that is never closed; that row is dropped. */
export function* csvRows(source: ByteRows, onOpenQuote: (row: number, cell: string) => void): Generator<RawRow> {
  const { bytes, separator, limits } = source;
  while (source.at < bytes.length) {
    const row = source.row + 1;
    if (row > limits.rows) throw new FileTooLarge({ zh: '行数过多', en: 'too many rows' }, { limit: limits.rows });
    const cells: string[] = [];
    let { at } = source;
    for (;;) {
      // A separator at the very end still opens an empty cell.
      const end = bytes[at] === quote ? endOfQuoted(bytes, at, separator) : endOfPlain(bytes, at, separator);
      if (end < 0) return onOpenQuote(row, source.text(at, Math.min(at + 160, bytes.length)).slice(0, 40));
      cells.push(cellOf(source, at, end));
      if (cells.length > limits.columns) throw tooManyColumns(row, limits.columns);
      at = end + 1;
      if (bytes[end] === separator) continue;
      if (bytes[end] === carriageReturn && bytes[at] === lineFeed) at += 1;
      break;
    }
    source.at = at;
    source.row = row;
    yield { row, cells };
  }
}

const tooManyColumns = (row: number, limit: number): FileTooLarge =>
  new FileTooLarge({ zh: `第 ${row} 行列数过多`, en: `too many columns in row ${row}` }, { limit });

function endOfPlain(bytes: Buffer, from: number, separator: number): number {
  let at = from;
  for (; at < bytes.length; at += 1) {
    const c = bytes[at];
    if (c === separator || c === lineFeed || c === carriageReturn) break;
  }
  return at;
}

/** End of a cell that begins with a quote: after the closing quote anything up to the separator still belongs to it. */
function endOfQuoted(bytes: Buffer, from: number, separator: number): number {
  let close = bytes.indexOf(quote, from + 1);
  while (close >= 0 && bytes[close + 1] === quote) close = bytes.indexOf(quote, close + 2);
  return close < 0 ? -1 : endOfPlain(bytes, close + 1, separator);
}

/**
 * Text of a cell. Undone here: quotes; the apostrophe that guards text against being run as a formula; and `="0123"`,
 * by which people keep spreadsheets from eating leading zeros.
 */
function cellOf(source: ByteRows, from: number, to: number): string {
  const raw = source.text(from, to);
  const first = source.bytes[from];
  if (first !== quote && first !== 39 && first !== 61) return raw;
  const bare =
    first === quote ? raw.replace(/^"((?:[^"]|"")*)"/, (_, inner: string) => inner.replaceAll('""', '"')) : raw;
  if (bare.startsWith("'")) return bare.slice(1);
  return /^="([^"]*)"$/.exec(bare)?.[1] ?? bare;
}
