/** The worker process: does the jobs of the queue and carries announcements to it, until it is told to stop. */
import 'reflect-metadata';
import { assertSafeDatabase, createLogger, openDatabase, openQueues, readConfig } from '@gep/platform';
import { startWorking } from './start-working.main';

/** After this the process ends; whatever was running is done again by another worker. */
const deadlineMs = 8_000;

async function start(): Promise<void> {
  const config = readConfig(process.env, ['DATABASE_URL']);
  const log = createLogger(config);
  const database = await openDatabase(config, { applicationName: 'gep-worker' });
  await assertSafeDatabase(database);
  const queues = await openQueues(config, { logger: log });
  const working = await startWorking({ database, queues, log, threads: config.workerConcurrency });
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
  process.send?.({ type: 'ready' });
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
