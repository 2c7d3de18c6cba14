/** Reads and checks register files in a thread, away from the event loop: a million owners are there in seconds. */
import path from 'node:path';
import { createThreadPool, type ThreadPool } from '@gep/platform';
import type { OwnerBatch, ParcelBatch, RegisterProblem } from './register-rows';

/** Paths of CSV files on this machine. */
export interface RegisterFiles {
  readonly owners?: string;
  readonly parcels?: string;
}

export interface CheckedRegister {
  readonly owners: readonly OwnerBatch[];
  readonly parcels: readonly ParcelBatch[];
  /** Code of a territory and the first place that names it. */
  readonly territories: readonly (readonly [code: string, file: RegisterProblem['file'], row: number])[];
  /** Owners that parcels name and the file of owners does not, with the first row. */
  readonly unknownOwners: readonly (readonly [code: string, row: number])[];
  readonly problems: readonly RegisterProblem[];
  readonly problemCount: number;
  /** SHA-256 of the files, in the order owners, parcels. */
  readonly digest: string;
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
