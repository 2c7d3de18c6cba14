/** Compensation from a terminal: a programme evaluated without a database, and a period of an agreement by persons who sign in. */
import { randomUUID } from 'node:crypto';
import { operator, UserService } from '@gep/access';
import { FundService } from '@gep/ledger';
import { loadPolicy, PolicyService } from '@gep/rulebook';
import { TerritoryService } from '@gep/territory';
import { testActor } from '../fixtures/test-database';
import { cliOnDatabase, withoutDatabase } from './cli-place';

const password = 'lake of seven herons';
const { at, write, database, done, run } = cliOnDatabase();
const territory = { code: '990000', path: 'CN.990000' };

beforeAll(async () => {
  const dated = { nameEn: null, validFrom: '2000-01-01', validTo: null, source: 'made up' };
  const { db } = database();
  await new TerritoryService(db).importTerritories(operator, [
    { code: 'CN', nameZh: '全国', level: 'nation', parentCode: null, ...dated },
    { code: '990000', nameZh: '示例省', level: 'province', parentCode: 'CN', ...dated },
    { code: '990100', nameZh: '示例市', level: 'prefecture', parentCode: '990000', ...dated },
  ]);
  for (const [login, role] of [
    ['clerk', 'fund-administrator'],
    ['checker', 'fund-checker'],
    ['approver', 'fund-approver'],
    ['cashier', 'cashier'],
  ] as const)
    await new UserService(db).addUser(operator, { login, name: login, grants: [{ role, territory }], password });
  const [funds, policies] = [new FundService(db), new PolicyService(db)];
  const names = { nameZh: '生态资金', nameEn: 'eco', shortfallPolicy: 'pro-rata' } as const;
  const { id: fundId } = await funds.openFund(
    testActor(),
    { code: 'eco', territoryPath: territory.path, ...names },
    randomUUID(),
  );
  await funds.addSource(
    testActor(),
    { fundId, code: 'main', department: 'finance', purposes: [], budgetYear: 2025 },
    randomUUID(),
  );
  const receipt = { fundId, source: 'main', amountFen: 100_000_00n, effectiveDate: '2025-02-01', memo: 'received' };
  await funds.receive(testActor(), { ...receipt, businessKey: 'receipt' }, randomUUID());
  const rule = await loadPolicy('gep-share', 'rulebook');
  await policies.propose(testActor(['CN'], 'proposer'), rule, randomUUID());
  const wish = {
    edition: rule.edition,
    territoryPath: territory.path,
    from: '2020-01-01',
    slot: '',
    reason: 'made up',
  };
  await policies.adopt(testActor(['CN'], 'adopter'), wish, randomUUID());
}, 60_000);

const text = { zh: '测试', en: 'made up' };
const agreement = {
  ...{ code: 'river', title: text, place: '990000', scope: text, target: text, monitoring: text, breach: text },
  ...{ term: { from: '2024-01-01', to: '2099-12-31' }, policy: { id: 'gep-share' }, totals: { pool: 1000 } },
  ...{ fund: { code: 'eco', purpose: 'compensation' }, input: { kind: 'measured' } },
  parties: [
    { code: 'province', role: 'payer', place: '990000', rule: 'fund', book: 'fund:eco', name: text },
    { code: 'city', role: 'receiver', place: '990100', name: text },
  ],
};

const by = (login: string, args: readonly string[]) =>
  run([...args, '--as', login, '--password-stdin'], `${password}\n`);
async function made(login: string, ...args: readonly string[]): Promise<string> {
  const { code, stderr, json } = await by(login, ['agreement', ...args]);
  expect([args.slice(0, 2), code, stderr]).toEqual([args.slice(0, 2), 0, '']);
  return json<{ id: string }>().id;
}

