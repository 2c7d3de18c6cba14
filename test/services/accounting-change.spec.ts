/** Changes of cities and the province of the demonstration on the real database: no residual in any cut, and the parts' effects add. */
import { randomUUID } from 'node:crypto';
import {
  ChangeService,
  findAccount,
  FlowService,
  type ChangeDecomposition,
  priceIndex,
  type PriceIndex,
} from '@gep/accounting';
import { loadNorm, loadUnits, parseNorm, RulebookService } from '@gep/rulebook';

import { demonstrationNorm as norm, type DemonstrationTest, startDemonstration } from './demonstration-setup';

type Effects = ChangeDecomposition['effects'];

const [east, west, province] = ['991100', '991200', '990000'];
let it$: DemonstrationTest;
let changes: ChangeService;
beforeAll(async () => {
  it$ = await startDemonstration();
  const { db } = it$.test;
  const { rulebook } = it$;
  changes = new ChangeService(db, rulebook);
  await it$.observeInvented(['2021', '2022']);
  await compute();
});
afterAll(() => it$.close());

const compute = async (periods = ['2021', '2022']): Promise<void> => {
  for (const period of periods) {
    const { runId } = await it$.runs.requestRecompute(
      it$.actor,
      { period, normId: norm, territory: province },
      randomUUID(),
    );
    await it$.workOff(runId);
  }
};
const weather = { condition: [], weather: ['precipitation', 'evapotranspiration'] };
/** Years that the norm's own prices are of. */
const toBase = ['2003', '2010'].map((year) => priceIndex(year, '5/4', 'made up'));
const split = async (territory: string, attributes?: typeof weather, indices?: readonly PriceIndex[]) =>
  changes.decompose(it$.actor, { territory, from: '2021', to: '2022', norm, attributes, indices });
const totalOf = async (territory: string, period: string) =>
  it$.test.db.snapshot(
    it$.actor,
    async (tx) => (await findAccount(tx, { territory, period, norm: { id: norm } }))!.totals,
  );
const plus = (all: readonly Effects[]): Record<string, bigint> => {
  const sum: Record<string, bigint> = {};
  for (const effects of all)
    for (const [effect, fen] of Object.entries(effects)) sum[effect] = (sum[effect] ?? 0n) + fen;
  return sum;
};
const sumOf = (effects: Effects): bigint => Object.values(effects).reduce((sum, fen) => sum + fen, 0n);

/** In every cut the effects are those of the whole, and they are the change of the recorded totals. */
async function assertNothingLeft(change: ChangeDecomposition, territory: string): Promise<void> {
  const [before, after] = [await totalOf(territory, '2021'), await totalOf(territory, '2022')];
  expect([change.beforeFen, change.afterFen]).toEqual([before.totalFen, after.totalFen]);
  expect(sumOf(change.effects)).toBe(after.totalFen - before.totalFen);
  for (const cut of [change.byService, change.byType, change.byTerritory])
    expect(plus(Object.values(cut))).toEqual(change.effects);
  expect(plus(change.lines.map(({ effects }) => effects))).toEqual(change.effects);
  for (const { changeFen, effects } of change.lines) expect(sumOf(effects)).toBe(changeFen);
  for (const [map, key] of [
    [change.byService, 'byService'],
    [change.byType, 'byType'],
  ] as const)
    for (const [code, effects] of Object.entries(map))
      expect([code, sumOf(effects)]).toEqual([code, (after[key][code] ?? 0n) - (before[key][code] ?? 0n)]);
}

it.each([
  ['plainly', undefined],
  ['with the weather apart', weather],
])('leaves nothing, and counties make cities, cities the province: %s', async (_, attributes) => {
  const whole = await split(province, attributes, toBase);
  await assertNothingLeft(whole.change, province);
  expect(Object.keys(whole.change.byTerritory)).toHaveLength(10);
  expect(whole.comparable!.currentFen).toBe(whole.change.afterFen);
  const cities: ChangeDecomposition[] = [];
  for (const city of [east, west]) {
    const { change } = await split(city, attributes);
    await assertNothingLeft(change, city);
    expect(Object.keys(change.byTerritory)).toHaveLength(5);
    cities.push(change);
  }
  expect(plus(cities.map(({ effects }) => effects))).toEqual(whole.change.effects);
  expect({ ...cities[0].byTerritory, ...cities[1].byTerritory }).toEqual(whole.change.byTerritory);
  // Each county alone has the effects that it has in the province.
  for (const county of ['991101', '991205']) {
    const { change } = await split(county, attributes);
    await assertNothingLeft(change, county);
    expect(change.effects).toEqual(whole.change.byTerritory[county]);
  }
  expect(whole.change.effects.weather === 0n).toBe(attributes === undefined);
});

it('leaves nothing where flows within a city and between cities are counted once', async () => {
  const flows = new FlowService(it$.test.db, new RulebookService(it$.test.db));
  const declare = (supplier: string, beneficiary: string, share: string) =>
    flows.declareFlow(
      it$.actor,
      {
        ...{ normId: norm, service: 'waterRetention', supplier, beneficiary, share, from: '2020-01-01' },
        ...{ reason: 'the river Qing', source: 'made up' },
      },
      randomUUID(),
    );
  await declare('991101', '991102', '0.2');
  await declare('991102', '991201', '1/7');
  await compute();
  for (const attributes of [undefined, weather]) {
    const whole = await split(province, attributes, toBase);
    await assertNothingLeft(whole.change, province);
    // What is taken back stands under the territory where it is.
    expect(Object.keys(whole.change.byTerritory)).toHaveLength(11);
    const { change } = await split(east, attributes);
    await assertNothingLeft(change, east);
    expect(sumOf(change.byTerritory[east])).not.toBe(0n);
    expect(whole.comparable!.currentFen).toBe(whole.change.afterFen);
  }
});

it('leaves nothing between two editions, flows among them', async () => {
  const rulebook = new RulebookService(it$.test.db);
  const files = (await loadNorm(norm, 'rulebook')).files.map(({ path, text }) => {
    return { path, text: text.replace('value: 7.06', 'value: 7.4') };
  });
  const { norm: dear } = parseNorm(files, await loadUnits('rulebook'));
  await rulebook.publish(it$.actor, dear!);
  await compute(['2022']);
  const whole = await split(province);
  await assertNothingLeft(whole.change, province);
  expect(whole.change.effects.norm).toBeGreaterThan(0n);
  const { change } = await split(east, weather);
  await assertNothingLeft(change, east);
  // What is taken back is worth more by the edition, and by nothing else: no price of either edition moved.
  expect(change.byTerritory[east].norm).toBeLessThan(0n);
  expect(change.byTerritory[east].price).toBe(0n);
});
