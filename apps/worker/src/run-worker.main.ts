/** The life of a worker process: reads the settings once, opens what it needs, works until it is told to stop. */
import {
  assertSafeDatabase,
  type Config,
  createLogger,
  Database,
  openDatabase,
  openQueues,
  readConfig,
} from '@gep/platform';
import type { RelaySettings } from './relay-settings';
import { startWorking, type Working } from './start-working.main';

/** After this the process ends; whatever was running is done again by another worker. */
const deadlineMs = 8_000;

/** Says `ready` to its parent once it works. @throws what keeps it from starting */
export async function runWorker(
  env: Readonly<Record<string, string | undefined>>,
  given: Partial<RelaySettings> = {},
): Promise<void> {
  const config = readConfig(env, ['DATABASE_URL']);
  const log = createLogger(config);
  const database = await openDatabase(config, { applicationName: 'gep-worker', poolSize: connectionsOf(config) });
  await assertSafeDatabase(database, { throwAway: config.nodeEnv === 'test' });
  const queues = await openQueues(config, { logger: log });
  const giveUp = (seconds: number): void => {
    log.fatal(`database away for ${seconds} s: this process ends, so that it can be started afresh`, 'Worker');
    process.exit(1);
  };
  const settings = { databaseLossSeconds: config.backendLossSeconds, giveUp, ...given };
  const working = await startWorking(
    { database, queues, log, threads: config.workerConcurrency, rulebookDir: config.rulebookDir },
    settings,
  );
  stopWhenTold(working, database);
  process.send?.({ type: 'ready' });
}

/** A transaction for each job, one for the relay, one for the look after lost runs, and one to spare. */
const connectionsOf = ({ workerConcurrency }: Config): number => workerConcurrency + 3;

function stopWhenTold(working: Working, database: Database): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), deadlineMs).unref();
    void working
      .stop()
      .then(() => database.close())
      .finally(() => process.exit(0));
  };
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(event, stop);
}
