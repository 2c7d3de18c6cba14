/** A table of input as it comes from a file, and what is wrong with a cell of it. */
import type { Bilingual } from '@gep/kernel';

export type PolicyCell = string | number | boolean | null | undefined;

export interface PolicyTable {
  readonly rows: Iterable<{ readonly row: number; readonly cells: readonly PolicyCell[] }>;
  /** Names given outright; else the header is looked for among the first rows. */
  readonly header?: readonly string[];
}

export interface InputProblem {
  readonly row: number;
  /** Letter and name, `D score`. */
  readonly column: string;
  readonly value: string;
  readonly code: string;
  readonly text: Bilingual;
  readonly mend: Bilingual;
}

type Reason = Pick<InputProblem, 'code' | 'text' | 'mend'>;

/** Reads a number as people write it: the number with its unit, a reason why it is none, or nothing for an empty cell. */
export type NumberReader = (
  cell: PolicyCell,
  habits: { readonly isUnit: (text: string) => boolean },
) => { readonly decimal: string; readonly unit?: string } | Reason | undefined;

export const textOfCell = (cell: PolicyCell): string =>
  cell === undefined || cell === null ? '' : String(cell).trim();

/** A, B, … Z, AA, … */
export function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

/** Half-width, lower case, without blanks, underscores and hyphens: the form in which names are compared. */
export const keyOf = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .toLowerCase()
    .replace(/[\s_\-–·]+/g, '');
