/** The thread pool: results, refusals with their facts, and tasks that hang, crash or eat memory. */
import path from 'node:path';
import { createThreadPool, RefusedInThread, TaskTooLarge, TaskTooLong, type ThreadPool } from '@gep/platform';
import type { SampleTask } from '../fixtures/sample-tasks';

const entry = path.resolve(__dirname, '../fixtures/sample-tasks');
let pool: ThreadPool<SampleTask, unknown>;

beforeAll(() => {
  pool = createThreadPool(entry, { size: 2, resourceLimits: { maxOldGenerationSizeMb: 48 } });
});
afterAll(() => pool.close());

const stillWorks = async () => {
  const values = Float64Array.from([1, 2.5]);
  expect(await pool.run({ kind: 'double', values })).toEqual(Float64Array.from([2, 5]));
};

describe('the thread pool', () => {
  it('does tasks, and takes over buffers that are handed to it', async () => {
    await stillWorks();
    const values = Float64Array.from([3]);
    expect(await pool.run({ kind: 'double', values }, [values.buffer])).toEqual(Float64Array.from([6]));
    expect(values.byteLength).toBe(0);
  });

  it('keeps tasks waiting while all threads are busy, and loses none', async () => {
    const begun = Date.now();
    const results = await Promise.all(Array.from({ length: 6 }, () => pool.run({ kind: 'wait' })));
    expect(results).toEqual(Array.from({ length: 6 }, () => 'waited'));
    expect(Date.now() - begun).toBeGreaterThanOrEqual(290);
  });

  it('carries a refusal back with its code, kind, text and facts', async () => {
    const refusal = await pool.run({ kind: 'refuse' }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RefusedInThread);
    expect(refusal).toMatchObject({
      code: 'period.invalid',
      kind: 'invalid',
      facts: { period: '2024-13' },
      text: { zh: expect.stringContaining('核算期'), en: expect.stringContaining('2024-13') },
    });
  });

  it('carries a defect back with name and stack', async () => {
    const defect = await pool.run({ kind: 'defect' }).catch((error: unknown) => error);
    expect(defect).toMatchObject({ name: 'RangeError', message: 'broken' });
    expect((defect as Error).stack).toContain('sample-tasks');
  });

  it('stops a task that eats memory, and goes on', async () => {
    await expect(pool.run({ kind: 'eat' })).rejects.toThrow(TaskTooLarge);
    await stillWorks();
  });

  it('stops a task that hangs, and goes on', async () => {
    const hasty = createThreadPool<SampleTask, unknown>(entry, { size: 1, timeLimitMs: 1000 });
    await expect(hasty.run({ kind: 'hang' })).rejects.toThrow(TaskTooLong);
    expect(await hasty.run({ kind: 'wait' })).toBe('waited');
    await hasty.close();
  });

  it('goes on after a thread that ended, and after what cannot be cloned', async () => {
    await expect(pool.run({ kind: 'crash' })).rejects.toThrow('ended with 7');
    await stillWorks();
    await expect(pool.run({ kind: 'unclonable' })).rejects.toThrow('could not be cloned');
    await expect(pool.run({ kind: 'double', values: (() => 1) as never })).rejects.toThrow('could not be cloned');
    await stillWorks();
  });

  it('rejects what is not done when it closes, and whatever comes after', async () => {
    const closing = createThreadPool<SampleTask, unknown>(entry, { size: 1 });
    const tasks = [closing.run({ kind: 'hang' }), closing.run({ kind: 'wait' })];
    const outcomes = Promise.allSettled(tasks);
    await closing.close();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(closing.run({ kind: 'wait' })).rejects.toThrow('closed');
  });

  it('names a file that is not there', () => {
    expect(() => createThreadPool('/nowhere/tasks', { size: 1 })).toThrow('no file of tasks');
  });
});
