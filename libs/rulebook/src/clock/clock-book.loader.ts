/** Reads the legal clocks from the rulebook folder, with the calendar that they name. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadWorkCalendars } from '../calendar/work-calendar.loader';
import { type ClockBook, parseClocks } from './clock-rules';

/** @throws RulebookFileUnreadable */
export async function loadClockBook(rulebookDir: string, id = 'cn'): Promise<ClockBook> {
  const name = `clocks/${id}.yaml`;
  const text = await readFile(path.join(rulebookDir, name), 'utf8');
  return parseClocks({ path: name, text }, await loadWorkCalendars(rulebookDir));
}
