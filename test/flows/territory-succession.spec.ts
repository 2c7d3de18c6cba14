/** Two counties merged in the middle of a series: accounts before and after, to the fen, recomputed by the tree of each year. */
import {
  AccountSuccessionService,
  aggregateAccounts,
  divideAccount,
  findAccount,
  listLines,
  SeriesService,
  type Account,
} from '@gep/accounting';
import { Fraction, sumFen } from '@gep/kernel';
import { RulebookService, type NormEdition } from '@gep/rulebook';
import { listSuccessions, sharesByArea, SuccessionService, TerritoryService } from '@gep/territory';
import { type AccountingTest, forest, startAccounting } from '../services/accounting-setup';

let it$: AccountingTest;
let norm: NormEdition;
const [gone, stays] = ['520521', '520523'];

beforeEach(async () => {
  it$ = await startAccounting();
  // A price that leaves fen to round in every county.
  norm = await it$.publish({ price: '0.037' });
  for (const period of ['2022', '2023']) {
    await it$.observe([
      forest(gone, 2.3457, { period }),
      forest(stays, 3.1113, { period }),
      forest('530102', 5, { period }),
    ]);
  }
});
afterEach(() => it$.close());

async function read(territory: string, period: string): Promise<Account> {
  return it$.test.db.snapshot(it$.actor, async (tx) => {
    const record = (await findAccount(tx, { territory, period, norm: { id: 'sample' } }))!;
    const lines = (await listLines(tx, [record.id])).get(record.id)!;
    return { ...record, lines, children: [], baseSums: null };
  });
}
/** What the accounts of a year say, by territory. */
const picture = async (period: string) =>
  Promise.all(
    [gone, stays, '520500', '520000', '530000', 'CN'].map(async (code) => {
      const account = await it$.account(code, { period });
      return [code, account?.totals.totalFen, account?.digest, account?.vintage];
    }),
  );
const merge = () =>
  new SuccessionService(it$.test.db).recordSuccession(it$.actor, {
    kind: 'merge',
    effective: '2024-01-01',
    predecessors: [gone, stays],
    successors: [{ code: stays, nameZh: '合县' }],
    basis: 'whole',
    source: 'order 12',
  });

it('leaves the years before to the fen, computes the years after by the new tree, and adds and divides back exactly', async () => {
  for (const period of ['2022', '2023']) expect((await it$.recompute(period)).state).toBe('done');
  const before = [await picture('2022'), await picture('2023')];

  expect(await merge()).toMatchObject({ changed: true });
  expect([await picture('2022'), await picture('2023')]).toEqual(before);

  // Computed again, a year before the merge is planned by its own tree: the same accounts, no new vintage.
  const again = await it$.recompute('2023');
  expect([again.state, again.progress.territories.computed, again.progress.territories.refused]).toEqual([
    'done',
    0,
    0,
  ]);
  expect(await picture('2023')).toEqual(before[1]);
  // And it may still change there: the county that is gone mends its figures of that year.
  await it$.observe([forest(gone, 4, { period: '2022' })]);
  expect((await it$.recompute('2022')).state).toBe('done');
  const [[, mended], [, other], [, above]] = await picture('2022');
  expect(mended).not.toBe(before[0][0][1]);
  expect(above).toBe((mended as bigint) + (other as bigint));

  // The year after: the county that followed reports what both had.
  await it$.observe(
    [forest(stays, 2.3457), forest(stays, 3.1113), forest('530102', 5)].map((row, patch) => ({ ...row, patch })),
  );
  expect(await it$.recompute('2024')).toMatchObject({ state: 'done' });
  expect(await it$.account(gone, { period: '2024' })).toBeUndefined();
  const after = await read(stays, '2024');
  const upper = await it$.account('520500', { period: '2024' });
  expect(upper).toMatchObject({ totals: { totalFen: after.totals.totalFen }, coverage: { present: 1, expected: 1 } });
  expect(upper!.coverage.complete).toBe(true);

  // The year before on the boundary after: what the recorded predecessors had, added; nothing more and nothing less.
  const recorded = await it$.test.db.snapshot(it$.actor, (tx) => listSuccessions(tx, [stays]));
  const parts = await Promise.all(recorded.map(({ predecessor }) => read(predecessor, '2023')));
  const joined = aggregateAccounts({ territory: stays, period: '2023', norm, expectedChildren: parts.length }, parts);
  expect(joined.totals.totalFen).toBe((await it$.account('520500', { period: '2023' }))!.totals.totalFen);
  expect(joined.totals.totalFen).toBe(sumFen(parts.map(({ totals }) => totals.totalFen)));

  // The year after on the boundary before: divided by area, each line to the fen and to the last bit.
  const areas = new Map(parts.map(({ territory, areaByType }) => [territory, Fraction.parse(`${areaByType.forest}`)!]));
  const divided = divideAccount(
    after,
    sharesByArea(areas).map(({ successor, share }) => ({ code: successor, share })),
  );
  expect(sumFen(divided.map(({ totals }) => totals.totalFen))).toBe(after.totals.totalFen);
  expect(divided[0].lines[0].quantity + divided[1].lines[0].quantity).toBe(after.lines[0].quantity);
  // Rain and forest are those of the year before, so each part has its own back, but for the fen that was rounded once.
  divided.forEach(({ totals }, at) => {
    const away = totals.totalFen - parts[at].totals.totalFen;
    expect(away * away).toBeLessThanOrEqual(1n);
  });
});

