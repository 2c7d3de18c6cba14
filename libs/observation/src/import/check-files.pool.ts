/** Checks the files of strangers in threads, with bounds of time and memory, away from the event loop. */
import path from 'node:path';
import { createThreadPool, type ThreadPool } from '@gep/platform';
import type { CheckWish } from '../check/check-tables';
import { importLimits } from '../file/limits';
import { ObservationFile } from '../file/read-file.loader';
import { ObservationVocabulary } from '../table/vocabulary';
import { CheckedFile, PlainVocabulary, writeVocabulary } from './checked-file';

export interface CheckTask {
  readonly files: readonly ObservationFile[];
  readonly vocabulary: PlainVocabulary;
  readonly wish: CheckWish;
}

/** Threads at once; other imports wait, so that many uploads together stay within the memory of a few. */
const threadsAtOnce = 2;

/** One for the process, begun with the first import; its idle threads keep no program from ending. */
let pool: ThreadPool<CheckTask, CheckedFile> | undefined;

/**
 * Like `checkFile`, in a thread that is ended when it takes too long or too much memory.
 * @throws RefusedInThread with the codes of FileTooLarge and FileUnreadable, TaskTooLong, TaskTooLarge
 */
export async function checkFilesApart(
  files: readonly ObservationFile[],
  vocabulary: ObservationVocabulary,
  wish: CheckWish = {},
): Promise<CheckedFile> {
  pool ??= createThreadPool(path.join(__dirname, 'check-files.thread'), {
    size: threadsAtOnce,
    timeLimitMs: importLimits.milliseconds,
    resourceLimits: { maxOldGenerationSizeMb: importLimits.heapMegabytes },
  });
  return pool.run({ files, vocabulary: writeVocabulary(vocabulary), wish });
}
