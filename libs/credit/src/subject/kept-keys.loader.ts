/** The keys of identifiers on a machine where nobody has set any: made once and kept beside the data, for its owner alone. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { readKeys } from './identifier-keys';
import { CreditKeysMissing } from '../errors';

/** Reads `<dataDir>/credit-keys`, making it at the first start. @throws CreditKeysMissing when it is there and cannot be read */
export function keptCreditKeys(dataDir: string): string {
  fs.mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, 'credit-keys');
  const fresh = (): string => randomBytes(32).toString('base64url');
  if (!fs.existsSync(file)) writeOnce(file, `first:${fresh()}:${fresh()}`);
  const text = fs.readFileSync(file, 'utf8').trim();
  if (!readKeys(text)) throw new CreditKeysMissing(file);
  return text;
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
