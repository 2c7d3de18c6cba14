/** Randomness of a test that a printed seed repeats: set GEP_TEST_SEED to what a failed run has printed. */
import { randomFrom } from '../../tools/generate/county-patches';

export function seededRandom(title: string): { readonly seed: string; readonly next: () => number } {
  const seed = process.env['GEP_TEST_SEED'] ?? String(Date.now());
  process.stdout.write(`${title}: GEP_TEST_SEED=${seed}\n`);
  return { seed, next: randomFrom(`${title} ${seed}`) };
}
