/** Reads the settings of a program that people start by hand: its folders lie beside it, wherever they stand. */
import path from 'node:path';
import { readConfig, type Config } from '@gep/platform';

/** The root of the repository or of the installation, from the sources as well as from the build. */
export const programRoot = path.resolve(__dirname, __filename.endsWith('.ts') ? '../../../..' : '../../../../..');

/**
 * The settings, with `dataDir` and `rulebookDir` as absolute paths: what a variable names is relative to the caller's
 * folder, and what nobody named lies beside the program.
 * @throws ConfigRefused
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Config {
  const config = readConfig(env);
  const place = (key: string, folder: string): string =>
    path.resolve(env[key]?.trim() ? process.cwd() : programRoot, folder);
  return {
    ...config,
    dataDir: place('GEP_DATA_DIR', config.dataDir),
    rulebookDir: place('GEP_RULEBOOK_DIR', config.rulebookDir),
  };
}

/** Where another program of ours begins, and how Node is told to run it: as this one is run. */
export function entryOf(program: 'apps/api' | 'apps/worker'): { file: string; execArgv: readonly string[] } {
  const built = __filename.endsWith('.js');
  const file = path.join(programRoot, built ? 'dist' : '', program, 'src', built ? 'main.js' : 'main.ts');
  return { file, execArgv: process.execArgv };
}
