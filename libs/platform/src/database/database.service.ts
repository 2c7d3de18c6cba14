/** The one handle on PostgreSQL: every piece of work runs in a transaction that knows its actor and scope. */
import { setTimeout as sleep } from 'node:timers/promises';
import { types } from 'pg';
import { DataSource, type EntityManager, type EntitySchema, type MixedList, type QueryRunner } from 'typeorm';
import { scopeText, type Actor } from './actor';
import { explainFailure, isRace } from './failure';

/** Tries of a transaction that lost a race, the first one included. */
const triesAfterRace = 4;

const dateOid = 1082;
const dateArrayOid = 1182;
const textArrayOid = 1009;

/** Days stay `YYYY-MM-DD`: as a Date they would move with the time zone of the machine. */
const columnTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
    if (oid === dateOid) return (text: string) => text;
    return types.getTypeParser(oid === dateArrayOid ? textArrayOid : oid, format as 'text');
  },
};

type Entities = MixedList<Function | string | EntitySchema>;

export interface DatabaseOptions {
  readonly entities?: Entities;
  /** Most connections that this process holds at once. */
  readonly poolSize?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
}

export class Database {
  constructor(readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one read-committed transaction. It may be run again after a deadlock, so it must have no effect
   * outside the database, and it must not wait on the network.
   * @throws DatabaseUnavailable when the server is lost, OutOfScope when row security refuses a row
   */
  transaction<T>(actor: Actor, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.run(actor, false, work);
  }

  /** Runs `work` on one unchanging view of the database (repeatable read, read only). */
  snapshot<T>(actor: Actor, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.run(actor, true, work);
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private async run<T>(actor: Actor, readOnly: boolean, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.runOnce(actor, readOnly, work);
      } catch (error) {
        if (!isRace(error) || attempt === triesAfterRace) throw error;
        await sleep(attempt * 20 + Math.random() * 30);
      }
    }
  }

  private async runOnce<T>(actor: Actor, readOnly: boolean, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    let committing = false;
    try {
      await runner.startTransaction(readOnly ? 'REPEATABLE READ' : undefined);
      await introduce(runner, actor, readOnly);
      const result = await work(runner.manager);
      committing = true;
      await runner.commitTransaction();
      return result;
    } catch (error) {
      // A lost connection cannot roll back; the server has done so already.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw explainFailure(error, committing);
    } finally {
      await runner.release().catch(() => undefined);
    }
  }
}

/**
 * Tells the transaction, and only the transaction, who acts. A setting of the session would stay on the pooled
 * connection and show this actor's rows to the next one.
 */
async function introduce(runner: QueryRunner, actor: Actor, readOnly: boolean): Promise<void> {
  await runner.query(
    `select set_config('gep.actor', $1, true), set_config('gep.scope', $2, true),
       set_config('gep.published_scope', $3, true), set_config('transaction_read_only', $4, true)`,
    [actor.id, scopeText(actor.scope), scopeText(actor.publishedScope ?? []), readOnly ? 'on' : 'off'],
  );
}

/**
 * Connects as the application role.
 * @throws DatabaseUnavailable when the server cannot be reached
 */
export async function openDatabase(
  config: { readonly databaseUrl?: string },
  options: DatabaseOptions = {},
): Promise<Database> {
  if (!config.databaseUrl) throw new TypeError('openDatabase needs databaseUrl');
  const dataSource = new DataSource({
    type: 'postgres',
    url: config.databaseUrl,
    entities: options.entities ?? [],
    synchronize: false,
    logging: false,
    installExtensions: false,
    poolSize: options.poolSize ?? 10,
    connectTimeoutMS: 5000,
    applicationName: options.applicationName ?? 'gep',
    // A pooled connection that drops is replaced at the next use; the driver needs a listener or the process dies.
    poolErrorHandler: () => undefined,
    extra: { types: columnTypes, keepAlive: true, idle_in_transaction_session_timeout: 60_000 },
  });
  try {
    await dataSource.initialize();
  } catch (error) {
    throw explainFailure(error, false);
  }
  return new Database(dataSource);
}
