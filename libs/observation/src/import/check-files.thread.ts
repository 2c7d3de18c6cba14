/** Entry of the thread that reads and checks the files of one import, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '@gep/kernel';
import { FileTooLarge, FileUnreadable } from '../errors';
import { checkFile } from './check-file.loader';
import { packOutcome, readVocabulary } from './checked-file';
import type { CheckAnswer, CheckTask } from './check-files.pool';

async function answer({ files, vocabulary, limits }: CheckTask): Promise<CheckAnswer> {
  try {
    return { checked: packOutcome(await checkFile(files, readVocabulary(vocabulary), limits)) };
  } catch (error) {
    if (error instanceof FileTooLarge) return { tooLarge: error.facts };
    if (error instanceof FileUnreadable) return { unreadable: error.facts };
    throw error;
  }
}

assert(parentPort, 'the check of files runs in a thread');
const port = parentPort;
void answer(workerData as CheckTask).then(
  (given) => {
    const buffers = given.checked?.accepted.map(({ bytes }) => bytes.buffer as ArrayBuffer) ?? [];
    port.postMessage(given, buffers);
  },
  (error: unknown) => {
    // Thrown outside of the promise, it reaches the starter as the error of the thread.
    setImmediate(() => {
      throw error;
    });
  },
);
