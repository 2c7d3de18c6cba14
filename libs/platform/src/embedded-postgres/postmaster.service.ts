/** Starts, finds and stops the server process of one cluster folder. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresRefused } from './errors';
import type { PostgresBinaries } from './postgres-binaries.loader';
import { isAlive, processesInFolder } from './processes.loader';

/** A server process that listens, or is about to, on the loopback address. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** The log is kept from the last start only, once it has grown past this. */
const logLimitBytes = 5_000_000;

/** What `postmaster.pid` says, whether or not the process lives: pid on line 1, port on line 4. */
function readPidFile(cluster: string): Postmaster | undefined {
  try {
    const lines = fs.readFileSync(path.join(cluster, 'postmaster.pid'), 'latin1').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  } catch {
    return undefined;
  }
}

/**
 * The server that already runs on this cluster, or undefined after clearing what a killed one left behind.
 * A zombie would make PostgreSQL refuse to start, because its pid still answers; the file may only go once no process of
 * the old server has its hands on the cluster.
 */
export async function findRunning(cluster: string): Promise<Postmaster | undefined> {
  const left = readPidFile(cluster);
  if (!left) return undefined;
  if (isAlive(left.pid) && processesInFolder(cluster).includes(left.pid)) return left;
  if (isAlive(left.pid) && !fs.existsSync('/proc/self/cwd')) return left;
  const deadline = Date.now() + 15_000;
  while (processesInFolder(cluster).length > 0) {
    if (Date.now() > deadline) {
      const pids = processesInFolder(cluster).join(', ');
      throw new EmbeddedPostgresRefused(
        `上一个数据库服务器的进程（${pids}）仍占用 ${cluster}；请结束这些进程后重试`,
        `processes ${pids} of an earlier server still use ${cluster}; end them and try again`,
      );
    }
    await sleep(100);
  }
  fs.rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
  return undefined;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Settings that a test may do without, because its cluster is thrown away. Commits still wait as in production. */
const throwAway = ['fsync=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0', 'max_wal_size=4GB'];
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'timezone=UTC',
  'log_timezone=UTC',
  // Failed statements are reported by the program that made them; here they would fill the disk.
  'log_min_messages=log',
  'log_checkpoints=off',
];

/**
 * Starts the server in a session of its own, so that Ctrl-C in the terminal does not reach it before the program has
 * finished its work. The caller waits until it accepts connections.
 */
export async function launch(
  binaries: PostgresBinaries,
  cluster: string,
  logFile: string,
  test: boolean,
): Promise<Postmaster> {
  const port = await freePort();
  const given = [...settings, `port=${port}`, ...(test ? throwAway : [])];
  const { file, args, options } = binaries.command('postgres', [
    '-D',
    cluster,
    ...given.flatMap((item) => ['-c', item]),
  ]);
  const tooLong = (fs.statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > logLimitBytes;
  const log = fs.openSync(logFile, tooLong ? 'w' : 'a', 0o600);
  try {
    const child = spawn(file, args, { ...options, detached: true, stdio: ['ignore', log, log] });
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    return { pid: child.pid!, port };
  } finally {
    fs.closeSync(log);
  }
}

/** Ends the server: first politely (connections are cut, everything is saved), then at once. */
export async function shutDown({ pid }: Postmaster): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + 20_000;
    while (isAlive(pid) && Date.now() < deadline) await sleep(25);
    if (!isAlive(pid)) return;
  }
}
