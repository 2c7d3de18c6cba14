/** Dated territories on the real database: import, reads as of a day, and what the database itself refuses. */
import path from 'node:path';
import { Client } from 'pg';
import type { EntityManager } from 'typeorm';
import { verifyAuditChain } from '@gep/platform';
import {
  ancestorsOf,
  findTerritory,
  getTerritory,
  levelOfCode,
  listChildren,
  listSubtree,
  loadTerritoryFile,
  parentOfCode,
  pathsOf,
  placesOfPath,
  searchTerritories,
  TerritoriesRefused,
  TerritoryMissing,
  TerritoryService,
  type TerritoryRow,
} from '@gep/territory';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

let test: TestDatabase;
let service: TerritoryService;
beforeAll(async () => {
  test = await createTestDatabase();
  service = new TerritoryService(test.db);
});
afterAll(() => test.drop());

const actor = testActor();
/** Names of places are public: a reader without any scope sees them. */
const read = <T>(work: (tx: EntityManager) => Promise<T>) => test.db.snapshot(testActor([]), work);
const sampleFile = path.resolve(__dirname, '../../rulebook/territories/sample.yaml');

const row = (code: string, validFrom: string, more: Partial<TerritoryRow> = {}): TerritoryRow => ({
  code,
  nameZh: `名${code}`,
  nameEn: null,
  level: levelOfCode(code),
  parentCode: parentOfCode(code),
  validFrom,
  validTo: null,
  source: 'test',
  ...more,
});

const auditRows = async (): Promise<number> => (await test.db.snapshot(actor, (tx) => verifyAuditChain(tx))).rows;

describe('the sample', () => {
  it('is taken in once, with one row in the trail', async () => {
    const rows = await loadTerritoryFile(sampleFile);
    const before = await auditRows();
    expect(await service.importTerritories(actor, rows)).toEqual({ rows: 5, added: 5, closed: 0, unchanged: 0 });
    expect(await auditRows()).toBe(before + 1);
    expect(await service.importTerritories(actor, rows)).toEqual({ rows: 5, added: 0, closed: 0, unchanged: 5 });
    expect(await auditRows()).toBe(before + 1);
  });

  it('is read from any side', async () => {
    const mine = await read((tx) => getTerritory(tx, '520523-jinsha-mine', '2024-12-31'));
    expect(mine).toEqual({
      code: '520523-jinsha-mine',
      nameZh: '金沙县修复煤矿',
      nameEn: 'Restored coal mine in Jinsha',
      level: 'site',
      parentCode: '520523',
      path: 'CN.520000.520500.520523.520523_jinsha_mine',
      validFrom: '2012-01-01',
      validTo: null,
      source: expect.stringContaining('10.30955/gnj.08218'),
    });
    const above = await read((tx) => ancestorsOf(tx, mine.code, '2024-12-31'));
    expect(above.map(({ code }) => code)).toEqual(['520523', '520500', '520000', 'CN']);
    expect([mine.code, ...above.map(({ code }) => code)]).toEqual(placesOfPath(mine.path));
    expect((await read((tx) => listChildren(tx, '520500', '2024-12-31'))).map(({ nameEn }) => nameEn)).toEqual([
      'Jinsha',
    ]);
    const below = await read((tx) => listSubtree(tx, '520000', '2024-12-31', ['county', 'site']));
    expect(below.map(({ code }) => code)).toEqual(['520523', '520523-jinsha-mine']);
    const paths = await read((tx) => pathsOf(tx, ['520523', '999999', 'CN'], '2024-12-31'));
    expect([...paths].sort()).toEqual([
      ['520523', 'CN.520000.520500.520523'],
      ['CN', 'CN'],
    ]);
    for (const text of ['金沙', 'jinsha', '520523', 'COAL']) {
      const found = await read((tx) => searchTerritories(tx, text, '2024-12-31', 10));
      expect(found.map(({ code }) => code)).toContain('520523-jinsha-mine');
    }
    expect(await read((tx) => searchTerritories(tx, '%', '2024-12-31', 10))).toEqual([]);
  });

  it('is not there before its day', async () => {
    expect(await read((tx) => findTerritory(tx, '520523', '2011-12-31'))).toBeUndefined();
    await expect(read((tx) => getTerritory(tx, '520523', '2011-12-31'))).rejects.toThrow(TerritoryMissing);
    await expect(read((tx) => listSubtree(tx, '520599', '2024-12-31'))).rejects.toThrow(TerritoryMissing);
  });
});

