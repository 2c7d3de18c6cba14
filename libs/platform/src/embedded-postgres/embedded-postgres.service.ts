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
import { isAlive } from './processes.loader';

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
  const dataDir = openFolder(options.dataDir);
  const place: Place = {
    dataDir,
    cluster: path.join(dataDir, 'postgres'),
    logFile: path.join(dataDir, 'postgres.log'),
    lockFile: path.join(dataDir, 'postgres.lock'),
    usersDir: path.join(dataDir, 'postgres.users'),
  };
  return whileLocked(place.lockFile, async () => {
    const credentials = loadCredentials(dataDir, place.cluster);
    const { server, superuser, reused } = await findOrStart(place, credentials, options.test ?? false);
    try {
      await ensureRolesAndDatabase(superuser, credentials);
    } finally {
      await superuser.end();
    }
    enrol(place.usersDir);
    const { port, pid } = server;
    return { ...urls(port, credentials), port, pid, reused, stop: () => stop(place, server) };
  });
}

/** The folder, made if need be; refused in plain words when it belongs to somebody else. */
function openFolder(folder: string): string {
  try {
    fs.mkdirSync(folder, { recursive: true });
    const dataDir = fs.realpathSync(folder);
    fs.accessSync(dataDir, fs.constants.W_OK | fs.constants.X_OK);
    const credentials = path.join(dataDir, 'credentials.json');
    if (fs.existsSync(credentials)) fs.accessSync(credentials, fs.constants.R_OK);
    return dataDir;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EmbeddedPostgresRefused(
      `无法使用数据目录 ${folder}（${reason}）；它可能由另一个用户（如 root）建立：请用该用户启动，或把 GEP_DATA_DIR 设为另一个目录`,
      `the data folder ${folder} cannot be used (${reason}); another user such as root may have made it: start as that user, or set GEP_DATA_DIR to another folder`,
    );
  }
}

function stop(place: Place, server: Postmaster): Promise<void> {
  return whileLocked(place.lockFile, async () => {
    if (leave(place.usersDir)) await shutDown(server);
  });
}

interface Serving {
  readonly server: Postmaster;
  readonly superuser: Client;
  readonly reused: boolean;
}

/** Makes the cluster if need be. A server that ends meanwhile (killed, or its port was taken) is started again. */
async function findOrStart(place: Place, credentials: Credentials, test: boolean): Promise<Serving> {
  for (let attempt = 1; attempt <= startTries; attempt++) {
    const running = await findRunning(place.cluster);
    const server = running ?? (await startServer(place, credentials, test));
    const superuser = await connectWhenReady(place, server, credentials);
    if (superuser) return { server, superuser, reused: running !== undefined };
  }
  throw didNotStart(place);
}

async function startServer(place: Place, credentials: Credentials, test: boolean): Promise<Postmaster> {
  const binaries = findPostgresBinaries(place.cluster);
  if (!fs.existsSync(place.cluster)) await createCluster(binaries, place.cluster, credentials.superuser, test);
  return launch(binaries, place.cluster, place.logFile, test);
}

/**
 * Waits while the server starts, or recovers after a crash. Undefined when it has ended instead.
 * @throws EmbeddedPostgresRefused when it does not accept our password, or is not ready in time
 */
async function connectWhenReady(
  place: Place,
  server: Postmaster,
  credentials: Credentials,
): Promise<Client | undefined> {
  const deadline = Date.now() + startLimitMs;
  while (isAlive(server.pid)) {
    const connectionString = urls(server.port, credentials, 'postgres').superuserUrl;
    const client = new Client({ connectionString, connectionTimeoutMillis: 5000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === '28P01') throw foreignServer(place, message);
      if (Date.now() > deadline) throw didNotStart(place);
      await sleep(25);
    }
  }
  return undefined;
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
