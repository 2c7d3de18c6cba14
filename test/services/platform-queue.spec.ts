/** The same queue suite on PostgreSQL and on Redis: jobs, retries, flows, dead workers, and a server that goes away. */
import { createLogger, openQueues, QueueRefused, type Config, type Queues, type QueuesOptions } from '@gep/platform';
import { Client } from 'pg';
import { layWire, type CutWire } from '../fixtures/cut-wire';
import { createTestDatabase, type TestDatabase } from '../fixtures/test-database';
import { describeWithRedis, freePort, startTestRedis, type TestRedis } from '../fixtures/test-redis';

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
const until = async (condition: () => boolean | Promise<boolean>, limitMs = 20_000) => {
  const deadline = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited too long');
    await pause(20);
  }
};

/** Everything a suite needs: settings that lead over a wire that can be cut. */
interface Place {
  readonly wire: CutWire;
  readonly config: Config;
  close(): Promise<void>;
}
type OpenPlace = () => Promise<Place>;

const suite = (openPlace: OpenPlace) => {
  let place: Place;
  const opened: Queues[] = [];
  let lines: { level: string; msg: string }[];

  const open = async (change: Partial<Config> = {}, options: QueuesOptions = {}) => {
    const sink = { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[0]) };
    const logger = createLogger({ logLevel: 'info' }, sink);
    const queues = await openQueues({ ...place.config, ...change }, { logger, ...options });
    opened.push(queues);
    return queues;
  };

  beforeAll(async () => {
    place = await openPlace();
  });
  beforeEach(() => {
    lines = [];
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((queues) => queues.close()));
  });
  afterAll(() => place.close());

  it('does jobs once each, keeps one per id, and counts', async () => {
    const queues = await open();
    const queue = queues.queue('plain');
    const done: unknown[] = [];
    await queue.addBulk(
      Array.from({ length: 20 }, (_, index) => ({ name: 'add', data: { index }, opts: { jobId: `j${index}` } })),
    );
    await queue.add('add', { index: 0 }, { jobId: 'j0' });
    expect(await queues.counts()).toMatchObject({ plain: { waiting: 20 } });
    await queues.worker<{ index: number }>('plain', async ({ data }) => done.push(data.index), { concurrency: 4 });
    await until(() => done.length >= 20);
    await until(async () => (await queues.counts())['plain']!['completed'] === 20);
    expect(new Set(done).size).toBe(20);
    expect(done).toHaveLength(20);
  });

  it('tries again after a failure, then keeps the job with its reason', async () => {
    const queues = await open();
    const queue = queues.queue('retry');
    let tries = 0;
    await queues.worker('retry', async ({ name }) => {
      tries++;
      if (name === 'never' || tries < 3) throw new Error(`try ${tries}`);
    });
    const opts = { attempts: 3, backoff: { type: 'fixed', delay: 50 } };
    const good = await queue.add('soon', {}, opts);
    await until(() => good.isCompleted());
    expect(tries).toBe(3);
    const bad = await queue.add('never', {}, opts);
    await until(() => bad.isFailed());
    expect((await queue.getJob(bad.id!))!.failedReason).toBe('try 6');
  });

  it('runs a flow: the parent after all its children, with what they returned', async () => {
    const queues = await open();
    const seen: string[] = [];
    let sum = 0;
    await queues.worker<{ n: number }, number>(
      'flow',
      async (job) => {
        seen.push(job.name);
        if (job.name === 'child') return job.data.n;
        sum = Object.values(await job.getChildrenValues<number>()).reduce((a, b) => a + b, 0);
        return sum;
      },
      { concurrency: 3 },
    );
    const opts = queues.jobOptions;
    const children = Array.from({ length: 30 }, (_, n) => ({ name: 'child', queueName: 'flow', data: { n }, opts }));
    const { job } = await queues.flow.add({ name: 'parent', queueName: 'flow', data: {}, opts, children });
    await until(() => job.isCompleted());
    expect(seen.at(-1)).toBe('parent');
    expect(seen).toHaveLength(31);
    expect(sum).toBe(435);
  });

  it('gives the job of a dead worker to another one', async () => {
    const dead = await open();
    const alive = await open();
    const queue = alive.queue('stalled');
    const quick = { lockDuration: 600, stalledInterval: 300 };
    const ran: string[] = [];
    const dying = await dead.worker(
      'stalled',
      async () => {
        ran.push('dying');
        await new Promise(() => undefined);
      },
      quick,
    );
    const job = await queue.add('work', {});
    await until(() => ran.length === 1);
    await dying.close(true);
    await alive.worker('stalled', async () => void ran.push('alive'), quick);
    await until(() => job.isCompleted());
    expect(ran).toEqual(['dying', 'alive']);
  });

  it('goes on by itself after its server was away, and says so once', async () => {
    const queues = await open();
    const queue = queues.queue('outage');
    let done = 0;
    await queues.worker('outage', async () => void done++);
    await queue.add('before', {});
    await until(() => done === 1);
    await place.wire.cut();
    await pause(2500);
    await place.wire.mend();
    const mended = Date.now();
    await until(async () => {
      await queue.add('after', {}, { jobId: 'after' }).catch(() => undefined);
      return done === 2;
    });
    expect(Date.now() - mended).toBeLessThan(10_000);

    // On a busy machine the job may have been taken for stalled and done again; that is said too, and is right.
    const told = lines
      .filter(({ level, msg }) => level !== 'info' && msg.startsWith('queue server'))
      .map(({ msg }) => msg.split(/[,:]| after/)[0]);
    expect(told).toEqual(['queue server lost', 'queue server is back']);
  });

  it('notes a job as done that finished while the server was away', async () => {
    const queues = await open();
    const queue = queues.queue('finish');
    let runs = 0;
    const job = await queue.add('long', {}, { attempts: 1 });
    await queues.worker(
      'finish',
      async () => {
        runs++;
        await place.wire.cut();
        await pause(300);
        setTimeout(() => void place.wire.mend(), 1200);
        return 'kept';
      },
      { lockDuration: 30_000 },
    );
    await until(async () => {
      const found = await queue.getJob(job.id!).catch(() => undefined);
      return found?.returnvalue === 'kept';
    });
    expect(runs).toBe(1);
    expect(await job.isFailed()).toBe(false);
  });

  it('ends the process when the server stays away, without spinning meanwhile', async () => {
    let gaveUp = 0;
    const queues = await open({ backendLossSeconds: 2 }, { giveUp: () => void gaveUp++ });
    await queues.worker('gone', async () => undefined);
    await queues.worker('gone-too', async () => undefined);
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 20);
    const used = process.cpuUsage();
    await place.wire.cut();
    await until(() => gaveUp > 0, 6000);
    const { user, system } = process.cpuUsage(used);
    clearInterval(ticking);
    expect(gaveUp).toBe(1);
    // A loop that spins lets no timer fire at all.
    expect(ticks).toBeGreaterThan(20);
    expect((user + system) / 1e6).toBeLessThan(1.2);
    expect(lines.filter(({ level }) => level === 'error').length).toBeLessThanOrEqual(2);
    expect(lines.filter(({ level }) => level === 'fatal')).toHaveLength(1);
    await place.wire.mend();
  });
};

