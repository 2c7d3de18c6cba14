/** Reads CSV lazily, row by row: quotes, any line ending, and the row numbers that a spreadsheet program shows. */
import { ProblemList } from '../table/cell-problem';
import { FileTooLarge } from '../errors';
import { importLimits } from './limits';
import { RawRow, RawTable, TableKind } from '../table/raw-table';
import { reasons } from '../table/reasons';

const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/**
 * Table of a CSV text. Rows are read when they are asked for; an open quote is kept as a problem when it is met.
 * The table can be read once.
 */
export function readCsv(
  text: string,
  source: { readonly sheet: string; readonly kind?: TableKind; readonly limits?: { rows: number; columns: number } },
  problems: ProblemList,
): RawTable {
  const delimiter = detectDelimiter(text);
  const { sheet, kind, limits = importLimits } = source;
  return {
    sheet,
    ...(kind && { kind }),
    address: 'letters',
    commaIsAmbiguous: delimiter === ';',
    rows: csvRows(text, delimiter, limits, (row, cell) =>
      problems.addNamed(sheet, row, 'A', cell, reasons.quoteOpen()),
    ),
  };
}

/** The delimiter that occurs most often, outside quotes, in the first rows; a comma when none does. */
export function detectDelimiter(text: string): Delimiter {
  const start = text
    .slice(0, 16_384)
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

/** Splits a text into records. `onOpenQuote` is told the row where a quote opens that is never closed; that row is dropped. */
export function* csvRows(
  text: string,
  delimiter: Delimiter,
  limits: { rows: number; columns: number },
  onOpenQuote: (row: number, cell: string) => void,
): Generator<RawRow> {
  const separator = delimiter.charCodeAt(0);
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let row = 1; at < text.length; row += 1) {
    if (row > limits.rows) throw new FileTooLarge({ zh: '行数过多', en: 'too many rows' }, { limit: limits.rows });
    const cells: string[] = [];
    for (;;) {
      // A separator at the very end still opens an empty cell.
      const end = text.charCodeAt(at) === quote ? endOfQuoted(text, at, separator) : endOfPlain(text, at, separator);
      if (end < 0) return onOpenQuote(row, text.slice(at, at + 40));
      cells.push(cellOf(text, at, end));
      if (cells.length > limits.columns) throw tooManyColumns(row, limits.columns);
      at = end + 1;
      if (text.charCodeAt(end) === separator) continue;
      if (text.charCodeAt(end) === carriageReturn && text.charCodeAt(at) === lineFeed) at += 1;
      break;
    }
    yield { row, cells };
  }
}

const tooManyColumns = (row: number, limit: number): FileTooLarge =>
  new FileTooLarge({ zh: `第 ${row} 行列数过多`, en: `too many columns in row ${row}` }, { limit });

function endOfPlain(text: string, from: number, separator: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const c = text.charCodeAt(at);
    if (c === separator || c === lineFeed || c === carriageReturn) break;
  }
  return at;
}

/** End of a cell that begins with a quote: after the closing quote anything up to the separator still belongs to it. */
function endOfQuoted(text: string, from: number, separator: number): number {
  let close = text.indexOf('"', from + 1);
  while (close >= 0 && text.charCodeAt(close + 1) === quote) close = text.indexOf('"', close + 2);
  return close < 0 ? -1 : endOfPlain(text, close + 1, separator);
}

/**
 * Text of a cell. Undone here: quotes; the apostrophe that guards text against being run as a formula; and `="0123"`,
 * by which people keep spreadsheets from eating leading zeros.
 */
function cellOf(text: string, from: number, to: number): string {
  const first = text.charCodeAt(from);
  if (first !== quote && first !== 39 && first !== 61) return text.slice(from, to);
  const raw = text.slice(from, to);
  const bare =
    first === quote ? raw.replace(/^"((?:[^"]|"")*)"/, (_, inner: string) => inner.replaceAll('""', '"')) : raw;
  if (bare.startsWith("'")) return bare.slice(1);
  return /^="([^"]*)"$/.exec(bare)?.[1] ?? bare;
}
