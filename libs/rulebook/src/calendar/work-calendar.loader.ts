/** Reads the calendars of working days from the rulebook folder. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseWorkCalendar, type WorkCalendar } from './work-calendar';

/** All calendars by their id; none where the folder has none. @throws RulebookFileUnreadable */
export async function loadWorkCalendars(rulebookDir: string): Promise<Map<string, WorkCalendar>> {
  const folder = path.join(rulebookDir, 'calendars');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.yaml')).sort();
  const calendars = new Map<string, WorkCalendar>();
  for (const name of names) {
    const text = await readFile(path.join(folder, name), 'utf8');
    const calendar = parseWorkCalendar({ path: `calendars/${name}`, text });
    calendars.set(calendar.id, calendar);
  }
  return calendars;
}
