/** Imports on the real database: batches, what holds, scopes, repeats, and files that are refused as a whole. */
import {
  chunkDigest,
  currentObservations,
  decodeChunk,
  findObservation,
  getBatch,
  listBatchContent,
  listBatches,
  listObservedTerritories,
} from '@gep/observation';
import type { ImportReport } from '@gep/observation';
import { verifyAuditChain, type Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { extentFile, importSetting, ImportSetting, normId } from '../fixtures/import-setting';
import { testActor } from '../fixtures/test-database';

let setting: ImportSetting;
beforeAll(async () => {
  setting = await importSetting();
});
afterAll(() => setting.test.drop());

const province = testActor(['CN.520000'], 'province');
const county = testActor(['CN.520000.520500.520523'], 'county');
const read = <T>(work: (tx: EntityManager) => Promise<T>, actor: Actor = province): Promise<T> =>
  setting.test.db.snapshot(actor, work);
const importExtent = (rows: (string | number)[][], more: object = {}, actor = province): Promise<ImportReport> =>
  setting.observations.importFile(actor, { ...extentFile(rows), normId, ...more });
const current = (period: string, territories = ['520521', '520523'], actor = province) =>
  read((tx) => currentObservations(tx, { period, normId, territories }), actor);
const errorsOf = (problems: ImportReport['problems']) => problems.filter(({ severity }) => severity === 'error');
const audits = () =>
  read((tx) =>
    tx.query<{ count: string }[]>(`select count(*) from platform.audit where action = 'observation.imported'`),
  );

it('keeps one batch with a chunk per territory and period, and gives it back as it came', async () => {
  const report = await importExtent([
    ['520523', '2020', 'cropland', 41.42],
    ['520523', '2020', 'broadleafForest', 34.07],
    ['520521', '2020', 'cropland', 1],
    ['520523', '2021', 'cropland', 2],
  ]);
  expect(report).toMatchObject({
    alreadyImported: false,
    dryRun: false,
    status: 'accepted',
    format: 'csv',
  });
  // Areas alone are good observations, and no account can be made of them.
  expect(new Set(report.problems.map(({ code }) => code))).toEqual(new Set(['observation.attribute-lacking']));
  expect(report.counts).toMatchObject({ rows: 4, acceptedRows: 4, patches: 4, errors: 0 });
  expect(report.territories).toMatchObject([
    { territory: '520521', period: '2020', patches: 1, change: 'new' },
    { territory: '520523', period: '2020', patches: 2, change: 'new' },
    { territory: '520523', period: '2021', patches: 1, change: 'new' },
  ]);
  const [dafang, jinsha] = await current('2020');
  expect([dafang.territory, jinsha.territory, jinsha.path]).toEqual(['520521', '520523', 'CN.520000.520500.520523']);
  const chunk = decodeChunk(jinsha.chunks[0].bytes);
  expect(chunk.types).toEqual(['broadleafForest', 'cropland']);
  expect(chunk.columns.area).toEqual(new Float64Array([41.42, 34.07]));
  expect([...chunk.sourceRow]).toEqual([2, 3]);
  expect(chunkDigest(chunk)).toBe(jinsha.chunks[0].digest);
  expect(jinsha.digest).toBe(report.territories[1].digest);
  expect(
    await read((tx) => listObservedTerritories(tx, { period: '2020', normId, within: 'CN.520000.520500' })),
  ).toMatchObject([
    { territory: '520521', path: 'CN.520000.520500.520521' },
    { territory: '520523', path: 'CN.520000.520500.520523' },
  ]);
});

it('knows the same file again while it holds, and says what changed when it does not', async () => {
  const first = [['520523', '2022', 'cropland', 10]];
  const one = await importExtent(first);
  const [{ count: before }] = await audits();
  const again = await importExtent(first);
  expect(again).toMatchObject({ batchId: one.batchId, alreadyImported: true, territories: [{ change: 'unchanged' }] });
  expect((await audits())[0].count).toBe(before);

  const two = await importExtent([['520523', '2022', 'cropland', 11]]);
  expect(two).toMatchObject({ alreadyImported: false, territories: [{ change: 'changed' }] });
  const back = await importExtent(first);
  expect(back).toMatchObject({
    alreadyImported: false,
    territories: [{ change: 'changed', digest: one.territories[0].digest }],
  });
  expect(back.batchId).not.toBe(one.batchId);
  expect((await current('2022'))[0].digest).toBe(one.territories[0].digest);
  // What held before stays readable, for the accounts that were computed from it.
  const { digest } = two.territories[0];
  const old = await read((tx) => findObservation(tx, { territory: '520523', period: '2022', normId, digest }));
  expect(old?.chunks[0].batchId).toBe(two.batchId);
});

it('gives the same digest to the same figures, whatever file they come in', async () => {
  const csv = await importExtent([['520523', '2023', 'cropland', 10]]);
  const place = { territory: '520523', period: '2023', precipitation: 1100, evapotranspiration: 600 };
  const json = await setting.observations.importFile(province, {
    fileName: 'a.json',
    bytes: Buffer.from(JSON.stringify({ extent: [{ ...place, type: '耕地', 'area [mu]': 150 }] })),
    normId,
  });
  expect(json).toMatchObject({
    alreadyImported: false,
    territories: [{ change: 'unchanged', digest: csv.territories[0].digest }],
  });
});

it('takes several CSV files as one batch, and does not let statistics alone put areas out of force', async () => {
  const statistics = {
    fileName: 'statistics.csv',
    bytes: Buffer.from('territory,period,item,quantity,price\n520523,2019,玉米,3万 t,2.5'),
  };
  const both = await importExtent([['520523', '2019', 'cropland', 10]], { alongside: [statistics] });
  expect(both.territories).toMatchObject([{ patches: 1, statistics: 1 }]);
  expect((await current('2019'))[0].statistics).toEqual([
    {
      item: 'maize',
      type: null,
      quantity: '30000',
      unit: 't',
      price: '2.5',
      priceUnit: 'yuan/t',
      sheet: 'statistics.csv',
      row: 2,
    },
  ]);
  const alone = await setting.observations.importFile(province, { ...statistics, normId });
  expect(alone).toMatchObject({
    status: 'refused',
    problems: [{ code: 'observation.extent-lost', sheet: 'statistics.csv', row: 2, column: 'A territory' }],
  });
  expect((await current('2019'))[0].digest).toBe(both.territories[0].digest);
});

it('keeps good rows beside bad ones, all problems with the batch, and nothing when asked so', async () => {
  const rows = [
    ['520523', '2018', 'cropland', 10],
    ['520523', '2018', 'crop land x', 10],
    ['520521', '2018', 'cropland', -1],
  ];
  const dry = await importExtent(rows, { dryRun: true });
  expect(dry).toMatchObject({
    batchId: null,
    dryRun: true,
    status: 'partial',
    territories: [{ territory: '520523', refusedRows: 1 }],
  });
  expect(await current('2018')).toEqual([]);
  const none = await importExtent(rows, { allOrNothing: true });
  expect(none).toMatchObject({
    status: 'refused',
    territories: [],
    counts: { rows: 3, acceptedRows: 0, refusedRows: 3, errors: 2 },
  });
  expect(await current('2018')).toEqual([]);
  const kept = await importExtent(rows);
  expect(kept).toMatchObject({ status: 'partial', counts: { acceptedRows: 1, refusedRows: 2, errors: 2 } });
  expect((await current('2018'))[0]).toMatchObject({ territory: '520523', refusedRows: 1 });
  const batch = await read((tx) => getBatch(tx, kept.batchId!));
  expect(batch).toMatchObject({
    fileName: 'extent.csv',
    status: 'partial',
    importedBy: 'province',
    normEdition: setting.norm.edition,
  });
  expect(errorsOf(batch.problems).map(({ row, column, code }) => [row, column, code])).toEqual([
    [3, 'C type', 'observation.type-unknown'],
    [4, 'D area', 'observation.negative'],
  ]);
  expect(batch.problems).toEqual(kept.problems);
});

describe('what the importer may not see', () => {
  it('is refused at its cells like what does not exist', async () => {
    const rows = [
      ['520523', '2017', 'cropland', 1],
      ['520521', '2017', 'cropland', 1],
      ['520599', '2017', 'cropland', 1],
      ['520523', '1999', 'cropland', 1],
    ];
    const report = await importExtent(rows, {}, county);
    expect(report).toMatchObject({ status: 'partial', territories: [{ territory: '520523', period: '2017' }] });
    const errors = errorsOf(report.problems);
    expect(errors.map(({ row, column, value, code }) => [row, column, value, code])).toEqual([
      [3, 'A territory', '520521', 'observation.territory-unknown'],
      [4, 'A territory', '520599', 'observation.territory-unknown'],
      [5, 'A territory', '520523', 'observation.territory-unknown'],
    ]);
    const texts = errors.map(({ text, value }) => text.en.replace(value, 'X').replace(/\d{4}/, 'Y'));
    expect(new Set(texts).size).toBe(1);
    expect(report.counts).toMatchObject({ rows: 4, acceptedRows: 1, refusedRows: 3, errors: 3 });
  });

  it('stays hidden: chunks and batches of others, also the same file', async () => {
    const rows = [
      ['520523', '2016', 'cropland', 1],
      ['520302', '2016', 'cropland', 2],
    ];
    const whole = await importExtent(rows);
    expect((await current('2016', ['520523', '520302'], county)).map(({ territory }) => territory)).toEqual(['520523']);
    await expect(read((tx) => getBatch(tx, whole.batchId!), county)).rejects.toMatchObject({
      code: 'observation.batch-missing',
    });
    await expect(read((tx) => getBatch(tx, 'x'), county)).rejects.toMatchObject({ code: 'observation.batch-missing' });
    const part = await importExtent(rows, {}, county);
    expect(part).toMatchObject({ alreadyImported: false, territories: [{ territory: '520523', change: 'unchanged' }] });
    const seen = await read((tx) => listBatches(tx, { limit: 50 }), county);
    expect(seen.map(({ id }) => id)).toContain(part.batchId);
    expect(seen.map(({ id }) => id)).not.toContain(whole.batchId);
    expect(await read((tx) => listBatchContent(tx, whole.batchId!), county)).toMatchObject([{ territory: '520523' }]);
    const [latest, next] = await read((tx) => listBatches(tx, { limit: 2 }));
    expect((await read((tx) => listBatches(tx, { limit: 1, before: latest.id })))[0].id).toBe(next.id);
  });
});

it('gives back tables that import to the same digests', async () => {
  const statistics = {
    fileName: 'statistics.csv',
    bytes: Buffer.from('territory,period,item,quantity,price\n520523,2014,maize,3,2.5'),
  };
  const rows = [
    ['520523', '2014', 'cropland', 0.1],
    ['520521', '2014', 'lake', 1e-7],
  ];
  const given = await importExtent(rows, { alongside: [statistics] });
  const of = { period: '2014', normId, territories: ['520521', '520523'] };
  const { extentCsv, statisticsCsv, json } = await setting.observations.exportObservations(province, of);
  const files = [extentCsv, statisticsCsv].map((text, i) => ({ fileName: `${i}.csv`, bytes: Buffer.from(text) }));
  const asCsv = await setting.observations.importFile(province, { ...files[0], alongside: files.slice(1), normId });
  const asJson = await setting.observations.importFile(province, {
    fileName: 'a.json',
    bytes: Buffer.from(json),
    normId,
  });
  for (const again of [asCsv, asJson]) {
    expect(again.territories).toEqual(given.territories.map((each) => ({ ...each, change: 'unchanged' })));
  }
  const hidden = await setting.observations.exportObservations(county, of);
  expect(hidden.extentCsv).not.toContain('520521');
});

it('is one batch when two send the same file at the same moment', async () => {
  const rows = [['520523', '2015', 'cropland', 5]];
  const reports = await Promise.all(Array.from({ length: 4 }, () => importExtent(rows)));
  expect(new Set(reports.map(({ batchId }) => batchId)).size).toBe(1);
  expect(reports.filter(({ alreadyImported }) => !alreadyImported)).toHaveLength(1);
});

it('stores names and values of any text', async () => {
  const rows = { territory: '520523', period: '2013', type: 'crop\u0000\ud800land', area: 1 };
  const bytes = Buffer.from(JSON.stringify({ extent: [rows], 'x\u0000\udc00': 1 }));
  const report = await setting.observations.importFile(province, { fileName: 'a\u0000\ud800.json', bytes, normId });
  expect(report).toMatchObject({
    status: 'refused',
    problems: [{ column: 'x\ufffd\ufffd' }, { value: 'crop\ufffd\ufffdland' }],
  });
  const batch = await read((tx) => getBatch(tx, report.batchId!));
  expect([batch.fileName, batch.problems]).toEqual(['a\ufffd\ufffd.json', report.problems]);
});

it('refuses a file as a whole when it is too large or unreadable, or the norm is not published', async () => {
  await expect(importExtent([], { normId: 'no-such-norm' })).rejects.toMatchObject({ kind: 'missing' });
  const file = { fileName: 'a.xlsx', bytes: Buffer.from('no archive'), normId };
  await expect(setting.observations.importFile(province, file)).rejects.toMatchObject({
    code: 'observation.file-unreadable',
  });
  const huge = { fileName: 'a.csv', bytes: Buffer.alloc(129 * 2 ** 20, ','), normId };
  await expect(setting.observations.importFile(province, huge)).rejects.toMatchObject({
    code: 'observation.file-too-large',
  });
  const columns = { fileName: 'a.csv', bytes: Buffer.alloc(1e6, ','), normId };
  await expect(setting.observations.importFile(province, columns)).rejects.toThrow('too many columns in row 1');
});

it('cannot change or remove what was imported, and leaves a whole audit trail and one announcement per batch', async () => {
  await expect(
    setting.test.db.transaction(province, (tx) => tx.query(`update observation.chunk set period = '1900'`)),
  ).rejects.toThrow('permission denied');
  await expect(
    setting.test.db.transaction(province, (tx) => tx.query(`delete from observation.batch`)),
  ).rejects.toThrow('permission denied');
  expect(await read((tx) => verifyAuditChain(tx), testActor())).not.toHaveProperty('broken');
  const [{ announced }] = await read((tx) =>
    tx.query<{ announced: number }[]>(
      `select count(*)::int as announced from platform.outbox where event = 'observation.batchImported'`,
    ),
  );
  expect(announced).toBeGreaterThan(5);
});
