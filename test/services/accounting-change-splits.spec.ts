/** A merge, a split and a change of code below cities of the demonstration: what the change of a city comes from stays as it was. */
import { randomUUID } from 'node:crypto';
import {
  AccountingService,
  AccountSuccessionService,
  ChangeService,
  findBoundaryBreak,
  FlowService,
  getAccount,
  priceIndex,
  type RecordedChange,
  sumOfEffects,
} from '@gep/accounting';
import { Fraction } from '@gep/kernel';
import { RulebookService } from '@gep/rulebook';
import { getTerritory, sharesByArea, type SuccessionChange } from '@gep/territory';
import { demonstrationNorm as norm, type DemonstrationTest, startDemonstration } from './demonstration-setup';

const [east, west, province] = ['991100', '991200', '990000'];
const weather = { condition: [], weather: ['precipitation', 'evapotranspiration'] };
/** Years that the norm's own prices are of. */
const indices = ['2003', '2010'].map((year) => priceIndex(year, '1', 'made up'));

let it$: DemonstrationTest;
let changes: ChangeService;
beforeAll(async () => {
  it$ = await startDemonstration();
  const { db } = it$.test;
  const { rulebook } = it$;
  changes = new ChangeService(db, rulebook);
  await it$.observeInvented(['2020', '2024']);
  await new FlowService(db, rulebook).declareFlow(
    it$.actor,
    {
      ...{ normId: norm, service: 'waterRetention', supplier: '991104', beneficiary: '991103', share: '1/7' },
      ...{ from: '2020-01-01', reason: 'the river Qing', source: 'made up' },
    },
    randomUUID(),
  );
  await compute('2020');
  await compute('2024');
});
afterAll(() => it$.close());

const compute = async (period: string): Promise<void> => {
  const asked = { period, normId: norm, territory: province };
  const { runId } = await it$.runs.requestRecompute(it$.actor, asked, randomUUID());
  const { progress } = await it$.workOff(runId);
  expect(progress.territories.refused).toBe(0);
};
const decompose = async (territory: string, attributes?: typeof weather) =>
  changes.decompose(it$.actor, { territory, from: '2020', to: '2024', norm, attributes, indices });
/** What may not change by a fen. */
const toldOf = ({ change, comparable }: RecordedChange) => ({
  effects: change.effects,
  byService: change.byService,
  byType: change.byType,
  comparable: [comparable!.baseFen, comparable!.comparableFen, comparable!.movedFen],
});
const toldOfAll = async () => {
  const told = [];
  for (const territory of [east, west, province])
    for (const attributes of [undefined, weather]) told.push(toldOf(await decompose(territory, attributes)));
  return told;
};
const record = async (change: SuccessionChange) =>
  new AccountSuccessionService(it$.test.db).recordSuccession(it$.actor, { change });
const shares = (parts: Readonly<Record<string, bigint>>) =>
  sharesByArea(new Map(Object.entries(parts).map(([code, part]) => [code, Fraction.of(part)])));

it('a merge, splits and another code below a city change nothing of what its change comes from', async () => {
  const before = await toldOfAll();
  const county = await decompose('991104');
  await record({
    ...{
      kind: 'merge',
      effective: '2023-01-01',
      predecessors: ['991101', '991102'],
      basis: 'whole',
      source: 'order 1',
    },
    successors: [{ code: '991106', nameZh: '合县' }],
  });
  await record({
    ...{ kind: 'split', effective: '2022-07-01', predecessors: ['991104'], basis: 'area', source: 'order 2' },
    ...{
      successors: [{ code: '991104' }, { code: '991107', nameZh: '分县' }],
      shares: shares({ 991104: 3n, 991107: 2n }),
    },
  });
  await record({
    ...{ kind: 'split', effective: '2024-01-01', predecessors: ['991201'], basis: 'area', source: 'order 3' },
    successors: [
      { code: '991208', nameZh: '北县' },
      { code: '991209', nameZh: '南县' },
    ],
    shares: shares({ 991208: 1n, 991209: 2n }),
  });
  await record({
    ...{ kind: 'rename', effective: '2023-06-01', predecessors: ['991105'], basis: 'whole', source: 'order 4' },
    successors: [{ code: '991110', nameZh: '新名县' }],
  });
  expect(await toldOfAll()).toEqual(before);
  await compute('2024');
  expect(await toldOfAll()).toEqual(before);

  const { change, rows } = await decompose(east);
  expect(change.effects.boundary).toBe(0n);
  expect(change.byTerritory['991104']).toEqual(county.change.byTerritory['991104']);
  expect(rows).toEqual(
    expect.arrayContaining([
      { territory: '991101', kind: 'succession', before: ['991101'], after: ['991106'] },
      { territory: '991104', kind: 'succession', before: ['991104'], after: ['991104', '991107'] },
      { territory: east, kind: 'takenBack' },
    ]),
  );
});

