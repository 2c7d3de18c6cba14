/** Runs on the real database: asked for twice, worked on at once, cancelled, dead, retried, lost by the queue, due by date. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { findRun, jobIdOf, listAccounts, listFailures, listRuns, RollUpTooEarly, type Run } from '@gep/accounting';
import { verifyAuditChain } from '@gep/platform';
import { testActor } from '../fixtures/test-database';
import { type AccountingTest, forest, startAccounting } from './accounting-setup';

let it$: AccountingTest;
beforeEach(async () => {
  it$ = await startAccounting();
  await it$.publish();
  await it$.observe([forest('520521', 2), forest('520523', 3), forest('530102', 5)]);
});
afterEach(() => it$.close());

const announced = async (): Promise<{ key: string; payload: { runId: string } }[]> =>
  it$.test.db.snapshot(it$.actor, (tx) =>
    tx.query(`select key, payload from platform.outbox where event = 'accounting.recomputeRequested' order by id`),
  );
/** Everything that says something of the accounts, in a fixed order: two equal texts, the same bits. */
const picture = async (): Promise<string> => {
  const rows = await it$.test.db.snapshot(it$.actor, (tx) => listAccounts(tx, {}));
  return JSON.stringify(rows.map(({ territory, id, digest, vintage }) => [territory, id, digest, vintage]));
};

/** A connection that no guard binds. */
const superuserOf = async ({ test }: AccountingTest): Promise<Client> => {
  const client = new Client({ connectionString: test.superuserUrl });
  await client.connect();
  return client;
};

it('opens a run with its tasks, announcement and audit row, and answers a repeat with the same run', async () => {
  const request = { period: '2024', normId: 'sample', territory: 'CN' };
  const key = randomUUID();
  const first = await it$.runs.requestRecompute(it$.actor, request, key);
  expect(first.started).toBe(true);
  expect(await it$.runs.requestRecompute(it$.actor, request, key)).toEqual({ ...first, replayed: true });
  expect(await it$.runs.requestRecompute(it$.actor, request, randomUUID())).toEqual({
    replayed: false,
    runId: first.runId,
    started: false,
  });
  await expect(it$.runs.requestRecompute(it$.actor, { ...request, territory: '520000' }, key)).rejects.toMatchObject({
    code: 'platform.idempotency-conflict',
  });
  expect(await announced()).toEqual([{ key: `${first.runId} 1`, payload: { runId: first.runId } }]);
  expect(await it$.run(first.runId)).toMatchObject({
    state: 'active',
    requestedBy: 'tester',
    progress: { tasks: { total: 4 } },
  });
  expect((await it$.test.db.snapshot(it$.actor, (tx) => verifyAuditChain(tx))).broken).toBeUndefined();
});

it('opens one run however many ask at once', async () => {
  const request = { period: '2024', normId: 'sample', territory: 'CN' };
  const asked = await Promise.all(
    Array.from({ length: 5 }, async () => it$.runs.requestRecompute(it$.actor, request, randomUUID())),
  );
  expect(new Set(asked.map(({ runId }) => runId)).size).toBe(1);
  expect(asked.filter(({ started }) => started)).toHaveLength(1);
  expect(await announced()).toHaveLength(1);
});

it('refuses what cannot be recomputed, and what lies outside the scope of the actor', async () => {
  const ask = (more: object, actor = it$.actor): Promise<unknown> =>
    it$.runs.requestRecompute(actor, { period: '2024', normId: 'sample', territory: 'CN', ...more }, randomUUID());
  await expect(ask({ period: '24' })).rejects.toMatchObject({ code: 'period.invalid' });
  await expect(ask({ period: '2023' })).rejects.toMatchObject({ code: 'accounting.nothing-observed' });
  await expect(ask({ normId: 'other' })).rejects.toMatchObject({ kind: 'missing' });
  const county = testActor(['CN.520000.520500.520521'], 'county');
  await expect(ask({}, county)).rejects.toMatchObject({ code: 'territory.missing' });
  await expect(ask({ territory: '530102' }, county)).rejects.toMatchObject({ code: 'territory.missing' });
  await expect(ask({ territory: undefined }, testActor(['CN.520000', 'CN.530000'], 'two'))).rejects.toMatchObject({
    code: 'accounting.territory-not-named',
  });
});

it('lets a county ask for itself: the sums above follow, and others do not see the run', async () => {
  const county = testActor(['CN.520000.520500.520521'], 'county');
  const { runId } = await it$.runs.requestRecompute(county, { period: '2024', normId: 'sample' }, randomUUID());
  await it$.workOff(runId);
  expect((await it$.account('CN'))!.totals.totalFen).toBe(2_000_000n);
  const seen = async (scope: string): Promise<number> =>
    (await it$.test.db.snapshot(testActor([scope], scope), (tx) => listRuns(tx, { limit: 10 }))).length;
  expect([await seen('CN.520000.520500.520521'), await seen('CN.520000.520500.520523'), await seen('CN')]).toEqual([
    1, 0, 1,
  ]);
});

