/** A norm of the rulebook with a value changed, in force in a database under test. */
import { resolve } from 'node:path';
import type { Database } from '@gep/platform';
import { loadNorm, type NormEdition, parseNorm, RulebookService } from '@gep/rulebook';
import { testActor } from '../fixtures/test-database';

/**
 * @param parameter its first value is changed
 * @param facts keys of that value that are set, `value` among them
 */
export async function publishChanged(
  database: Database,
  id: string,
  parameter: string,
  facts: Readonly<Record<string, string | number>>,
): Promise<NormEdition> {
  const { files, units } = await loadNorm(id, resolve(__dirname, '../../rulebook'));
  const place = new RegExp(`(- code: ${parameter}\\n[^]*?\\n( +)- )value: [^\\n]+`);
  const changed = files.map(({ path, text }) => ({
    path,
    text: text.replace(place, (_, before: string, indent: string) => {
      const lines = Object.entries(facts).map(([key, value]) => `${key}: ${value}`);
      return before + lines.join(`\n${indent}  `);
    }),
  }));
  const { norm, problems } = parseNorm(changed, units);
  if (!norm) throw new Error(JSON.stringify(problems));
  await new RulebookService(database).publish(testActor(), norm);
  return norm;
}