it('a county that gave land away has that under boundary, and the rest is of land that it has in both', async () => {
  const { change, rows, comparable } = await decompose('991104');
  const given = change.effects.boundary;
  expect(given).toBeLessThan(0n);
  // Two fifths of what it was, as the mean of both periods.
  const whole = change.beforeFen * 2n;
  expect(Number(given * 5n) / Number(-whole)).toBeGreaterThan(0.9);
  expect(rows).toEqual([{ territory: '991104', kind: 'moved', before: ['991104'], after: ['991104'] }]);
  expect(comparable!.currentFen).toBe(change.afterFen);
  await expect(decompose('991104', weather)).rejects.toMatchObject({ code: 'accounting.boundary-broken' });
});

it('an account that another territory has names that territory, and so does a code that is not in the tree', async () => {
  const change = async (territory: string) => decompose(territory);
  await expect(change('991106')).rejects.toMatchObject({
    ...{ code: 'accounting.account-of-predecessors', facts: { predecessors: ['991101', '991102'] } },
  });
  await it$.test.db.snapshot(it$.actor, async (tx) => {
    const there = async (territory: string, period: string) =>
      getAccount(tx, { territory, period, norm: { id: norm } });
    await expect(there('991105', '2025')).rejects.toMatchObject({
      ...{ code: 'accounting.account-of-follower', facts: { successors: ['991110'] } },
    });
    await expect(there('991103', '2025')).rejects.toMatchObject({ code: 'accounting.account-missing' });
    const missing = { code: 'territory.missing' };
    await expect(getTerritory(tx, '991101', '2024-01-01')).rejects.toMatchObject({
      ...{ ...missing, facts: { codes: ['991106'], followedBy: true } },
    });
    await expect(getTerritory(tx, '991106', '2020-01-01')).rejects.toMatchObject({
      ...{ ...missing, facts: { codes: ['991101', '991102'], followedBy: false } },
    });
    await expect(getTerritory(tx, '991177', '2020-01-01')).rejects.toMatchObject({
      ...{ ...missing, facts: { territory: '991177' } },
    });
  });
});

it('two periods of different boundaries are told apart, and a city is the same in both', async () => {
  const broken = async (territory: string) =>
    it$.test.db.snapshot(
      it$.actor,
      async (tx) => (await findBoundaryBreak(tx, territory, ['2020', '2024']))?.facts.steps,
    );
  expect(await broken('991104')).toMatchObject([{ kind: 'split', effective: '2022-07-01' }]);
  expect(await broken('991106')).toMatchObject([{ kind: 'merge', effective: '2023-01-01' }]);
  for (const same of [east, '991103', '991110']) expect(await broken(same)).toBeUndefined();
});

it('the extent of a city is that of its counties, and what a split took from a county crossed its boundary', async () => {
  const accounting = new AccountingService(it$.test.db, new RulebookService(it$.test.db));
  const extentOf = async (territory: string) =>
    accounting.extent(it$.actor, { territory, before: '2020', after: '2024', norm });
  const [whole, part, gone] = [await extentOf(east), await extentOf('991104'), await extentOf(province)];
  for (const { extent } of [whole, gone]) {
    expect(extent.crossed).toBeNull();
    expect(extent.differences).toEqual([]);
    expect(extent.total.net.numerator).toBe(0n);
  }
  const { extent } = part;
  expect(extent.differences).toEqual([]);
  expect(extent.total.closing.times(Fraction.of(5n, 3n)).equals(extent.total.opening)).toBe(true);
  for (const [code, { come, gone: left }] of extent.crossed!) {
    expect(come.numerator).toBe(0n);
    expect(left.equals(extent.rows.get(code)!.opening.times(Fraction.of(2n, 5n)))).toBe(true);
  }
  // The county that merged with nothing has the matrix of its patches, and so has the whole if all have.
  const counties = await Promise.all(['991103', '991202'].map(extentOf));
  expect(whole.extent.matrix === null).toBe(whole.unmatched.numerator !== 0n);
  expect(counties.every(({ extent: one }) => one.crossed === null)).toBe(true);
});

it('successors that are observed themselves are of the same land together', async () => {
  const { byService } = (await decompose(east)).change;
  // Figures of two other counties stand for what was observed of each.
  for (const [from, code] of [
    ['991103', '991104'],
    ['991104', '991107'],
  ])
    await it$.observeInvented(['2024'], (csv) =>
      csv.replace(new RegExp(`^(?!${from})\\d{6},.*\n`, 'gm'), '').replaceAll(`${from},`, `${code},`),
    );
  await compute('2024');
  const { change, rows } = await decompose(east);
  expect(change.effects.boundary).toBe(0n);
  expect(change.byTerritory['991107']).toBeUndefined();
  expect(rows).toContainEqual({
    territory: '991104',
    kind: 'succession',
    before: ['991104'],
    after: ['991104', '991107'],
  });
  expect(Object.keys(change.byService)).toEqual(Object.keys(byService));
  expect(sumOfEffects(change.byTerritory['991104'])).not.toBe(0n);
  // Levels of the two are those of all their patches.
  expect((await decompose(east, weather)).change.byTerritory['991104'].weather).not.toBe(0n);
});
