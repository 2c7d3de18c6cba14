/** Reads worked examples from the rulebook folder. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { CaseNotFound, PublishedTablesMissing, RulebookFileUnreadable } from '../errors';
import type { NormFile } from '../norm/norm';
import { listFolders } from '../norm/norm.loader';
import { hasPrintedTables, parsePrintedCase, type PrintedCase } from './printed-case';
import { parsePolicyCase, type PolicyCase } from './policy-case';
import { parsePublishedCase, type PublishedCase } from './published-case';

interface CaseFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** What a study printed, with the bytes of the observations that lead there. */
export interface LoadedCase {
  readonly published: PublishedCase;
  readonly observations: CaseFile;
}

/** A study of printed tables, with its observations and where its norm is: an id, or the path of a folder. */
export interface LoadedTables {
  readonly printed: PrintedCase;
  readonly observations: readonly CaseFile[];
  readonly norm: string;
}

/** A study in two columns, before and after; or one of printed tables. */
export type LoadedStudy = ({ readonly form: 'columns' } & LoadedCase) | ({ readonly form: 'tables' } & LoadedTables);

/** Ids of the worked examples, in alphabetical order. @throws RulebookFolderMissing */
export function listCases(rulebookDir: string): Promise<string[]> {
  return listFolders(rulebookDir, 'cases');
}

/** Ids of the published cases of policies, in alphabetical order; none where the rulebook has no such folder. */
export async function listPolicyCases(rulebookDir: string): Promise<string[]> {
  const names = await readdir(path.join(rulebookDir, policyCases)).catch(() => []);
  return names.flatMap((name) => /^(.*)\.yaml$/.exec(name)?.[1] ?? []).sort();
}

/** @returns nothing when no case of a policy has this name @throws RulebookFileUnreadable */
export async function loadPolicyCase(name: string, rulebookDir: string): Promise<PolicyCase | undefined> {
  const known = await listPolicyCases(rulebookDir);
  const found = [name, `policy-${name}`].find((one) => known.includes(one));
  if (found === undefined) return undefined;
  const file = `${policyCases}/${found}.yaml`;
  const text = await readFile(path.join(rulebookDir, file), 'utf8');
  return parsePolicyCase(found, { path: file, text });
}

const policyCases = 'policy-cases';

/** A study in two columns of the rulebook. @throws CaseNotFound, RulebookFileUnreadable */
export async function loadCase(caseId: string, rulebookDir: string): Promise<LoadedCase> {
  const { folder, file } = await findCase(caseId, rulebookDir);
  return loadColumns(folder, file);
}

/**
 * A study of either form.
 * @param nameOrFolder a study of the rulebook, or the path of a folder with a `published.yaml` anywhere
 * @throws CaseNotFound, PublishedTablesMissing, RulebookFileUnreadable
 */
export async function loadStudy(nameOrFolder: string, rulebookDir: string): Promise<LoadedStudy> {
  const found = await findCase(nameOrFolder, rulebookDir, hasPublishedTables);
  const { folder, file } = found;
  if (!hasPrintedTables(file)) return { form: 'columns', ...(await loadColumns(folder, file)) };
  const printed = parsePrintedCase(file);
  const observations = await Promise.all(printed.observations.map((name) => readCaseFile(folder, name)));
  const norm = printed.norm.startsWith('.') ? path.join(folder, printed.norm) : printed.norm;
  return { form: 'tables', printed, observations, norm };
}

async function loadColumns(folder: string, file: NormFile): Promise<LoadedCase> {
  const published = parsePublishedCase(file);
  return { published, observations: await readCaseFile(folder, published.observations) };
}

async function findCase(
  nameOrFolder: string,
  rulebookDir: string,
  isCase: (folder: string) => Promise<boolean> = () => Promise.resolve(false),
): Promise<{ folder: string; file: NormFile }> {
  const known = await listCases(rulebookDir);
  const isKnown = known.includes(nameOrFolder);
  if (!isKnown && !(await isCase(nameOrFolder)))
    throw new CaseNotFound(nameOrFolder, [...known, ...(await listPolicyCases(rulebookDir))]);
  const folder = isKnown ? path.join(rulebookDir, 'cases', nameOrFolder) : nameOrFolder;
  const text = await readFile(path.join(folder, 'published.yaml'), 'utf8');
  const name = isKnown ? `cases/${nameOrFolder}` : path.basename(path.resolve(folder));
  return { folder, file: { path: `${name}/published.yaml`, text } };
}

async function readCaseFile(folder: string, fileName: string): Promise<CaseFile> {
  const bytes = await readFile(path.join(folder, fileName)).catch((error: Error) => {
    throw new RulebookFileUnreadable(fileName, { zh: error.message, en: error.message });
  });
  return { fileName, bytes };
}

/** Whether it is the folder of a study. @throws PublishedTablesMissing when it is a folder and has no `published.yaml` */
async function hasPublishedTables(folder: string): Promise<boolean> {
  const kindOf = (candidate: string): Promise<'file' | 'folder' | undefined> =>
    stat(candidate).then(
      (entry) => (entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : undefined),
      () => undefined,
    );
  if ((await kindOf(path.join(folder, 'published.yaml'))) === 'file') return true;
  if ((await kindOf(folder)) === 'folder') throw new PublishedTablesMissing(folder);
  return false;
}
