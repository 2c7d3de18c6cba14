/** PostgreSQL is killed in the middle of runs, or goes away for good: what was acknowledged stays, workers go on or end. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DatabaseUnavailable,
  migrate,
  openDatabase,
  startEmbeddedPostgres,
  verifyAuditChain,
  type Database,
  type EmbeddedPostgres,
} from '@gep/platform';
import { settleCounties, type CountySetting } from '../fixtures/county-setting';
import { layWire, type CutWire } from '../fixtures/cut-wire';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';
import { describeWithRedis, startTestRedis } from '../fixtures/test-redis';
import { until } from '../fixtures/until';
import { pictureOf } from './account-picture';
import { seededRandom } from './seed';
import { killWorkers, realWorker, spareWorker, type WorkerProcess } from './worker-process';

const countyCount = 150;
const periods = ['2021', '2022'];
const backWithinMs = 15_000;

/** The same address over a wire. */
const overWire = (url: string, wire: CutWire): string => {
  const led = new URL(url);
  led.port = String(wire.port);
  return led.toString();
};

afterAll(killWorkers);

describe('the server is killed', () => {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), `gep-test-${process.pid}-killed-`));
  let server: EmbeddedPostgres;
  let wire: CutWire;
  let db: Database;
  let nation: CountySetting;
  let worker: WorkerProcess;

  beforeAll(async () => {
    fs.chmodSync(dataDir, 0o755);
    // With fsync, as in production.
    server = await startEmbeddedPostgres({ dataDir });
    await migrate(server.ownerUrl, { redis: false });
    wire = await layWire(server.port);
    const databaseUrl = overWire(server.appUrl, wire);
    db = await openDatabase({ databaseUrl });
    nation = await settleCounties(db, countyCount);
    for (const period of periods) await nation.observe(period);
    worker = spareWorker({ databaseUrl });
    await worker.begin();
  });
  afterAll(async () => {
    await killWorkers();
    await db.close();
    await wire.close();
    await server.stop();
    fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Asks until the server answers; fails when it takes longer than promised. */
  async function whenBack<T>(ask: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + backWithinMs;
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof DatabaseUnavailable) || Date.now() > deadline) throw error;
        await sleep(50);
      }
    }
  }

  it('in the middle of runs: they end after it is back, with every account that had been there, and the same bits', async () => {
    const random = seededRandom('database killed');
    let killedInside = 0;
    for (const period of periods) {
      const runId = await nation.request(period);
      let computed = 0;
      const hasBegun = async (): Promise<boolean> => {
        computed = (await nation.run(runId)).progress.territories.computed;
        return computed > 0;
      };
      await until(hasBegun, 60_000, 'the first accounts', 5);
      await sleep(random.next() * 300);
      process.kill(server.pid, 'SIGKILL');
      const killed = Date.now();
      server = await startEmbeddedPostgres({ dataDir });
      wire.aim(server.port);
      const after = await whenBack(() => nation.run(runId));
      process.stdout.write(
        `database killed after ${computed} accounts, back after ${(Date.now() - killed) / 1000} s\n`,
      );
      if (after.state === 'active') killedInside++;
      expect(after.progress.territories.computed).toBeGreaterThanOrEqual(computed);
      expect(await whenBack(() => nation.over(runId, 60_000))).toMatchObject({
        state: 'done',
        progress: { tasks: { dead: 0 }, territories: { refused: 0 } },
      });
    }
    // A fault that did not happen proves nothing.
    expect(killedInside).toBeGreaterThan(0);
    expect((await db.snapshot(testActor(), (tx) => verifyAuditChain(tx))).broken).toBeUndefined();
    expect(worker.bytes).toBeLessThan(100_000);

    const other = await createTestDatabase();
    const undisturbed = await settleCounties(other.db, countyCount);
    for (const period of periods) await undisturbed.observe(period);
    const calm = spareWorker(other.config);
    await calm.begin();
    for (const period of periods) await undisturbed.over(await undisturbed.request(period), 60_000);
    expect(await pictureOf(server.superuserUrl)).toEqual(await pictureOf(other.superuserUrl));
    await calm.kill();
    await other.drop();
  }, 240_000);
});

/** A worker whose database never comes back, in the middle of a run. */
async function loseDatabase(test: TestDatabase, redisUrl?: string): Promise<void> {
  const lossSeconds = 2;
  const wire = await layWire(Number(new URL(test.config.databaseUrl!).port));
  const nation = await settleCounties(test.db, countyCount);
  await nation.observe('2024');
  const databaseUrl = overWire(test.config.databaseUrl!, wire);
  const worker = realWorker({ databaseUrl, redisUrl, backendLossSeconds: lossSeconds });
  await worker.begin();
  await nation.request('2024');
  await sleep(300);
  await wire.cut();
  const cut = Date.now();
  const code = await Promise.race([worker.ended, sleep(30_000, 'still there', { ref: false })]);
  const seconds = (Date.now() - cut) / 1000;
  process.stdout.write(`database gone: the worker ended after ${seconds} s and ${worker.bytes} bytes\n`);
  expect(code).toBe(1);
  // Its own limit, a rest between two tries, and time for a slow machine.
  expect(seconds).toBeLessThan(lossSeconds + 10);
  expect(worker.bytes).toBeLessThan(1_000_000);
  expect(worker.said).toMatch(/this process ends, so that it can be started afresh/);
  await wire.close();
}

describe('the database is gone for good', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());

  it('ends a worker with its queue in PostgreSQL in time, with few words', () => loseDatabase(test), 120_000);
});

describeWithRedis('the database is gone for good, with the queue on Redis', () => {
  it('ends the worker in time, with few words', async () => {
    const test = await createTestDatabase();
    const redis = await startTestRedis();
    await loseDatabase(test, redis.url);
    await killWorkers();
    await redis.stop();
    await test.drop();
  });
});
