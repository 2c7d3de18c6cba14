/** Rows as objects, as a table: the columns in the order in which they first come. */
import type { MeasuredCell, MeasuredTable } from './measured-table';

export function tableOfRows(rows: readonly Readonly<Record<string, unknown>>[]): MeasuredTable {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cellOf = (cell: unknown): MeasuredCell =>
    typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : ((cell ?? null) as MeasuredCell);
  return { header, rows: rows.map((row) => header.map((name) => cellOf(row[name]))) };
}