it('a county that is gone cannot be computed for the years after', async () => {
  await merge();
  await it$.observe([forest(stays, 5)]);
  expect((await it$.recompute('2024')).state).toBe('done');
  await expect(it$.request('2024', gone)).rejects.toMatchObject({ code: 'territory.missing' });
});

const [fresh, beside] = ['520524', '520525'];
const joined = {
  ...{ kind: 'merge' as const, effective: '2023-01-01', predecessors: [gone, beside] },
  ...{ successors: [{ code: fresh, nameZh: '合县' }], basis: 'whole' as const, source: 'order 12' },
};
const made = { validFrom: '2000-01-01', validTo: null, source: 'made up' };

it('a merge in the midst of recorded accounts: the successor has those of its predecessors, and no sum above changes', async () => {
  await new TerritoryService(it$.test.db).importTerritories(it$.actor, [
    { ...{ code: beside, nameZh: '旁县', nameEn: null, level: 'county', parentCode: '520500' }, ...made },
  ]);
  for (const period of ['2022', '2023']) await it$.observe([forest(beside, 1.7771, { period })]);
  for (const period of ['2022', '2023']) expect((await it$.recompute(period)).state).toBe('done');
  const before = [await picture('2022'), await picture('2023')];
  const above = (of: typeof before): unknown[] => of.flatMap((year) => year.slice(2).map(([code, fen]) => [code, fen]));
  const service = new AccountSuccessionService(it$.test.db);
  expect(await service.recordSuccession(it$.actor, { change: joined })).toMatchObject({ decided: [] });

  const run = await it$.recompute('2023');
  expect([run.state, run.progress.territories.refused]).toEqual(['done', 0]);
  expect((await it$.recompute('2022')).progress.territories.computed).toBe(0);
  expect(above([await picture('2022'), await picture('2023')])).toEqual(above(before));
  const carried = (await it$.account(fresh, { period: '2023' }))!;
  const parts = await Promise.all([gone, beside].map((code) => read(code, '2023')));
  expect(carried).toMatchObject({
    totals: { totalFen: sumFen(parts.map(({ totals }) => totals.totalFen)) },
    coverage: { present: 2, expected: 2, complete: true },
  });
  expect(await it$.account(fresh, { period: '2022' })).toBeUndefined();
  expect((await it$.account('520500', { period: '2023' }))!.coverage).toEqual({
    present: 2,
    expected: 2,
    complete: true,
  });
  const explained = await it$.accounting.explain(it$.actor, { accountId: carried.id });
  expect(JSON.stringify(explained, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))).toMatch(
    new RegExp(`${gone}.*${beside}`),
  );
  const series = (territory: string) =>
    new SeriesService(it$.test.db, new RulebookService(it$.test.db)).series(it$.actor, {
      ...{ territory, from: '2022', to: '2023', norm: 'sample' },
    });
  expect((await series(gone)).points.map(({ account, refusal }) => [account !== null, refusal?.code])).toEqual([
    [true, undefined],
    [false, 'accounting.territory-followed'],
  ]);
  const [, point] = (await series(fresh)).points;
  expect([point.ways, point.parts.map(({ territory, vintage }) => [territory, vintage])]).toEqual([
    ['addition'],
    [
      [gone, 1],
      [beside, 1],
    ],
  ]);
  // Nothing has changed, so nothing is computed; also when only the successor is asked for.
  expect((await it$.recompute('2023')).progress.territories).toMatchObject({ computed: 0, refused: 0 });
  expect((await it$.recompute('2023', fresh)).progress.territories).toMatchObject({ computed: 0, refused: 0 });

  // Another price: the predecessors are computed by it, and the successor and all above follow.
  await it$.publish({ price: '0.041' });
  expect((await it$.recompute('2023')).progress.territories.refused).toBe(0);
  const dearer = await Promise.all([gone, beside].map((code) => read(code, '2023')));
  expect(dearer[0].totals.totalFen).toBeGreaterThan(parts[0].totals.totalFen);
  const sum = sumFen(dearer.map(({ totals }) => totals.totalFen));
  expect((await it$.account(fresh, { period: '2023' }))!.totals.totalFen).toBe(sum);
  const other = (await read(stays, '2023')).totals.totalFen;
  expect((await it$.account('520500', { period: '2023' }))!.totals.totalFen).toBe(sum + other);

  // Observed itself, it needs them no more.
  await it$.observe([forest(fresh, 9, { period: '2023' })]);
  await it$.recompute('2023');
  const own = (await it$.account(fresh, { period: '2023' }))!;
  expect(own).toMatchObject({ origin: 'observed' });
  expect((await it$.account('520500', { period: '2023' }))!.totals.totalFen).toBe(own.totals.totalFen + other);
});
