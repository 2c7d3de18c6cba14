/** A worker process for the time of one command, when none is running that would do its jobs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { DomainError } from '@gep/kernel';
import type { Config } from '@gep/platform';

class WorkerNotStarted extends DomainError {
  readonly code = 'cli.worker-not-started';
  readonly kind = 'conflict';
  constructor(how: string) {
    super({
      zh: `没有正在运行的工作进程，自行启动也未成功（${how}）；请先运行 npm start，或查看上面的信息`,
      en: `no worker is running and starting one failed (${how}); run npm start first, or see the message above`,
    });
  }
}

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
