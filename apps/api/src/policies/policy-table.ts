/** A table of input as it comes in JSON, read by the same readers as a file at the terminal. */
import type { UnitTable } from '@gep/kernel';
import { readNumber } from '@gep/observation';
import { PolicyInputRefused, readPolicyRows, type PolicyBook, type PolicyRule } from '@gep/rulebook';

/** Column → value; numbers as text keep every digit. */
export type InputRows = readonly Readonly<Record<string, unknown>>[];

export interface SentTable {
  readonly rows: InputRows;
  readonly period?: string;
  /** Values of the whole. */
  readonly totals?: Readonly<Record<string, string>>;
}

/** @throws PolicyInputRefused with every problem */
export function readSentTable(rule: PolicyRule, units: UnitTable, { rows, period, totals }: SentTable): PolicyBook {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const table = {
    header,
    rows: rows.map((row, at) => ({ row: at + 1, cells: header.map((name) => cellOf(row[name])) })),
  };
  const numberOf: Parameters<typeof readPolicyRows>[3]['numberOf'] = (cell, habits) => readNumber(cell, habits);
  const { book, problems } = readPolicyRows(rule, units, table, { numberOf, period, totals });
  if (!book) throw new PolicyInputRefused(rule.id, problems);
  return book;
}

/** What is neither text, number nor yes-no is shown as it came, and refused as no value of its column. */
const cellOf = (cell: unknown) =>
  typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : (cell as string | number | boolean | null);
