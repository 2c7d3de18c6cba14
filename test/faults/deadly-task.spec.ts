/** A county that kills every worker which computes it: it is found and given up, all others are computed, and the run ends. */
import { listFailures, type Failure } from '@gep/accounting';
import { settleCounties, type CountySetting } from '../fixtures/county-setting';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';
import { describeWithRedis, startTestRedis, type TestRedis } from '../fixtures/test-redis';
import { killWorkers, spareWorker, type WorkerProcess } from './worker-process';

const period = '2024';
/** A batch of 64 and one of six, which share their workers. */
const countyCount = 70;
const place = 66;
/** Three for all six, one each for the halves of three and two, five for the county alone. */
const mostDeaths = 10;

const suite = (startRedis?: () => Promise<TestRedis>): void => {
  let test: TestDatabase;
  let redis: TestRedis | undefined;
  let nation: CountySetting;
  beforeAll(async () => {
    redis = await startRedis?.();
    test = await createTestDatabase();
    nation = await settleCounties(test.db, countyCount);
    await nation.observe(period);
  });
  afterAll(async () => {
    await killWorkers();
    await test.drop();
    await redis?.stop();
  });

  const failures = (runId: string): Promise<Failure[]> =>
    test.db.snapshot(testActor(), (tx) => listFailures(tx, runId));

  /** Starts workers one after the other, as a supervisor does, until the run is over; gives how many have died. */
  async function supervise(runId: string, start: () => WorkerProcess): Promise<number> {
    let deaths = 0;
    let spare = start();
    const over = nation.over(runId, 300_000).then(() => true);
    over.catch(() => undefined);
    for (;;) {
      const worker = spare;
      // It may die of the task before it says that it is ready.
      worker.tell('begin');
      spare = start();
      const died = worker.ended.then(() => false);
      if (await Promise.race([over, died])) {
        await Promise.all([worker.kill(), spare.kill()]);
        return deaths;
      }
      deaths++;
      if (deaths > 2 * mostDeaths) throw new Error(`${deaths} workers have died`);
    }
  }

  it('is cut out of its batch, and nothing else is lost', async () => {
    const settings = { ...test.config, redisUrl: redis?.url };
    const deadly = nation.counties[place];
    const runId = await nation.request(period);
    const begun = Date.now();
    const deaths = await supervise(runId, () => spareWorker({ ...settings, deadly: [deadly] }));
    process.stdout.write(`deadly county: ${deaths} workers died in ${(Date.now() - begun) / 1000} s\n`);
    expect(deaths).toBeGreaterThan(5);
    expect(deaths).toBeLessThanOrEqual(mostDeaths);
    expect(await nation.run(runId)).toMatchObject({
      state: 'failed',
      progress: {
        tasks: { total: 5, done: 4, dead: 1, waiting: 0 },
        territories: { computed: nation.territories.length - 1, refused: 1 },
      },
    });
    expect(await failures(runId)).toEqual([
      expect.objectContaining({
        taskNo: 1,
        subject: deadly,
        code: 'accounting.worker-lost',
        en: expect.stringMatching(/ended 5 times in a row .* retry the run/),
        zh: expect.stringMatching(/连续 5 次.*重试/),
        facts: { territory: deadly, period, times: 5, task: 1 },
      }),
    ]);
    const accounts = await nation.accounts(period);
    expect(accounts.map(({ territory }) => territory).sort()).toEqual(
      nation.territories.filter((code) => code !== deadly),
    );
    const complete = (code: string) => accounts.find(({ territory }) => territory === code)!.coverage.complete;
    expect([`${deadly.slice(0, 4)}00`, `${deadly.slice(0, 2)}0000`, 'CN'].map(complete)).toEqual([false, false, false]);

    await nation.runs.retryRun(testActor(), runId);
    const sound = spareWorker(settings);
    await sound.begin();
    expect(await nation.over(runId, 120_000)).toMatchObject({
      state: 'done',
      progress: { tasks: { done: 5, dead: 0 } },
    });
    expect(await failures(runId)).toEqual([]);
    const mended = await nation.accounts(period);
    expect(mended).toHaveLength(nation.territories.length);
    expect(mended.every(({ coverage }) => coverage.complete)).toBe(true);
  }, 400_000);
};

describe('a deadly county, queue in PostgreSQL', () => suite());
describeWithRedis('a deadly county, queue on Redis', () => suite(startTestRedis));
