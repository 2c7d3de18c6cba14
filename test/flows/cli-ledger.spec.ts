/** Funds and the book from a terminal, each deed by a person who signs in: a year of a fund, what is done by hand, and the check of it all. */
import { operator, UserService } from '@gep/access';
import { TerritoryService } from '@gep/territory';
import { cliOnDatabase } from './cli-place';

const password = 'lake of seven herons';
const { database, done, run } = cliOnDatabase();
const territory = { code: '990000', path: 'CN.990000' };
const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();

beforeAll(async () => {
  const dated = { nameEn: null, validFrom: '2000-01-01', validTo: null, source: 'made up' };
  await new TerritoryService(database().db).importTerritories(operator, [
    { code: 'CN', nameZh: '全国', level: 'nation', parentCode: null, ...dated },
    { code: '990000', nameZh: '示例省', level: 'province', parentCode: 'CN', ...dated },
  ]);
  const users = new UserService(database().db);
  for (const [login, role] of [
    ['manager', 'fund-administrator'],
    ['manager-2', 'fund-administrator'],
    ['approver', 'fund-approver'],
    ['cashier', 'cashier'],
  ] as const)
    await users.addUser(operator, { login, name: login, grants: [{ role, territory }], password });
}, 60_000);

const by = (login: string, args: readonly string[]) =>
  run([...args, '--as', login, '--password-stdin'], `${password}\n`);
async function made<T = { id: string }>(login: string, ...args: readonly string[]): Promise<T> {
  const { code, stderr, json } = await by(login, args);
  expect([args.slice(0, 2), code, stderr]).toEqual([args.slice(0, 2), 0, '']);
  return json<T>();
}
async function refusal(login: string, ...args: readonly string[]): Promise<string> {
  const { code, stderr } = await by(login, args);
  expect(code).toBe(1);
  return (JSON.parse(stderr) as { code: string }).code;
}
const reason = ['--reason', 'order 12'];
const source = (code: string, budgetYear: number, ...more: string[]) =>
  made(
    'manager',
    'fund',
    'source',
    '990000/eco',
    code,
    '--department',
    '财政厅',
    '--year',
    String(budgetYear),
    ...more,
  );
const receive = (code: string, yuan: string, key: string) =>
  made('manager', 'fund', 'receive', '990000/eco', code, yuan, '--on', '2025-03-01', '--key', key, '--memo', 'first');

it('fills a fund, moves, returns and corrects by three persons, reverses once, closes, and checks', async () => {
  const names = ['--name-zh', '生态补偿资金', '--name-en', 'eco-compensation fund'];
  await made('manager', 'fund', 'open', '990000', 'eco', ...names);
  expect(await refusal('manager', 'fund', 'open', '990000', 'eco', ...names)).toBe('ledger.fund-refused');
  expect(await refusal('cashier', 'fund', 'open', '990000', 'other', ...names)).toBe('access.forbidden');
  await source('free', year);
  await source('water', year, '--purposes', 'water');
  await source('old', year - 2);
  const { id: voucher } = await receive('free', '1000.50', 'slip-1');
  expect(await receive('free', '1000.50', 'slip-1')).toMatchObject({ id: voucher, replayed: true });
  await receive('old', '70', 'slip-2');
  expect((await by('manager', ['fund', 'receive', '990000/eco', 'free', '1.001', '--on', '2025-03-01'])).code).toBe(2);

  const [moved] = (
    await made<{ ids: string[] }>('manager', 'fund', 'transfer', '990000/eco', 'free', 'water', '200', ...reason)
  ).ids;
  const [swept] = (await made<{ ids: string[] }>('manager', 'fund', 'return', '990000/eco', ...reason)).ids;
  const lines = ['--line', 'billed/works=80', '--line', 'levied=-80', '--rule', 'ruling 7', '--period', '2025'];
  const [billed] = (await made<{ ids: string[] }>('manager', 'fund', 'adjust', '990000/eco', ...lines, ...reason)).ids;
  expect(await refusal('manager', 'fund', 'act', moved, 'approve', ...reason)).toBe('access.forbidden');
  expect(await done<unknown[]>(['fund', 'proposals', '--open'])).toHaveLength(3);
  for (const id of [moved, swept, billed]) {
    await made('approver', 'fund', 'act', id, 'approve', ...reason);
    await made('cashier', 'fund', 'act', id, 'post', ...reason);
  }
  const writeOff = [
    'fund',
    'write-off',
    '990000/eco',
    'works',
    '80',
    '--claim',
    'billed',
    '--period',
    '2025',
    ...reason,
  ];
  const [written] = (await made<{ ids: string[] }>('manager', ...writeOff)).ids;
  await made('approver', 'fund', 'act', written, 'refuse', ...reason);
  const shown = await done<{ sources: { code: string; availableFen: string; age: string }[] }>([
    'fund',
    'show',
    '990000/eco',
  ]);
  expect(shown.sources.map(({ code, availableFen, age }) => [code, availableFen, age])).toEqual([
    ['free', '80050', 'current'],
    ['old', '0', 'surplus'],
    ['water', '20000', 'current'],
  ]);
  expect(await done(['fund', 'surplus'])).toEqual([]);
  expect(await done(['fund', 'surplus', '--year', String(year + 1)])).toMatchObject([
    { source: 'free', age: 'carried', surplusFrom: `${year + 2}-01-01` },
    { source: 'water', age: 'carried' },
  ]);

  const { id: wrong } = await receive('free', '1', 'slip-3');
  expect(await refusal('manager', 'ledger', 'reverse', wrong, '--memo', 'typed twice')).toBe('ledger.reversal-refused');
  await made('manager-2', 'ledger', 'reverse', wrong, '--memo', 'typed twice');
  expect(await refusal('manager-2', 'ledger', 'reverse', wrong, '--memo', 'again')).toBe('ledger.reversal-refused');
  expect(await refusal('manager', 'ledger', 'reverse', 'nothing', '--memo', 'x')).toBe('ledger.missing');
  expect(await refusal('manager', 'ledger', 'void', wrong, ...reason)).toBe('ledger.missing');
  await made('manager', 'ledger', 'close', '990000', '2025-03');
  expect(
    await refusal(
      'manager',
      'fund',
      'receive',
      '990000/eco',
      'free',
      '1',
      '--on',
      '2025-03-31',
      '--key',
      'k',
      '--memo',
      'late',
    ),
  ).toBe('ledger.period-closed');
  expect(await done(['ledger', 'closings'])).toMatchObject([{ period: '2025-03', closedThrough: '2025-03-31' }]);
  expect(await done<object[]>(['ledger', 'journal', '--key', `reversal:${wrong}`])).toMatchObject([
    { reverses: wrong },
  ]);
  expect(await done(['ledger', 'show', 'eco.source.old', '--on', '2025-03-01'])).toMatchObject([{ posted: '70.00' }]);

  const { invariants, head } = await done<{ invariants: { holds: boolean }[]; head: { hash: string } }>([
    'ledger',
    'check',
  ]);
  expect(invariants.map(({ holds }) => holds)).toEqual(invariants.map(() => true));
  const cut = await run(['ledger', 'check', '--seals', '90', '--hash', head.hash]);
  expect([cut.code, cut.stdout]).toEqual([1, expect.stringContaining('seal-missing')]);
  expect((await run(['ledger', 'check', '--seals', '7'])).code).toBe(2);
}, 240_000);
