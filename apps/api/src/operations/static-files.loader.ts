/** Finds the folder of the static pages, from the sources as well as from the built tree. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @throws Error when the pages were not shipped beside the program */
export function staticFilesFolder(from = __dirname): string {
  const folder = join(from, 'apps', 'api', 'public');
  if (existsSync(join(folder, 'index.html'))) return folder;
  const parent = dirname(from);
  if (parent === from) throw new Error('the folder apps/api/public with the static pages is missing');
  return staticFilesFolder(parent);
}
