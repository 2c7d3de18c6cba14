/** The API process: reads the settings once, opens what it needs, listens, and goes down within two seconds when told. */
import 'reflect-metadata';
import { assertSafeDatabase, createLogger, openDatabase, openQueues, readConfig } from '@gep/platform';
import { PublicAddress } from './access/public-address.service';
import { createApplication } from './application.main';
import { listen } from './listen.main';
import { onStop } from './stop.main';

async function start(): Promise<void> {
  const config = readConfig(process.env, ['DATABASE_URL', 'GEP_SECRET', 'GEP_CREDIT_KEYS']);
  const log = createLogger(config);
  const database = await openDatabase(config, { applicationName: 'gep-api' });
  await assertSafeDatabase(database, { throwAway: config.nodeEnv === 'test' });
  const queues = await openQueues(config, {
    logger: log,
    giveUp: () => log.error('the queue stays away; the API goes on without it'),
  });
  const app = await createApplication({ config, database, queues, log });
  onStop(async () => {
    await app.close();
    await Promise.all([queues.close(), database.close()]);
  });
  const chosen = process.env['GEP_PORT']?.trim();
  const port = await listen(app.getHttpServer(), config.host, config.port, { orNext: !chosen });
  const url = process.env['GEP_PUBLIC_URL']?.trim() ? config.publicUrl : `http://${config.host}:${port}`;
  app.get(PublicAddress).url = url;
  log.log('the API listens', { url });
  process.send?.({ type: 'ready', url });
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
