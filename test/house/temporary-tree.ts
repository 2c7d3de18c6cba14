/** Small trees of broken examples in a temporary folder, for the tools that read files from disk. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const root = join(__dirname, '../..');

/** path → text */
export type Tree = Readonly<Record<string, string>>;

/** Writes the tree into a new folder, runs `work` with it, and removes the folder whatever happens. */
export function inTemporaryTree<T>(tree: Tree, work: (folder: string) => T): T {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gep-house-')));
  try {
    const common = { 'package.json': read('package.json'), 'tsconfig.json': read('tsconfig.json') };
    for (const [path, text] of Object.entries({ ...common, ...tree })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the packages of the project visible in the tree, for tools that need their types. */
export function withPackages(folder: string): void {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
}

/** Standard output of a script of the project's own packages, whether it found faults (exit 1) or not. */
export function outputOf(script: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], {
      cwd,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (failure) {
    const { stdout = '', stderr = '' } = failure as { stdout?: string; stderr?: string };
    if (/^\s*[[{]/.test(stdout)) return stdout;
    throw new Error(`${script} could not run: ${stderr}${stdout}`);
  }
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
