/** Series through a merge, a split and a transfer on the real database: breaks are told, restated years lose no fen. */
import { SeriesService, type AccountSeries, type SeriesRequest } from '@gep/accounting';
import { sumFen } from '@gep/kernel';
import { RulebookService } from '@gep/rulebook';
import { sharesByMap, SuccessionService, TerritoryService } from '@gep/territory';
import { testActor } from '../fixtures/test-database';
import { type AccountingTest, forest, startAccounting } from './accounting-setup';

const [gone, stays, fresh, moves] = ['520521', '520523', '520524', '520602'];
const [prefecture, other] = ['520500', '520600'];

let it$: AccountingTest;
let service: SeriesService;
beforeAll(async () => {
  it$ = await startAccounting();
  await it$.publish({ price: '0.037' });
  service = new SeriesService(it$.test.db, new RulebookService(it$.test.db));
  const successions = new SuccessionService(it$.test.db);
  const grass = (code: string, area: number, period: string) => ({ ...forest(code, area, { period }), type: 'grass' });
  const observe = (period: string, areas: Readonly<Record<string, number>>) =>
    it$.observe(
      Object.entries(areas).flatMap(([code, area]) => [
        { ...forest(code, area, { period }), patch: `${code}-f` },
        { ...grass(code, area / 7, period), patch: `${code}-g` },
      ]),
    );
  await observe('2021', { [gone]: 2.3457, [stays]: 3.1113, [moves]: 0.9 });
  await observe('2022', { [gone]: 2.4457, [stays]: 3.2113, [moves]: 0.91 });
  await successions.recordSuccession(it$.actor, {
    ...{ kind: 'merge', effective: '2023-01-01', predecessors: [gone, stays], source: 'order 1' },
    ...{ successors: [{ code: stays, nameZh: '合县' }], basis: 'whole' },
  });
  await observe('2023', { [stays]: 5.7, [moves]: 0.92 });
  const patch = (name: string, type: string, area: string, successor: string) => ({
    patch: name,
    type,
    area,
    successor,
  });
  await successions.recordSuccession(it$.actor, {
    ...{ kind: 'split', effective: '2024-01-01', predecessors: [stays], source: 'order 2' },
    successors: [{ code: stays }, { code: fresh, nameZh: '新县' }],
    shares: sharesByMap([
      patch('a', 'forest', '2', stays),
      patch('b', 'forest', '1', fresh),
      patch('c', 'grass', '3', stays),
      patch('d', 'grass', '4', fresh),
    ]),
    basis: 'map',
  });
  await new TerritoryService(it$.test.db).importTerritories(it$.actor, [
    {
      ...{ code: moves, nameZh: moves, nameEn: moves, level: 'county', parentCode: other, source: 'made up' },
      ...{ validFrom: '2000-01-01', validTo: '2024-01-01' },
    },
    {
      ...{ code: moves, nameZh: moves, nameEn: moves, level: 'county', parentCode: prefecture, source: 'order 3' },
      ...{ validFrom: '2024-01-01', validTo: null },
    },
  ]);
  await observe('2024', { [stays]: 4, [fresh]: 2, [moves]: 0.93 });
  for (const period of ['2021', '2022', '2023', '2024']) await it$.recompute(period);
});
afterAll(() => it$.close());

const series = (territory: string, more: Partial<SeriesRequest> = {}, actor = it$.actor): Promise<AccountSeries> =>
  service.series(actor, { territory, from: '2021', to: '2024', norm: 'sample', ...more });
const totals = ({ points }: AccountSeries) => points.map(({ account }) => account?.totals.totalFen ?? null);
const recorded = async (period: string, ...codes: string[]): Promise<bigint> =>
  sumFen(await Promise.all(codes.map(async (code) => (await it$.account(code, { period }))!.totals.totalFen)));

