/** A table as its author sees it, before anything is understood: sheet, row numbers, cells. */
import type { ByteRows } from '../file/byte-rows';

/** Text as written, or the typed number or truth value of a workbook or JSON; undefined and null are empty. */
export type RawCell = string | number | boolean | null | undefined;

export interface RawRow {
  /** Number of the row as the author sees it; the first row of a sheet is 1, the first item of a JSON list too. */
  readonly row: number;
  readonly cells: readonly RawCell[];
  /** Columns whose cell is part of a merged cell over several rows: its value stands in each of them. */
  readonly merged?: ReadonlySet<number>;
}

export type TableKind = 'extent' | 'attributes' | 'statistics' | 'series';

export interface RawTable {
  /** Name of the sheet, of the CSV file, or of the JSON list. */
  readonly sheet: string;
  /** What the table is said to be; otherwise its name and its header tell. */
  readonly kind?: TableKind;
  /** `letters`: columns are A, B, …; `path`: cells are members of JSON items. */
  readonly address: 'letters' | 'path';
  /** Names given outright (JSON); otherwise the header is looked for among the first rows. */
  readonly header?: readonly string[];
  /** A comma inside a number may be a decimal comma (semicolon-separated files), so that it cannot be read safely. */
  readonly commaIsAmbiguous?: boolean;
  readonly rows: Iterable<RawRow>;
  /** The bytes of a CSV file that `rows` reads from: who reads a row here moves `rows` on by it. */
  readonly bytes?: ByteRows;
}

/** A, B, … Z, AA, AB, … */
export function columnLetters(index: number): string {
  let letters = '';
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1)
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return letters;
}

export const isBlank = (cell: RawCell): boolean =>
  cell === undefined || cell === null || (typeof cell === 'string' && cell.trim() === '');

/** Cell as trimmed text; empty when blank. */
export function cellText(cell: RawCell): string {
  return cell === undefined || cell === null ? '' : String(cell).trim();
}

/** Text whose halves of surrogate pairs are all paired; what is not becomes U+FFFD, as it would in UTF-8. */
export function wellFormed(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? Buffer.from(text, 'utf8').toString('utf8') : text;
}

/** Full-width letters, digits and signs as their plain forms; the ideographic space as a space. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ');
}

/** Form in which names are compared: half width, lower case, without spaces, underscores and hyphens. */
export function nameKey(text: string): string {
  return halfWidth(text)
    .trim()
    .toLowerCase()
    .replace(/[\s_\-–·]+/g, '');
}
