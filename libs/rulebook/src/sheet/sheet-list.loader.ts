/** Reads the data sheets of departments from the rulebook folder. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseSheetList, type SheetList } from './sheet-list';

/** All lists, by their file names. A folder without sheets has none. @throws RulebookFileUnreadable */
export async function loadSheetLists(rulebookDir: string): Promise<SheetList[]> {
  const folder = path.join(rulebookDir, 'sheets');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => {
      return parseSheetList({ path: `sheets/${name}`, text: await readFile(path.join(folder, name), 'utf8') });
    }),
  );
}

/** Where the rulebook lies, for those who are wired together by the program. */
export class RulebookFolder {
  constructor(readonly path: string) {}
}
