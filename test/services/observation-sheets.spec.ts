/** Data sheets of several departments for one county: they stand together, each supersedes itself only, and accounts follow. */
import {
  currentObservations,
  decodeChunk,
  findObservation,
  type ImportReport,
  listBatchContent,
  ObservationService,
} from '@gep/observation';
import { RulebookService } from '@gep/rulebook';
import { testActor } from '../fixtures/test-database';
import { type AccountingTest, forest, startAccounting } from './accounting-setup';

let it$: AccountingTest;
beforeAll(async () => {
  it$ = await startAccounting();
  await it$.publish();
});
afterAll(() => it$.close());

const [county, other] = ['520523', '520521'];
const at = (period: string, territory = county) => ({ territory, period });
const land = (period: string, area: number, more: object = {}) => ({
  extent: [{ ...at(period), type: 'forest', area, ...more }],
});
const rain = (period: string, value: number, more: object = {}) => ({
  attributes: [{ ...at(period), type: '*', attribute: 'rain', value, ...more }],
});
const maize = (period: string, quantity: number, more: object = {}) => ({
  statistics: [{ ...at(period), item: 'maize', quantity, price: 1000, ...more }],
});
const read = (period: string, territory = county) =>
  it$.test.db.snapshot(it$.actor, (tx) =>
    currentObservations(tx, { period, normId: 'sample', territories: [territory] }),
  );
const digestOf = async (period: string, territory = county) => (await read(period, territory))[0]?.digest;
const told = ({ problems }: ImportReport) =>
  problems.map(({ code, sheet, row, value, text }) => [code, sheet, row, value, text.en]);
/** Total of the account, and how many accounts the run computed anew. */
const compute = async (period: string) => {
  const run = await it$.recompute(period);
  const account = await it$.account(county, { period });
  return {
    yuan: account && Number(account.totals.totalFen) / 100,
    computed: run.progress.territories.computed,
    account,
  };
};

it('computes the account of a period from all sheets that stand, in whatever order they came', async () => {
  const first = await it$.deliver('rain', rain('2001', 1000));
  expect(first).toMatchObject({ status: 'accepted', dataSheet: 'rain', counts: { acceptedRows: 1, errors: 0 } });
  expect(await read('2001')).toEqual([]);
  await expect(compute('2001')).rejects.toMatchObject({ code: 'accounting.nothing-observed' });
  const second = await it$.deliver('crops', maize('2001', 3));
  expect(second.territories[0]).toMatchObject({ change: 'changed', dataSheets: ['crops', 'rain'] });
  await it$.deliver('land', land('2001', 2));
  const whole = await compute('2001');
  expect(whole.yuan).toBe(2 * 10_000 + 3 * 1000);

  await it$.deliver('land', { extent: [{ ...at('2001', other), type: 'forest', area: 2 }] });
  await it$.deliver('crops', { statistics: [{ ...at('2001', other), item: 'maize', quantity: 3, price: 1000 }] });
  await it$.deliver('rain', { attributes: [{ ...at('2001', other), type: '*', attribute: 'rain', value: 1000 }] });
  expect(await digestOf('2001', other)).toBe(await digestOf('2001'));
  const [{ chunks, statistics, deliveries }] = await read('2001');
  expect(deliveries.map(({ dataSheet }) => dataSheet)).toEqual(['crops', 'land', 'rain']);
  expect(chunks[0].batchId).toBe(deliveries[1].batchId);
  expect(statistics[0]).toMatchObject({ batch: deliveries[0].batchId, sheet: 'statistics', row: 1 });
});

