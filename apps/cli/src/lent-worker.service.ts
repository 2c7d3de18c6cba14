/** A worker process for the time of one command, when none is running that would do its jobs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Config } from '@gep/platform';
import { WorkerNotStarted } from './errors';

const entry = path.resolve(__dirname, '../../worker/src/main.js');

/** @param atWork workers that are running already; then nothing is started. @throws WorkerNotStarted */
export async function lendWorker(config: Config, atWork: number): Promise<{ stop(): Promise<void> } | undefined> {
  if (atWork > 0) return undefined;
  const env = {
    ...process.env,
    DATABASE_URL: config.databaseUrl,
    DATABASE_OWNER_URL: undefined,
    GEP_LOG_LEVEL: process.env['GEP_LOG_LEVEL'] ?? 'error',
  };
  const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
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
