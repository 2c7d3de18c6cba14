/** Redis loses everything in the middle of a run, emptied or killed: the run ends by itself, with the bits of an undisturbed one. */
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { createLogger, openQueues } from '@gep/platform';
import { startWorking, type Working } from '../../apps/worker/src/start-working.main';
import { settleCounties, type CountySetting } from '../fixtures/county-setting';
import { createTestDatabase, type TestDatabase } from '../fixtures/test-database';
import { describeWithRedis, startTestRedis, type TestRedis } from '../fixtures/test-redis';
import { until } from '../fixtures/until';
import { pictureOf } from './account-picture';
import { quickPace } from './quick-pace';

const countyCount = 150;
const disturbed = ['2021', '2022'];
/** Nobody dies here, and a job taken from a busy worker would wait behind the held batch in the place of the others. */
const pace = { ...quickPace, queue: { ...quickPace.queue, lockDuration: 30_000 } };

interface Site {
  readonly test: TestDatabase;
  readonly nation: CountySetting;
  readonly worker: Working;
}

async function openSite(redisUrl: string): Promise<Site> {
  const test = await createTestDatabase({ poolSize: 8 });
  const nation = await settleCounties(test.db, countyCount);
  for (const period of disturbed) await nation.observe(period);
  const config = { ...test.config, redisUrl };
  const log = createLogger(config);
  const queues = await openQueues(config, { logger: log, giveUp: () => undefined });
  const worker = await startWorking({ database: test.db, queues, log, threads: 1 }, { pace });
  return { test, nation, worker };
}

describeWithRedis('the queue is lost', () => {
  let redis: TestRedis;
  let url: string;
  let site: Site;
  let superuser: Client;
  beforeAll(async () => {
    redis = await startTestRedis();
    url = redis.url;
    site = await openSite(url);
    superuser = new Client({ connectionString: site.test.superuserUrl });
    await superuser.connect();
  });
  afterAll(async () => {
    await site.worker.stop();
    await superuser.end();
    await site.test.drop();
    await redis.stop();
  });

  /** Does something to a run whose first batch is held, whose other batches are done, and whose sums wait in the queue. */
  async function disturb(period: string, harm: () => Promise<unknown>): Promise<void> {
    const { nation } = site;
    await superuser.query('begin');
    const runId = await nation.request(period);
    await superuser.query('select 1 from accounting.recompute_task where run_id = $1 and task_no = 0 for update', [
      runId,
    ]);
    await until(async () => (await nation.run(runId)).progress.tasks.done >= 2, 30_000, 'two batches', 5);
    await harm();
    await superuser.query('commit');
    const harmed = Date.now();
    const run = await nation.over(runId, 60_000);
    process.stdout.write(`queue lost in ${period}: over after ${(Date.now() - harmed) / 1000} s, round ${run.round}\n`);
    expect(run).toMatchObject({ state: 'done', progress: { tasks: { dead: 0 }, territories: { refused: 0 } } });
    // The sums were in the lost queue: only a new round can have brought them back.
    expect(run.round).toBeGreaterThan(1);
  }

  it('is emptied in the middle of a run', async () => {
    const client = new Redis(url);
    await disturb(disturbed[0], () => client.flushall());
    client.disconnect();
  });

  it('is killed and comes back empty in the middle of a run', async () => {
    await disturb(disturbed[1], async () => {
      await redis.stop();
      redis = await startTestRedis('--port', new URL(url).port);
    });
  });

  it('makes no difference to any bit', async () => {
    const other = await openSite(url);
    for (const period of disturbed) await other.nation.over(await other.nation.request(period));
    await other.worker.stop();
    expect(await pictureOf(site.test.superuserUrl)).toEqual(await pictureOf(other.test.superuserUrl));
    await other.test.drop();
  });
});
