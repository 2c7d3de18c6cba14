/** Joins figures of accounts with a table beside them: one row for each unit and period. */
import { assert } from '@gep/kernel';
import type { InputTable, SettlementInput, TableCell } from './settlement-input';

type AccountsInput = Extract<SettlementInput, { kind: 'accounts' }>;

/**
 * @param values by `unit period column`, in yuan
 * @returns the table, and the units and periods for which the other table has no row
 */
export function joinTable(
  { units, periods, columns, beside }: AccountsInput,
  values: ReadonlyMap<string, TableCell>,
): { readonly table: InputTable; readonly missing: readonly string[] } {
  const bound = columns.map(({ column }) => column);
  const [unitAt, periodAt] = [beside?.header.indexOf('unit') ?? -1, beside?.header.indexOf('period') ?? -1];
  const more = (beside?.header ?? []).filter((name, at) => at !== unitAt && at !== periodAt && !bound.includes(name));
  const given = new Map<string, readonly TableCell[]>();
  for (const row of beside?.rows ?? [])
    for (const period of periodAt < 0 ? periods : [String(row[periodAt])]) given.set(`${row[unitAt]} ${period}`, row);
  const missing: string[] = [];
  const rows = units.flatMap((unit) =>
    periods.map((period) => {
      const row = given.get(`${unit} ${period}`);
      if (beside && !row) missing.push(`${unit} ${period}`);
      return [
        ...[unit, period, ...bound.map((column) => values.get(`${unit} ${period} ${column}`) ?? null)],
        ...more.map((name) => row?.[beside!.header.indexOf(name)] ?? null),
      ];
    }),
  );
  return {
    table: { header: ['unit', 'period', ...bound.map((column) => `${column} [yuan]`), ...more], rows },
    missing,
  };
}

/** The period of the same length before: `2024`, `2024-Q3`, `2024-07`. */
export function periodBefore(period: string): string {
  const match = /^(\d{4})(?:-(Q?)(\d+))?$/.exec(period);
  assert(match, `not a period: ${period}`);
  const [, year, quarter, part] = match;
  if (part === undefined) return String(Number(year) - 1);
  const last = quarter === 'Q' ? 4 : 12;
  const [before, of] = Number(part) === 1 ? [last, Number(year) - 1] : [Number(part) - 1, Number(year)];
  return quarter === 'Q' ? `${of}-Q${before}` : `${of}-${String(before).padStart(2, '0')}`;
}
