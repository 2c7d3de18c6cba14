/** Evaluation from a terminal by persons who sign in: a plan of targets to its close, a year of scores, an incident. */
import { operator, UserService } from '@gep/access';
import { TerritoryService } from '@gep/territory';
import { scorecardRule } from '../fixtures/sample-scorecard';
import { cliOnDatabase } from './cli-place';
import { gep } from './cli-under-test';
import { planOf } from './targets-of-county';

const password = 'lake of seven herons';
const { at, write, database, done, run, environment } = cliOnDatabase();
const [city, county] = ['990100', '990101'];

beforeAll(async () => {
  const dated = { nameEn: null, validFrom: '2000-01-01', validTo: null, source: 'made up' };
  const { db } = database();
  await new TerritoryService(db).importTerritories(operator, [
    { code: 'CN', nameZh: '全国', level: 'nation', parentCode: null, ...dated },
    { code: '990000', nameZh: '示例省', level: 'province', parentCode: 'CN', ...dated },
    { code: city, nameZh: '示例市', level: 'prefecture', parentCode: '990000', ...dated },
    { code: county, nameZh: '示例县', level: 'county', parentCode: city, ...dated },
  ]);
  for (const [login, role, code, path] of [
    ['officer', 'evaluation-officer', city, 'CN.990000.990100'],
    ['statistics', 'data-department', city, 'CN.990000.990100'],
    ['checker', 'evaluation-checker', city, 'CN.990000.990100'],
    ['approver', 'evaluation-approver', city, 'CN.990000.990100'],
    ['county', 'party', county, 'CN.990000.990100.990101'],
  ] as const) {
    const grants = [{ role, territory: { code, path } }];
    await new UserService(db).addUser(operator, { login, name: login, grants, password });
  }
}, 60_000);

const by = (login: string, ...args: readonly string[]) =>
  run(['target', ...args, '--as', login, '--password-stdin'], `${password}\n`);
async function made(login: string, ...args: readonly string[]): Promise<{ id: string; to: string }> {
  const { code, stderr, json } = await by(login, ...args);
  expect([args.slice(0, 2), code, stderr]).toEqual([args.slice(0, 2), 0, '']);
  return json();
}
const read = <T>(...args: readonly string[]): Promise<T> => done<T>(['target', ...args]);

it('goes from the figures of a yearbook to the close of a plan', async () => {
  const paper = write('yearbook.txt', 'invented');
  for (const [year, value] of [
    ['2022', '1000'],
    ['2023', '1060'],
    ['2024', '1090.50'],
  ]) {
    const from = ['--value', value, '--by', 'Statistics', '--supplier', city];
    const { id } = await made('statistics', 'supply', county, year, paper, ...from);
    await made('checker', 'judge', id, 'confirm');
  }
  expect(await read('figures', county)).toHaveLength(3);
  const { id } = await made('officer', 'draft', write('plan.json', planOf('gdp', [county], city)));
  await made('county', 'counter', id, county, '--indicator', 'gdp=1080', '--reason', 'two dry years');
  const refused = await by('officer', 'negotiate', 'gdp');
  expect(refused.code).not.toBe(0);
  expect((await made('checker', 'negotiate', 'gdp')).to).toBe('negotiated');
  expect((await made('approver', 'issue', 'gdp', '--reason', 'below the trend')).to).toBe('issued');
  expect(await read('list', city)).toMatchObject([{ code: 'gdp', editionNo: 1 }]);
  const { rows } = await read<{ rows: object[] }>('progress', 'gdp', '2024');
  expect(rows).toMatchObject([{ units: [county], attainmentShown: '99.14', isReached: false }]);
  expect(await read('forecast', 'gdp', '2023')).toMatchObject({ rows: [{ forecast: { state: 'refused' } }] });
  const record = await made('officer', 'record', 'gdp', '2024');
  expect((await made('checker', 'confirm', record.id)).to).toBe('confirmed');
  expect(await read('records', 'gdp')).toMatchObject([{ year: 2024, round: 1, state: 'confirmed' }]);
  expect((await made('approver', 'close', 'gdp')).to).toBe('closed');
  expect(await read('show', 'gdp')).toMatchObject({ state: 'closed', countered: [county] });
});

