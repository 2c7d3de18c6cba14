/** The input of a decision as expressions see it: periods, the units of each, their rows; with what was computed of each. */
import type { Fraction } from '@gep/kernel';

export type Value = Fraction | boolean | string;

export type Cells = ReadonlyMap<string, Value>;

/** Keeps what was computed of it: made when it is first needed, and a plain list while it is short, since there may be a million. */
export interface Holder {
  known?: Known;
}

/** Keys and values in turn, or, of more than a few, a map. */
type Known = unknown[] | Map<unknown, unknown>;
const longestList = 16;

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

/** Computes once for each holder. @param key a text, or the thing itself that is computed */
export function remember<T>(holder: Holder, key: string | object, compute: () => T): T {
  const { known } = holder;
  if (known instanceof Map) {
    if (known.has(key)) return known.get(key) as T;
  } else if (known) for (let at = 0; at < known.length; at += 2) if (known[at] === key) return known[at + 1] as T;
  const value = compute();
  keep(holder, key, value);
  return value;
}

function keep(holder: Holder, key: string | object, value: unknown): void {
  const { known } = holder;
  if (known instanceof Map) known.set(key, value);
  else if (!known) holder.known = [key, value];
  else if (known.push(key, value) > longestList) {
    const map = new Map<unknown, unknown>();
    for (let at = 0; at < known.length; at += 2) map.set(known[at], known[at + 1]);
    holder.known = map;
  }
}

/** Where the place is, for a fault. */
export const whereOf = ({ period, unit, row }: Place): { unit?: string; period?: string; row?: number } => ({
  ...(unit && unit.code !== '' && { unit: unit.code }),
  ...((row?.period ?? period.period) !== '' && { period: row?.period ?? period.period }),
  ...((row ?? unit?.rows[0]) && { row: (row ?? unit!.rows[0]).row }),
});
