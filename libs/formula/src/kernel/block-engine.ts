/** What computes blocks: tiles of rows in, compensated sums by type and base out. */

/** Every engine gives the same bits: same operations in the same order, same sums. */
export interface BlockEngine {
  /** Most rows that `add` takes at once. */
  readonly tileRows: number;
  /** The type of each row of the next tile; filled by the caller before `add`. */
  readonly types: Uint16Array;
  /** Begins a block: all sums and counts are nought. */
  begin(): void;
  /**
   * Adds rows `from`..`to` of the columns, which are in the order of the plan.
   * @returns whether a column, whose absence the sums might not show, has an absent value
   */
  add(columns: readonly Float64Array[], from: number, to: number): boolean;
  /** Writes `[type][base][sum, lost]` of the block, and adds its rows of each type to `rows`. */
  finish(out: Float64Array, rows: Float64Array): void;
}
