/** When a task is given up for good: after its last attempt, and only when the task itself is at fault. */
import { type RecomputeService, type RecomputeTasks, RollUpTooEarly } from '@gep/accounting';
import { DatabaseUnavailable } from '@gep/platform';
import { RecomputeProcessor } from './recompute.processor';

const attempts = 3;

/** What becomes of a job whose task fails with this error in its attempt number `attempt`. */
async function failWith(error: Error, attempt: number, name = 'recomputeBatch'): Promise<string[]> {
  const given: string[] = [];
  const fail = (): Promise<never> => Promise.reject(error);
  const deadLetter = (_run: string, taskNo: number, reason: string): Promise<void> => {
    given.push(`${taskNo}: ${reason}`);
    return Promise.resolve();
  };
  const tasks = { runBatch: fail, runLevel: fail, deadLetter } as unknown as RecomputeTasks;
  const runs = { openDuePeriods: fail } as unknown as RecomputeService;
  const data = name === 'openDuePeriod' ? {} : { runId: 'r', taskNo: 7 };
  const job = { name, data, attemptsMade: attempt - 1, opts: { attempts } };
  await expect(new RecomputeProcessor(tasks, runs).process(job)).rejects.toBe(error);
  return given;
}

it('keeps a task until its last attempt', async () => {
  expect(await failWith(new RangeError('out of memory'), attempts - 1)).toEqual([]);
  expect(await failWith(new RangeError('out of memory'), attempts)).toEqual(['7: RangeError: out of memory']);
});

it('never blames a task for a database that is away, or for work below it that is not done', async () => {
  expect(await failWith(new DatabaseUnavailable(false, new Error('connection refused')), attempts)).toEqual([]);
  expect(await failWith(new RollUpTooEarly('r', 7, 2), attempts, 'rollUpLevel')).toEqual([]);
});

it('has no task to give up for a job that belongs to no run', async () => {
  expect(await failWith(new Error('no'), attempts, 'openDuePeriod')).toEqual([]);
});