it('lets a sheet supersede what it brought itself, and leaves an older vintage to its own uploads', async () => {
  await it$.deliver('land', land('2002', 2));
  await it$.deliver('rain', rain('2002', 1000));
  const two = await it$.deliver('crops', {
    statistics: [maize('2002', 3).statistics[0], { ...at('2002'), item: 'waterUse', quantity: 5, price: 1 }],
  });
  const before = await compute('2002');
  const shown = new Date();
  expect((await it$.deliver('crops', maize('2002', 4))).territories[0]).toMatchObject({ change: 'changed' });
  const after = await compute('2002');
  expect([before.yuan, after.yuan]).toEqual([23_000, 24_000]);
  expect((await read('2002'))[0].statistics.map(({ item }) => item)).toEqual(['maize']);
  const asOf = await it$.account(county, { period: '2002', asOf: shown });
  expect([asOf?.id, asOf?.digest]).toEqual([before.account?.id, before.account?.digest]);
  const old = await it$.test.db.snapshot(it$.actor, (tx) =>
    findObservation(tx, { ...at('2002'), normId: 'sample', digest: before.account!.observationDigest }),
  );
  expect(old?.statistics.map(({ item, quantity }) => `${item} ${quantity}`)).toEqual(['maize 3', 'waterUse 5']);
  expect(old?.deliveries.map(({ batchId }) => batchId)).toContain(two.batchId);
  expect((await it$.deliver('crops', maize('2002', 4))).alreadyImported).toBe(true);
  expect((await it$.deliver('crops', { ...maize('2002', 3), ...two })).alreadyImported).toBe(false);
});

it('computes nothing anew for a sheet that says the same again, and announces nothing', async () => {
  await it$.deliver('land', land('2003', 2, { rain: 1000 }));
  await it$.deliver('crops', maize('2003', 3));
  expect((await compute('2003')).computed).toBeGreaterThan(0);
  const again = await it$.deliver('crops', { statistics: [{ ...maize('2003', 3).statistics[0], remark: 'signed' }] });
  expect([again.alreadyImported, again.territories[0].change]).toEqual([false, 'unchanged']);
  const announced = await it$.test.db.snapshot(it$.actor, (tx) =>
    tx.query(`select 1 from platform.outbox where event = 'observation.batchImported' and key = $1`, [again.batchId]),
  );
  expect([announced, (await compute('2003')).computed]).toEqual([[], 0]);
});

it('refuses what two sheets give differently, naming both, both values and the mend, and keeps both as they were', async () => {
  await it$.deliver('crops', maize('2004', 3));
  const held = await digestOf('2004');
  const report = await it$.deliver('bureau', {
    statistics: [{ ...at('2004', other), item: 'maize', quantity: 7 }, maize('2004', 4).statistics[0]],
  });
  expect(report).toMatchObject({ status: 'partial', counts: { acceptedRows: 1, refusedRows: 1, errors: 1 } });
  expect(told(report)).toEqual([
    [
      ...['observation.sheet-overlap', 'statistics', 2, '4 t'],
      '"maize" is 4 t in the data sheet "bureau" and 3 t in the data sheet "crops" that holds, so which one counts cannot be told; this sheet was not kept for the territory and period',
    ],
  ]);
  expect(report.problems[0].mend.en).toContain('upload "crops" again without it');
  expect(await digestOf('2004')).toBe(held);
  expect(await digestOf('2004', other)).toBeDefined();
  const same = await it$.deliver('bureau', maize('2004', 3));
  expect([same.status, await digestOf('2004')]).toEqual(['accepted', held]);
  const twice = await it$.deliver('land', land('2004', 2));
  const forests = await it$.deliver('forestry', land('2004', 2));
  expect([twice.status, forests.status, told(forests)[0][4]]).toEqual([
    ...['accepted', 'refused'],
    expect.stringContaining('"forest" is 2 hm2 in the data sheet "forestry" and 2 hm2 in the data sheet "land"'),
  ]);
});