it('as reported, a break is marked with what happened, and growth over it is refused with its mend', async () => {
  const { points, boundaryDay } = await series(stays);
  expect(boundaryDay).toBeNull();
  expect(totals({ points } as AccountSeries)).toEqual([
    await recorded('2021', stays),
    await recorded('2022', stays),
    await recorded('2023', stays),
    await recorded('2024', stays),
  ]);
  expect(
    points.map(({ breaks }) => breaks.map(({ kind, effective, basis }) => `${kind} ${effective} ${basis}`)),
  ).toEqual([[], [], ['merge 2023-01-01 whole'], ['split 2024-01-01 map']]);
  expect(points.map(({ growth }) => growth?.refusal?.code ?? growth?.rate?.slice(0, 6) ?? null)).toEqual([
    null,
    '0.0321',
    'accounting.boundary-broken',
    'accounting.boundary-broken',
  ]);
  expect(points[2].growth!.refusal!.text.en).toMatch(
    /merge of 2023-01-01: 520521, 520523 → 520523.*--constant-boundary/,
  );
  expect(points[2].growth!.refusal!.text.zh).toMatch(/合并.*同一边界/);
  expect(points[1].comparable).toMatchObject({ base: '2021', impliedIndex: '1', refusal: null });
  expect(points[3].comparable!.refusal!.code).toBe('accounting.boundary-broken');
});

it('within the boundary of the end, each year is made of what its predecessors were, and nothing is lost', async () => {
  const [one, two] = [await series(stays, { constantBoundary: true }), await series(fresh, { constantBoundary: true })];
  expect(one.boundaryDay).toBe('2024-12-31');
  for (const [at, codes] of [[gone, stays], [gone, stays], [stays], [stays, fresh]].entries()) {
    const sum = totals(one)[at]! + totals(two)[at]!;
    expect(sum).toBe(await recorded(String(2021 + at), ...codes));
  }
  expect(one.points.map(({ ways }) => ways)).toEqual([['addition', 'map'], ['addition', 'map'], ['map'], ['reported']]);
  expect(one.points[0].parts).toEqual([
    expect.objectContaining({ territory: gone, vintage: 1, shares: ['0.5'], totalFen: await recorded('2021', gone) }),
    expect.objectContaining({ territory: stays, vintage: 1, shares: ['0.5'] }),
  ]);
  expect(one.points[0].restated.map(({ kind, from, to }) => [kind, from, to])).toEqual([
    ['merge', [gone, stays], [stays]],
    ['split', [stays], [stays, fresh]],
  ]);
  for (const { growth, comparable } of one.points.slice(1)) {
    expect([growth!.refusal, comparable!.refusal, comparable!.impliedIndex]).toEqual([null, null, '1']);
    expect(growth!.rate).not.toBeNull();
  }
  // Two thirds of the forest and three sevenths of the grass: not the share of the whole.
  const [forests, grass] = ['forest', 'grass'].map((type) => one.points[2].account!.areaByType[type]);
  expect([forests, grass]).toEqual([expect.closeTo(3.8, 10), expect.closeTo((5.7 / 7) * (3 / 7), 10)]);
});

it('an index has the first or a chosen year as 100, and none over a break', async () => {
  const constant = await series(stays, { constantBoundary: true });
  const fen = totals(constant).map(Number);
  expect(constant.points.map(({ index }) => index!.base)).toEqual(Array<string>(4).fill('2021'));
  constant.points.forEach(({ index, comparable }, at) => {
    expect(Number(index!.current)).toBeCloseTo((fen[at] / fen[0]) * 100, 8);
    // No price changed.
    expect([index!.comparable, index!.refusal]).toEqual([index!.current, null]);
    expect(comparable!.comparableFen).toBe(totals(constant)[at]);
  });
  const chosen = await series(stays, { constantBoundary: true, indexBase: '2023' });
  expect(chosen.points[2].index).toEqual({ base: '2023', current: '100', comparable: '100', refusal: null });
  expect(Number(chosen.points[0].index!.current)).toBeCloseTo((fen[0] / fen[2]) * 100, 8);
  const reported = await series(stays, { indexBase: '2023' });
  expect(reported.points.map(({ index }) => index!.refusal?.code ?? null)).toEqual([
    ...['accounting.boundary-broken', 'accounting.boundary-broken', null, 'accounting.boundary-broken'],
  ]);
  await expect(series(stays, { indexBase: '2019' })).rejects.toMatchObject({ code: 'accounting.index-base-absent' });
});

