/** Data sheets on the real database: what came in by uploads, what is missing, and reminders that go out once a day. */
import { cpSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSheets, listReminders, QualityService } from '@gep/accounting';
import { ObservationService } from '@gep/observation';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { type AccountingTest, forest, startAccounting } from './accounting-setup';

const sheets = `
id: sample
title: { zh: 样例, en: Sample }
source: { zh: 自定, en: ours }
grade: unverified
norms: [sample]
levels: [county]
periods: [year]
sheets:
  - { code: land, title: { zh: 土地, en: Land }, department: { zh: 自然资源, en: Land office }, due: { months: 1 }, tables: [{ kind: extent }] }
  - { code: rain, title: { zh: 气象, en: Rain }, department: { zh: 气象, en: Weather office }, due: { months: 2 }, tables: [{ kind: attributes, columns: [rain] }] }
  - { code: crops, title: { zh: 农业, en: Crops }, department: { zh: 农业, en: Farm office }, due: { months: 3 }, tables: [{ kind: statistics, items: [maize] }] }
`;

let it$: AccountingTest;
let folder: string;
let service: DataSheets;
beforeEach(async () => {
  it$ = await startAccounting();
  await it$.publish();
  folder = mkdtempSync(join(tmpdir(), 'gep-sheets-'));
  mkdirSync(join(folder, 'sheets'));
  writeFileSync(join(folder, 'sheets', 'sample.yaml'), sheets);
  service = new DataSheets(it$.test.db, new RulebookFolder(folder));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await it$.close();
});

const county = '520523';
const key = (period = '2024', territory = county) => ({ territory, period, normId: 'sample' });
const states = async (date: string, of = key()) =>
  (await service.show(it$.actor, of, date)).map(({ sheet, state, overdue, receipt }) =>
    [sheet, state, overdue ? 'late' : 'in time', receipt ? 'receipt' : '-'].join(' '),
  );
const grass = (period: string) => ({ territory: county, period, type: 'grass', area: 2 });
const events = () =>
  it$.test.db.snapshot(it$.actor, (tx) =>
    tx.query("SELECT key, payload FROM platform.outbox WHERE event = 'accounting.sheet-overdue' ORDER BY id"),
  );

it('tells sheet by sheet what has come in, from whom, and what is late', async () => {
  expect(await states('2025-02-28')).toEqual([
    'land missing late -',
    'rain missing in time -',
    'crops missing in time -',
  ]);
  await it$.observe([grass('2024')], [{ territory: county, period: '2024', item: 'maize', quantity: 3, price: 2000 }]);
  expect(await states('2025-03-01')).toEqual([
    'land received in time receipt',
    'rain missing late -',
    'crops received in time receipt',
  ]);
  await it$.observe([forest(county, 3)]);
  expect(await states('2025-04-01')).toEqual([
    'land received in time receipt',
    'rain received in time receipt',
    'crops missing late -',
  ]);
});

it('tells by whose upload each department delivered, and refuses a sheet that no list has', async () => {
  const observations = new ObservationService(
    it$.test.db,
    new RulebookService(it$.test.db),
    undefined,
    new RulebookFolder(folder),
  );
  const deliver = (dataSheet: string, tables: object) => {
    const file = { bytes: Buffer.from(JSON.stringify(tables)), fileName: `${dataSheet}.json` };
    return observations.importFile(it$.actor, { ...file, normId: 'sample', dataSheet });
  };
  const rain = { attributes: [{ territory: county, period: '2024', type: '*', attribute: 'rain', value: 900 }] };
  const { batchId } = await deliver('rain', rain);
  expect(await states('2025-03-01')).toEqual([
    ...['land missing late -', 'rain received in time receipt', 'crops missing in time -'],
  ]);
  await deliver('land', { extent: [grass('2024')] });
  const [land, weather] = await service.show(it$.actor, key());
  expect([land.receipt?.batch === batchId, weather.receipt?.batch === batchId]).toEqual([false, true]);
  await expect(deliver('rainfall', rain)).rejects.toMatchObject({
    code: 'observation.sheet-unknown',
    facts: { known: ['land', 'rain', 'crops'] },
  });
});

it('asks for nothing where no list holds, and shows a county to nobody of another', async () => {
  expect(await states('2026-01-01', key('2024-Q1'))).toEqual([]);
  expect(await states('2026-01-01', key('2024', '520500'))).toEqual([]);
  const stranger = { ...it$.actor, scope: ['CN.530000'] };
  await expect(service.show(stranger, key())).rejects.toMatchObject({ kind: 'missing' });
});