it.each([
  ['zh', ['list'], '目标期'],
  ['en', ['show', 'gdp'], 'counter-proposals that stand: 990101'],
  ['zh', ['progress', 'gdp', '2024'], '完成率'],
  ['en', ['forecast', 'gdp', '2023'], 'log-linear-t'],
  ['en', ['records', 'gdp'], 'Restated since'],
  ['zh', ['figures', county], '提供部门'],
])('says it in %s: %j', async (language, args, told) => {
  const said = await gep(['target', ...args, '--lang', language], { env: environment(), cwd: at() });
  expect([said.code, said.stderr]).toEqual([0, '']);
  expect(said.stdout).toContain(told);
});

async function did<T = { id: string; to: string }>(login: string, ...args: readonly string[]): Promise<T> {
  const { code, stderr, json } = await run([...args, '--as', login, '--password-stdin'], `${password}\n`);
  expect([args.slice(0, 3), code, stderr]).toEqual([args.slice(0, 3), 0, '']);
  return json() as T;
}

it('scores a year from files, explains every point, replays it, and registers an incident', async () => {
  const { edition } = await did<{ edition: string }>('officer', 'policy', 'propose', write('card.yaml', scorecardRule));
  await did('approver', 'policy', 'adopt', edition, city, '--from', '2020-01-01', '--reason', 'resolution 4');
  for (const [year, department, file] of [
    ['2023', 'water', write('w23.csv', `unit,water [万m3],dams\n${county},100,3\n`)],
    ['2024', 'water', write('w24.csv', `unit,water [m3],dams\n${county},1100000,3\n`)],
    ['2024', 'forestry', write('f24.csv', `单位代码,覆盖率\n${county},60\n`)],
  ]) {
    const from = ['--department', department, '--supplier', city];
    const { id } = await did('statistics', 'score', 'deliver', city, year, file, ...from);
    expect((await did('checker', 'score', 'judge', id, 'verify')).to).toBe('verified');
  }
  expect(await done(['score', 'status', city, '2024'])).toMatchObject({ percent: 100 });
  const { id } = await did('officer', 'score', 'run', city, '2024');
  for (const [login, step] of [
    ['checker', 'verify'],
    ['approver', 'score'],
    ['officer', 'notify'],
  ])
    await did(login, 'score', 'act', id, step);
  // 40 × 0.75 + 30 × 1.1 + 30.
  expect(await done(['score', 'show', id, '--unit', county])).toMatchObject({
    score: '93',
    grade: 'fair',
    award: false,
    hints: [],
    notCompared: [{ en: expect.stringContaining('2024') }],
  });
  expect(await done(['score', 'check', id])).toMatchObject({ isSame: true });
  expect(await done(['score', 'standings', city, '2024'])).toMatchObject([{ unit: county, standing: 'notified' }]);
  const found = ['--year', '2024', '--happened', '2024-05-01', '--found', '2024-06-01', '--authority', 'Inspection'];
  const paper = ['--finding', 'a spill', '--document', 'decision 9', '--digest', 'c'.repeat(64)];
  const incident = await did('officer', 'incident', 'record', county, 'major-incident', ...found, ...paper);
  expect((await did('checker', 'incident', 'act', incident.id, 'confirm')).to).toBe('confirmed');
  const next = await did('officer', 'score', 'rescore', id, '--reason', 'a major incident');
  expect(await done(['score', 'list', city, '2024'])).toMatchObject([
    { id: next.id, versionNo: 2 },
    { id, versionNo: 1 },
  ]);
});

it.each([
  ['zh', ['score', 'status', city, '2024'], '林业局'],
  ['en', ['score', 'deliveries', city, '2024'], 'w24.csv'],
  ['en', ['score', 'list', city], 'Result digest'],
  ['zh', ['score', 'standings', city], '版次'],
  ['zh', ['incident', 'list', city], 'a spill'],
])('says scores and incidents in %s: %j', async (language, args, told) => {
  const said = await gep([...args, '--lang', language], { env: environment(), cwd: at() });
  expect([said.code, said.stderr]).toEqual([0, '']);
  expect(said.stdout).toContain(told);
});
