/** The secret that signs for this platform: from the settings, else the one that `npm start` keeps beside its data. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '@gep/platform';
import { SecretNotFound } from './errors';

/** @throws SecretNotFound */
export async function signingSecret({ secret, dataDir }: Pick<Config, 'secret' | 'dataDir'>): Promise<string> {
  if (secret !== undefined) return secret;
  const file = path.join(dataDir, 'secret');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept.trim() === '') throw new SecretNotFound(file);
  return kept.trim();
}
