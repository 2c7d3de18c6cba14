/** Brings the schema up to date: TypeORM migrations, the tables of the queue, and the rights of the application role. */
import fs from 'node:fs';
import path from 'node:path';
import { runMigrations as migrateQueue } from 'bullmq';
import { Client } from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import { assert } from '@gep/kernel';
import { queueSchema } from '../queue/schema';
import { MigrationRefused } from './errors';
import { appRole } from './row-security';

type MigrationClass = new () => MigrationInterface;

/** Held while migrating, so that two starting programs do it one after the other. Any fixed number will do. */
const migrationLock = 4_207_735_511;

/** `migrations/` beside `libs/`, in the sources as well as in the build. */
const migrationsDir = path.resolve(__dirname, '../../../../migrations');

/** Migration classes by number. The number in the file name and the time stamp in the class name must agree. */
export function loadMigrations(folder = migrationsDir): MigrationClass[] {
  const ending = path.extname(__filename);
  const files = fs
    .readdirSync(folder)
    .filter((file) => /^\d{4}-[a-z0-9-]+\.(js|ts)$/.test(file) && file.endsWith(ending));
  return files.sort().map((file) => {
    const exported = Object.values(require(path.join(folder, file)) as Record<string, unknown>);
    const found = exported.filter((item): item is MigrationClass => typeof item === 'function');
    const stamp = String(1_790_000_000_000 + Number(file.slice(0, 4)) * 1000);
    assert(
      found.length === 1 && found[0]!.name.endsWith(stamp),
      `${file} must export one class whose name ends with ${stamp}`,
    );
    return found[0]!;
  });
}

/**
 * Migrates as the owner role. Safe to run again, and by several programs at once.
 * @param options.redis true when the queue is on Redis, so that its PostgreSQL tables are not needed
 * @throws MigrationRefused when the application role is missing and the owner may not make it
 */
export async function migrate(ownerUrl: string, options: { redis: boolean }): Promise<void> {
  const client = new Client({
    connectionString: ownerUrl,
    connectionTimeoutMillis: 10_000,
    application_name: 'gep-migrate',
  });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await ensureAppRole(client);
    await client.query('create schema if not exists platform');
    await runTypeormMigrations(ownerUrl);
    if (!options.redis) await migrateQueueTables(client);
    await client.query(
      `grant usage on schema platform to ${appRole}; grant select on platform.migration to ${appRole}`,
    );
  } finally {
    await client.end();
  }
}

async function ensureAppRole(client: Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [appRole]);
  if (rowCount) return;
  try {
    await client.query(`create role ${appRole} nologin`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationRefused(
      {
        zh: `数据库缺少角色 ${appRole}，且所有者无权创建（${reason}）；请管理员执行：create role ${appRole} nologin; 并将其授予应用用户`,
        en: `role ${appRole} is missing and the owner may not make it (${reason}); let an administrator run: create role ${appRole} nologin; and grant it to the user of the application`,
      },
      { role: appRole },
    );
  }
}

async function runTypeormMigrations(ownerUrl: string): Promise<void> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    schema: 'platform',
    migrationsTableName: 'migration',
    migrations: loadMigrations(),
    installExtensions: false,
    logging: false,
    poolSize: 2,
    poolErrorHandler: () => undefined,
  });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await dataSource.destroy();
  }
}

/**
 * The queue lives in its own schema, which holds nothing worth keeping: the application may do anything in it. BullMQ
 * makes a sequence for a queue when its first job without a name of its own is added: that one belongs to the application,
 * needs no grant, and would refuse one by the owner.
 */
async function migrateQueueTables(client: Client): Promise<void> {
  await migrateQueue(client, queueSchema);
  await client.query(`
    grant usage, create on schema ${queueSchema} to ${appRole};
    grant select, insert, update, delete, truncate on all tables in schema ${queueSchema} to ${appRole};
    grant execute on all functions in schema ${queueSchema} to ${appRole}`);
  const { rows } = await client.query<{ grants: string | null }>(
    `select string_agg(format('grant usage, select, update on sequence %I.%I to ${appRole}', schemaname, sequencename), ';') as grants
       from pg_sequences where schemaname = $1 and sequenceowner = current_user`,
    [queueSchema],
  );
  if (rows[0]?.grants) await client.query(rows[0].grants);
}
