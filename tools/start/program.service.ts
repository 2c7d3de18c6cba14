/** Starts a program of ours as a child process, waits until it says it is ready, and ends it again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBoundedLog } from './bounded-log.service';

/** What a child sends when it can work; `url` where it serves one. */
export interface ReadyMessage {
  readonly type: 'ready';
  readonly url?: string;
}

export interface Program {
  readonly name: string;
  readonly pid: number;
  readonly url?: string;
  /** Resolves when the process has ended, with what it ended on. */
  readonly ended: Promise<string>;
  /** Asks it to end, and insists after a while. */
  stop(): Promise<void>;
}

export interface ProgramOptions {
  readonly name: string;
  /** Compiled entry file. */
  readonly entry: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFolder: string;
}

const readyLimitMs = 60_000;
const stopLimitMs = 8_000;

/** @throws Error with the last lines of its log when the program ends, or says nothing, before it is ready */
export async function startProgram({ name, entry, env, logFolder }: ProgramOptions): Promise<Program> {
  const log = openBoundedLog(logFolder, name);
  // Its own process group: Ctrl-C reaches only the parent, which then ends its children in order.
  const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true });
  child.stdout?.on('data', (chunk: Buffer) => log.write(chunk));
  child.stderr?.on('data', (chunk: Buffer) => log.write(chunk));
  const ended = once(child, 'exit').then(([code, signal]) => {
    log.close();
    return signal ? `signal ${String(signal)}` : `exit code ${String(code)}`;
  });
  const outcome = await Promise.race([
    waitForReady(child),
    ended.then((how) => `it ended with ${how}`),
    sleep(readyLimitMs, `it did not become ready within ${readyLimitMs / 1000} s`, { ref: false }),
  ]);
  if (typeof outcome === 'string') {
    child.kill('SIGKILL');
    await ended;
    const tail = fs.readFileSync(log.file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
    throw new Error(`${name}: ${outcome}; the end of ${log.file}:\n${tail}`);
  }
  return { name, pid: child.pid!, url: outcome.url, ended, stop: () => stopChild(child, ended) };
}

async function waitForReady(child: ChildProcess): Promise<ReadyMessage> {
  for (;;) {
    const [message] = (await once(child, 'message')) as [Partial<ReadyMessage>];
    if (message.type === 'ready') return { type: 'ready', url: message.url };
  }
}

async function stopChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
  await ended;
  clearTimeout(insist);
}
