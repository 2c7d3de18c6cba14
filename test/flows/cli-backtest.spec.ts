/** `gep policy backtest --accounts` as a real process: columns of past years from published accounts, others from a table beside them. */
import fs from 'node:fs';
import path from 'node:path';
import { folderOfTests } from './cli-place';
import { gep, root } from './cli-under-test';
import { county, ProcurementTest } from '../services/procurement-setup';

const { at, write } = folderOfTests();
let place: ProcurementTest;
beforeAll(async () => {
  place = await ProcurementTest.start({ '2021': 10, '2022': 12, '2023': 11 });
});
afterAll(() => place.close());

interface Tried {
  readonly units: readonly { unit: string; currentFen: string; newFen: string }[];
  readonly periods: readonly { period: string; newFen: string; currentFen: string }[];
}

it('tries a rule on the published accounts of past years, and tells which place has none', async () => {
  const { databaseUrl, secret } = place.accounting.test.config;
  const env = { NODE_ENV: 'test', DATABASE_URL: databaseUrl, GEP_SECRET: secret, GEP_DATA_DIR: at() };
  const preset = fs.readFileSync(
    path.join(root, 'rulebook/policies/increment-procurement/increment-previous-year.yaml'),
    'utf8',
  );
  write('new.yaml', preset.replace(/^id: .*$/m, 'id: new'));
  const accounts = ['--accounts', '--territory', county, '--norm', 'sample', '--from', '2021', '--to', '2023'];
  const asked = ['policy', 'backtest', '--rule', 'new.yaml', '--beside', 'increment-contract', ...accounts];
  const values = ['--set', 'rate=2%', '--set', 'reference=fixedYear', '--set', 'baseYear=2021'];
  const sides = [...values, '--column', 'gep=total'];
  const tried = await gep([...asked, ...sides, '--json'], { env, cwd: at() });
  expect(tried).toMatchObject({ code: 0, stderr: '' });
  const { periods, units } = tried.json<Tried>();
  expect(periods.map((one) => `${one.period} ${one.newFen} ${one.currentFen}`)).toEqual([
    ...['2021 0 0', '2022 40000 40000', '2023 0 20000'],
  ]);
  expect(units).toHaveLength(1);

  // 2024 is not published.
  const none = await gep([...asked, '--to', '2024', ...sides, '--json'], { env, cwd: at() });
  expect([none.code, (JSON.parse(none.stderr) as { code: string }).code]).toEqual([1, 'settlement.figures-refused']);
  const wrong = await gep([...asked, '--json'], { env, cwd: at() });
  expect(wrong.code).toBe(2);
});
