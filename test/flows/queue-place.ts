/** The same flow on both homes of the queue: a database of its own, and a Redis server of its own where asked for. */
import { createLogger, openDatabase, openQueues, type Config, type Queues } from '@gep/platform';
import type { Pace } from '../../apps/worker/src/pace';
import type { RelaySettings } from '../../apps/worker/src/relay-settings';
import { startWorking, type Working } from '../../apps/worker/src/start-working.main';
import { createTestDatabase, type TestDatabase } from '../fixtures/test-database';
import { describeWithRedis, startTestRedis } from '../fixtures/test-redis';

/** Like the usual pace, for people who wait. */
export const quickPace: Pace = {
  idleMs: 30,
  reconcileMs: 300,
  restMs: 200,
  quietSeconds: 30,
  queue: { lockDuration: 1_000, stalledInterval: 500 },
};

export interface QueuePlace {
  readonly database: TestDatabase;
  /** Settings with the queue where this place has it. */
  readonly config: Config;
  /** A worker in this process with connections of its own. */
  work(settings?: Partial<RelaySettings>): Promise<Working & { readonly queues: Queues }>;
  close(): Promise<void>;
}

async function openPlace(onRedis: boolean): Promise<QueuePlace> {
  const database = await createTestDatabase();
  const redis = onRedis ? await startTestRedis() : undefined;
  const config = { ...database.config, redisUrl: redis?.url };
  const log = createLogger(config);
  return {
    database,
    config,
    async work(settings) {
      const own = await openDatabase(config, { poolSize: 5 });
      const queues = await openQueues(config, { logger: log, giveUp: () => undefined });
      const working = await startWorking({ database: own, queues, log, threads: 1 }, { pace: quickPace, ...settings });
      return { queues, stop: () => working.stop().then(() => own.close()) };
    },
    async close() {
      await database.drop();
      await redis?.stop();
    },
  };
}

/** Runs the tests with the queue in PostgreSQL, and again with the queue on Redis. */
export function describeOnBothQueues(title: string, tests: (open: () => Promise<QueuePlace>) => void): void {
  describe(`${title}, queue in PostgreSQL`, () => tests(() => openPlace(false)));
  describeWithRedis(`${title}, queue on Redis`, () => tests(() => openPlace(true)));
}
