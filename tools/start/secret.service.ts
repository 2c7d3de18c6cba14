/** The secret that signs tokens on a machine where nobody has set one: made once and kept beside the data. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { DataFolderRefused } from './errors';

/** Reads `<dataDir>/secret`, making it at the first start; only its owner may read the file. @throws DataFolderRefused */
export function keptSecret(dataDir: string): string {
  try {
    fs.mkdirSync(path.join(dataDir, 'logs'), { recursive: true });
    const file = path.join(dataDir, 'secret');
    if (!fs.existsSync(file)) writeOnce(file, randomBytes(32).toString('base64url'));
    return fs.readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new DataFolderRefused(dataDir, (error as Error).message);
  }
}

/** Whole or not at all, and the first of two that start at once wins. */
function writeOnce(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, text, { mode: 0o600 });
  try {
    fs.linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    fs.rmSync(draft);
  }
}
