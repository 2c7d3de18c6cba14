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
export async function readPolicyInput(rule: PolicyRule, file: string, options: InputOptions): Promise<PolicyInput> {
  const problems = new ProblemList();
  const tables = await readTables(await readObservations(file), problems, undefined, ['rows']);
  const [first] = tables;
  const table: PolicyTable = { header: first?.header, rows: first?.rows ?? [] };
  const numberOf: Parameters<typeof readPolicyRows>[3]['numberOf'] = (cell, habits) =>
    readNumber(cell, { ...habits, commaIsAmbiguous: first?.commaIsAmbiguous });
  const units = await loadUnits(readSettings().rulebookDir);
  const read = readPolicyRows(rule, units, table, { numberOf, ...options });
  const damaged = problems.inRowOrder.map(({ row, column, value, code, text, mend }) => ({
    ...{ row, column, value, code, text, mend },
  }));
  if (damaged.length > 0) throw new PolicyInputRefused(rule.id, damaged);
  if (!read.book) throw new PolicyInputRefused(rule.id, read.problems);
  return { book: read.book, ignored: read.ignored };
}
