/** Joins data sheets away from the event loop where maps are large; a million patches take most of a second. */
import path from 'node:path';
import { createThreadPool, type ThreadPool } from '@gep/platform';
import { importLimits } from '../file/limits';
import type { JoinedPeriod } from './join-delivery';
import { joinStored, type JoinTask } from './join-stored';

/** Bytes of chunks that are joined on the spot: some ten thousand patches, a few milliseconds. */
const bytesOnTheSpot = 1_000_000;

/** One for the process, begun with the first large map; its idle thread keeps no program from ending. */
let pool: ThreadPool<JoinTask, JoinedPeriod> | undefined;

/** @throws TaskTooLong, TaskTooLarge */
export async function joinApart(task: JoinTask): Promise<JoinedPeriod> {
  const { standing, arrived } = task;
  const parts = [
    ...(arrived ? [arrived] : []),
    ...(standing?.deliveries ?? []),
    ...(standing?.whole ? [standing.whole] : []),
  ];
  if (parts.reduce((sum, { bytes }) => sum + bytes.byteLength, 0) <= bytesOnTheSpot) return joinStored(task);
  // Imports take effect one after the other, so a second thread would have nothing to do.
  pool ??= createThreadPool(path.join(__dirname, 'join-deliveries.thread'), {
    size: 1,
    timeLimitMs: importLimits.milliseconds,
    resourceLimits: { maxOldGenerationSizeMb: importLimits.heapMegabytes },
  });
  return pool.run(task);
}
