/** Reads a file of input for a rule: CSV in any encoding of the field, a workbook, or JSON; every bad cell is told at once. */
import { readNumber, readTables, ProblemList } from '@gep/observation';
import {
  loadUnits,
  PolicyInputRefused,
  readPolicyRows,
  type PolicyBook,
  type PolicyRule,
  type PolicyTable,
} from '@gep/rulebook';
import type { InputTable } from '@gep/settlement';
import { readObservations } from '../observed-file.loader';
import { readSettings } from '../machine/settings.loader';

export interface InputOptions {
  readonly period?: string;
  readonly totals?: Readonly<Record<string, string>>;
}

export interface PolicyInput {
  readonly book: PolicyBook;
  /** Columns that the rule does not know. */
  readonly ignored: readonly string[];
}

/** @throws ObservationsUnreadable, FileUnreadable, FileTooLarge, PolicyInputRefused with every problem */
export async function readPolicyInput(
  rule: PolicyRule,
  file: string | InputTable,
  options: InputOptions,
): Promise<PolicyInput> {
  if (typeof file !== 'string') return readTable(rule, tableOf(file), readNumber, options);
  const problems = new ProblemList();
  const tables = await readTables(await readObservations(file), problems, undefined, ['rows']);
  const [first] = tables;
  const table: PolicyTable = { header: first?.header, rows: first?.rows ?? [] };
  const numberOf: NumberReader = (cell, habits) =>
    readNumber(cell, { ...habits, commaIsAmbiguous: first?.commaIsAmbiguous });
  const damaged = problems.inRowOrder.map(({ row, column, value, code, text, mend }) => ({
    ...{ row, column, value, code, text, mend },
  }));
  if (damaged.length > 0) throw new PolicyInputRefused(rule.id, damaged);
  return readTable(rule, table, numberOf, options);
}

type NumberReader = Parameters<typeof readPolicyRows>[3]['numberOf'];

async function readTable(
  rule: PolicyRule,
  table: PolicyTable,
  numberOf: NumberReader,
  options: InputOptions,
): Promise<PolicyInput> {
  const units = await loadUnits(readSettings().rulebookDir);
  const { book, ignored, problems } = readPolicyRows(rule, units, table, { numberOf, ...options });
  if (!book) throw new PolicyInputRefused(rule.id, problems);
  return { book, ignored };
}

const tableOf = ({ header, rows }: InputTable): PolicyTable => ({
  header,
  rows: rows.map((cells, at) => ({ row: at + 2, cells })),
});

/** A table of a file, its cells as they stand there. */
export async function readPlainTable(file: string): Promise<InputTable> {
  const [first] = await readTables(await readObservations(file), new ProblemList(), undefined, ['rows']);
  const [header, ...rows] = first?.header
    ? [first.header, ...[...first.rows].map(({ cells }) => cells)]
    : [...(first?.rows ?? [])].map(({ cells }) => cells);
  return {
    header: (header ?? []).map((cell) => String(cell ?? '').trim()),
    rows: rows.map((cells) => cells.map((cell) => cell ?? null)),
  };
}
