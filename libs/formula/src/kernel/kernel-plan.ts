/** What passes between compiler, worker threads and accounts: plans, chunks of rows, partial sums and base sums. */
import { RowExpression } from '../plan/row-expression';

/** Rows of a block: the unit in which sums are made, so that no division of the work can change a bit of them. */
export const blockRows = 16384;

/** The column kernel of a set of formulas, as plain values: survives structured clone and JSON. */
export interface KernelPlan {
  /** Columns read by some base. */
  readonly columns: readonly string[];
  /** Ecosystem types; sums are kept for each. */
  readonly types: readonly string[];
  /** Row expressions that are summed over the rows of each type. */
  readonly bases: readonly RowExpression[];
  /** One canonical text for each base: same key and same rows, same sums. */
  readonly keys: readonly string[];
  /** `needs[base][type]`: whether some wanted formula needs this sum; only there must the columns be present. */
  readonly needs: readonly (readonly boolean[])[];
  /** Codes of the formulas that use each base, for messages. */
  readonly formulas: readonly (readonly string[])[];
}

/** Rows as columns. A NaN is an absent value. */
export interface ColumnChunk {
  readonly rows: number;
  /** Index of each row's type in `types`. */
  readonly typeIndex: Uint8Array | Uint16Array | Int32Array;
  /** The list that `typeIndex` points into; the types of the plan when absent. */
  readonly types?: readonly string[];
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/** The first row that has no value for something that is needed of it. */
export type RowFault =
  /** A column that is used is absent (NaN). */
  | {
      readonly kind: 'missing';
      readonly chunk: number;
      readonly row: number;
      readonly type: string;
      readonly column: string;
    }
  /** A formula has no finite value for the row: a division by nought, or a number beyond the range of doubles. */
  | {
      readonly kind: 'not-finite';
      readonly chunk: number;
      readonly row: number;
      readonly type: string;
      readonly formulas: readonly string[];
    };

/** Sums of a run of blocks, kept by block so that they can be added in block order later. */
export interface PartialSums {
  /** First block, the block after the last, and the number of blocks of all rows. */
  readonly from: number;
  readonly to: number;
  readonly of: number;
  /** `[block][type][base][sum, lost]`: Neumaier sums with their compensation. */
  readonly blocks: Float64Array;
  /** Rows of each type. */
  readonly rows: Float64Array;
  readonly fault?: RowFault;
}

/** The sums that an account keeps: everything linear can be computed anew from them without the rows. */
export interface BaseSums {
  readonly types: readonly string[];
  readonly keys: readonly string[];
  /** `[type][base]`, in the units of the columns. Nought where a sum is not needed. */
  readonly sums: Float64Array;
  /** Rows of each type. */
  readonly rows: Float64Array;
  /** When set, the sums are not valid. */
  readonly fault?: RowFault;
}

/** Number of blocks of so many rows. */
export function countBlocks(rows: number): number {
  return Math.ceil(rows / blockRows);
}