it('a county renamed and moved is read as it was on each day', async () => {
  await service.importTerritories(actor, [
    row('530000', '2000-01-01', { parentCode: 'CN', validFrom: '2012-01-01' }),
    row('530100', '2012-01-01'),
    row('530200', '2012-01-01'),
    row('530101', '2012-01-01', { nameZh: '旧县' }),
  ]);
  await service.importTerritories(actor, [row('530101', '2020-07-01', { nameZh: '新区', parentCode: '530200' })]);
  const on = (date: string) => read((tx) => getTerritory(tx, '530101', date));
  expect(await on('2020-06-30')).toMatchObject({
    nameZh: '旧县',
    path: 'CN.530000.530100.530101',
    validTo: '2020-07-01',
  });
  expect(await on('2020-07-01')).toMatchObject({ nameZh: '新区', path: 'CN.530000.530200.530101', validTo: null });
  const children = (date: string) => read((tx) => listChildren(tx, '530100', date));
  expect([(await children('2020-06-30')).length, (await children('2020-07-01')).length]).toEqual([1, 0]);
});

it('nothing is taken in when one row is wrong, and every problem is named', async () => {
  const rows = [row('540000', '2012-01-01'), row('540100', '2011-01-01'), row('540101', '2012-01-01', { nameZh: '' })];
  const refused = await service.importTerritories(actor, rows).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(TerritoriesRefused);
  expect((refused as TerritoriesRefused).facts).toMatchObject({
    count: 1,
    problems: [{ row: 3, code: 'territory.name-invalid' }],
  });
  const again = await service.importTerritories(actor, rows.slice(0, 2)).catch((error: unknown) => error);
  expect((again as TerritoriesRefused).facts).toMatchObject({
    problems: [{ row: 2, code: 'territory.parent-missing' }],
  });
  expect(await read((tx) => findTerritory(tx, '540000', '2024-01-01'))).toBeUndefined();
});

it('imports at the same time wait for one another', async () => {
  const names = ['甲', '乙', '丙', '丁'];
  const outcomes = await Promise.allSettled(
    names.map((nameZh) => service.importTerritories(actor, [row('550000', '2012-01-01', { nameZh })])),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(TerritoriesRefused);
});

describe('the database by itself', () => {
  const run = async (sql: string): Promise<string> => {
    const client = new Client({ connectionString: test.config.databaseUrl });
    await client.connect();
    try {
      await client.query(sql);
      return 'done';
    } catch (error) {
      return (error as { constraint?: string; message: string }).constraint ?? (error as Error).message;
    } finally {
      await client.end();
    }
  };
  const insert = (code: string, parent: string, at: string, from: string, to: string) =>
    run(`insert into territory.territory (code, name_zh, level, parent_code, path, valid_from, valid_to, source)
         values ('${code}', 'x', 'county', '${parent}', '${at}', '${from}', ${to}, 'test')`);

  it('refuses two rows of one code on one day', async () => {
    expect(await insert('520523', '520500', 'CN.520000.520500.520523', '2030-01-01', 'null')).toBe(
      'territory_one_at_a_time',
    );
  });

  it('refuses a path that does not end with parent and code', async () => {
    expect(await insert('520599', '520500', 'CN.520000.520500.520598', '2030-01-01', 'null')).toMatch(/check/);
    expect(await insert('520599', '520500', 'CN.520000.520600.520599', '2030-01-01', 'null')).toMatch(/check/);
  });

  it('lets the application end a row and nothing more', async () => {
    expect(await run(`update territory.territory set name_zh = 'x'`)).toContain('permission denied');
    expect(await run(`delete from territory.territory`)).toContain('permission denied');
    expect(await run(`truncate territory.territory`)).toContain('permission denied');
  });
});
