/** The outcome of setting computed accounts beside the tables that a study printed. */
import type { Bilingual, EvidenceGrade } from '@gep/kernel';
import type { CaseNote, CasePeriod } from '@gep/rulebook';

export type Measure = 'area' | 'quantity' | 'value' | 'share' | 'rank';

/** `equal`: the same when rounded as printed; `within`: inside the tolerance; `off`: beyond it. */
export type Verdict = 'equal' | 'within' | 'off';

export interface ReproducedCell {
  /** For example `table4.before.sedimentReduction.quantity`. */
  readonly id: string;
  readonly period: CasePeriod;
  readonly measure: Measure;
  /** As printed. */
  readonly published: string;
  /** Decimal text with all digits. */
  readonly computed: string;
  /** `computed` with as many decimals as were printed. */
  readonly rounded: string;
  readonly unit: string;
  /** Relative for areas, quantities and values (null when the study printed nought); in points for shares; in places for ranks. */
  readonly deviation: number | null;
  readonly verdict: Verdict;
  /** The weakest grade of the parameters behind the figure; `published` means that no calibration takes part. */
  readonly grade: EvidenceGrade;
  /** Positions in `CaseReproduction.notes`. */
  readonly notes: readonly number[];
}

export interface ReproducedRow {
  readonly code: string;
  /** Service, group or type; and the type of the column in table 5. */
  readonly name: Bilingual;
  readonly type?: string;
  readonly cells: readonly ReproducedCell[];
}

export interface ReproducedTable {
  readonly id: 'table1' | 'table4' | 'table5' | 'table6';
  readonly title: Bilingual;
  readonly rows: readonly ReproducedRow[];
  /** Sums that the study printed below the table. */
  readonly totals: readonly ReproducedCell[];
  /** Notes on a whole column. */
  readonly columnNotes: Readonly<Record<CasePeriod, readonly number[]>>;
}

export interface CaseReproduction {
  readonly case: string;
  readonly title: Bilingual;
  readonly source: Bilingual;
  readonly norm: { readonly id: string; readonly edition: string };
  readonly periods: Readonly<Record<CasePeriod, string>>;
  readonly tables: readonly ReproducedTable[];
  readonly notes: readonly CaseNote[];
  /** Positions of the notes on the text of the study. */
  readonly textNotes: readonly number[];
  readonly counts: Readonly<Record<Verdict, number>>;
}

/** How close a figure must come. */
export interface CaseTolerance {
  /** Share of a printed area, quantity or value; half a unit of its last digit is always allowed. */
  readonly relative: number;
  /** Points of a per cent. */
  readonly points: number;
}

export interface ReproductionOptions {
  readonly tolerance?: CaseTolerance;
  /** The territory and its ancestors, nearest first, for parameters that differ by place. */
  readonly places?: readonly string[];
}
