/** The command line as people run it: a process of its own, from the sources as they are now, in a folder of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

export const root = resolve(__dirname, '../..');

/** Arguments of Node that run a program of ours from its TypeScript source. */
export const fromSource = (program: string): string[] => [
  '-r',
  resolve(root, 'test/fixtures/load-typescript.js'),
  resolve(root, program),
];

/** What every process needs of our environment, and nothing that Jest has put there. */
export const bareEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  LANG: 'C.UTF-8',
});

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON. */
  json<T>(): T;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Written to stdin. */
  readonly input?: string;
}

/** Runs `gep` with these arguments to its end. */
export async function gep(args: readonly string[], { env, cwd = tmpdir(), input }: RunOptions = {}): Promise<Outcome> {
  const child = spawn(process.execPath, [...fromSource('apps/cli/src/main.ts'), ...args], {
    cwd,
    env: { ...bareEnvironment(), ...env },
    stdio: 'pipe',
  });
  child.stdin.end(input ?? '');
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await closed) as [number | null];
  return { code, stdout, stderr, json: <T>() => JSON.parse(stdout) as T };
}
