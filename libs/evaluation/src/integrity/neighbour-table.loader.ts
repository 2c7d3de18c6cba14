/** Reads the tables of neighbours from the rulebook folder. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type NeighbourTable, parseNeighbourTable } from './neighbour-table';

/** None where there is no such folder. @throws NeighbourTableUnreadable */
export async function loadNeighbourTables(rulebookDir: string): Promise<NeighbourTable[]> {
  const folder = path.join(rulebookDir, 'neighbours');
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    files.map(async (name) =>
      parseNeighbourTable(await readFile(path.join(folder, name), 'utf8'), `neighbours/${name}`),
    ),
  );
}