it('takes an agreement from its file to a paid period, and tells where it stands', async () => {
  write('river.yaml', JSON.stringify(agreement));
  write('broken.yaml', 'code: River\n');
  write('gep.csv', 'unit,period,gep\n990100,2025,12\n');
  const broken = await by('clerk', ['agreement', 'draft', 'broken.yaml']);
  expect([broken.code, (JSON.parse(broken.stderr) as { code: string }).code]).toEqual([
    1,
    'compensation.agreement-refused',
  ]);
  await made('clerk', 'draft', 'river.yaml');
  const sign = (party: string, ...more: readonly string[]) =>
    by('clerk', ['agreement', 'sign', 'river', party, '--by', 'head', '--on', '2024-01-02', ...more]);
  expect((await sign('province')).json()).toMatchObject({ from: 'drafted', to: 'drafted', waitsFor: ['city'] });
  expect((await sign('city')).json()).toMatchObject({
    to: 'signed',
    next: [
      { act: 'enter', roles: ['fund-approver'], notBy: ['clerk'] },
      { act: 'terminate', reasonNeeded: true },
    ],
  });
  await made('approver', 'enter', 'river');
  const measurement = await made('clerk', 'measure', 'river', '2025', at('gep.csv'), '--supplied-by', 'Statistics');
  await made('checker', 'judge', measurement, 'approve');
  expect(await done(['agreement', 'measurements', 'river'])).toMatchObject([{ state: 'approved', period: '2025' }]);
  const settlement = await made('clerk', 'settle', 'river', '2025');
  const code = 'river-2025-result';
  const inPerson = await by('clerk', ['agreement', 'act', code, 'confirm', '--lang', 'en']);
  expect([inPerson.code, inPerson.stderr]).toEqual([1, expect.stringContaining('roles with it: fund-checker;')]);
  const confirmed = await by('checker', ['agreement', 'act', code, 'confirm']);
  expect(confirmed.json()).toMatchObject({
    ...{ kind: 'settlement', id: settlement, code, act: 'confirm', from: 'computed', to: 'confirmed' },
    next: [
      { act: 'reserve', roles: ['fund-administrator'], notBy: ['checker'] },
      { act: 'return', reasonNeeded: true },
      { act: 'withdraw', reasonNeeded: true },
    ],
  });
  expect((await done<{ state: string }>(['settlement', 'show', code])).state).toBe('confirmed');
  for (const [login, act] of [
    ['clerk', 'reserve'],
    ['approver', 'approve'],
    ['cashier', 'pay'],
  ] as const)
    await made(login, 'act', settlement, act);
  const breach = await made(
    'clerk',
    'breach',
    'river',
    'city',
    '--finding',
    'late report',
    '--on',
    '2025-06-01',
    '--by',
    '2025-07-01',
  );
  await made('clerk', 'breach-act', breach, 'find-late', '--reason', 'inspected');
  await made(
    'approver',
    'breach-act',
    breach,
    'cut',
    '--period',
    '2025',
    '--amount',
    '10',
    '--reason',
    'not corrected',
  );
  expect(await done(['agreement', 'breaches', 'river'])).toMatchObject([
    { state: 'sanctioned', measures: [{ kind: 'cut', amountFen: '1000' }] },
  ]);
  await made('clerk', 'period', 'river', '2025', 'pay-on');
  await made('clerk', 'period', 'river', '2025', 'evaluate', '--reason', 'targets were met');
  const shown = await done<{ state: string; periods: { state: string }[] }>(['agreement', 'show', 'river']);
  expect([shown.state, shown.periods.map(({ state }) => state)]).toEqual(['in-force', ['evaluated']]);
  expect(await done<unknown[]>(['agreement', 'list', '990000'])).toHaveLength(1);
  expect(await done(['agreement', 'passed-on'])).toEqual([]);
  write('next.yaml', JSON.stringify({ ...agreement, totals: { pool: 2000 } }));
  expect(await made('clerk', 'amend', 'river', 'next.yaml')).toBeDefined();
}, 180_000);

it('evaluates a programme from tables, without a database', async () => {
  write('flows.csv', 'period,service,supplier,beneficiary,quantity,unit,price\n2024,water,up,down,100,m3,1.5\n');
  write('costs.csv', '年度,提供方,成本类别,金额,计量单位,规模\n2024,up,机会成本,30,hm2,2\n');
  const files = ['--flows', 'flows.csv', '--costs', 'costs.csv'];
  const found = await withoutDatabase(['benefit', 'evaluate', ...files, '--split', '1/4', '--json'], at());
  expect([found.code, found.stderr]).toEqual([0, '']);
  expect(found.json()).toMatchObject({ standards: [{ per: 'hm2', lower: '30', upper: '75', standard: '41.25' }] });
  const shown = await withoutDatabase(['benefit', 'evaluate', ...files, '--lang', 'en'], at());
  expect(shown.stdout).toContain('Standard (yuan)');
  write('bad.csv', 'period,service\n2024,water\n');
  const refused = await withoutDatabase(['benefit', 'evaluate', '--flows', 'bad.csv', '--json'], at());
  expect([refused.code, (JSON.parse(refused.stderr) as { code: string }).code]).toEqual([
    1,
    'compensation.benefit-input-refused',
  ]);
}, 60_000);
