/** Reads rules of policies: by id from rulebook/policies/<mechanism>/<id>.yaml, or from a file anywhere. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { PolicyNotFound, PolicyRefused, RulebookFolderMissing } from '../errors';
import { loadUnits } from '../norm/norm.loader';
import { suggestion } from '../yaml/problem-log';
import type { NormFile } from '../norm/norm';
import { parseRule } from './parse-rule';
import type { PolicyProblem, PolicyRule } from './rule';

const maxFileBytes = 1024 * 1024;

/** Where each rule of the rulebook stands, by id, in alphabetical order. @throws RulebookFolderMissing */
export async function listPolicies(rulebookDir: string): Promise<{ id: string; file: string }[]> {
  const root = path.join(rulebookDir, 'policies');
  const found: { id: string; file: string }[] = [];
  const mechanisms = await readdir(root, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new RulebookFolderMissing(root, error.code ?? error.message);
  });
  for (const mechanism of mechanisms.filter((entry) => entry.isDirectory())) {
    const names = await readdir(path.join(root, mechanism.name));
    for (const name of names.filter((one) => one.endsWith('.yaml')))
      found.push({ id: name.replace(/\.yaml$/, ''), file: path.join(root, mechanism.name, name) });
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** @throws PolicyNotFound, PolicyRefused with every problem */
export async function loadPolicy(idOrFile: string, rulebookDir: string): Promise<PolicyRule> {
  const { rule, problems } = await checkPolicy(idOrFile, rulebookDir);
  if (!rule) throw new PolicyRefused(idOrFile, problems);
  return rule;
}

/** A rule as its text was sent. @throws PolicyRefused with every problem */
export async function readPolicyText(file: NormFile, rulebookDir: string): Promise<PolicyRule> {
  const { rule, problems } = parseRule(file, await loadUnits(rulebookDir));
  if (!rule) throw new PolicyRefused(file.path, problems);
  return rule;
}

/** Like `loadPolicy`, but gives the problems back instead of refusing. @throws PolicyNotFound */
export async function checkPolicy(
  idOrFile: string,
  rulebookDir: string,
): Promise<{ rule?: PolicyRule; problems: PolicyProblem[] }> {
  const file = await findFile(idOrFile, rulebookDir);
  const [text, units] = await Promise.all([readFile(file, 'utf8'), loadUnits(rulebookDir)]);
  return parseRule({ path: path.basename(file), text }, units);
}

async function findFile(idOrFile: string, rulebookDir: string): Promise<string> {
  if (/^[a-z0-9-]+$/.test(idOrFile)) {
    const known = await listPolicies(rulebookDir);
    const found = known.find(({ id }) => id === idOrFile);
    if (found) return found.file;
  }
  const entry = await stat(idOrFile).catch(() => undefined);
  if (entry?.isFile() && entry.size <= maxFileBytes) return idOrFile;
  const ids = (await listPolicies(rulebookDir)).map(({ id }) => id);
  throw new PolicyNotFound(idOrFile, ids, suggestion(path.basename(idOrFile, '.yaml'), ids));
}
