/** Reads the data sheets of departments from the rulebook folder, with the calendars that they name. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadWorkCalendars } from '../calendar/work-calendar.loader';
import { parseSheetList, type SheetList } from './sheet-list';

/** All lists, by their file names. A folder without sheets has none. @throws RulebookFileUnreadable */
export async function loadSheetLists(rulebookDir: string): Promise<SheetList[]> {
  const folder = path.join(rulebookDir, 'sheets');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.yaml')).sort();
  const calendars = await loadWorkCalendars(rulebookDir);
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(folder, name), 'utf8');
      return parseSheetList({ path: `sheets/${name}`, text }, calendars);
    }),
  );
}

/** Where the rulebook lies, for those who are wired together by the program. */
export class RulebookFolder {
  constructor(readonly path: string) {}
}