it('does a task once, however often and however many at once it is delivered', async () => {
  const runId = await it$.request();
  const outcomes = await Promise.all(Array.from({ length: 4 }, async () => it$.tasks.runBatch(runId, 0)));
  expect(outcomes.filter(({ computed }) => computed === 3)).toHaveLength(1);
  expect(outcomes.every(({ state }) => state === 'done')).toBe(true);
  await it$.workOff(runId);
  const done = await picture();
  await it$.tasks.runLevel(runId, 3);
  expect(await picture()).toBe(done);
});

it('waits with a roll-up until everything below it is done', async () => {
  const runId = await it$.request();
  await expect(it$.tasks.runLevel(runId, 1)).rejects.toBeInstanceOf(RollUpTooEarly);
  expect((await it$.run(runId)).progress.tasks.waiting).toBe(4);
});

it('gives the same accounts from two overlapping runs at once as from one after the other', async () => {
  const [nation, province] = [await it$.request('2024', 'CN'), await it$.request('2024', '520000')];
  expect(nation).not.toBe(province);
  await Promise.all([it$.workOff(nation), it$.workOff(province)]);
  const both = await picture();
  expect((await it$.recompute()).progress.territories.computed).toBe(0);
  expect(await picture()).toBe(both);
  expect((await it$.account('CN'))!.totals.totalFen).toBe(10_000_000n);
});

it('goes on after a crash in the middle with the same bits as an undisturbed run', async () => {
  const runId = await it$.request();
  await it$.tasks.runBatch(runId, 0);
  await it$.tasks.runLevel(runId, 1);
  // The worker is gone; the flow holds what is left.
  expect((await it$.runs.flowOf(runId))[0].data.taskNo).toBe(3);
  await it$.workOff(runId);
  const disturbed = await picture();
  const other = await startAccounting();
  try {
    await other.publish();
    await other.observe([forest('520521', 2), forest('520523', 3), forest('530102', 5)]);
    await other.recompute();
    const rows = await other.test.db.snapshot(other.actor, (tx) => listAccounts(tx, {}));
    expect(JSON.stringify(rows.map(({ territory, id, digest, vintage }) => [territory, id, digest, vintage]))).toBe(
      disturbed,
    );
  } finally {
    await other.close();
  }
});

it('cancels what has not begun, keeps what is done, and takes it up again when retried', async () => {
  const runId = await it$.request();
  await it$.tasks.runBatch(runId, 0);
  expect(await it$.runs.cancelRun(it$.actor, runId)).toMatchObject({ state: 'cancelled' });
  expect(await it$.tasks.runLevel(runId, 1)).toMatchObject({ state: 'cancelled', computed: 0 });
  expect(await it$.runs.flowOf(runId)).toEqual([]);
  expect(await it$.account('520500')).toBeUndefined();
  await expect(it$.runs.cancelRun(it$.actor, runId)).rejects.toMatchObject({ code: 'accounting.run-state' });
  expect(await it$.runs.retryRun(it$.actor, runId)).toMatchObject({ state: 'active', round: 2 });
  expect((await it$.runs.flowOf(runId))[0].opts.jobId).toBe(jobIdOf(runId, 3, 2));
  expect(await it$.workOff(runId)).toMatchObject({ state: 'done' });
  expect((await announced()).map(({ key }) => key)).toEqual([`${runId} 1`, `${runId} 2`]);
  await expect(it$.runs.retryRun(it$.actor, runId)).rejects.toMatchObject({ code: 'accounting.run-state' });
});

it('lets a run end without a dead task, names the reason, and retries only what is missing', async () => {
  const runId = await it$.request();
  await it$.tasks.deadLetter(runId, 0, 'out of memory');
  await it$.tasks.deadLetter(runId, 0, 'again');
  expect(await it$.workOff(runId)).toMatchObject({ state: 'failed', progress: { tasks: { dead: 1, done: 3 } } });
  const failures = await it$.test.db.snapshot(it$.actor, (tx) => listFailures(tx, runId));
  // Nothing was computed, so no level above had anything to add up either.
  expect(failures.map(({ taskNo, subject, code }) => [taskNo, subject, code])).toEqual([
    [0, '*', 'accounting.task-died'],
    [1, '520500', 'accounting.nothing-computed'],
    [1, '530100', 'accounting.nothing-computed'],
    [2, '520000', 'accounting.nothing-computed'],
    [2, '530000', 'accounting.nothing-computed'],
    [3, 'CN', 'accounting.nothing-computed'],
  ]);
  expect(failures[0].en).toContain('out of memory');
  await it$.runs.retryRun(it$.actor, runId);
  expect(await it$.workOff(runId)).toMatchObject({
    state: 'done',
    progress: { territories: { computed: 8, refused: 0 } },
  });
  expect(await it$.test.db.snapshot(it$.actor, (tx) => listFailures(tx, runId))).toEqual([]);
});

