/** Accounts on the real database: vintages and as-of, what is left alone, roll-ups and their gaps, what each actor sees. */
import { listAccounts, listChildren, listLines, listVintages } from '@gep/accounting';
import { testActor } from '../fixtures/test-database';
import { type AccountingTest, forest, startAccounting } from './accounting-setup';

let it$: AccountingTest;
beforeEach(async () => {
  it$ = await startAccounting();
  await it$.publish();
});
afterEach(() => it$.close());

const totalOf = async (territory: string, asOf?: Date): Promise<bigint | undefined> =>
  (await it$.account(territory, asOf ? { asOf } : {}))?.totals.totalFen;

it('computes observed territories and adds them up to the nation', async () => {
  await it$.observe([forest('520521', 2), forest('520523', 3), forest('530102', 5)]);
  const run = await it$.recompute();
  expect(run).toMatchObject({ state: 'done', progress: { tasks: { total: 4, done: 4, waiting: 0, dead: 0 } } });
  // Three counties, two prefectures, two provinces, the nation.
  expect(run.progress.territories).toEqual({ total: 8, computed: 8, unchanged: 0, refused: 0, locked: 0 });
  expect(await totalOf('520521')).toBe(2_000_000n);
  expect(await totalOf('520500')).toBe(5_000_000n);
  expect(await totalOf('CN')).toBe(10_000_000n);
  expect(await it$.account('520000')).toMatchObject({
    origin: 'aggregated',
    level: 'province',
    coverage: { present: 1, expected: 2, complete: false },
    areaByType: { forest: 5 },
    grade: 'solved',
    vintage: 1,
  });
  const nation = (await it$.account('CN'))!;
  const { lines, children } = await it$.test.db.snapshot(it$.actor, async (tx) => ({
    lines: (await listLines(tx, [nation.id])).get(nation.id),
    children: await listChildren(tx, nation.id),
  }));
  expect(lines).toEqual([
    expect.objectContaining({ service: 'water', type: 'forest', quantity: 50_000, price: '2', valueFen: 10_000_000n }),
  ]);
  expect(children.map(({ territory }) => territory)).toEqual(['520000', '530000']);
});

it('keeps what was supplied beside what is used, from county to nation, and finds the same again', async () => {
  await it$.publish({ rules: 'use: { cap: waterUse, missing: uncapped }' });
  const used = { territory: '520521', period: '2024', item: 'waterUse', quantity: 4000, unit: 'm3' };
  await it$.observe([forest('520521', 2), forest('530102', 5)], [used]);
  await it$.recompute();
  const lineOf = async (territory: string) => {
    const { id } = (await it$.account(territory))!;
    const lines = await it$.test.db.snapshot(it$.actor, (tx) => listLines(tx, [id]));
    return lines.get(id)!.map(({ quantity, supplied, valueFen }) => [quantity, supplied, valueFen]);
  };
  expect(await lineOf('520521')).toEqual([[4000, 10_000, 800_000n]]);
  expect(await lineOf('530102')).toEqual([[25_000, null, 5_000_000n]]);
  expect(await lineOf('CN')).toEqual([[29_000, 35_000, 5_800_000n]]);
  expect((await it$.recompute()).progress.territories).toMatchObject({ computed: 0, unchanged: 7 });
});

it('leaves everything alone that has not changed', async () => {
  await it$.observe([forest('520521', 2), forest('530102', 5)]);
  await it$.recompute();
  const again = await it$.recompute();
  expect(again.progress.territories).toEqual({ total: 7, computed: 0, unchanged: 7, refused: 0, locked: 0 });
  expect((await it$.account('CN'))!.vintage).toBe(1);
});

