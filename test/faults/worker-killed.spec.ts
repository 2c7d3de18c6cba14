/** Workers are killed with SIGKILL at random moments of their runs, on both queues: nothing is lost, doubled or different. */
import { setTimeout as sleep } from 'node:timers/promises';
import { verifyAuditChain } from '@gep/platform';
import { settleCounties, type CountySetting } from '../fixtures/county-setting';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';
import { describeWithRedis, startTestRedis, type TestRedis } from '../fixtures/test-redis';
import { pictureOf, type AccountPicture } from './account-picture';
import { seededRandom } from './seed';
import { killWorkers, spareWorker, type WorkerProcess } from './worker-process';

const countyCount = 150;
const periods = process.env['GEP_MANY_CASES'] ? ['2021', '2022', '2023', '2024'] : ['2022', '2023'];
/** Kills in a round; each is followed by a fresh worker. */
const mostKills = 2;

interface Place {
  readonly test: TestDatabase;
  readonly nation: CountySetting;
}

async function settle(): Promise<Place> {
  const test = await createTestDatabase();
  const nation = await settleCounties(test.db, countyCount);
  for (const period of periods) await nation.observe(period);
  return { test, nation };
}

let undisturbed: AccountPicture;
/** Milliseconds of a run that nobody disturbs. */
let usualMs = 0;

beforeAll(async () => {
  const { test, nation } = await settle();
  const worker = spareWorker(test.config);
  await worker.begin();
  for (const period of periods) {
    const runId = await nation.request(period);
    const begun = Date.now();
    expect(await nation.over(runId, 60_000)).toMatchObject({ state: 'done' });
    usualMs = Date.now() - begun;
  }
  await worker.kill();
  undisturbed = await pictureOf(test.superuserUrl);
  await test.drop();
});
afterAll(killWorkers);

const suite = (title: string, startRedis?: () => Promise<TestRedis>) => {
  let place: Place;
  let redis: TestRedis | undefined;
  beforeAll(async () => {
    redis = await startRedis?.();
    place = await settle();
  });
  afterAll(async () => {
    await killWorkers();
    await place.test.drop();
    await redis?.stop();
  });

  it(`ends every run with the bits of an undisturbed one`, async () => {
    const { test, nation } = place;
    const random = seededRandom(`workers killed, ${title}`);
    const settings = { ...test.config, redisUrl: redis?.url };
    let spare: WorkerProcess = spareWorker(settings);
    const nextWorker = async (): Promise<WorkerProcess> => {
      const [next] = [spare, (spare = spareWorker(settings))];
      await next.begin();
      return next;
    };
    let worker = await nextWorker();
    let killsInside = 0;
    for (const period of periods) {
      const runId = await nation.request(period);
      const kills = 1 + Math.floor(random.next() * mostKills);
      for (let kill = 0; kill < kills; kill++) {
        await sleep(random.next() * usualMs);
        await worker.kill();
        const { state } = await nation.run(runId);
        if (state === 'active') killsInside++;
        worker = await nextWorker();
      }
      expect(await nation.over(runId, 60_000)).toMatchObject({
        state: 'done',
        progress: { tasks: { dead: 0 }, territories: { total: nation.territories.length, refused: 0 } },
      });
    }
    // A fault that did not happen proves nothing.
    expect(killsInside).toBeGreaterThan(0);
    process.stdout.write(`workers killed, ${title}: ${killsInside} kills inside of runs of ${usualMs} ms\n`);
    expect(await pictureOf(test.superuserUrl)).toEqual(undisturbed);
    expect(undisturbed.accounts).toBe(nation.territories.length * periods.length);
    expect(undisturbed.standings).toBe(undisturbed.accounts);
  });

  it('keeps an audit trail that holds', async () => {
    const { db } = place.test;
    const verdict = await db.snapshot(testActor(), (tx) => verifyAuditChain(tx));
    expect(verdict.broken).toBeUndefined();
    expect(verdict.rows).toBeGreaterThan(periods.length);
  });
};

describe('workers killed, queue in PostgreSQL', () => suite('queue in PostgreSQL'));
describeWithRedis('workers killed, queue on Redis', () => suite('queue on Redis', startTestRedis));