describe('the queue on PostgreSQL', () => {
  const openPlace: OpenPlace = async () => {
    const test: TestDatabase = await createTestDatabase();
    const direct = new URL(test.config.databaseUrl!);
    const wire = await layWire(Number(direct.port));
    // Options in the address must not push BullMQ's search path aside.
    direct.searchParams.set('options', '-c statement_timeout=20000');
    direct.port = String(wire.port);
    return {
      wire,
      config: { ...test.config, databaseUrl: direct.toString() },
      close: async () => {
        await wire.close();
        await test.drop();
      },
    };
  };
  suite(openPlace);

  it('is refused without its tables, in plain words', async () => {
    const test = await createTestDatabase();
    const owner = new Client({ connectionString: test.ownerUrl });
    await owner.connect();
    await owner.query('drop schema bullmq cascade');
    await owner.end();
    await expect(openQueues(test.config)).rejects.toThrow(QueueRefused);
    await test.drop();
  });
});

describeWithRedis('the queue on Redis', () => {
  const openPlace: OpenPlace = async () => {
    const test = await createTestDatabase();
    const redis: TestRedis = await startTestRedis();
    const wire = await layWire(redis.port);
    return {
      wire,
      config: { ...test.config, redisUrl: `redis://127.0.0.1:${wire.port}` },
      close: async () => {
        await wire.close();
        await redis.stop();
        await test.drop();
      },
    };
  };
  suite(openPlace);

  const settings = { workerConcurrency: 1, backendLossSeconds: 5, logLevel: 'silent' as const };

  it('is refused when Redis may evict, or is not there', async () => {
    const evicting = await startTestRedis('--maxmemory-policy', 'allkeys-lru');
    await expect(openQueues({ ...settings, redisUrl: evicting.url })).rejects.toThrow('maxmemory-policy allkeys-lru');
    await evicting.stop();
    const nobody = `redis://user:hunter2@127.0.0.1:${await freePort()}`;
    const refusal = await openQueues({ ...settings, redisUrl: nobody }).catch((error: Error) => error);
    expect(refusal).toBeInstanceOf(QueueRefused);
    expect(String(refusal)).not.toContain('hunter2');
  });
});

// After a check for stalled jobs that met no server BullMQ rests 5 s, which nothing can cut short.
afterAll(() => pause(5000));
