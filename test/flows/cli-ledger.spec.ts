/** The book from a terminal: accounts, a voucher from a file, its reversal, a closed period, and the check of it all. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TerritoryService } from '@gep/territory';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';
import { gep } from './cli-under-test';

let test: TestDatabase;
let folder: string;
beforeAll(async () => {
  test = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'gep-ledger-'));
  const from = '2000-01-01';
  await new TerritoryService(test.db).importTerritories(testActor(), [
    {
      code: 'CN',
      nameZh: '全国',
      level: 'nation',
      nameEn: null,
      parentCode: null,
      validFrom: from,
      validTo: null,
      source: 'made up',
    },
    {
      code: '990000',
      nameZh: '示例省',
      level: 'province',
      nameEn: null,
      parentCode: 'CN',
      validFrom: from,
      validTo: null,
      source: 'made up',
    },
  ]);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await test.drop();
});

const run = (...args: string[]) =>
  gep(args, {
    env: {
      NODE_ENV: 'test',
      DATABASE_URL: test.config.databaseUrl,
      DATABASE_OWNER_URL: test.ownerUrl,
      GEP_SECRET: 'x'.repeat(40),
    },
  });
const voucher = (more: object = {}) => ({
  ...{ businessKey: 'grant:2025', kind: 'receipt', effectiveDate: '2025-03-01', territory: '990000', memo: 'grant' },
  postings: [
    { account: 'province.cash', amountFen: '12345', period: '2025' },
    { account: 'province.granted', amountFen: '-12345', period: '2025' },
  ],
  ...more,
});
async function post(content: object) {
  const file = join(folder, 'voucher.json');
  await writeFile(file, JSON.stringify(content));
  return run('--json', 'ledger', 'post', file);
}

it('opens accounts, posts a file once, reverses it once, closes, and checks', async () => {
  const names = ['--name-zh', '科目', '--name-en', 'account'];
  for (const [code, side] of Object.entries({ 'province.cash': 'debit', 'province.granted': 'credit' })) {
    const opened = await run('ledger', 'open', '990000', code, ...names, '--side', side);
    expect([opened.code, opened.stderr]).toEqual([0, '']);
  }
  const first = await post(voucher());
  expect(first.code).toBe(0);
  const { id } = first.json<{ id: string }>();
  expect((await post(voucher())).json()).toEqual({ id, replayed: true });
  const refused = await post(voucher({ memo: 'other' }));
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('ledger.voucher-differs')]);
  for (const wrong of [
    { kind: 'reversal' },
    { postings: [{ account: 'province.cash', amountFen: '1.5' }] },
    { about: 'x' },
  ])
    expect((await post(voucher({ businessKey: 'w', ...wrong }))).stderr).toContain('cli.voucher-file-unreadable');

  const shown = await run('--lang', 'en', 'ledger', 'show', 'province.cash');
  expect(shown.stdout).toMatch(/990000\s+province\.cash\s+account\s+123\.45\s+0\.00\s+123\.45/);
  const past = await run('--json', 'ledger', 'show', 'province.cash', '--on', '2025-02-28');
  expect(past.json<{ posted: string }[]>()[0]).toMatchObject({ posted: '0.00', reserved: null });

  expect((await run('ledger', 'close', '990000', '2025-03')).code).toBe(0);
  const late = await post(voucher({ businessKey: 'late' }));
  expect(late.stderr).toContain('ledger.period-closed');
  expect((await run('ledger', 'reverse', id, '--memo', 'sent twice')).code).toBe(0);
  expect((await run('ledger', 'reverse', id, '--memo', 'again')).code).toBe(1);
  expect((await run('ledger', 'reverse', 'nothing', '--memo', 'x')).stderr).toMatch(/nothing/);
  expect((await run('ledger', 'closings')).stdout).toMatch(/990000\s+2025-03\s+2025-03-31/);
  expect((await run('--lang', 'en', 'ledger', 'journal')).stdout).toMatch(/reversal:.*2025-03-01/);
  expect((await run('--json', 'ledger', 'funds')).json()).toEqual([]);

  const checked = await run('--lang', 'en', 'ledger', 'check');
  expect([checked.code, checked.stdout.match(/✓/g)]).toEqual([0, Array<string>(9).fill('✓')]);
  const head = (await run('--json', 'ledger', 'check')).json<{ head: { hash: string } }>().head;
  const cut = await run('ledger', 'check', '--seals', '7', '--hash', head.hash);
  expect([cut.code, cut.stdout]).toEqual([1, expect.stringContaining('seal-missing')]);
  expect((await run('ledger', 'check', '--seals', '7')).code).toBe(2);
});