it('an earlier boundary adds what was split later; what was merged since cannot be told apart', async () => {
  const merged = await series(stays, { constantBoundary: true, boundaryDay: '2023-06-30' });
  expect(totals(merged)).toEqual([
    await recorded('2021', gone, stays),
    await recorded('2022', gone, stays),
    await recorded('2023', stays),
    await recorded('2024', stays, fresh),
  ]);
  expect(merged.points.map(({ ways }) => ways)).toEqual([['addition'], ['addition'], ['reported'], ['addition']]);
  const before = await series(gone, { constantBoundary: true, boundaryDay: '2022-12-31' });
  expect(before.points.map(({ refusal }) => refusal?.code ?? null)).toEqual([
    null,
    null,
    'accounting.boundary-not-restatable',
    'accounting.boundary-not-restatable',
  ]);
  expect(before.points[2].refusal!.text.en).toMatch(/take the boundary of 2023-01-01 or later/);
  // A territory that ended: the boundary of its last day.
  expect((await series(gone, { constantBoundary: true })).boundaryDay).toBe('2022-12-31');
});

it('a county that moved breaks the series of both prefectures; restated, it belongs to its new one throughout', async () => {
  const [here, there] = [await series(prefecture), await series(other)];
  const moved = { kind: 'transfer', effective: '2024-01-01', moved: moves, from: [other], to: [prefecture] };
  expect(here.points[3].breaks).toEqual([expect.objectContaining(moved)]);
  expect(there.points[3].account).toBeNull();
  const constant = await series(prefecture, { constantBoundary: true });
  expect(totals(constant)).toEqual([
    await recorded('2021', gone, stays, moves),
    await recorded('2022', gone, stays, moves),
    await recorded('2023', stays, moves),
    await recorded('2024', prefecture),
  ]);
  // The boundary of the year before: the counties of then, of which one has been split since.
  const earlier = await series(prefecture, { constantBoundary: true, boundaryDay: '2023-12-31' });
  expect(totals(earlier)[3]).toBe(await recorded('2024', stays, fresh));
  expect(earlier.points[3].ways).toEqual(['addition']);
});

it('who may not see a predecessor is told whose account is missing; who may see nothing, that there is none', async () => {
  const path = `CN.520000.${prefecture}.${fresh}`;
  const own = await series(fresh, { constantBoundary: true }, testActor([path]));
  expect(own.points.map(({ refusal }) => refusal?.code ?? null)).toEqual([
    ...Array<string>(3).fill('accounting.boundary-part-missing'),
    null,
  ]);
  expect(own.points[0].refusal!.text.en).toMatch(/no account of 520521, 520523/);
  for (const [territory, scope] of [
    [stays, path],
    ['520599', 'CN'],
  ]) {
    await expect(series(territory, {}, testActor([scope]))).rejects.toMatchObject({
      code: 'accounting.account-missing',
    });
  }
  await expect(series(stays, { from: '2025' })).rejects.toMatchObject({ code: 'accounting.series-years-unfit' });
  await expect(series(fresh, { constantBoundary: true, boundaryDay: '2022-01-01' })).rejects.toMatchObject({
    code: 'accounting.boundary-absent',
  });
});

it('growth over another edition of the norm is refused as well', async () => {
  await it$.publish({ price: '0.074' });
  await it$.recompute('2024');
  const { points } = await series(stays, { constantBoundary: true });
  expect(points[3].growth!.refusal!.code).toBe('accounting.editions-differ');
  for (const period of ['2021', '2022', '2023']) await it$.recompute(period);
  const again = await series(stays, { constantBoundary: true });
  expect(again.points[3].growth!.refusal).toBeNull();
});
