/** The input of a decision as expressions see it: periods, the units of each, their rows; with what was computed of each. */
import type { Fraction } from '@gep/kernel';

export type Value = Fraction | boolean | string;

export type Cells = ReadonlyMap<string, Value>;

/** Keeps what was computed of it; the map is made when it is first needed, since there may be a million holders. */
export interface Holder {
  known?: Map<string, unknown>;
}

/** One row of a unit; a rule without several rows a unit has exactly one. */
export interface InputRow extends Holder {
  /** Number of the row in the file. */
  readonly row: number;
  /** The row's own period; that of the decision unless rows are finer. */
  readonly period: string;
  /** What tells it apart from the other rows of its unit, but for the period. */
  readonly item: string;
  readonly cells: Cells;
}

export interface InputUnit extends Holder {
  readonly code: string;
  readonly name: string;
  readonly cells: Cells;
  readonly rows: readonly InputRow[];
}

export interface InputPeriod extends Holder {
  /** Empty when the input has no periods. */
  readonly period: string;
  /** By code. */
  readonly units: readonly InputUnit[];
  readonly byCode: ReadonlyMap<string, InputUnit>;
  readonly cells: Cells;
}

/** All periods of an input, the earliest first. */
export interface PolicyBook {
  readonly periods: readonly InputPeriod[];
  readonly byPeriod: ReadonlyMap<string, InputPeriod>;
  /** SHA-256 of everything that was read. */
  readonly digest: string;
  /** A trial: rules and parameters count as in force before they were. */
  readonly isTrial?: boolean;
}

/** Where an expression is computed. */
export interface Place {
  readonly book: PolicyBook;
  readonly period: InputPeriod;
  readonly unit?: InputUnit;
  readonly row?: InputRow;
}

/** Computes once for each holder. */
export function remember<T>(holder: Holder, key: string, compute: () => T): T {
  const known = (holder.known ??= new Map<string, unknown>());
  if (known.has(key)) return known.get(key) as T;
  const value = compute();
  known.set(key, value);
  return value;
}

/** Where the place is, for a fault. */
export const whereOf = ({ period, unit, row }: Place): { unit?: string; period?: string; row?: number } => ({
  ...(unit && unit.code !== '' && { unit: unit.code }),
  ...((row?.period ?? period.period) !== '' && { period: row?.period ?? period.period }),
  ...((row ?? unit?.rows[0]) && { row: (row ?? unit!.rows[0]).row }),
});
