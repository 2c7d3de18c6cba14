/** The paper of a deed: its digest is what the deed keeps. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { ObservationsUnreadable } from '../errors';
import { fileFailure } from '../terminal/failure';

/** SHA-256 of a file. @throws ObservationsUnreadable */
export async function digestOfPaper(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (error) {
    throw new ObservationsUnreadable(file, fileFailure(error));
  }
  return hash.digest('hex');
}

/** A JSON file as it stands. @throws ObservationsUnreadable */
export async function readJsonFile(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    throw new ObservationsUnreadable(
      file,
      error instanceof SyntaxError ? { zh: '不是 JSON', en: 'no JSON' } : fileFailure(error),
    );
  }
}
