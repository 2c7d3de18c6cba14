/** Announcements reach the queue at least once, whatever dies on the way, and one bad one does not hold up the rest. */
import { announce, outboxBacklog, relayOutbox, type OutboxMessage } from '@gep/platform';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

let test: TestDatabase;
const actor = testActor();

beforeEach(async () => {
  test = await createTestDatabase({ poolSize: 12 });
});
afterEach(() => test.drop());

const tell = (key: string, payload: object = {}) =>
  test.db.transaction(actor, (tx) => announce(tx, { event: 'plot.changed', key, payload }));
const backlog = () => test.db.transaction(actor, outboxBacklog);
const ignore = async () => {};

describe('the outbox', () => {
  it('announces with the deed or not at all, and once per key', async () => {
    await tell('1', { area: '1.50' });
    await tell('1', { area: '9.99' });
    const failing = test.db.transaction(actor, async (tx) => {
      await announce(tx, { event: 'plot.changed', key: '2', payload: {} });
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    const seen: OutboxMessage[] = [];
    const relay = () => relayOutbox(test.db, actor, async (message) => void seen.push(message), { batch: 10 });
    expect(await relay()).toEqual({ claimed: 1, delivered: 1, failed: 0 });
    expect(await relay()).toEqual({ claimed: 0, delivered: 0, failed: 0 });
    expect(seen).toMatchObject([{ event: 'plot.changed', key: '1', payload: { area: '1.50' }, attempts: 1 }]);
    expect(await backlog()).toEqual({ waiting: 0, oldestSeconds: 0 });
  });

  it('shares the work among relays without giving a message to two', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, key) => tell(String(key))));
    const seen: string[] = [];
    const relay = async () => {
      const deliver = async ({ key }: OutboxMessage) => void seen.push(key);
      while ((await relayOutbox(test.db, actor, deliver, { batch: 7 })).claimed > 0);
    };
    await Promise.all(Array.from({ length: 6 }, relay));
    expect(seen.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, key) => key));
  });

  it('delivers again after a relay died between claim and delivery', async () => {
    await tell('1');
    const dying = relayOutbox(test.db, actor, () => new Promise(() => {}), { batch: 10, leaseSeconds: 0.3 });
    void dying;
    await new Promise((done) => setTimeout(done, 150));
    expect((await relayOutbox(test.db, actor, ignore, { batch: 10 })).claimed).toBe(0);
    await new Promise((done) => setTimeout(done, 300));
    const seen: OutboxMessage[] = [];
    await relayOutbox(test.db, actor, async (message) => void seen.push(message), { batch: 10 });
    expect(seen).toMatchObject([{ key: '1', attempts: 2 }]);
  });

  it('delivers again after the database was lost between delivery and its note', async () => {
    await tell('1');
    let delivered = 0;
    const cut = async () => {
      delivered++;
      await test.db.close();
    };
    await expect(relayOutbox(test.db, actor, cut, { batch: 10, leaseSeconds: 0.1 })).rejects.toThrow();
    await test.db.dataSource.initialize();
    await new Promise((done) => setTimeout(done, 150));
    await relayOutbox(test.db, actor, async () => void delivered++, { batch: 10 });
    expect(delivered).toBe(2);
    expect((await backlog()).waiting).toBe(0);
  });

  it('tries a failing message again later and lets the others pass', async () => {
    await tell('bad');
    await tell('good');
    const fail = async ({ key }: OutboxMessage) => {
      if (key === 'bad') throw new Error('queue away');
    };
    expect(await relayOutbox(test.db, actor, fail, { batch: 10 })).toEqual({ claimed: 2, delivered: 1, failed: 1 });
    expect((await relayOutbox(test.db, actor, ignore, { batch: 10 })).claimed).toBe(0);
    const [row] = await test.db.transaction(actor, (tx) =>
      tx.query(
        `select last_error, attempts, extract(epoch from due_at - clock_timestamp())::float8 as wait from platform.outbox where status = 'waiting'`,
      ),
    );
    expect(row).toMatchObject({ last_error: 'Error: queue away', attempts: 1 });
    expect(row.wait).toBeGreaterThan(0.5);
    await new Promise((done) => setTimeout(done, 1050));
    expect((await relayOutbox(test.db, actor, ignore, { batch: 10 })).delivered).toBe(1);
  });
});
