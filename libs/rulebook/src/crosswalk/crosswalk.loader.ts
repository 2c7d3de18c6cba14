/** Reads mapping tables between class schemes from the rulebook folder. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { suggestion } from '../yaml/problem-log';
import { parseCrosswalk, type Crosswalk } from './crosswalk';
import { CrosswalkNotFound } from './errors';

/** Ids of the mapping tables, in alphabetical order. */
export async function listCrosswalks(rulebookDir: string): Promise<string[]> {
  const names = await readdir(path.join(rulebookDir, 'crosswalks')).catch(() => []);
  return names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/** @throws CrosswalkNotFound, RulebookFileUnreadable */
export async function loadCrosswalk(id: string, rulebookDir: string): Promise<Crosswalk> {
  const known = await listCrosswalks(rulebookDir);
  if (!known.includes(id)) throw new CrosswalkNotFound(id, suggestion(id, known));
  const text = await readFile(path.join(rulebookDir, 'crosswalks', `${id}.yaml`), 'utf8');
  return parseCrosswalk({ path: `crosswalks/${id}.yaml`, text });
}
