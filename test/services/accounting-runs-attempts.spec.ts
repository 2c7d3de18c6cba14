/** Attempts at the tasks of runs: noted before the work, divided after losses, given up alone, and blamed on nobody wrongly. */
import { AccountComputer, listFailures } from '@gep/accounting';
import { DatabaseUnavailable } from '@gep/platform';
import { type AccountingTest, forest, startAccounting } from './accounting-setup';

let it$: AccountingTest;
beforeEach(async () => {
  it$ = await startAccounting();
  await it$.publish();
  await it$.observe([forest('520521', 2), forest('520523', 3), forest('530102', 5)]);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await it$.close();
});

/** What is known of the first task while nobody holds it, or while somebody does. */
const noted = async (runId: string): Promise<unknown> => {
  const rows: unknown[] = await it$.test.db.snapshot(it$.actor, (tx) =>
    tx.query(
      `select state, finished, part_size, begun, given_up from accounting.recompute_task
       where run_id = $1 and task_no = 0`,
      [runId],
    ),
  );
  return rows[0];
};
/** Leaves the first task as workers leave it that died over it. */
const lose = async (set: string): Promise<void> => {
  await it$.test.db.transaction(it$.actor, (tx) =>
    tx.query(`update accounting.recompute_task set ${set} where task_no = 0`),
  );
};
const { compute } = AccountComputer.prototype;
/** Does this before each call of the computer. */
const whenComputing = (act: (territories: string[]) => Promise<unknown>): string[][] => {
  const calls: string[][] = [];
  jest.spyOn(AccountComputer.prototype, 'compute').mockImplementation(async function (
    this: AccountComputer,
    norm,
    observed,
  ) {
    const territories = observed.map(({ territory }) => territory);
    calls.push(territories);
    await act(territories);
    return compute.call(this, norm, observed);
  });
  return calls;
};
const reasons = async (runId: string): Promise<unknown[]> =>
  (await it$.test.db.snapshot(it$.actor, (tx) => listFailures(tx, runId)))
    .filter(({ taskNo }) => taskNo === 0)
    .map(({ subject, code }) => [subject, code]);

it('are noted before the work, and taken back by who lives to say that it failed', async () => {
  const runId = await it$.request();
  const seen: unknown[] = [];
  whenComputing(async () => {
    seen.push(await noted(runId));
    throw new Error('broken');
  });
  await expect(it$.tasks.runBatch(runId, 0)).rejects.toThrow('broken');
  expect(seen).toEqual([{ state: 'waiting', finished: 0, part_size: null, begun: 1, given_up: 0 }]);
  expect(await noted(runId)).toMatchObject({ state: 'waiting', begun: 0 });
});

it('that nobody came back from divide the batch, down to the territory that is given up', async () => {
  const runId = await it$.request();
  await lose('begun = 3');
  const calls = whenComputing(() => Promise.resolve());
  expect(await it$.tasks.runBatch(runId, 0)).toEqual({ state: 'done', computed: 3, unchanged: 0, refused: 0 });
  expect(calls).toEqual([['520521', '520523'], ['530102']]);
  expect(await it$.workOff(runId)).toMatchObject({ state: 'done', progress: { territories: { computed: 8 } } });

  await it$.observe([forest('520521', 4), forest('520523', 4), forest('530102', 4)]);
  const again = await it$.request();
  await lose('finished = 1, part_size = 1, begun = 5');
  calls.length = 0;
  expect(await it$.tasks.runBatch(again, 0)).toEqual({ state: 'dead', computed: 1, unchanged: 0, refused: 1 });
  expect(calls).toEqual([['530102']]);
  expect(await reasons(again)).toEqual([['520523', 'accounting.worker-lost']]);
  expect(await it$.workOff(again)).toMatchObject({ state: 'failed' });
  await it$.runs.retryRun(it$.actor, again);
  expect(await it$.workOff(again)).toMatchObject({ state: 'done', progress: { territories: { refused: 0 } } });
  expect((await it$.account('520523'))!.totals.totalFen).toBe(4_000_000n);
});

it('of territories alone give up the one that breaks off, and do the others', async () => {
  const runId = await it$.request();
  whenComputing(async (territories) => {
    if (territories.includes('520523')) throw new TypeError('no such column');
    return Promise.resolve();
  });
  expect(await it$.tasks.runSingly(runId, 0)).toEqual({ state: 'dead', computed: 2, unchanged: 0, refused: 1 });
  expect(await reasons(runId)).toEqual([['520523', 'accounting.computation-broken']]);
  expect(await it$.workOff(runId)).toMatchObject({ state: 'failed', progress: { tasks: { done: 3, dead: 1 } } });
  expect((await it$.account('520500'))!.coverage).toEqual({ present: 1, expected: 2, complete: false });
});

it('blame no territory for a database that is away', async () => {
  const runId = await it$.request();
  whenComputing(() => Promise.reject(new DatabaseUnavailable(false, new Error('gone'))));
  await expect(it$.tasks.runSingly(runId, 0)).rejects.toBeInstanceOf(DatabaseUnavailable);
  expect(await reasons(runId)).toEqual([]);
  expect(await noted(runId)).toMatchObject({ state: 'waiting', finished: 0, begun: 0 });
});

it('of a task that killed a worker have the process for themselves', async () => {
  // Two provinces, so that no lock of their accounts keeps them apart.
  const [suspect, other] = [await it$.request('2024', '520000'), await it$.request('2024', '530000')];
  await it$.test.db.transaction(it$.actor, (tx) =>
    tx.query('update accounting.recompute_task set begun = 1 where run_id = $1 and task_no = 0', [suspect]),
  );
  let inside = 0;
  const most: number[] = [];
  whenComputing(async () => {
    inside++;
    most.push(inside);
    await new Promise((resolve) => setTimeout(resolve, 50));
    inside--;
  });
  await Promise.all([it$.tasks.runBatch(suspect, 0), it$.tasks.runBatch(other, 0)]);
  expect(most).toEqual([1, 1]);
});

it('that end do not wait for others of their run', async () => {
  const runId = await it$.request();
  await it$.test.db.transaction(it$.actor, async (tx) => {
    // What the foreign key of another task asks for when that task is noted twice in its transaction.
    await tx.query('select 1 from accounting.recompute_run where id = $1 for key share', [runId]);
    expect(await it$.tasks.runBatch(runId, 0)).toMatchObject({ state: 'done', computed: 3 });
  });
});