it('reminds once a day of what is late, of those who have reported before', async () => {
  expect(await service.remind('2025-03-10')).toEqual([]);
  await it$.observe([{ ...grass('2023'), rain: 900 }]);
  await it$.recompute('2023');
  const first = await service.remind('2025-03-10');
  expect(first.map(({ territory, period, sheet, due }) => [territory, period, sheet, due])).toEqual([
    [county, '2024', 'land', '2025-01-31'],
    [county, '2024', 'rain', '2025-02-28'],
  ]);
  expect(await service.remind('2025-03-10')).toEqual([]);
  const both = await Promise.all([service.remind('2025-03-11'), service.remind('2025-03-11')]);
  expect(both.flat()).toHaveLength(2);
  await it$.observe([grass('2024')]);
  expect((await service.remind('2025-04-01')).map(({ sheet }) => sheet)).toEqual(['rain', 'crops']);
  const announced = await events();
  expect(announced).toHaveLength(6);
  expect(announced[0]).toEqual({
    key: `${county} 2024 sample land 2025-03-10`,
    payload: { ...key(), sheet: 'land', day: '2025-03-10', due: '2025-01-31', missing: ['extent'] },
  });
});

it('reminds where a list says that it is in force, also those that have never reported', async () => {
  writeFileSync(join(folder, 'sheets', 'sample.yaml'), `${sheets}places: ['520500']\n`);
  const late = await service.remind('2025-02-10');
  expect(late.map(({ territory, sheet }) => `${territory} ${sheet}`)).toEqual(['520521 land', '520523 land']);
  expect(await states('2025-02-10')).toContain('land missing late -');
  expect(await states('2025-02-10', key('2024', '530102'))).toEqual([]);
});

it('finds in an account what was due and is missing: grave where the list is in force, else a hint', async () => {
  cpSync('rulebook/checks', join(folder, 'checks'), { recursive: true });
  const quality = new QualityService(it$.test.db, new RulebookService(it$.test.db), new RulebookFolder(folder));
  const found = async (period: string, territory = county) => {
    const { id } = (await it$.account(territory, { period }))!;
    const findings = (await quality.findings(it$.actor, id)).filter(({ rule }) => rule === 'sheetMissing');
    const open = await it$.test.db.snapshot(it$.actor, (tx) => quality.openFindings(tx, id));
    const inTheWay = open.filter(({ rule }) => rule === 'sheetMissing').length;
    const told = findings.map(
      ({ grade, cells, found: there, expected }) => `${grade} ${cells[0]} ${there}/${expected}`,
    );
    return { told, inTheWay, causes: findings.map(({ cause }) => cause) };
  };
  const tomorrow = '2150';
  for (const period of ['2024', tomorrow]) {
    await it$.observe([forest(county, 3, { period })]);
    await it$.recompute(period);
  }
  expect(await found('2024')).toMatchObject({ told: ['D sheets.crops 0/1'], inTheWay: 0 });

  writeFileSync(join(folder, 'sheets', 'sample.yaml'), `${sheets}places: ['520500']\n`);
  const late = await found('2024');
  expect(late).toMatchObject({ told: ['A sheets.crops 0/1'], inTheWay: 1 });
  expect(late.causes[0].zh).toMatch('农业的数据表“农业”（crops）2025-03-31 到期，已逾期，账户核算时缺：maize');
  expect(late.causes[0].en).toMatch('the data sheet "Crops" (crops) of the Farm office was due on 2025-03-31');
  expect(await found(tomorrow)).toMatchObject({ told: ['D sheets.crops 0/1'], inTheWay: 0 });
  expect(await found('2024', '520500')).toMatchObject({ told: [] });

  await it$.deliver('crops', {
    statistics: [{ territory: county, period: '2024', item: 'maize', quantity: 3, price: 2000 }],
  });
  expect(await found('2024')).toMatchObject({ told: ['A sheets.crops 0/1'] });
  await it$.recompute('2024');
  expect(await found('2024')).toMatchObject({ told: [], inTheWay: 0 });
});

it('lists reminders page by page, the latest day first, to those who may see the territory', async () => {
  await it$.observe([
    { ...grass('2023'), rain: 900 },
    { ...forest('530102', 1), period: '2023' },
  ]);
  await it$.recompute('2023');
  await service.remind('2025-03-10');
  await service.remind('2025-03-11');
  const page = (scope: string[], after?: Parameters<typeof listReminders>[2]['after']) =>
    it$.test.db.snapshot({ ...it$.actor, scope }, (tx) => listReminders(tx, {}, { limit: 3, after }));
  const shown = (rows: Awaited<ReturnType<typeof page>>) =>
    rows.map(({ day, territory, sheet }) => `${day} ${territory} ${sheet}`);
  const first = await page(['CN']);
  const second = await page(['CN'], first[2]);
  const third = await page(['CN'], second[2]);
  expect([...shown(first), ...shown(second), ...shown(third)]).toEqual(
    ['2025-03-11', '2025-03-10'].flatMap((day) =>
      [county, '530102'].flatMap((code) => ['land', 'rain'].map((sheet) => `${day} ${code} ${sheet}`)),
    ),
  );
  expect(shown(await page(['CN.530000']))).toEqual([
    ...['2025-03-11 530102 land', '2025-03-11 530102 rain', '2025-03-10 530102 land'],
  ]);
});
