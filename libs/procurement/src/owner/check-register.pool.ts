/** Reads and checks register files in a thread, away from the event loop: a million owners are there in seconds. */
import path from 'node:path';
import { createThreadPool, type ThreadPool } from '@gep/platform';
import type { CheckedRegister } from './checked-register';

/** Paths of CSV files on this machine. */
export interface RegisterFiles {
  readonly owners?: string;
  readonly parcels?: string;
}

let pool: ThreadPool<RegisterFiles, CheckedRegister> | undefined;

/** @throws RefusedInThread with the code of RegisterFileUnreadable, TaskTooLong, TaskTooLarge */
export function checkRegisterApart(files: RegisterFiles): Promise<CheckedRegister> {
  pool ??= createThreadPool(path.join(__dirname, 'check-register.thread'), {
    size: 1,
    timeLimitMs: 600_000,
    resourceLimits: { maxOldGenerationSizeMb: 4096 },
  });
  return pool.run(files);
}
