/** Checks the files of strangers in a thread of its own, with bounds of time and memory, away from the event loop. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { FileTooLarge, FileUnreadable, TooLargeFacts, UnreadableFacts } from '../errors';
import { ImportLimits } from '../file/limits';
import { ObservationFile } from '../file/read-file.loader';
import { ObservationVocabulary } from '../table/vocabulary';
import { CheckedFile, PlainVocabulary, writeVocabulary } from './checked-file';

export interface CheckTask {
  readonly files: readonly ObservationFile[];
  readonly vocabulary: PlainVocabulary;
  readonly limits: ImportLimits;
}
export interface CheckAnswer {
  readonly checked?: CheckedFile;
  readonly tooLarge?: TooLargeFacts;
  readonly unreadable?: UnreadableFacts;
}

/** Threads at once; the others wait, so that many uploads together stay within the memory of a few. */
const threadsAtOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

/**
 * Like `checkFile`, in a thread that is ended when it takes too long or too much memory.
 * @throws FileTooLarge, FileUnreadable
 */
export async function checkFilesApart(
  files: readonly ObservationFile[],
  vocabulary: ObservationVocabulary,
  limits: ImportLimits,
): Promise<CheckedFile> {
  if (running >= threadsAtOnce) await new Promise<void>((go) => waiting.push(go));
  running += 1;
  try {
    return await checkInThread({ files, vocabulary: writeVocabulary(vocabulary), limits });
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function checkInThread(task: CheckTask): Promise<CheckedFile> {
  const { milliseconds, heapMegabytes } = task.limits;
  const thread = new Worker(path.join(__dirname, `check-files.thread${path.extname(__filename)}`), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    ...startedFrom(__filename),
  });
  return new Promise<CheckedFile>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(
        new FileTooLarge({ zh: '检查所需毫秒数', en: 'milliseconds needed to check it' }, { limit: milliseconds }),
      );
      void thread.terminate();
    }, milliseconds);
    thread.on('message', ({ checked, tooLarge, unreadable }: CheckAnswer) => {
      if (checked) resolve(checked);
      else if (tooLarge) reject(new FileTooLarge(tooLarge.what, tooLarge));
      else if (unreadable) reject(new FileUnreadable(unreadable.fileName, unreadable.why));
    });
    thread.on('error', (error: Error & { code?: string }) => {
      const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      const what = { zh: '检查所需内存（MB）', en: 'megabytes of memory needed to check it' };
      reject(outOfMemory ? new FileTooLarge(what, { limit: heapMegabytes }) : error);
    });
    thread.on('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the thread that checks files ended with ${code} and without an answer`));
    });
  });
}

/** From the sources, a thread has to learn TypeScript first; from the build it has not. */
function startedFrom(file: string): { execArgv?: string[] } {
  if (!file.endsWith('.ts')) return {};
  return { execArgv: ['--require', path.resolve(__dirname, '../../../../test/fixtures/load-typescript.js')] };
}
