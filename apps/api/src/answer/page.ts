/** Cuts a page out of rows that were read with one row too many. */
import { writeCursor } from '../request/cursor';

/** A page of a list; `next` goes on after the last row, or is null. */
export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

/** `rows` holds up to `limit` + 1 rows; `key` gives the sort key of a row. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  key: (row: Row) => readonly string[],
  show: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const more = rows.length > limit;
  return { items: shown.map(show), next: more ? writeCursor(key(shown[limit - 1])) : null };
}
