/** A worker process for the time of one command, when none is running that would do its jobs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Config } from '@gep/platform';
import { WorkerNotStarted } from '../errors';
import { entryOf, programRoot } from './settings.loader';

/** @param atWork workers that are running already; then nothing is started. @throws WorkerNotStarted */
export async function lendWorker(config: Config, atWork: number): Promise<{ stop(): Promise<void> } | undefined> {
  if (atWork > 0) return undefined;
  const env = {
    ...process.env,
    DATABASE_URL: config.databaseUrl,
    DATABASE_OWNER_URL: undefined,
    GEP_DATA_DIR: config.dataDir,
    GEP_RULEBOOK_DIR: config.rulebookDir,
    GEP_LOG_LEVEL: process.env['GEP_LOG_LEVEL'] ?? 'error',
  };
  const { file, execArgv } = entryOf('apps/worker');
  // It ends with the channel to us, however we end.
  const child = spawn(process.execPath, [...execArgv, file], {
    env,
    cwd: programRoot,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code, signal]) => String(signal ?? code));
  const how = await Promise.race([once(child, 'message').then(() => undefined), ended]);
  if (how !== undefined) throw new WorkerNotStarted(how);
  return {
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
