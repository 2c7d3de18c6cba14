/** Runs a program of ours as a child process: hears when it is ready, keeps its log bounded, and ends it again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBoundedLog, type BoundedLog } from './bounded-log.service';

/** What a child sends when it can work; `url` where it serves one. */
export interface ReadyMessage {
  readonly type: 'ready';
  readonly url?: string;
}

export interface Program {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Rejects with the last lines of its log when it ends, or says nothing, before it is ready. */
  readonly ready: Promise<ReadyMessage>;
  /** Resolves when the process has ended, with what it ended on. */
  readonly ended: Promise<string>;
  /** Asks it to end, and insists after a while. */
  close(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

export interface ProgramOptions {
  readonly name: string;
  readonly entry: { readonly file: string; readonly execArgv: readonly string[] };
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly logFolder: string;
}

const readyLimitMs = 60_000;
const stopLimitMs = 8_000;
const shownLogLines = 15;

/** Starts it; a program that has been told to stop does not count as failed. */
export function launchProgram({ name, entry, env, cwd, logFolder }: ProgramOptions): Program {
  const log = openBoundedLog(logFolder, name);
  // Its own process group: Ctrl-C reaches only the parent, which then ends its children in order. The channel tells the
  // child when the parent is gone, however that came.
  const child = spawn(process.execPath, [...entry.execArgv, entry.file], {
    env,
    cwd,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => log.write(chunk));
  const ended = once(child, 'close').then(([code, signal]) => {
    log.close();
    return signal ? `signal ${String(signal)}` : `exit code ${String(code)}`;
  });
  const ready = becomeReady(name, child, ended, log);
  // Whoever waits for it hears of the failure; when nobody does any more, it must not end this process.
  ready.catch(() => undefined);
  return {
    ...{ name, pid: child.pid!, logFile: log.file, ready, ended },
    close: () => stopChild(child, ended),
    kill: () => void child.kill('SIGKILL'),
  };
}

async function becomeReady(
  name: string,
  child: ChildProcess,
  ended: Promise<string>,
  log: BoundedLog,
): Promise<ReadyMessage> {
  const outcome = await Promise.race([
    waitForReady(child),
    ended.then((how) => `it ended with ${how}`),
    sleep(readyLimitMs, `it did not become ready within ${readyLimitMs / 1000} s`, { ref: false }),
  ]);
  if (typeof outcome !== 'string') return outcome;
  child.kill('SIGKILL');
  await ended;
  const tail = fs.readFileSync(log.file, 'utf8').trimEnd().split('\n').slice(-shownLogLines).join('\n');
  throw new Error(`${name}: ${outcome}; the end of ${log.file}:\n${tail}`);
}

async function waitForReady(child: ChildProcess): Promise<ReadyMessage> {
  for (;;) {
    const [message] = (await once(child, 'message')) as [Partial<ReadyMessage>];
    if (message.type === 'ready') return { type: 'ready', url: message.url };
  }
}

async function stopChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
  await ended;
  clearTimeout(insist);
}
