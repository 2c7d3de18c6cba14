/** The PostgreSQL server that comes with the program: starts it in a folder, or finds the one that runs there. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import {
  createCluster,
  embeddedNames,
  ensureRolesAndDatabase,
  loadCredentials,
  type Credentials,
} from './cluster.service';
import { EmbeddedPostgresRefused } from './errors';
import { enrol, leave, whileLocked } from './folder-lock.service';
import { findPostgresBinaries } from './postgres-binaries.loader';
import { findRunning, launch, shutDown, type Postmaster } from './postmaster.service';

export interface EmbeddedPostgresOptions {
  /** Everything is kept here: `postgres/`, `postgres.log`, `credentials.json`. */
  readonly dataDir: string;
  /** Gives up safety against power loss, for clusters that are thrown away. */
  readonly test?: boolean;
}

export interface EmbeddedPostgres {
  /** Connection of the application role `gep_app`. */
  readonly appUrl: string;
  /** Connection of the role `gep_owner`, for migrations. */
  readonly ownerUrl: string;
  /** Connection of the superuser to the same database, for tests and rescue. */
  readonly superuserUrl: string;
  readonly port: number;
  readonly pid: number;
  /** True when the server was already running, for example after a program was killed. */
  readonly reused: boolean;
  /** Ends the server unless another living process uses it too. Returns when it has ended. */
  stop(): Promise<void>;
}

const startTries = 5;
const startLimitMs = 60_000;

interface Place {
  readonly dataDir: string;
  readonly cluster: string;
  readonly logFile: string;
  readonly lockFile: string;
  readonly usersDir: string;
}

/**
 * Starts PostgreSQL in `dataDir`, making the cluster at the first start. Works as root and as an ordinary user, after
 * `kill -9`, and when several programs start at once: they share one server.
 * @throws EmbeddedPostgresRefused
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  fs.mkdirSync(options.dataDir, { recursive: true });
  const dataDir = fs.realpathSync(options.dataDir);
  const place: Place = {
    dataDir,
    cluster: path.join(dataDir, 'postgres'),
    logFile: path.join(dataDir, 'postgres.log'),
    lockFile: path.join(dataDir, 'postgres.lock'),
    usersDir: path.join(dataDir, 'postgres.users'),
  };
  return whileLocked(place.lockFile, async () => {
    const credentials = loadCredentials(dataDir, place.cluster);
    const running = await findRunning(place.cluster);
    const server = running ?? (await startServer(place, credentials, options.test ?? false));
    const superuser = await connectWhenReady(place, server, credentials);
    try {
      await ensureRolesAndDatabase(superuser, credentials);
    } finally {
      await superuser.end();
    }
    enrol(place.usersDir);
    return {
      ...urls(server.port, credentials),
      port: server.port,
      pid: server.pid,
      reused: running !== undefined,
      stop: () => stop(place, server),
    };
  });
}

function stop(place: Place, server: Postmaster): Promise<void> {
  return whileLocked(place.lockFile, async () => {
    if (leave(place.usersDir)) await shutDown(server);
  });
}

interface Starting extends Postmaster {
  hasEnded?(): boolean;
}

/** Makes the cluster if need be, and starts the server; another try takes another port if someone was quicker. */
async function startServer(place: Place, credentials: Credentials, test: boolean): Promise<Starting> {
  const binaries = findPostgresBinaries();
  if (!fs.existsSync(place.cluster)) await createCluster(binaries, place.cluster, credentials.superuser, test);
  for (let attempt = 1; ; attempt++) {
    const server = await launch(binaries, place.cluster, place.logFile, test);
    const outcome = await waitForPort(server);
    if (outcome === 'listening') return server;
    if (attempt === startTries) throw didNotStart(place);
  }
}

async function waitForPort(server: Starting): Promise<'listening' | 'ended'> {
  const deadline = Date.now() + startLimitMs;
  while (Date.now() < deadline) {
    if (server.hasEnded?.()) return 'ended';
    const client = new Client({
      host: '127.0.0.1',
      port: server.port,
      user: 'nobody',
      database: 'postgres',
      password: '',
    });
    client.on('error', () => undefined);
    const failure = await client.connect().then(
      () => undefined,
      (error: NodeJS.ErrnoException) => error,
    );
    await client.end().catch(() => undefined);
    // Any answer of the server, even a refused login, means that it is there.
    if (failure?.code !== 'ECONNREFUSED') return 'listening';
    await sleep(25);
  }
  await shutDown(server);
  return 'ended';
}

/** A server that recovers after a crash answers "starting up" for a while. */
async function connectWhenReady(place: Place, server: Starting, credentials: Credentials): Promise<Client> {
  const deadline = Date.now() + startLimitMs;
  for (;;) {
    const client = new Client({ connectionString: urls(server.port, credentials, 'postgres').superuserUrl });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === '28P01') throw foreignServer(place, message);
      if (server.hasEnded?.() || Date.now() > deadline) throw didNotStart(place);
      await sleep(25);
    }
  }
}

function urls(port: number, { superuser, owner, app }: Credentials, database: string = embeddedNames.database) {
  const url = (user: string, password: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  return {
    appUrl: url(embeddedNames.app, app),
    ownerUrl: url(embeddedNames.owner, owner),
    superuserUrl: url(embeddedNames.superuser, superuser),
  };
}

function foreignServer(place: Place, reason: string): EmbeddedPostgresRefused {
  return new EmbeddedPostgresRefused(
    `${place.dataDir} 中的 credentials.json 与数据库不符（${reason}）；请恢复原文件，或移走整个目录重新开始`,
    `credentials.json in ${place.dataDir} does not fit the database (${reason}); restore the right file, or move the folder away to start afresh`,
  );
}

function didNotStart(place: Place): EmbeddedPostgresRefused {
  const log = fs.existsSync(place.logFile)
    ? fs.readFileSync(place.logFile, 'utf8').trim().split('\n').slice(-8).join('\n')
    : '';
  return new EmbeddedPostgresRefused(
    `内置数据库没有启动；${place.logFile} 的最后几行：\n${log}`,
    `the embedded database did not start; the last lines of ${place.logFile}:\n${log}`,
  );
}
