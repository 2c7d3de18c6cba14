/** The reliance register on the real database: what rests on a vintage is found through every step, and nobody sees beyond the scope. */
import { randomUUID } from 'node:crypto';
import { listDependents, noteReliances, type Reliance } from '@gep/settlement';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const county = 'CN.990000.990100.990101';
const row = (dependent: [string, string], on: string | [string, string], more: Partial<Reliance> = {}): Reliance => ({
  dependent: { kind: dependent[0], id: dependent[1] },
  figure: '',
  accountId: typeof on === 'string' ? on : null,
  disclosureId: null,
  upstream: typeof on === 'string' ? null : { kind: on[0], id: on[1] },
  amountFen: 100n,
  territoryPath: county,
  upstreamTerritory: '990101',
  period: '2025',
  ...more,
});

it('finds settlement, payment and dividend, each once, however often they were noted', async () => {
  const account = randomUUID();
  const rows = [
    row(['settlement', 's1'], account, { figure: 'a', amountFen: -70n }),
    row(['settlement', 's1'], account, { figure: 'b', amountFen: 70n }),
    row(['settlement', 's2'], ['settlement', 's1']),
    row(['payment', 'p1'], ['settlement', 's1'], { figure: 'b' }),
    row(['dividend', 'd1'], ['payment', 'p1']),
    row(['dividend', 'd1'], ['settlement', 's1']),
    // Two results that rest on one another end the search, and do not turn it in a circle.
    row(['settlement', 's1'], ['settlement', 's2'], { figure: 'a' }),
    row(['settlement', 's9'], randomUUID()),
  ];
  const found = await test.db.transaction(testActor(), async (tx) => {
    await noteReliances(tx, rows);
    await noteReliances(tx, rows);
    return listDependents(tx, { accountId: account });
  });
  const told = found.map(({ dependent, figure, steps, amountFen }) => [dependent.id, figure, steps, amountFen]);
  expect(told).toEqual([
    ['s1', 'a', 1, -70n],
    ['s1', 'b', 1, 70n],
    ['d1', '', 2, 100n],
    ['p1', 'b', 2, 100n],
    ['s2', '', 2, 100n],
  ]);
  const above = await test.db.snapshot(testActor(), (tx) =>
    listDependents(tx, { upstream: { kind: 'payment', id: 'p1' } }),
  );
  expect(above.map(({ dependent }) => dependent)).toEqual([{ kind: 'dividend', id: 'd1' }]);
});

it('keeps rows for ever, and shows and takes only those of the scope', async () => {
  const account = randomUUID();
  const other = testActor(['CN.980000']);
  await test.db.transaction(testActor(), (tx) => noteReliances(tx, [row(['settlement', 's3'], account)]));
  expect(await test.db.snapshot(other, (tx) => listDependents(tx, { accountId: account }))).toEqual([]);
  const beyond = test.db.transaction(other, (tx) => noteReliances(tx, [row(['settlement', 's4'], account)]));
  await expect(beyond).rejects.toThrow();
  const edit = test.db.transaction(testActor(), (tx) => tx.query('update settlement.reliance set amount_fen = 0'));
  await expect(edit).rejects.toThrow();
});
