/** Entry of a worker thread that computes accounts: one task after the other, each with one answer. */
import { parentPort } from 'node:worker_threads';
import { computeTask, ComputeTask } from './compute-batch';
import type { Answer } from './compute-threads.pool';

function answer(task: ComputeTask): Answer {
  try {
    return { result: computeTask(task) };
  } catch (error) {
    return { failure: error instanceof Error ? error : new Error(String(error)) };
  }
}

parentPort!.on('message', (task: ComputeTask) => parentPort!.postMessage(answer(task)));