it('makes a new vintage of what an import has changed, and keeps the old one readable as of its time', async () => {
  await it$.observe([forest('520521', 2), forest('530102', 5)]);
  await it$.recompute();
  const before = new Date();
  await it$.observe([forest('520521', 4)]);
  const run = await it$.recompute();
  // The county and the three above it; the other province stays.
  expect(run.progress.territories).toMatchObject({ computed: 4, unchanged: 3 });
  expect(await totalOf('520521')).toBe(4_000_000n);
  expect(await totalOf('CN')).toBe(9_000_000n);
  expect(await totalOf('520521', before)).toBe(2_000_000n);
  expect(await totalOf('CN', before)).toBe(7_000_000n);
  expect(await it$.account('CN', { asOf: new Date(0) })).toBeUndefined();
  const vintages = await it$.test.db.snapshot(it$.actor, (tx) =>
    listVintages(tx, { territory: 'CN', period: '2024', normId: 'sample' }),
  );
  expect(vintages.map(({ vintage, totals }) => [vintage, totals.totalFen])).toEqual([
    [2, 9_000_000n],
    [1, 7_000_000n],
  ]);
});

it('makes the earlier account current again when the inputs return to what they were', async () => {
  await it$.observe([forest('520521', 2)]);
  await it$.recompute();
  const first = (await it$.account('CN'))!;
  await it$.observe([forest('520521', 4)]);
  await it$.recompute();
  const between = new Date();
  await it$.observe([forest('520521', 2)]);
  const run = await it$.recompute();
  expect(run.progress.territories).toMatchObject({ computed: 4, unchanged: 0 });
  expect((await it$.account('CN'))!).toEqual(first);
  expect(await totalOf('CN', between)).toBe(4_000_000n);
  expect((await it$.recompute()).progress.territories).toMatchObject({ computed: 0, unchanged: 4 });
});

it('finds every vintage at the very time shown as its record, in milliseconds', async () => {
  const totals = new Map<string, bigint>();
  for (const hectares of [2, 4, 6]) {
    await it$.observe([forest('520521', hectares)]);
    await it$.recompute();
    for (const territory of ['520521', 'CN']) {
      const { recordedAt, totals: shown } = (await it$.account(territory))!;
      totals.set(`${territory} ${recordedAt.toISOString()}`, shown.totalFen);
    }
  }
  expect(totals.size).toBe(6);
  for (const [key, total] of totals) {
    const [territory, shown] = key.split(' ');
    expect([key, await totalOf(territory, new Date(shown))]).toEqual([key, total]);
    const [listed] = await it$.test.db.snapshot(it$.actor, (tx) =>
      listAccounts(tx, { territories: [territory], asOf: new Date(shown) }),
    );
    expect([key, listed.totals.totalFen]).toEqual([key, total]);
    expect(await totalOf(territory, new Date(Date.parse(shown) - 1))).not.toBe(total);
  }
});

it('keeps the order of vintages when the clock is set back', async () => {
  await it$.observe([forest('520521', 2)]);
  await it$.recompute();
  await it$.test.db.transaction(it$.actor, (tx) =>
    tx.query(
      `INSERT INTO accounting.account_standing (territory_code, period, norm_id, since, account_id, territory_path)
       SELECT territory_code, period, norm_id, '2100-01-01T00:00:00Z', account_id, territory_path
       FROM accounting.account_standing WHERE territory_code = '520521'`,
    ),
  );
  await it$.observe([forest('520521', 4)]);
  await it$.recompute();
  const newest = (await it$.account('520521'))!;
  expect([newest.vintage, newest.recordedAt.toISOString()]).toEqual([2, '2100-01-01T00:00:00.001Z']);
  expect(await totalOf('520521', newest.recordedAt)).toBe(4_000_000n);
  expect(await totalOf('520521', new Date('2100-01-01T00:00:00Z'))).toBe(2_000_000n);
});

it('serves a changed price from kept sums with the same figures as from patches, edition by edition', async () => {
  await it$.observe(
    [forest('520521', 2), forest('520523', 1 / 3)],
    [{ territory: '520521', period: '2024', item: 'maize', quantity: 3, unit: 't', price: 1000, priceUnit: 'yuan/t' }],
  );
  const dear = await it$.publish({ price: '4' });
  await it$.recompute();
  const direct = (await it$.account('520500'))!;
  const cheap = await it$.publish({ price: '2' });
  await it$.recompute();
  expect(await totalOf('520521')).toBe(2_000_000n + 300_000n);
  expect((await it$.account('520521', { edition: dear.edition }))!.totals.totalFen).toBe(4_000_000n + 300_000n);
  await it$.publish({ price: '4' });
  await it$.recompute();
  expect(await it$.account('520500')).toEqual(direct);
  expect((await it$.account('520521', { edition: cheap.edition }))!.vintage).toBe(2);
});

