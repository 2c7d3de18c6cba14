/** Allots dividends in a thread, away from the event loop. */
import path from 'node:path';
import { createThreadPool, type ThreadPool } from '@gep/platform';
import type { PolicyRule } from '@gep/rulebook';
import type { UnitDefinition } from '@gep/kernel';
import type { AllottedLines } from './allot-lines';
import type { Earnings } from './share-dividend';

export interface AllotTask {
  /** The rule as it is written, and the units of the day it was proposed. */
  readonly file: PolicyRule['file'];
  readonly units: readonly UnitDefinition[];
  readonly edition: string;
  readonly earnings: Earnings;
  readonly blocks: readonly string[];
  readonly seed: Uint8Array;
}

let pool: ThreadPool<AllotTask, AllottedLines> | undefined;

/** @throws RefusedInThread with the codes of DividendRefused and PolicyNotDecided, TaskTooLong, TaskTooLarge */
export function allotApart(task: AllotTask): Promise<AllottedLines> {
  pool ??= createThreadPool(path.join(__dirname, 'allot-lines.thread'), {
    size: 1,
    timeLimitMs: 900_000,
    resourceLimits: { maxOldGenerationSizeMb: 4096 },
  });
  return pool.run(task);
}
