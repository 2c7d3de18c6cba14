/** Reads a table of cells for a rule; numbers are plain decimals, with a unit behind them at most. */
import { Fraction, type UnitTable } from '@gep/kernel';
import { PolicyInputRefused, readPolicyRows, type PolicyBook, type PolicyRule } from '@gep/rulebook';
import type { InputTable } from './settlement-input';

type NumberReader = Parameters<typeof readPolicyRows>[3]['numberOf'];

/** `12`, `-0.5`, `1e3`, `1/3`, `1,234.5`, `12 万元`; empty is no value. */
export const plainNumber: NumberReader = (cell, { isUnit }) => {
  if (cell === null || cell === undefined || cell === '') return undefined;
  const text = String(cell);
  const match = /^([+-]?[\d.,/eE+-]*\d)\s*([^\d\s].*)?$/.exec(text.trim());
  const grouped = match && /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(match[1]);
  const decimal = grouped ? match[1].replaceAll(',', '') : match?.[1];
  const unit = match?.[2]?.trim();
  if (decimal === undefined || Fraction.parse(decimal) === undefined || (unit !== undefined && !isUnit(unit)))
    return {
      code: 'policy.not-a-number',
      text: { zh: `“${text}”不是数字`, en: `"${text}" is no number` },
      mend: { zh: '请写成 1234.5 的形式', en: 'write it as 1234.5' },
    };
  return { decimal, ...(unit !== undefined && { unit }) };
};

/** @throws PolicyInputRefused with every problem */
export function readInput(
  rule: PolicyRule,
  units: UnitTable,
  table: InputTable & { readonly totals?: Readonly<Record<string, string>> },
  period: string,
): PolicyBook {
  const rows = table.rows.map((cells, at) => ({ row: at + 2, cells }));
  const { totals } = table;
  const read = readPolicyRows(rule, units, { header: table.header, rows }, { numberOf: plainNumber, period, totals });
  if (read.book) return read.book;
  throw new PolicyInputRefused(rule.id, read.problems);
}
