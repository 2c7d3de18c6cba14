/** Cursors of lists that are ordered by a day and an id, or by an id alone. */
import { cursorRefused, readCursor } from '../request/cursor';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws RequestRefused */
export function readDayCursor(cursor: string | undefined): [day: string, id: string] | undefined {
  const place = readCursor(cursor, 2) as [string, string] | undefined;
  if (place && !(isDay(place[0]) && uuid.test(place[1]))) throw cursorRefused();
  return place;
}

/** @throws RequestRefused */
export function readIdCursor(cursor: string | undefined): string | undefined {
  const id = readCursor(cursor, 1)?.[0];
  if (id !== undefined && !uuid.test(id)) throw cursorRefused();
  return id;
}

function isDay(text: string): boolean {
  const read = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text);
}
