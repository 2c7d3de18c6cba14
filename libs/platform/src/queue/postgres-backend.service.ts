/** The queue on PostgreSQL: one small pool for all queues of a process, which slows down when the server is away. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  assertSchemaCompatibility,
  createPostgresBackend,
  type PgPool,
  type PgPoolClient,
  type PgQueryResult,
} from 'bullmq';
import { Pool } from 'pg';
import { isConnectionLoss } from '../database/failure';
import type { BackendWatch } from './backend-watch.service';
import { QueueRefused } from './errors';
import type { QueueBackend } from './queue-backend';
import { queueSchema } from './schema';

const producerConnections = 3;
/** One to listen with, kept for the life of the worker, and one to work with. */
const connectionsPerWorker = 2;
const shortestWaitMs = 50;
const longestWaitMs = 2000;
/** How long a new queue or worker waits for a server that is away before it fails. */
const connectPatienceMs = 10_000;
/** Errors in a row that are let through at full speed; BullMQ answers some of its own. */
const toleratedErrors = 3;

/**
 * A pool that fails slowly. BullMQ asks again at once when a call fails with anything but a refused connection: without
 * this it would spin, starve every timer and fill the disk with errors. It also takes a job for failed whose completion
 * met any other kind of loss, so every loss is reported to it as a refused connection.
 */
class PatientPool implements PgPool {
  private failures = 0;
  private closing = false;

  constructor(
    private readonly pool: Pool,
    private readonly watch: BackendWatch,
  ) {}

  /** BullMQ looks here for keepAlive. */
  get options(): Pool['options'] {
    return this.pool.options;
  }

  async query<R>(text: string, values?: readonly unknown[]): Promise<PgQueryResult<R>> {
    try {
      const result = await this.pool.query(text, values as unknown[]);
      this.recovered();
      return result as PgQueryResult<R>;
    } catch (error) {
      throw await this.sufferedFrom(error);
    }
  }

  async connect(): Promise<PgPoolClient> {
    const deadline = Date.now() + connectPatienceMs;
    for (;;) {
      try {
        // An idle connection may be dead without knowing: only an answer to a query shows that the server is back.
        return (await this.pool.connect()) as unknown as PgPoolClient;
      } catch (error) {
        const explained = await this.sufferedFrom(error);
        if (this.closing || Date.now() > deadline || !isConnectionLoss(explained)) throw explained;
      }
    }
  }

  on(event: 'error' | 'connect', listener: (argument: never) => void): this {
    this.pool.on(event as 'error', listener as (error: Error) => void);
    return this;
  }

  removeAllListeners(event?: string): this {
    this.pool.removeAllListeners(event as 'error');
    return this;
  }

  async end(): Promise<void> {
    if (this.closing) return;
    this.closing = true;
    await this.pool.end();
  }

  private recovered(): void {
    this.failures = 0;
    this.watch.found();
  }

  private async sufferedFrom(error: unknown): Promise<Error> {
    const problem = error as Error;
    const lost = isConnectionLoss(problem);
    if (!this.closing && lost) this.watch.lost(problem);
    this.failures++;
    const wait = Math.min(longestWaitMs, shortestWaitMs * 2 ** Math.min(this.failures - 1, 8));
    if (!this.closing && (lost || this.failures > toleratedErrors)) await sleep(wait);
    return lost ? Object.assign(new Error(problem.message, { cause: problem }), { code: 'ECONNREFUSED' }) : problem;
  }
}

/** Options in the address would replace the search path, without which BullMQ does not find its functions. */
function poolConfig(databaseUrl: string) {
  const url = new URL(databaseUrl);
  const given = url.searchParams.get('options');
  url.searchParams.delete('options');
  return {
    connectionString: url.toString(),
    options: [given, `-c search_path=${queueSchema},public`].filter(Boolean).join(' '),
    application_name: 'gep-queue',
    max: producerConnections,
    keepAlive: true,
    connectionTimeoutMillis: 5000,
    query_timeout: 30_000,
  };
}

/** @throws QueueRefused when the tables of the queue are not there, DatabaseUnavailable-like errors when the server is not */
export async function openPostgresBackend(databaseUrl: string, watch: BackendWatch): Promise<QueueBackend> {
  const pool = new Pool(poolConfig(databaseUrl));
  pool.setMaxListeners(0);
  pool.on('error', () => undefined);
  const patient = new PatientPool(pool, watch);
  try {
    await checkTables(patient);
  } catch (error) {
    await patient.end();
    throw error;
  }
  return {
    factory: createPostgresBackend as QueueBackend['factory'],
    producerConnection: patient,
    workerConnection: patient,
    isLoss: isConnectionLoss,
    reportLoss: (error) => watch.lost(error),
    makeRoomForWorker: () => void (pool.options.max += connectionsPerWorker),
    close: () => patient.end(),
  };
}

async function checkTables(pool: PatientPool): Promise<void> {
  const client = await pool.connect();
  try {
    await assertSchemaCompatibility(client, queueSchema);
  } catch (error) {
    if (isConnectionLoss(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new QueueRefused(
      `数据库中没有可用的队列表（${reason}）；请先运行迁移`,
      `the database has no usable queue tables (${reason}); run the migrations first`,
    );
  } finally {
    client.release();
  }
}
