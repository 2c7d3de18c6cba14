/** Runs of a small nation through outbox, queue and workers: progress, cancel, retry, refusals, repeats, schedules. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { accountingQueue, listFailures, listRuns } from '@gep/accounting';
import { verifyAuditChain, type Queues } from '@gep/platform';
import { schedules, type Schedule } from '../../apps/worker/src/schedules';
import type { Working } from '../../apps/worker/src/start-working.main';
import { settleCounties, type CountySetting } from '../fixtures/county-setting';
import { testActor } from '../fixtures/test-database';
import { until } from '../fixtures/until';
import { describeOnBothQueues, type QueuePlace } from './queue-place';

/** Three batches, and three levels above them. */
const countyCount = 150;
const actor = testActor();

/** The schedule of the house, for people who wait. */
const everySecond: readonly Schedule[] = schedules.map((one) => ({ ...one, pattern: '* * * * * *' }));

describeOnBothQueues('a nation of 150 counties', (openPlace) => {
  let place: QueuePlace;
  let nation: CountySetting;
  let workers: (Working & { readonly queues: Queues })[] = [];
  let superuser: Client;

  beforeAll(async () => {
    place = await openPlace();
    nation = await settleCounties(place.database.db, countyCount);
    superuser = new Client({ connectionString: place.database.superuserUrl });
    await superuser.connect();
  });
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await superuser.end();
    await place.close();
  });

  /** Holds a task as a worker would that is long at it. */
  async function holdTask(runId: string, taskNo: number): Promise<() => Promise<unknown>> {
    await superuser.query('begin');
    const theTask = 'select 1 from accounting.recompute_task where run_id = $1 and task_no = $2 for update';
    await superuser.query(theTask, [runId, taskNo]);
    return () => superuser.query('commit');
  }

  const failures = (runId: string) => place.database.db.snapshot(actor, (tx) => listFailures(tx, runId));

  it('waits for a worker when there is none, and is not issued again meanwhile', async () => {
    await nation.observe('2022');
    const runId = await nation.request('2022');
    await sleep(200);
    expect(await nation.run(runId)).toMatchObject({ state: 'active', progress: { tasks: { done: 0 } } });
    workers = await Promise.all([0, 1].map(() => place.work({ schedules: everySecond })));
    expect(await nation.over(runId, 60_000)).toMatchObject({ state: 'done', round: 1 });
  });

  it('is computed once by two workers however many ask at once, and its progress rises to the end', async () => {
    await nation.observe('2019');
    const asked = await Promise.all(Array.from({ length: 4 }, () => nation.request('2019')));
    expect(new Set(asked).size).toBe(1);
    const [runId] = asked;
    const seen: number[][] = [];
    await until(
      async () => {
        const { state, progress } = await nation.run(runId);
        seen.push([progress.tasks.done, progress.territories.computed]);
        return state !== 'active';
      },
      30_000,
      'the run to end',
      10,
    );
    const total = nation.territories.length;
    expect(await nation.run(runId)).toMatchObject({
      state: 'done',
      progress: { territories: { total, computed: total, unchanged: 0, refused: 0 }, tasks: { total: 6, done: 6 } },
    });
    for (const column of [0, 1]) {
      const values = seen.map((step) => step[column]);
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
    expect(new Set(seen.map(([done]) => done)).size).toBeGreaterThan(2);
    expect((await nation.accounts('2019')).map(({ territory, vintage }) => `${territory} ${vintage}`).sort()).toEqual(
      nation.territories.map((code) => `${code} 1`),
    );
  });

  it('adds up to the fen: every sum equals its children, line by line', async () => {
    const { rows } = await superuser.query<{ parents: string; wrong: string }>(`
      with lines as (
        select a.id, l.service, l.type, l.value_fen from accounting.account a
        join accounting.account_line l on l.account_id = a.id where a.period = '2019'),
      parents as (select id from accounting.account where origin = 'aggregated' and period = '2019'),
      own as (select id, service, type, sum(value_fen) as fen from lines join parents using (id) group by 1, 2, 3),
      below as (
        select c.account_id as id, l.service, l.type, sum(l.value_fen) as fen
        from accounting.account_child c join lines l on l.id = c.child_id group by 1, 2, 3)
      select (select count(*) from parents) as parents,
        (select count(*) from own full join below
           on (own.id, own.service) = (below.id, below.service) and own.type is not distinct from below.type
         where own.fen is distinct from below.fen) as wrong`);
    expect(rows).toEqual([{ parents: String(nation.territories.length - countyCount), wrong: '0' }]);
    const accounts = await nation.accounts('2019');
    const counties = accounts.filter(({ level }) => level === 'county');
    const sum = counties.reduce((total, { totals }) => total + totals.totalFen, 0n);
    expect(sum).toBe(accounts.find(({ level }) => level === 'nation')!.totals.totalFen);
    expect(sum).toBeGreaterThan(0n);
  });

  it('is not computed again when nothing has changed, and only in part when a county has', async () => {
    const again = await nation.over(await nation.request('2019'));
    expect(again.progress.territories).toMatchObject({ computed: 0, unchanged: nation.territories.length });
    const [county] = nation.counties;
    await nation.observe('2019', { counties: [county], seed: 'surveyed again' });
    const changed = await nation.over(await nation.request('2019'));
    expect(changed.progress.territories.computed).toBe(4);
    const second = (await nation.accounts('2019')).filter(({ vintage }) => vintage === 2);
    expect(second.map(({ territory }) => territory).sort()).toEqual(['110000', '110100', '110101', 'CN']);
  });

  it('refuses a county that lacks an attribute, says why, and goes on with the others', async () => {
    const lacking = [nation.counties[3], nation.counties[100]];
    await nation.observe('2020', { lacking });
    const run = await nation.over(await nation.request('2020'));
    expect(run).toMatchObject({
      state: 'done',
      progress: { territories: { refused: 2, computed: nation.territories.length - 2 } },
    });
    const reasons = await failures(run.id);
    expect(reasons.map(({ subject, code }) => [subject, code])).toEqual(
      lacking.map((county) => [county, 'accounting.attribute-missing']),
    );
    expect(reasons[0].en).toMatch(/rainfallErosivity/);
    expect(reasons[0].zh).toMatch(/缺少属性/);
    const nationwide = (await nation.accounts('2020')).find(({ level }) => level === 'nation')!;
    expect(nationwide.coverage.complete).toBe(false);

    await nation.observe('2020', { counties: lacking });
    await nation.runs.retryRun(actor, run.id);
    expect(await nation.over(run.id)).toMatchObject({ state: 'done', progress: { territories: { refused: 0 } } });
    expect(await failures(run.id)).toEqual([]);
    const mended = (await nation.accounts('2020')).find(({ level }) => level === 'nation')!;
    expect(mended.coverage.complete).toBe(true);
  });

  it('is cancelled in the middle: what is done is kept, nothing else begins, and a retry does the rest', async () => {
    await nation.observe('2021');
    const queue = workers[0].queues.queue(accountingQueue);
    await queue.pause();
    const runId = await nation.request('2021');
    const release = await holdTask(runId, 0);
    await queue.resume();
    await until(async () => (await nation.run(runId)).progress.tasks.done >= 2, 20_000, 'the other batches');
    expect(await nation.runs.cancelRun(actor, runId)).toMatchObject({ state: 'cancelled' });
    await release();
    await until(async () => (await nation.run(runId)).progress.tasks.waiting === 0, 20_000, 'the held task to end');
    const cancelled = await nation.run(runId);
    expect(cancelled).toMatchObject({ state: 'cancelled', progress: { tasks: { done: 2, dead: 0 } } });
    const kept = cancelled.progress.territories.computed;
    expect(kept).toBe(countyCount - 64);
    expect(await nation.accounts('2021')).toHaveLength(kept);

    expect(await nation.runs.retryRun(actor, runId)).toMatchObject({ state: 'active', round: 2 });
    expect(await nation.over(runId)).toMatchObject({ state: 'done', progress: { tasks: { done: 6, waiting: 0 } } });
    expect(await nation.accounts('2021')).toHaveLength(nation.territories.length);
  });

  it('opens the period that has just ended by the clock, once, with two workers', async () => {
    const china = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', year: 'numeric' });
    const lastYear = String(Number(china.format(new Date())) - 1);
    await nation.observe(lastYear, { seed: 'due' });
    const runsOf = () => place.database.db.snapshot(actor, (tx) => listRuns(tx, { period: lastYear, limit: 10 }));
    await until(async () => (await runsOf()).length > 0, 15_000, 'the schedule');
    const queue = workers[0].queues.queue(accountingQueue);
    const scheduled = (await queue.getJobSchedulers()).map(({ key }) => key).sort();
    expect(scheduled).toEqual(['open-due-periods', 'remind-sheets']);
    await sleep(2_500);
    const [run, ...more] = await runsOf();
    expect(more).toEqual([]);
    expect(run).toMatchObject({ scheduleKey: `cn-terrestrial ${lastYear}`, requestedBy: 'system:accounting' });
    expect(await nation.over(run.id)).toMatchObject({ state: 'done' });
  });

  it('leaves an audit trail that holds, and nothing in the outbox', async () => {
    const verdict = await place.database.db.snapshot(actor, (tx) => verifyAuditChain(tx));
    expect(verdict.broken).toBeUndefined();
    await until(
      async () => {
        const { rows } = await superuser.query<{ n: string }>(
          "select count(*) as n from platform.outbox where status = 'waiting'",
        );
        return rows[0].n === '0';
      },
      5_000,
      'the outbox to be empty',
    );
  });
});
