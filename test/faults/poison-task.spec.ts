/** A task that can never succeed: it is put aside with its reason, the rest of the run is done, and a retry mends it. */
import { Client } from 'pg';
import { listFailures } from '@gep/accounting';
import { createLogger, openQueues } from '@gep/platform';
import { startWorking, type Working } from '../../apps/worker/src/start-working.main';
import { settleCounties, type CountySetting } from '../fixtures/county-setting';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';
import { quickPace } from './quick-pace';

const period = '2024';
let test: TestDatabase;
let nation: CountySetting;
let worker: Working;
let superuser: Client;

beforeAll(async () => {
  test = await createTestDatabase({ poolSize: 8 });
  nation = await settleCounties(test.db, 150);
  superuser = new Client({ connectionString: test.superuserUrl });
  await superuser.connect();
  const log = createLogger(test.config);
  const queues = await openQueues(test.config, { logger: log, giveUp: () => undefined });
  // The silence between two attempts must not pass for the end of the run.
  const pace = { ...quickPace, quietSeconds: 60 };
  worker = await startWorking({ database: test.db, queues, log, threads: 1 }, { pace });
});
afterAll(async () => {
  await worker.stop();
  await superuser.end();
  await test.drop();
});

/** Changes the bytes of a county's chunk behind the back of every guard. */
async function replaceChunk(county: string, bytes: Buffer): Promise<Buffer> {
  const before = await superuser.query<{ bytes: Buffer }>(
    'select bytes from observation.chunk where territory_code = $1',
    [county],
  );
  await superuser.query('set session_replication_role = replica');
  await superuser.query('update observation.chunk set bytes = $2 where territory_code = $1', [county, bytes]);
  await superuser.query('set session_replication_role = origin');
  return before.rows[0].bytes;
}

it('becomes a dead letter with its reason, and does again when mended', async () => {
  await nation.observe(period);
  const poisoned = nation.counties[5];
  const sound = await replaceChunk(poisoned, Buffer.from('no columns at all'));
  const run = await nation.over(await nation.request(period), 90_000);
  expect(run).toMatchObject({
    state: 'failed',
    progress: { tasks: { total: 6, done: 5, dead: 1, waiting: 0 } },
  });
  const [failure] = await test.db.snapshot(testActor(), (tx) => listFailures(tx, run.id));
  expect(failure).toMatchObject({ taskNo: 0, subject: '*', code: 'accounting.task-died' });
  expect(failure.en).toContain(poisoned);
  const above = await nation.accounts(period);
  expect(above.filter(({ level }) => level === 'county')).toHaveLength(150 - 64);
  expect(above.find(({ level }) => level === 'nation')!.coverage.complete).toBe(false);

  await replaceChunk(poisoned, sound);
  await nation.runs.retryRun(testActor(), run.id);
  expect(await nation.over(run.id)).toMatchObject({
    state: 'done',
    round: 2,
    progress: { tasks: { done: 6, dead: 0 } },
  });
  expect(await test.db.snapshot(testActor(), (tx) => listFailures(tx, run.id))).toEqual([]);
  const mended = await nation.accounts(period);
  expect(mended).toHaveLength(nation.territories.length);
  expect(mended.find(({ level }) => level === 'nation')!.coverage.complete).toBe(true);
}, 180_000);
