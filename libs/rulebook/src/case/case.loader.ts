/** Reads worked examples from the rulebook folder. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { CaseNotFound } from '../errors';
import { suggestion } from '../yaml/problem-log';
import { parsePublishedCase, type PublishedCase } from './published-case';

/** What a study printed, with the bytes of the observations that lead there. */
export interface LoadedCase {
  readonly published: PublishedCase;
  readonly observations: { readonly fileName: string; readonly bytes: Uint8Array };
}

/** Ids of the worked examples, in alphabetical order. */
export async function listCases(rulebookDir: string): Promise<string[]> {
  const entries = await readdir(path.join(rulebookDir, 'cases'), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** @throws CaseNotFound, RulebookFileUnreadable */
export async function loadCase(caseId: string, rulebookDir: string): Promise<LoadedCase> {
  const known = await listCases(rulebookDir);
  if (!known.includes(caseId)) throw new CaseNotFound(caseId, suggestion(caseId, known));
  const folder = path.join(rulebookDir, 'cases', caseId);
  const published = parsePublishedCase({
    path: `cases/${caseId}/published.yaml`,
    text: await readFile(path.join(folder, 'published.yaml'), 'utf8'),
  });
  const fileName = published.observations;
  return { published, observations: { fileName, bytes: await readFile(path.join(folder, fileName)) } };
}
