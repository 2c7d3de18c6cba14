/** Restated accounts and shadows from a terminal, as real processes: what is touched, computed anew, corrected, tried and promoted. */
import { operator, UserService } from '@gep/access';
import type { Impact } from '@gep/settlement';
import { here, prefecture, startRestatements, there, type RestatementsTest } from '../services/restatement-setup';
import { folderOfTests } from './cli-place';
import { gep, type Outcome } from './cli-under-test';

const folder = folderOfTests();
const password = 'lake of seven herons';
let it$: RestatementsTest;
beforeAll(async () => {
  it$ = await startRestatements();
  await it$.publish(here, 3);
  await it$.publish(there, 1);
  const grants = [{ role: 'fund-administrator' as const, territory: { code: '520500', path: prefecture } }];
  await new UserService(it$.db).addUser(operator, { login: 'finance', name: 'finance', grants, password });
}, 60_000);
afterAll(() => it$.close());

const run = (args: readonly string[], input?: string): Promise<Outcome> => {
  const { databaseUrl, secret } = it$.accounting.test.config;
  const env = { NODE_ENV: 'test', DATABASE_URL: databaseUrl, GEP_SECRET: secret, GEP_DATA_DIR: folder.at() };
  return gep(['--lang', 'en', 'settlement', ...args], { env, cwd: folder.at(), input });
};
const deed = (...args: string[]) => run([...args, '--as', 'finance', '--password-stdin'], `${password}\n`);
const told = async (doing: Promise<Outcome>): Promise<string> => {
  const { code, stdout, stderr } = await doing;
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
};
const draft = {
  ...{ code: 'rate-2024', territory: '520500', mechanism: 'eco-compensation', kind: 'settlement', agreement: 'rate' },
  ...{
    period: '2024',
    fund: '520500/eco',
    purpose: 'award',
    parties: { fund: 'fund:eco' },
    trueUp: { way: 'clawback' },
  },
  accounts: {
    ...{ periods: ['2024'], units: [here, there] },
    columns: [{ column: 'gep', norm: 'sample', figure: 'total', prices: 'current' }],
  },
};

it('tries a year, makes it real, and follows it through a restatement before and after payment', async () => {
  folder.write('rate.json', JSON.stringify(draft));
  const shadow = JSON.parse(await told(deed('shadow', 'run', '2024 on trial', 'rate.json', '--json'))) as {
    id: string;
  };
  const shown = await told(run(['shadow', 'show', shadow.id]));
  expect(shown).toContain(`trial 2024 on trial · id ${shadow.id}`);
  expect(shown).toMatch(/520523\s+30\.00\s+30\.00\s+30\.00\s+0\.00/);
  expect(shown).toContain('eco then has 99,960.00 yuan left');
  expect(await told(run(['shadow', 'list', '520500']))).toContain(shadow.id);
  const promoted = JSON.parse(await told(deed('promote', shadow.id, '--json')));
  const [first] = promoted.settlements as string[];
  expect(promoted.deeds).toMatchObject([
    { kind: 'settlement', id: first, act: 'promote', from: null, to: 'computed', next: [{ act: 'confirm' }, {}, {}] },
  ]);
  const again = await deed('promote', shadow.id);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('it has become real before')]);

  await it$.answer(await it$.restate(here, 4));
  const anew = await told(deed('recompute', first));
  expect(anew).toContain(`rate-2024.v2`);
  const second = /v2 {2}(\S+)/.exec(anew)![1];
  await it$.pay(second);

  const explained = await told(run(['explain', second, '--unit', here]));
  expect(explained).toMatch(/gep \/ 1000 = 40 yuan\n.*→ 40\.00 yuan \(whole multiples of 1 fen/);
  const restated = await it$.restate(there, 2);
  await it$.answer(restated);
  const impact = await told(run(['impact', restated]));
  expect(impact).toContain('520521 2024 restated: the area of 2024 was mapped anew');
  expect(impact).toMatch(/rate-2024\.v2 \S+ \(closed\): a correction is drafted → rate-2024\.v2\.c1 \S+ \(computed\)/);
  expect(impact).toMatch(/520521\s+10\.00\s+20\.00\s+10\.00\s+10\.00\s+10\.00\s+0\.00/);
  const { settlements } = JSON.parse(await told(run(['impact', restated, '--json']))) as Impact;
  expect(JSON.parse(await told(deed('true-up', second, '--json')))).toMatchObject({
    ...{ kind: 'settlement', id: settlements[0].correction!.id, act: 'true-up', from: 'computed', to: 'computed' },
    ...{ replayed: true, made: { about: second, outcome: 'drafted', says: 'a correction is drafted' } },
  });
  const nothing = await run(['impact', second]);
  expect([nothing.code, nothing.stderr]).toEqual([1, expect.stringContaining('no disclosure or published account')]);
}, 180_000);
