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

/**
 * @param idOrFile a table of the rulebook, or the path of a YAML file of the same form
 * @throws CrosswalkNotFound, RulebookFileUnreadable
 */
export async function loadCrosswalk(idOrFile: string, rulebookDir: string): Promise<Crosswalk> {
  const known = await listCrosswalks(rulebookDir);
  const isKnown = known.includes(idOrFile);
  const file = isKnown ? path.join(rulebookDir, 'crosswalks', `${idOrFile}.yaml`) : idOrFile;
  if (!isKnown && !/\.ya?ml$/.test(idOrFile)) throw new CrosswalkNotFound(idOrFile, suggestion(idOrFile, known));
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CrosswalkNotFound(idOrFile, suggestion(idOrFile, known));
  });
  return parseCrosswalk({ path: isKnown ? `crosswalks/${idOrFile}.yaml` : path.basename(file), text });
}