it('takes a whole upload for everything, and a sheet after it for its own part of it', async () => {
  await it$.deliver('crops', maize('2005', 9));
  await it$.observe(
    [{ ...forest(county, 3), period: '2005' }],
    [maize('2005', 3).statistics[0], { ...at('2005'), item: 'waterUse', quantity: 5, price: 1 }],
  );
  expect((await compute('2005')).yuan).toBe(33_000);
  await it$.deliver('crops', maize('2005', 5));
  await it$.deliver('crops', maize('2005', 4));
  const rows = await it$.test.db.snapshot(it$.actor, (tx) =>
    tx.query(
      `select pieces = array[whole_id] as shared from observation.chunk where period = '2005' order by sequence desc limit 1`,
    ),
  );
  expect([rows, (await compute('2005')).yuan]).toEqual([[{ shared: true }], 34_000]);
  await it$.deliver('rain', rain('2005', 2000));
  expect((await compute('2005')).yuan).toBe(64_000);
  const [{ deliveries, chunks, statistics }] = await read('2005');
  expect(deliveries.map(({ dataSheet }) => dataSheet)).toEqual([null, 'crops', 'rain']);
  expect([chunks[0].batchId, statistics[1].batch]).toEqual([deliveries[0].batchId, deliveries[0].batchId]);
  const lost = await it$.deliver('crops', { statistics: [{ ...at('2005'), item: 'waterUse', quantity: 5, price: 1 }] });
  expect((await read('2005'))[0].statistics.map(({ item }) => item)).toEqual(['waterUse']);
  expect(await it$.test.db.snapshot(it$.actor, (tx) => listBatchContent(tx, lost.batchId!))).toMatchObject([
    { ...at('2005'), patches: 0, digest: await digestOf('2005') },
  ]);
});

it('keeps both of two departments that upload at once, and of one that uploads twice at once the last', async () => {
  await it$.deliver('land', land('2006', 2));
  const office = testActor(['CN.520000.520500.520523'], 'farm office');
  await Promise.all([
    it$.deliver('rain', rain('2006', 1000)),
    it$.deliver('crops', maize('2006', 3), { actor: office }),
    it$.deliver('water', { statistics: [{ ...at('2006'), item: 'waterUse', quantity: 5 }] }),
    it$.deliver('crops', maize('2006', 3, { remark: 'again' })),
  ]);
  expect((await read('2006'))[0].deliveries.map(({ dataSheet }) => dataSheet)).toEqual([
    'crops',
    'land',
    'rain',
    'water',
  ]);
  expect((await compute('2006')).yuan).toBe(23_000);
});

it('counts rows that a sheet lost in the account of all, and shows another county nothing of them', async () => {
  await it$.deliver('land', land('2007', 2, { rain: 1000 }));
  await it$.deliver('crops', {
    statistics: [maize('2007', 3).statistics[0], { ...at('2007'), item: 'rye', quantity: 1 }],
  });
  const { account } = await compute('2007');
  expect(account?.coverage).toMatchObject({ refusedRows: 1, complete: false });
  const stranger = testActor(['CN.520000.520500.520521'], 'next county');
  const seen = await it$.test.db.snapshot(stranger, (tx) =>
    tx.query(
      `select distinct territory_code as code from observation.delivery union
       select territory_path::text from observation.piece where not territory_path ~ '*.520521.*'`,
    ),
  );
  expect(seen).toEqual([{ code: other }]);
});

it('joins a large map in a thread of its own, and gives the same', async () => {
  const patches = Array.from({ length: 60_000 }, (_, row) => {
    return { ...at('2008'), type: row % 2 ? 'forest' : 'grass', area: 0.001, patch: `p${row}` };
  });
  await it$.deliver('land', { extent: patches });
  const report = await it$.deliver('rain', rain('2008', 1000));
  expect(report.territories[0]).toMatchObject({ change: 'changed', dataSheets: ['land', 'rain'] });
  const [{ chunks }] = await read('2008');
  const { rows, columns, patchIds } = decodeChunk(chunks[0].bytes);
  expect([rows, new Set(columns.rain), patchIds?.[59_999]]).toEqual([60_000, new Set([1000]), 'p59999']);
  expect((await compute('2008')).account?.totals.totalFen).toBe(60_000_000n);
});

it('exports what holds of several sheets, and takes it in again as the same', async () => {
  const observations = new ObservationService(it$.test.db, new RulebookService(it$.test.db));
  const wanted = { period: '2001', normId: 'sample', territories: [county] };
  const { json } = await observations.exportObservations(it$.actor, wanted);
  const file = { bytes: Buffer.from(json), fileName: 'again.json', normId: 'sample', dryRun: true };
  const report = await observations.importFile(it$.actor, file);
  expect(report.territories).toMatchObject([{ change: 'unchanged', digest: await digestOf('2001') }]);
});
