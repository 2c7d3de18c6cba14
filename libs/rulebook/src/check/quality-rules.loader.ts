/** Reads the checks of stated accounts from the rulebook folder. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { RulebookFileUnreadable } from '../errors';
import { parseQualityRules, type QualityRules } from './quality-rules';

/** @throws RulebookFileUnreadable */
export async function loadQualityRules(rulebookDir: string): Promise<QualityRules> {
  const file = path.join(rulebookDir, 'checks', 'quality.yaml');
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new RulebookFileUnreadable(file, { zh: error.message, en: error.message });
  });
  return parseQualityRules({ path: 'checks/quality.yaml', text });
}
