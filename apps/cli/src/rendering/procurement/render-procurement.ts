/** Rows of procurement as plain text, under the names of their members. */
import { renderTable } from '../text-table';
import { beijingMoment } from '../../terminal/beijing-time';

/** Rows under the names of their members; what is made of several values is left to JSON. */
export function renderRows(rows: readonly object[]): string {
  const names = Object.entries(rows[0] ?? {}).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !(value instanceof Date) ? [] : [name],
  );
  const cells = rows.map((row) => {
    const values = row as Readonly<Record<string, unknown>>;
    return names.map((name) => textOf(values[name]));
  });
  return renderTable(
    names.map((heading) => ({ heading })),
    cells,
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return value instanceof Date ? beijingMoment(value) : String(value as string | number | bigint | boolean);
}
