/** The command line from the sources as they are now, in a folder of its own: as a process of its own, or in one that is kept for the next. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { CommandAnswer, TypedCommand } from './kept-gep';

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

const outcomeOf = (code: number | null, stdout: string, stderr: string): Outcome => ({
  ...{ code, stdout, stderr },
  json: <T>() => JSON.parse(stdout) as T,
});
const environmentOf = (env?: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ ...bareEnvironment(), ...env });

/** Runs `gep` with these arguments as a process of its own, as people do: for specs about processes. */
export async function gepProcess(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { env, cwd = tmpdir(), input = '' } = options;
  const child = spawn(process.execPath, [...fromSource('apps/cli/src/main.ts'), ...args], {
    cwd,
    env: environmentOf(env),
    stdio: 'pipe',
  });
  child.stdin.end(input);
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await closed) as [number | null];
  return outcomeOf(code, stdout, stderr);
}

/** A process that has loaded `gep`, for whoever comes next: to load it takes far longer than most verbs. */
let kept: ChildProcess | undefined;
let last: Promise<unknown> = Promise.resolve();

/** Runs `gep` with these arguments to its end, one after the other. */
export function gep(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const mine = last.then(() => runKept(args, options));
  last = mine.catch(() => undefined);
  return mine;
}

async function runKept(args: readonly string[], { env, cwd = tmpdir(), input = '' }: RunOptions): Promise<Outcome> {
  const child = (kept ??= await keep());
  let stderr = '';
  const hear = (chunk: Buffer): void => void (stderr += chunk.toString());
  child.stderr!.on('data', hear);
  const typed: TypedCommand = { args, env: environmentOf(env), cwd, input };
  child.send(typed);
  // One that ends by itself has failed as a process of its own would have.
  const over = new AbortController();
  const [heard] = (await Promise.race([
    once(child, 'message', over),
    once(child, 'close', over).then(([code]) => [{ code: code as number | null, stdout: '', stderr }]),
  ])) as [CommandAnswer];
  over.abort();
  child.stderr!.off('data', hear);
  if (child.exitCode !== null || child.signalCode !== null) kept = undefined;
  return outcomeOf(heard.code, heard.stdout, heard.stderr);
}

async function keep(): Promise<ChildProcess> {
  const child = spawn(process.execPath, fromSource('test/flows/kept-gep.ts'), {
    cwd: tmpdir(),
    env: bareEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  await once(child, 'message');
  // Where many specs run as one it may outlive them: it keeps nobody waiting, and ends with the process that runs them.
  for (const one of [child, child.channel!, child.stderr as unknown as Socket]) one.unref();
  return child;
}

afterAll(() => {
  kept?.kill('SIGKILL');
  kept = undefined;
});
