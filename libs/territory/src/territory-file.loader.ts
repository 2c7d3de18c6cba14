/** Reads a file of territories from disk. */
import { readFile } from 'node:fs/promises';
import { TerritoryFileUnreadable } from './errors';
import type { TerritoryRow } from './territory';
import { parseTerritoryFile } from './territory-file';

/** @throws TerritoryFileUnreadable when it is not there, or not a file of territories */
export async function loadTerritoryFile(file: string): Promise<TerritoryRow[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO';
    throw new TerritoryFileUnreadable(file, { zh: `无法打开（${code}）`, en: `it cannot be opened (${code})` });
  }
  return parseTerritoryFile(text, file);
}
