/** Data sheets from a terminal, as real processes: a department signs in, sends its own sheet and takes it back. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadNorm, RulebookService } from '@gep/rulebook';
import { TerritoryService } from '@gep/territory';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';
import { tree } from './api-under-test';
import { gep, root, type Outcome } from './cli-under-test';

const password = 'lake of seven herons\n';
const soil = 'territory,period,type,attribute,value\n520523,2024,*,rainfallErosivity,3000\n';

let database: TestDatabase;
let folder: string;
let file: string;
beforeAll(async () => {
  database = await createTestDatabase();
  await new TerritoryService(database.db).importTerritories(testActor(), tree);
  const norm = await loadNorm('cn-terrestrial', path.join(root, 'rulebook'));
  await new RulebookService(database.db).publish(testActor(), norm);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gep-sheets-'));
  file = path.join(folder, 'soil.csv');
  fs.writeFileSync(file, soil);
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true });
  await database.drop();
});

const run = (args: readonly string[], input?: string): Promise<Outcome> => {
  const { databaseUrl, secret } = database.config;
  const env = { NODE_ENV: 'test', DATABASE_URL: databaseUrl, GEP_SECRET: secret, GEP_DATA_DIR: folder };
  return gep([...args, '--json'], { env, cwd: folder, input });
};

it('sends and takes back the own sheet, and nobody else’s', async () => {
  const role = ['--role', 'accountant', '--territory', '520523', '--sheet', 'soilAndWater'];
  expect((await run(['user', 'add', 'jinsha-water', ...role, '--password-stdin'], password)).code).toBe(0);
  const as = ['--as', 'jinsha-water', '--password-stdin'];

  const silent = await run(['observe', file, '--sheet', 'soilAndWater', '--as', 'jinsha-water'], password);
  expect([silent.code, silent.stderr]).toEqual([1, expect.stringContaining('--password-stdin')]);

  const foreign = await run(['observe', file, '--sheet', 'weather', ...as], password);
  expect([foreign.code, foreign.stderr]).toEqual([1, expect.stringContaining('observation.sheet-of-others')]);
  expect(foreign.stderr).toMatch('气象主管机构');
  const sent = await run(['observe', file, '--sheet', 'soilAndWater', ...as], password);
  expect([sent.code, sent.stderr]).toEqual([0, '']);

  const why = ['--reason', '误报了上一年的数据'];
  const back = await run(['sheet', 'take-back', '520523', '2024', 'soilAndWater', ...why, ...as], password);
  expect([back.code, back.json()]).toEqual([0, expect.objectContaining({ dataSheet: 'soilAndWater', dataSheets: [] })]);
  const again = await run(['sheet', 'take-back', '520523', '2024', 'soilAndWater', ...why]);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('observation.sheet-not-standing')]);
});

it('reminds at once when asked to, once a day, and names what is late', async () => {
  const reported = path.join(folder, 'reported.csv');
  const head = 'territory,period,type,area [hm2],precipitation [mm/a],evapotranspiration [mm/a],';
  const soilHead = 'rainfallErosivity,soilErodibility,slopeFactor,coverFactor,practiceFactor';
  fs.writeFileSync(reported, `${head}${soilHead}\n520523,2023,meadow,10,1000,600,3000,0.03,2,0.1,1\n`);
  expect((await run(['observe', reported])).code).toBe(0);
  expect((await run(['recompute', '--period', '2023', '--territory', '520523'])).code).toBe(0);
  const remind = ['review', 'remind', '--date', '2025-04-10'];
  const sent = await run(remind);
  expect([sent.code, sent.json()]).toEqual([
    0,
    expect.arrayContaining([expect.objectContaining({ territory: '520523', period: '2024', sheet: 'weather' })]),
  ]);
  expect((await run(remind)).json()).toEqual([]);
});

it('says on publishing a norm that the tree has no such place', async () => {
  const own = path.join(folder, 'own');
  fs.mkdirSync(own);
  const head = "id: own\nextends: cn-terrestrial\nplace: '999999'\ntitle: { zh: 本地, en: Own }\nstatus: usable\n";
  fs.writeFileSync(path.join(own, 'norm.yaml'), `${head}basis: [{ zh: 无, en: none }]\n`);
  const published = await run(['norm', 'publish', own]);
  expect([published.code, published.stderr]).toEqual([0, expect.stringContaining('999999')]);
});
