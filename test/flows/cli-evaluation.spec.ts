/** Evaluation from a terminal: a plan of targets by persons who sign in, from the figures under it to its close. */
import { operator, UserService } from '@gep/access';
import { TerritoryService } from '@gep/territory';
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
