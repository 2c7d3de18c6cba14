/** Entry of every pool's thread: loads the file of the tasks, and answers each task with its result or its failure. */
import { parentPort, workerData, type TransferListItem } from 'node:worker_threads';
import { packFailure, type CarriedFailure } from './carried-failure';

/** What a file of tasks exports. */
export interface TaskFile {
  handle(task: unknown): unknown;
  /** Buffers of a result that are handed over instead of copied. */
  transferOf?(result: unknown): TransferListItem[];
}

/** First that the file is loaded, then one answer for each task. */
export type TaskAnswer =
  | { readonly loaded: true }
  | { readonly result: unknown }
  | { readonly failure: CarriedFailure };

const { entry } = workerData as { entry: string };
const port = parentPort!;
const tasks = require(entry) as TaskFile;

async function answer(task: unknown): Promise<void> {
  try {
    const result = await tasks.handle(task);
    port.postMessage({ result } satisfies TaskAnswer, tasks.transferOf?.(result) ?? []);
  } catch (error) {
    port.postMessage({ failure: packFailure(error) } satisfies TaskAnswer);
  }
}

port.on('message', (task: unknown) => void answer(task));
port.postMessage({ loaded: true } satisfies TaskAnswer);