it('keeps a refused territory apart: the others are computed, the gap shows above', async () => {
  await it$.observe([forest('520521', 2), { territory: '520523', period: '2024', type: 'forest', area: 1 }]);
  const run = await it$.recompute();
  expect(run).toMatchObject({ state: 'done', progress: { territories: { computed: 4, refused: 1 } } });
  expect(await it$.account('520523')).toBeUndefined();
  expect((await it$.account('520500'))!.coverage).toEqual({ present: 1, expected: 2, complete: false });
});

it('computes a site and leaves the county around it alone', async () => {
  await it$.observe([forest('520523-pit', 7)]);
  const run = await it$.recompute('2024', '520523-pit');
  expect(run.progress.tasks.total).toBe(1);
  expect(await totalOf('520523-pit')).toBe(7_000_000n);
  expect(await it$.account('520523')).toBeUndefined();
});

it('takes own observations of a prefecture before the sum of its counties', async () => {
  await it$.observe([forest('520500', 100), forest('520521', 2), forest('520602', 1)]);
  await it$.recompute();
  expect(await it$.account('520500')).toMatchObject({ origin: 'observed' });
  expect(await totalOf('520000')).toBe(101_000_000n);
});

it('shows each actor what lies in their scope, and lists it in pages', async () => {
  await it$.observe([forest('520521', 2), forest('520523', 3), forest('530102', 5)]);
  await it$.recompute();
  const county = testActor(['CN.520000.520500.520521'], 'county');
  const listed = await it$.test.db.snapshot(county, (tx) => listAccounts(tx, {}));
  expect(listed.map(({ territory }) => territory)).toEqual(['520521']);
  const [foreign] = await it$.test.db.snapshot(it$.actor, (tx) => listAccounts(tx, { territories: ['520523'] }));
  const lines = await it$.test.db.snapshot(county, (tx) => listLines(tx, [foreign.id, listed[0].id]));
  expect([lines.get(foreign.id)!.length, lines.get(listed[0].id)!.length]).toEqual([0, 1]);
  const pages: string[][] = [];
  for (let after: Parameters<typeof listAccounts>[2] = { limit: 3 }; ;) {
    const page = await it$.test.db.snapshot(it$.actor, (tx) =>
      listAccounts(tx, { within: 'CN', period: '2024' }, after),
    );
    if (page.length === 0) break;
    pages.push(page.map(({ territory }) => territory));
    const last = page.at(-1)!;
    after = { limit: 3, after: { territory: last.territory, period: last.period, normId: last.norm.id } };
  }
  expect(pages).toEqual([
    ['520000', '520500', '520521'],
    ['520523', '530000', '530100'],
    ['530102', 'CN'],
  ]);
  const counties = await it$.test.db.snapshot(it$.actor, (tx) =>
    listAccounts(tx, { level: 'county', within: 'CN.520000' }),
  );
  expect(counties.map(({ territory }) => territory)).toEqual(['520521', '520523']);
});

it('explains a recorded vintage from the observation of its time, and an aggregate from its children', async () => {
  await it$.observe([forest('520521', 2)]);
  await it$.recompute();
  const old = (await it$.account('520521'))!;
  const above = (await it$.account('520500'))!;
  await it$.observe([forest('520521', 4)]);
  await it$.recompute();
  const tree = await it$.accounting.explain(it$.actor, { accountId: old.id, service: 'water' });
  expect(tree.value).toBe('20000.00');
  const line = tree.children[0].children[0].children[0];
  expect(line.children[0].children[0]).toMatchObject({ kind: 'patch', source: { sheet: 'extent', row: 1 } });
  const up = await it$.accounting.explain(it$.actor, { accountId: above.id });
  expect(up.children[0].children[0].children[0].children[1]).toMatchObject({
    kind: 'child',
    code: '520521',
    account: { digest: old.digest },
  });
  const stranger = testActor(['CN.530000'], 'stranger');
  await expect(it$.accounting.explain(stranger, { accountId: old.id })).rejects.toMatchObject({
    code: 'accounting.account-missing',
  });
});
