/** Worker processes that a test starts and kills; each is known by its own pid, and what it says is kept up to a limit. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Config } from '@gep/platform';

export interface WorkerProcess {
  readonly pid: number;
  /** Bytes that it has written to its output and error streams. */
  readonly bytes: number;
  /** The beginning of what it wrote. */
  readonly said: string;
  /** Resolves when it works. @throws when it ends instead, with what it said */
  begin(): Promise<void>;
  /** Tells it what to do as soon as it is loaded; a worker begins to take tasks by `begin`. */
  tell(what: object | 'begin'): void;
  /** Exit code, or null when a signal ended it. */
  readonly ended: Promise<number | null>;
  kill(): Promise<void>;
}

type Settings = Pick<Config, 'databaseUrl' | 'redisUrl'> & {
  readonly backendLossSeconds?: number;
  /** Territories that kill the worker which computes them. */
  readonly deadly?: readonly string[];
};

const keptBytes = 200_000;
const root = path.resolve(__dirname, '../..');
const alive = new Set<ChildProcess>();
process.once('exit', () => alive.forEach((child) => child.kill('SIGKILL')));

/** Loads a worker with the quick pace, which waits for `begin`. */
export const spareWorker = (settings: Settings): WorkerProcess => launch('test/faults/worker-under-test.ts', settings);

/** The worker as it is in production, which begins by itself. */
export const realWorker = (settings: Settings): WorkerProcess => launch('apps/worker/src/main.ts', settings);

/** Loads the way of a settlement, and goes it until the statement that it is told to die at. */
export const spareSettler = (settings: Settings): WorkerProcess =>
  launch('test/faults/settlement-under-test.ts', settings);

/** The same, for the work on a dividend. */
export const spareDividend = (settings: Settings): WorkerProcess =>
  launch('test/faults/dividend-under-test.ts', settings);

/** Ends every worker that a test has left. */
export async function killWorkers(): Promise<void> {
  await Promise.all(
    [...alive].map(async (child) => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }),
  );
}

function launch(entry: string, { databaseUrl, redisUrl, backendLossSeconds = 120, deadly }: Settings): WorkerProcess {
  const env = {
    PATH: process.env['PATH'],
    // The throw-away server of the tests does without fsync, which the process would refuse.
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    GEP_BACKEND_LOSS_SECONDS: String(backendLossSeconds),
    ...(deadly && { DEADLY_TERRITORIES: deadly.join(',') }),
  };
  const preloaded = ['test/fixtures/load-typescript.js', ...(deadly ? ['test/faults/deadly-computing.ts'] : [])];
  const args = [...preloaded.flatMap((file) => ['-r', path.join(root, file)]), path.join(root, entry)];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  alive.add(child);
  let said = '';
  let bytes = 0;
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (said.length < keptBytes) said += chunk.toString();
    });
  const ended = once(child, 'exit').then(([code]) => {
    alive.delete(child);
    return code as number | null;
  });
  const heard: string[] = [];
  child.on('message', (message: { type: string }) => {
    heard.push(message.type);
    if (message.type === 'loaded' && told !== undefined) child.send(told);
  });
  let told: object | 'begin' | undefined;
  const tell = (what: object | 'begin'): void => {
    told = what;
    if (heard.includes('loaded')) child.send(what);
  };
  return {
    pid: child.pid!,
    ended,
    tell,
    get bytes() {
      return bytes;
    },
    get said() {
      return said;
    },
    async begin() {
      tell('begin');
      while (!heard.includes('ready')) {
        const how = await Promise.race([once(child, 'message').then(() => undefined), ended.then(String)]);
        if (how !== undefined) throw new Error(`the worker ended with ${how}: ${said}`);
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
