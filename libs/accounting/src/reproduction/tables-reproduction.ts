/** The outcome of setting accounts beside printed tables of any shape. */
import type { Bilingual, EvidenceGrade } from '@gep/kernel';
import type { CaseAxis, CaseMeasure, CaseNote } from '@gep/rulebook';
import type { Verdict } from './case-reproduction';

export interface ComparedCell {
  /** `table.row.column`. */
  readonly id: string;
  readonly row: string;
  readonly column: string;
  readonly measure: CaseMeasure;
  /** As printed. */
  readonly published: string;
  /** Decimal text with all digits; null where there is nothing to divide by. */
  readonly computed: string | null;
  /** `computed` with as many decimals as were printed. */
  readonly rounded: string | null;
  /** Unit of both figures; points of a per cent and places have `%` and `1`. */
  readonly unit: string;
  /** Relative; in points for shares, in places for ranks; null when nought was printed or nothing computed. */
  readonly deviation: number | null;
  readonly verdict: Verdict;
  /** The weakest grade of the values behind the figure. */
  readonly grade: EvidenceGrade;
  /** Positions in `TablesReproduction.notes`. */
  readonly notes: readonly number[];
}

export interface ComparedTable {
  readonly id: string;
  readonly title: Bilingual;
  readonly rows: CaseAxis;
  readonly columns: CaseAxis | 'measure';
  readonly cells: readonly ComparedCell[];
  /** Positions of the notes on the whole table. */
  readonly notes: readonly number[];
}

export interface TablesReproduction {
  readonly case: string;
  readonly title: Bilingual;
  readonly source: Bilingual;
  readonly norm: { readonly id: string; readonly edition: string };
  readonly tables: readonly ComparedTable[];
  readonly notes: readonly CaseNote[];
  /** Names of the codes that rows and columns go by. */
  readonly names: Readonly<Record<string, Bilingual>>;
  readonly tolerance: { readonly relative: number; readonly points: number };
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Cells of territories and periods whose account was refused. */
  readonly leftOut: readonly string[];
}
