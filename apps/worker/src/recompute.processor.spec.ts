/** When a task is given up for good: after its last attempt, and only when the task itself is at fault. */
import {
  type DataSheets,
  isPassing,
  type RecomputeService,
  type RecomputeTasks,
  RollUpTooEarly,
} from '@gep/accounting';
import { DatabaseUnavailable, ThreadPoolClosed } from '@gep/platform';
import { RecomputeProcessor } from './recompute.processor';

const attempts = 3;

/** What becomes of a job whose task fails with this error in its attempt number `attempt`, and then with `alone`. */
async function failWith(error: Error, attempt: number, more: { name?: string; alone?: Error } = {}): Promise<string[]> {
  const { name = 'recomputeBatch', alone } = more;
  const given: string[] = [];
  const fail = (): Promise<never> => Promise.reject(error);
  const note = (text: string): Promise<void> => Promise.resolve(void given.push(text));
  const runSingly = async (_run: string, taskNo: number): Promise<void> => {
    await note(`${taskNo} singly`);
    if (alone) throw alone;
  };
  const deadLetter = (_run: string, taskNo: number, reason: string): Promise<void> => note(`${taskNo}: ${reason}`);
  const tasks = { runBatch: fail, runLevel: fail, runSingly, deadLetter } as unknown as RecomputeTasks;
  const runs = { openDuePeriods: fail } as unknown as RecomputeService;
  const data = name === 'openDuePeriod' ? {} : { runId: 'r', taskNo: 7 };
  const job = { name, data, attemptsMade: attempt - 1, opts: { attempts } };
  const thrown = alone && isPassing(alone) ? alone : error;
  await expect(new RecomputeProcessor(tasks, runs, {} as DataSheets).process(job)).rejects.toBe(thrown);
  return given;
}

const broken = new RangeError('out of memory');
const away = new DatabaseUnavailable(false, new Error('connection refused'));

it('keeps a task until its last attempt, and then tries its territories one by one', async () => {
  expect(await failWith(broken, attempts - 1)).toEqual([]);
  expect(await failWith(broken, attempts)).toEqual(['7 singly']);
});

it('gives the whole task up only when not even that can be tried', async () => {
  const alone = new RangeError('no edition');
  expect(await failWith(broken, attempts, { alone })).toEqual(['7 singly', '7: RangeError: no edition']);
  expect(await failWith(broken, attempts, { alone: away })).toEqual(['7 singly']);
});

it('never blames a task for a database that is away, for a stop, or for work below it that is not done', async () => {
  expect(await failWith(away, attempts)).toEqual([]);
  expect(await failWith(new ThreadPoolClosed(), attempts)).toEqual([]);
  expect(await failWith(new RollUpTooEarly('r', 7, 2), attempts, { name: 'rollUpLevel' })).toEqual([]);
});

it('has no task to give up for a job that belongs to no run', async () => {
  expect(await failWith(new Error('no'), attempts, { name: 'openDuePeriod' })).toEqual([]);
});
