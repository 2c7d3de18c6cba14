/** A command sent many times acts once. */
import { answerOnce, IdempotencyConflict, IdempotencyKeyInvalid, type Answer } from '@gep/platform';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

let test: TestDatabase;
const actor = testActor();
let effects = 0;

beforeAll(async () => {
  test = await createTestDatabase({ poolSize: 20 });
});
afterAll(() => test.drop());
beforeEach(() => {
  effects = 0;
});

const pay = async () => {
  effects++;
  await new Promise((done) => setTimeout(done, 50));
  return { paidFen: 9007199254740993n, order: effects };
};
const send = (key: string, body: unknown, who = actor, work: () => Promise<unknown> = pay, action = 'fund.pay') =>
  test.db.transaction(who, (tx) => answerOnce(tx, { actor: who, key, action, body }, work));

describe('answerOnce', () => {
  it('acts once for the same key and body, and gives the same answer each time', async () => {
    const first = await send('k1', { a: 1, b: 2 });
    const second = await send('k1', { b: 2, a: 1 });
    expect([first.replayed, second.replayed, effects]).toEqual([false, true, 1]);
    expect(first.response).toEqual({ paidFen: '9007199254740993', order: 1 });
    expect(second.response).toEqual(first.response);
  });

  it('acts once when 20 come at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('k2', { a: 1 })));
    expect(effects).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map(({ response }: Answer<unknown>) => JSON.stringify(response))).size).toBe(1);
  });

  it('refuses another body or action under the same key', async () => {
    await send('k3', { a: 1 });
    await expect(send('k3', { a: 2 })).rejects.toThrow(IdempotencyConflict);
    await expect(send('k3', { a: 1 }, actor, pay, 'fund.take')).rejects.toThrow(IdempotencyConflict);
    expect(effects).toBe(1);
  });

  it('frees the key when the work fails', async () => {
    const fail = () => Promise.reject(new Error('no funds'));
    await expect(send('k4', {}, actor, fail)).rejects.toThrow('no funds');
    expect((await send('k4', {})).replayed).toBe(false);
  });

  it('lets a waiting twin act when the first one fails', async () => {
    const slowFailure = async () => {
      await new Promise((done) => setTimeout(done, 150));
      throw new Error('first fails');
    };
    const first = send('k5', {}, actor, slowFailure).catch(() => 'failed');
    await new Promise((done) => setTimeout(done, 50));
    const [one, two] = await Promise.all([first, send('k5', {})]);
    expect(one).toBe('failed');
    expect(two).toMatchObject({ replayed: false });
  });

  it('keeps the keys of two people apart, and hides them from each other', async () => {
    const other = testActor(['CN'], 'other');
    await send('k6', { a: 1 });
    expect((await send('k6', { a: 2 }, other)).replayed).toBe(false);
    const rows = await test.db.transaction(other, (tx) => tx.query('select actor_id from platform.idempotency'));
    expect(rows).toEqual([{ actor_id: 'other' }]);
  });

  it('takes an answer of nothing, and refuses unusable keys', async () => {
    expect(await send('k7', undefined, actor, async () => undefined)).toEqual({ replayed: false, response: null });
    expect(await send('k7', undefined)).toEqual({ replayed: true, response: null });
    for (const key of ['', ' ', 'x'.repeat(201), 'a\nb', '键']) {
      await expect(send(key, {})).rejects.toThrow(IdempotencyKeyInvalid);
    }
  });
});
