/** The database that the settings mean: a real server when they name one, else the embedded one, brought up to date. */
import type { Config } from '../config/config';
import { Database, openDatabase, type DatabaseOptions } from '../database/database.service';
import { assertSafeDatabase } from '../database/database-safety.service';
import { migrate } from '../database/migrate.service';
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

/**
 * Opens the database as the application role. Migrations run when the owner's connection is known.
 * @throws EmbeddedPostgresRefused, MigrationRefused, DatabaseUnavailable, UnsafeDatabase
 */
export async function openLocalDatabase(config: Config, options: DatabaseOptions = {}): Promise<LocalDatabase> {
  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres({ dataDir: config.dataDir });
  const stop = async (): Promise<void> => embedded?.stop();
  try {
    const databaseUrl = config.databaseUrl ?? embedded!.appUrl;
    const databaseOwnerUrl = config.databaseOwnerUrl ?? embedded?.ownerUrl;
    if (databaseOwnerUrl) await migrate(databaseOwnerUrl, { redis: config.redisUrl !== undefined });
    const complete = { ...config, databaseUrl, databaseOwnerUrl };
    const database = await openDatabase(complete, options);
    const close = (): Promise<void> => database.close().finally(stop);
    await assertSafeDatabase(database).catch((error: unknown) =>
      close().then(() => {
        throw error;
      }),
    );
    return { database, config: complete, embedded, close };
  } catch (error) {
    await stop();
    throw error;
  }
}
