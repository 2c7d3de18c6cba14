/** Reads units and norms from the rulebook folder, within limits. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { UnitTable } from '@gep/kernel';
import {
  NormFolderEmpty,
  NormNotFound,
  NormRefused,
  NormTooLarge,
  RulebookFileUnreadable,
  RulebookFolderMissing,
} from '../errors';
import type { NormEdition, NormFile, NormProblem } from './norm';
import { parseNorm } from './parse-norm';
import { parseUnits } from '../yaml/parse-units';
import { suggestion } from '../yaml/problem-log';
import { readYaml } from '../yaml/read-yaml';
import { extensionOf } from './norm-layers';

const maxFiles = 50;
const maxFileBytes = 2 * 1024 * 1024;
const maxTotalBytes = 8 * 1024 * 1024;

/** Units of measure of a rulebook folder. @throws RulebookFileUnreadable */
export async function loadUnits(rulebookDir: string): Promise<UnitTable> {
  const file = path.join(rulebookDir, 'units.yaml');
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new RulebookFileUnreadable(file, { zh: error.message, en: error.message });
  });
  return parseUnits({ path: 'units.yaml', text });
}

/** Ids of the norms in the rulebook folder, in alphabetical order. @throws RulebookFolderMissing */
export function listNorms(rulebookDir: string): Promise<string[]> {
  return listFolders(rulebookDir, 'norms');
}

/** Names of the folders in one part of the rulebook, in alphabetical order. @throws RulebookFolderMissing */
export async function listFolders(rulebookDir: string, part: 'norms' | 'cases'): Promise<string[]> {
  const missing = ({ code, message }: NodeJS.ErrnoException): never => {
    throw new RulebookFolderMissing(rulebookDir, code ?? message);
  };
  await readdir(rulebookDir).catch(missing);
  const entries = await readdir(path.join(rulebookDir, part), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : missing(error)),
  );
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/**
 * Reads and checks a norm.
 * @param idOrFolder id of a norm in the rulebook, or the path of a folder anywhere
 * @throws NormNotFound, NormFolderEmpty, NormTooLarge, NormRefused with every problem
 */
export async function loadNorm(idOrFolder: string, rulebookDir: string): Promise<NormEdition> {
  const { norm, problems } = await checkNorm(idOrFolder, rulebookDir);
  if (!norm) throw new NormRefused(idOrFolder, problems);
  return norm;
}

/** Like `loadNorm`, but gives the problems back instead of refusing. @throws NormNotFound, NormTooLarge */
export async function checkNorm(
  idOrFolder: string,
  rulebookDir: string,
): Promise<{ norm?: NormEdition; problems: NormProblem[] }> {
  const [files, units] = await Promise.all([loadNormFiles(idOrFolder, rulebookDir), loadUnits(rulebookDir)]);
  return parseNorm(files, units);
}

/**
 * The YAML files of a norm by name, and those of the norms below it as `base/name`. A base that is not there, or that
 * comes round again, is left to `parseNorm` to tell. @throws NormNotFound, NormTooLarge
 */
export async function loadNormFiles(idOrFolder: string, rulebookDir: string): Promise<NormFile[]> {
  const folder = await findFolder(idOrFolder, rulebookDir);
  const own = await readFolder(folder);
  const files = [...own];
  const passed = new Set<string>();
  for (let base = baseOf(own); base !== undefined && !passed.has(base);) {
    passed.add(base);
    const at = await findBase(base, [path.join(rulebookDir, 'norms'), path.dirname(folder)]);
    const below = at === undefined ? [] : await readFolder(at);
    files.push(...below.map((file) => ({ ...file, path: `${base}/${file.path}` })));
    base = baseOf(below);
  }
  return files;
}

const baseOf = (files: readonly NormFile[]): string | undefined => {
  const naming = files.filter(({ text }) => /^\s*["']?extends/m.test(text));
  const base = extensionOf({ sources: naming.map(readYaml) })?.base;
  return base !== undefined && /^[a-z0-9-]+$/.test(base) ? base : undefined;
};

async function findBase(id: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) if (await isFolder(path.join(folder, id))) return path.join(folder, id);
  return undefined;
}

async function readFolder(folder: string): Promise<NormFile[]> {
  // What a study printed may lie beside its norm.
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name) && name !== 'published.yaml').sort();
  if (names.length === 0) throw new NormFolderEmpty(folder);
  if (names.length > maxFiles)
    throw new NormTooLarge(
      folder,
      { zh: `有 ${names.length} 个文件`, en: `${names.length} files` },
      { zh: `${maxFiles} 个`, en: `${maxFiles}` },
    );
  let total = 0;
  const files: NormFile[] = [];
  for (const name of names) {
    const { size } = await stat(path.join(folder, name));
    total += size;
    if (size > maxFileBytes || total > maxTotalBytes)
      throw new NormTooLarge(
        folder,
        {
          zh: `的 ${name} 使其超出大小限制（${size} 字节）`,
          en: `a file ${name} that goes beyond the size (${size} bytes)`,
        },
        {
          zh: `每个文件 ${maxFileBytes}、合计 ${maxTotalBytes} 字节`,
          en: `${maxFileBytes} bytes a file, ${maxTotalBytes} in all`,
        },
      );
    files.push({ path: name, text: await readFile(path.join(folder, name), 'utf8') });
  }
  return files;
}

/** An id names a folder of the rulebook; anything with a separator, or a folder that exists here, is a path. */
async function findFolder(idOrFolder: string, rulebookDir: string): Promise<string> {
  const isId = /^[a-z0-9-]+$/.test(idOrFolder);
  const candidates = isId ? [path.join(rulebookDir, 'norms', idOrFolder), idOrFolder] : [idOrFolder];
  for (const candidate of candidates) if (await isFolder(candidate)) return candidate;
  throw await notFound(idOrFolder, rulebookDir);
}

const isFolder = (candidate: string): Promise<boolean> =>
  stat(candidate).then(
    (entry) => entry.isDirectory(),
    () => false,
  );

async function notFound(idOrFolder: string, rulebookDir: string): Promise<NormNotFound> {
  const known = await listNorms(rulebookDir);
  return new NormNotFound(idOrFolder, known, suggestion(path.basename(idOrFolder), known));
}