it('retries a refused territory after its data are mended, and shows who may see the refusal', async () => {
  await it$.observe([{ territory: '520602', period: '2024', type: 'grass', area: 1 }]);
  const run = await it$.recompute();
  const seen = async (scope: string): Promise<string[]> =>
    (await it$.test.db.snapshot(testActor([scope], scope), (tx) => listFailures(tx, run.id))).map(
      ({ subject }) => subject,
    );
  expect(await seen('CN')).toEqual(['520602', '520600']);
  expect(await seen('CN.530000')).toEqual([]);
  await it$.observe([{ territory: '520602', period: '2024', type: 'grass', area: 1, rain: 100 }]);
  await it$.runs.retryRun(it$.actor, run.id);
  expect((await it$.workOff(run.id)).progress.territories.refused).toBe(0);
  expect((await it$.account('520000'))!.coverage.complete).toBe(true);
});

it('lists runs page by page, the latest first, each once, also when they were asked for at the same moment', async () => {
  const asked: string[] = [];
  for (const territory of ['CN', '520000', '520500', '520521']) asked.push(await it$.request('2024', territory));
  const pages: string[][] = [];
  const read = (before?: string): Promise<Run[]> =>
    it$.test.db.snapshot(it$.actor, (tx) => listRuns(tx, { limit: 3, before }));
  for (let page = await read(); page.length > 0; page = await read(page.at(-1)!.id))
    pages.push(page.map(({ id }) => id));
  expect(pages).toEqual([asked.slice(1).reverse(), [asked[0]]]);
  const owner = await superuserOf(it$);
  await owner.query(`update accounting.recompute_run set requested_at = '2024-01-01T00:00:00.123456Z'`);
  await owner.end();
  const first = await read();
  const rest = await read(first.at(-1)!.id);
  expect([...first, ...rest].map(({ id }) => id).sort()).toEqual([...asked].sort());
  expect(await read(randomUUID())).toEqual([]);
});

it('announces a quiet run again, and neither a fresh one nor one that is being worked on', async () => {
  const runId = await it$.request();
  expect(await it$.runs.reconcile()).toEqual([]);
  const age = async (): Promise<void> => {
    await it$.test.db.transaction(it$.actor, (tx) =>
      tx.query(`update accounting.recompute_run set issued_at = issued_at - interval '2 minutes'`),
    );
  };
  await age();
  await it$.test.db.transaction(it$.actor, async (tx) => {
    await tx.query('select 1 from accounting.recompute_task where run_id = $1 and task_no = 0 for update', [runId]);
    expect(await it$.runs.reconcile()).toEqual([]);
  });
  expect(await it$.runs.reconcile()).toEqual([runId]);
  expect(await it$.runs.reconcile()).toEqual([]);
  expect((await announced()).map(({ key }) => key)).toEqual([`${runId} 1`, `${runId} 2`]);
  expect((await it$.runs.flowOf(runId))[0].opts.jobId).toBe(jobIdOf(runId, 3, 2));
  await it$.workOff(runId);
  await age();
  expect(await it$.runs.reconcile()).toEqual([]);
});

it('opens the runs of the period that has ended, once, however many schedulers ask', async () => {
  const opened = await Promise.all(Array.from({ length: 3 }, async () => it$.runs.openDuePeriods('2025-01-01')));
  const [runId, ...more] = opened.flat();
  expect(more).toEqual([]);
  expect(await it$.run(runId)).toMatchObject({ period: '2024', territory: 'CN', requestedBy: 'system:accounting' });
  await it$.workOff(runId);
  expect(await it$.runs.openDuePeriods('2025-01-02')).toEqual([]);
  expect(await it$.runs.openDuePeriods('2024-12-31')).toEqual([]);
  expect(await it$.test.db.snapshot(testActor(['CN.520000'], 'province'), (tx) => findRun(tx, runId))).toBeUndefined();
});

it('keeps facts as they are: no account, line or failure is changed or removed', async () => {
  await it$.recompute();
  for (const table of ['account', 'account_line', 'account_child', 'account_standing']) {
    for (const sql of [`delete from accounting.${table}`, `truncate accounting.${table}`]) {
      await expect(it$.test.db.transaction(it$.actor, (tx) => tx.query(sql))).rejects.toThrow(/permission denied/);
    }
  }
  await expect(
    it$.test.db.transaction(it$.actor, (tx) => tx.query('update accounting.account_line set value_fen = 0')),
  ).rejects.toThrow(/permission denied/);
});
