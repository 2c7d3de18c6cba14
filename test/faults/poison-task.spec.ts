/** Counties that can never succeed: each is left out with its reason, the rest of the run is done, and a retry mends it. */
import { Client } from 'pg';
import { AccountComputer, listFailures } from '@gep/accounting';
import { assert } from '@gep/kernel';
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

/** Changes the bytes of a county's chunk behind the back of every guard. @returns what they were */
async function damage(county: string, change: (sound: Buffer) => Buffer): Promise<Buffer> {
  const before = await superuser.query<{ bytes: Buffer }>(
    'select bytes from observation.chunk where territory_code = $1',
    [county],
  );
  const [{ bytes }] = before.rows;
  await superuser.query('set session_replication_role = replica');
  await superuser.query('update observation.chunk set bytes = $2 where territory_code = $1', [county, change(bytes)]);
  await superuser.query('set session_replication_role = origin');
  return bytes;
}

/** One bit of the last patch, far behind the names of the columns. */
function flipBit(sound: Buffer): Buffer {
  const changed = Buffer.from(sound);
  changed[changed.length - 40] ^= 1;
  return changed;
}

const failures = (runId: string) => test.db.snapshot(testActor(), (tx) => listFailures(tx, runId));

/** Which of the territories have an account that covers all below them. */
async function complete(codes: readonly string[]): Promise<(boolean | undefined)[]> {
  const accounts = await nation.accounts(period);
  return codes.map((code) => accounts.find(({ territory }) => territory === code)?.coverage.complete);
}
const lineOf = (county: string): string[] => [county, `${county.slice(0, 4)}00`, `${county.slice(0, 2)}0000`, 'CN'];

it('refuses counties whose chunks are damaged, computes the others, and does these again when they are mended', async () => {
  const { batchId } = await nation.observe(period);
  const [torn, flipped] = [nation.counties[5], nation.counties[6]];
  const sound = new Map([
    [torn, await damage(torn, () => Buffer.from('no columns at all'))],
    [flipped, await damage(flipped, flipBit)],
  ]);
  const run = await nation.over(await nation.request(period), 60_000);
  expect(run).toMatchObject({
    state: 'done',
    progress: {
      tasks: { total: 6, done: 6, dead: 0 },
      territories: { computed: nation.territories.length - 2, refused: 2 },
    },
  });
  const reasons = await failures(run.id);
  expect(reasons).toEqual(
    [torn, flipped].map((county) =>
      expect.objectContaining({
        taskNo: 0,
        subject: county,
        code: 'accounting.chunk-corrupt',
        zh: expect.stringMatching(/已损坏.*从备份恢复.*重试/),
        en: expect.stringMatching(/is damaged.*restore the chunk from a backup.*retry the run/),
        facts: expect.objectContaining({ territory: county, period, batch: batchId, chunk: expect.any(String) }),
      }),
    ),
  );
  expect(reasons[1].facts).toMatchObject({ reason: 'digest differs' });
  expect(await complete(lineOf(torn))).toEqual([undefined, false, false, false]);
  expect(await complete([nation.counties[7], nation.counties[149]])).toEqual([true, true]);

  for (const [county, bytes] of sound) await damage(county, () => bytes);
  await nation.runs.retryRun(testActor(), run.id);
  expect(await nation.over(run.id, 60_000)).toMatchObject({
    state: 'done',
    round: 2,
    progress: { territories: { refused: 0 } },
  });
  expect(await failures(run.id)).toEqual([]);
  expect(await complete(lineOf(torn))).toEqual([true, true, true, true]);
});

it('gives up the one county whose computation breaks off, with its reason, after every attempt', async () => {
  await nation.observe(period, { seed: 'surveyed again' });
  const broken = nation.counties[20];
  const { compute } = AccountComputer.prototype;
  const breaking = jest.spyOn(AccountComputer.prototype, 'compute').mockImplementation(async function (
    this: AccountComputer,
    norm,
    observed,
  ) {
    assert(!observed.some(({ territory }) => territory === broken), 'patches are out of order');
    return compute.call(this, norm, observed);
  });
  const run = await nation.over(await nation.request(period), 90_000);
  expect(run).toMatchObject({
    state: 'failed',
    progress: {
      tasks: { total: 6, done: 5, dead: 1, waiting: 0 },
      territories: { computed: nation.territories.length - 1, refused: 1 },
    },
  });
  expect(await failures(run.id)).toEqual([
    expect.objectContaining({
      taskNo: 0,
      subject: broken,
      code: 'accounting.computation-broken',
      en: expect.stringContaining('BrokenInvariant: patches are out of order'),
      zh: expect.stringContaining('单独重试仍然失败'),
    }),
  ]);

  breaking.mockRestore();
  await nation.runs.retryRun(testActor(), run.id);
  expect(await nation.over(run.id, 60_000)).toMatchObject({
    state: 'done',
    round: 2,
    progress: { tasks: { done: 6, dead: 0 } },
  });
  expect(await failures(run.id)).toEqual([]);
});
