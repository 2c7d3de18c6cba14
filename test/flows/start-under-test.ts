/** `npm start` as processes: started in a folder of its own, watched from outside, and ended as a terminal does. */
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { bareEnvironment, fromSource, root } from './cli-under-test';

export interface Started {
  readonly child: ChildProcess;
  /** Everything it has said so far. */
  said(): string;
  /** Resolves when it has said this; rejects with all it said when it ends before. */
  says(text: string): Promise<void>;
  /** Exit code, once it has ended, or the signal. */
  readonly ended: Promise<number | string>;
}

/** Starts it in a process group of its own, as a terminal does. */
export function start(env: NodeJS.ProcessEnv): Started {
  return watch('node', fromSource('tools/start.ts'), env);
}

/** The same by the command that people type. */
export function npmStart(env: NodeJS.ProcessEnv): Started {
  return watch('npm', ['start'], env);
}

function watch(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Started {
  const child = spawn(command === 'node' ? process.execPath : command, args, {
    cwd: root,
    env: { ...bareEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let text = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  let isOver = false;
  const ended = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => {
      isOver = true;
      resolve(signal ?? code!);
    }),
  );
  return {
    child,
    ended,
    said: () => text,
    async says(wanted) {
      while (!text.includes(wanted)) {
        if (isOver) throw new Error(`it ended without saying "${wanted}":\n${text}`);
        await sleep(30);
      }
    },
  };
}

/** Ctrl-C: the signal goes to the whole group of the terminal. Milliseconds until it was over. */
export async function pressCtrlC({ child, ended }: Started): Promise<number> {
  const begun = performance.now();
  process.kill(-child.pid!, 'SIGINT');
  await ended;
  return performance.now() - begun;
}

/** Pids of the living processes that know this data folder, by their arguments or their environment. */
export function processesOf(dataDir: string): { pid: number; command: string }[] {
  const read = (file: string): string => {
    try {
      return fs.readFileSync(file, 'latin1').replaceAll('\0', ' ');
    } catch {
      return '';
    }
  };
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((name) => ({ pid: Number(name), command: read(`/proc/${name}/cmdline`), env: read(`/proc/${name}/environ`) }))
    .filter(({ command, env }) => command !== '' && (command.includes(dataDir) || env.includes(dataDir)))
    .map(({ pid, command }) => ({ pid, command }));
}

/** Waits until nothing is left of it; names what is. */
export async function nothingLeft(dataDir: string, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const left = processesOf(dataDir);
    if (left.length === 0) return;
    if (Date.now() > deadline) throw new Error(`still there: ${left.map(({ command }) => command).join('\n')}`);
    await sleep(50);
  }
}
