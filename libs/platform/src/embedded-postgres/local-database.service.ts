/** The database that the settings mean: a real server when they name one, else the embedded one, brought up to date. */
import { Client } from 'pg';
import type { Config } from '../config/config';
import { Database, openDatabase, type DatabaseOptions } from '../database/database.service';
import { assertSafeDatabase } from '../database/database-safety.service';
import { DatabaseUnreachable, MigrationRefused } from '../database/errors';
import { loadMigrations, migrate } from '../database/migrate.service';
import { pendingMigrations } from '../database/migration-status.service';
import { startEmbeddedPostgres } from './embedded-postgres.service';

export interface LocalDatabase {
  readonly database: Database;
  /** The settings with the addresses of the server in use; give these to processes that should use it too. */
  readonly config: Config & { readonly databaseUrl: string };
  /** Set when the server is the embedded one. */
  readonly embedded?: { readonly port: number; readonly reused: boolean };
  /** Closes the connections and ends the embedded server, unless another process uses it. */
  close(): Promise<void>;
}

const reachSeconds = 5;

/**
 * Opens the database as the application role. Migrations run when the owner's connection is known; without it, the
 * database must be up to date already.
 * @throws EmbeddedPostgresRefused, DatabaseUnreachable, MigrationRefused, DatabaseUnavailable, UnsafeDatabase
 */
export async function openLocalDatabase(config: Config, options: DatabaseOptions = {}): Promise<LocalDatabase> {
  if (config.databaseUrl) await assertReachable('DATABASE_URL', config.databaseUrl);
  if (config.databaseOwnerUrl) await assertReachable('DATABASE_OWNER_URL', config.databaseOwnerUrl);
  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres({ dataDir: config.dataDir });
  let database: Database | undefined;
  const close = async (): Promise<void> => {
    await database?.close();
    await embedded?.stop();
  };
  try {
    const databaseUrl = config.databaseUrl ?? embedded!.appUrl;
    const databaseOwnerUrl = config.databaseOwnerUrl ?? embedded?.ownerUrl;
    const complete = { ...config, databaseUrl, databaseOwnerUrl };
    database = await openDatabase(complete, options);
    // Before the tables are touched: settings that will be refused must not have changed anything.
    await assertSafeDatabase(database, { throwAway: config.nodeEnv === 'test' });
    if (databaseOwnerUrl) await migrate(databaseOwnerUrl, { redis: config.redisUrl !== undefined });
    else await assertUpToDate(database);
    return { database, config: complete, embedded, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** One connection, so that a wrong address or password is told apart from a server that goes away later. */
async function assertReachable(key: 'DATABASE_URL' | 'DATABASE_OWNER_URL', url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: reachSeconds * 1000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    throw new DatabaseUnreachable(key, message || String(code));
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** @throws MigrationRefused naming what is missing */
async function assertUpToDate(database: Database): Promise<void> {
  const [{ untouched }] = (await database.dataSource.query(
    `select to_regclass('platform.migration') is null as untouched`,
  )) as [{ untouched: boolean }];
  const missing = untouched ? loadMigrations().map(({ name }) => name) : await pendingMigrations(database);
  if (missing.length === 0) return;
  throw new MigrationRefused(
    {
      zh: `数据库还缺 ${missing.length} 个迁移（${missing[0]}）；请设置 DATABASE_OWNER_URL（表所有者的连接）让程序自动迁移，或先以所有者身份运行迁移（见 docs/operations.md）`,
      en: `the database lacks ${missing.length} migration(s) (${missing[0]}); set DATABASE_OWNER_URL, the connection of the owner of the tables, to have them run, or run them as the owner first (docs/operations.md)`,
    },
    { missing },
  );
}
