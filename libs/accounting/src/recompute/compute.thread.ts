/** The tasks that worker threads of accounting do. */
import { computeTask, type ComputeResult } from './compute-batch';
import { type CarriedTask, receiveTask } from './task-memory';

/** Does a task as it was posted. */
export function handle(carried: CarriedTask): ComputeResult {
  return computeTask(receiveTask(carried));
}
