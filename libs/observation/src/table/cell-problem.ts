/** A problem at the cell that the author of a file sees, and the list that collects all of them at once. */
import { Bilingual } from '@gep/kernel';
import { columnLetters, RawCell, wellFormed } from './raw-table';

export interface CellProblem {
  sheet: string;
  /** As the user sees it: the first row of a sheet is 1. */
  row: number;
  /** Letter and name (`D area [mu]`), or the path of a JSON member (`extent[3].area`). */
  column: string;
  value: string;
  severity: 'error' | 'warning';
  code: string;
  text: Bilingual;
  mend: Bilingual;
}

/** What is wrong and how to mend it, without the place. */
export type Reason = Pick<CellProblem, 'severity' | 'code' | 'text' | 'mend'>;

/** Where a table's cells are: enough to name any of them. */
export interface SheetAddress {
  readonly sheet: string;
  readonly address: 'letters' | 'path';
  readonly header: readonly string[];
}

/** Name of a column at a row, as a person would look it up. */
export function columnName(at: SheetAddress, index: number, row: number): string {
  const name = at.header[index] ?? '';
  if (at.address === 'path') return `${at.sheet}[${row - 1}]${name === '' ? '' : `.${name}`}`;
  return index < 0 ? name : `${columnLetters(index)}${name === '' ? '' : ` ${name}`}`;
}

const mostKept = 10_000;
const longestValue = 80;
const longestSentence = 500;

/** Text of a stranger's file made fit to be stored and shown: bounded, without control characters and broken pairs. */
export function presentable(text: string, longest = longestValue): string {
  const bounded = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return wellFormed(bounded.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd'));
}

/** Collects problems up to a limit; beyond it they are only counted, so that a hopeless file cannot fill the memory. */
export class ProblemList {
  readonly kept: CellProblem[];
  errors: number;
  warnings: number;

  /** @param begun what was found before */
  constructor(begun?: {
    readonly problems: readonly CellProblem[];
    readonly counts: { errors: number; warnings: number };
  }) {
    this.kept = [...(begun?.problems ?? [])];
    this.errors = begun?.counts.errors ?? 0;
    this.warnings = begun?.counts.warnings ?? 0;
  }

  add(at: SheetAddress, row: number, index: number, value: RawCell, reason: Reason): void {
    this.addNamed(at.sheet, row, columnName(at, index, row), value, reason);
  }
  addNamed(sheet: string, row: number, column: string, value: RawCell, reason: Reason): void {
    if (reason.severity === 'error') this.errors += 1;
    else this.warnings += 1;
    if (this.kept.length >= mostKept) return;
    const { severity, code, text, mend } = reason;
    this.kept.push({
      sheet: presentable(sheet),
      row,
      column: presentable(column),
      value: value === undefined || value === null ? '' : presentable(String(value)),
      severity,
      code,
      text: { zh: presentable(text.zh, longestSentence), en: presentable(text.en, longestSentence) },
      mend: { zh: presentable(mend.zh, longestSentence), en: presentable(mend.en, longestSentence) },
    });
  }
  /** Sheet by sheet in the order in which they were first complained of, row by row; in a row as they were found. */
  get inRowOrder(): CellProblem[] {
    const sheets = [...new Set(this.kept.map(({ sheet }) => sheet))];
    const place = new Map(sheets.map((sheet, index) => [sheet, index]));
    return this.kept.toSorted((a, b) => place.get(a.sheet)! - place.get(b.sheet)! || a.row - b.row);
  }
  get omitted(): number {
    return this.errors + this.warnings - this.kept.length;
  }
}
