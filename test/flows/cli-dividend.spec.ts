/** A dividend from a terminal, as real processes: registered by the account of the base year, resolved, allotted, declared, paid and proved. */
import { createHash } from 'node:crypto';
import { operator, UserService } from '@gep/access';
import { LedgerService } from '@gep/ledger';
import { CompanyService } from '@gep/procurement';
import { loadPolicy } from '@gep/rulebook';
import { testActor } from '../fixtures/test-database';
import { here, startRestatements, type RestatementsTest } from '../services/restatement-setup';
import { paths } from '../services/review-setup';
import { folderOfTests } from './cli-place';
import { gep, type Outcome } from './cli-under-test';

const password = 'lake of seven herons';
const { at, write } = folderOfTests();
let place: RestatementsTest;
beforeAll(async () => {
  place = await startRestatements();
  await place.publish(here, 3);
  await place.adopt(await loadPolicy('two-mountains-dividend', 'rulebook'), 'two-mountains-dividend');
  const names = { nameZh: '林业', nameEn: 'forest', payeeName: 'forest', bank: 'bank', accountNo: '99000001' };
  const company = { code: 'forest', territory: here, validFrom: '2024-01-01', ...names, legalForm: 'company' } as const;
  const rest = { creditCode: null, status: 'active', reason: 'registered', documentDigest: null } as const;
  await new CompanyService(place.db).record(testActor(), { ...company, ...rest }, 'company');
  const users = new UserService(place.db);
  const territory = { code: here, path: paths[here] };
  for (const [login, role] of [
    ['clerk', 'settlement-clerk'],
    ['approver', 'fund-approver'],
    ['cashier', 'cashier'],
    ['household', 'owner'],
  ] as const)
    await users.addUser(operator, { login, name: login, grants: [{ role, territory }], password });
  write('owners.csv', `code,name,kind,territory\na,户主a,household,${here}\nb,户主b,household,${here}\n`);
  const parcels = [`p,${here},2024,a,1/4,forest,2`, `p,${here},2024,b,3/4,forest,2`, `q,${here},2024,b,,forest,1`];
  write('parcels.csv', `code,territory,base_year,owner,share,type,area_hectare\n${parcels.join('\n')}\n`);
  write('paper.txt', 'paper');
}, 60_000);
afterAll(() => place.close());

function run(args: readonly string[], input = ''): Promise<Outcome> {
  const { databaseUrl, secret } = place.accounting.test.config;
  const env = { NODE_ENV: 'test', DATABASE_URL: databaseUrl, GEP_SECRET: secret, GEP_DATA_DIR: at() };
  return gep(args, { env, cwd: at(), input });
}
const as = (login: string, ...args: string[]) => run([...args, '--as', login, '--password-stdin'], `${password}\n`);
async function done<T = { id: string; state: string; allotment: { root: string; dividendFen: string } }>(
  outcome: Promise<Outcome>,
): Promise<T> {
  const { code, stderr, stdout } = await outcome;
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as T;
}

it('goes from the register to a proved line, and a household objects to its own', async () => {
  const files = ['--owners', 'owners.csv', '--parcels', 'parcels.csv', '--since', '2024-12-31'];
  const base = ['--base-account', `${here}:2024:sample`];
  expect(await done(as('clerk', '--json', 'owner', 'import', 'forest', ...files, ...base))).toMatchObject({
    ...{ owners: 2, parcels: 2 },
  });
  // Three hectares of forest are worth 30,000 yuan.
  expect(await done(run(['--json', 'parcel', 'list', 'forest']))).toMatchObject([
    { code: 'p', baseGepFen: '2000000', holders: [{ owner: 'a', share: '1/4' }, { owner: 'b' }] },
    { code: 'q', baseGepFen: '1000000' },
  ]);
  const slip = ['--yuan', '1000', '--on', '2025-05-01', '--period', '2025', '--memo', '增量采购', '--evidence', 'B-1'];
  const entry = (...more: string[]) =>
    as('clerk', '--json', 'dividend', 'entry', 'forest', 'income', ...slip, '--document', 'paper.txt', ...more);
  const unpaid = await entry('--settlement', '0b6d0d7e-8f0c-4f0e-8c55-0b7a3f6e2d10');
  expect([unpaid.code, unpaid.stderr]).toEqual([1, expect.stringContaining('settlement.missing')]);
  await done(entry());
  const closing = { territoryPath: paths[here], period: '2025' };
  await new LedgerService(place.db).closePeriod(testActor(), closing, 'close');

  const plan = ['dividend', 'plan', 'forest', '2025', '--reserve', '0.1', '--record-date', '2026-05-31'];
  const { id } = await done(as('clerk', '--json', ...plan));
  // From here on by its code; the id serves as well.
  const code = 'forest.2025';
  const notice = ['notice', code, '--document', 'paper.txt', '--on', '2026-04-01'];
  await done(as('clerk', '--json', 'dividend', ...notice));
  const counted = ['--members', '9', '--attended', '7', '--in-favour', '6', '--against', '1', '--online'];
  const vote = ['vote', code, '--held-on', '2026-04-15', ...counted, '--document', 'paper.txt'];
  expect((await done(as('clerk', '--json', 'dividend', ...vote))).state).toBe('resolved');
  const { allotment } = await done(as('clerk', '--json', 'dividend', 'allot', code));
  expect(allotment.dividendFen).toBe('90000');

  await done(as('clerk', '--json', 'owner', 'link', 'forest', 'a', 'household'));
  expect(await done(as('household', '--json', 'dividend', 'own', 'list'))).toMatchObject([
    { line: { owner: 'a', amountFen: '15000', state: 'allotted' } },
  ]);
  const grounds = ['--grounds', '份额应为三分之一'];
  const others = await as('household', 'dividend', 'own', 'object', code, '--owner', 'b', ...grounds);
  expect([others.code, others.stderr]).toEqual([1, expect.stringContaining('procurement.dividend-missing')]);
  const objection = await done(as('household', '--json', 'dividend', 'own', 'object', code, ...grounds));
  expect(objection).toMatchObject({
    ...{ code: 'forest.2025 a owner:a', from: null, to: 'queried', due: [{ clock: 'query-reply' }] },
    next: [
      { act: 'reply', roles: ['settlement-clerk'] },
      { act: 'admit' },
      ...['complain', 'withdraw'].map((own) => ({ act: own, roles: ['owner'] })),
    ],
  });
  const told = await as('household', '--lang', 'en', 'dividend', 'own', 'objections', code);
  expect(told.stdout).toMatch(/Shown \(yuan\)[\s\S]* 150\.00 [\s\S]*query-reply/);

  const none = await run(['--lang', 'en', 'dividend', 'unclaimed', code]);
  expect(none.stdout).toMatch(/^no line is held, returned or unclaimed\s*$/);
  expect((await done(as('approver', '--json', 'dividend', 'approve', code))).state).toBe('declared');
  expect((await done(as('cashier', '--json', 'dividend', 'pay', id))).state).toBe('paid');
  expect(await done(run(['--json', 'dividend', 'unclaimed', id]))).toMatchObject([{ owner: 'a', state: 'held' }]);
  const withdrawn = ['withdraw', code, objection.id, '--reason', '已说明清楚'];
  expect((await done(as('household', '--json', 'dividend', 'own', ...withdrawn))).state).toBe('withdrawn');

  const { stdout: proof } = await run(['dividend', 'proof', code, '--owner', 'a']);
  write('proof.json', proof);
  expect(await done(as('household', '--json', 'dividend', 'own', 'proof', code))).toEqual(JSON.parse(proof));
  const foreign = await as('household', 'dividend', 'own', 'proof', id, '--owner', 'b');
  expect([foreign.code, foreign.stderr]).toEqual([1, expect.stringContaining('procurement.dividend-missing')]);
  const published = ['--root', allotment.root, '--total', allotment.dividendFen];
  expect(await done(run(['--json', 'dividend', 'verify-proof', 'proof.json', ...published]))).toEqual({
    ...{ holds: true, fault: null, owner: 'a', amountFen: '15000' },
  });
  const forged = ['--root', createHash('sha256').update('forged').digest('hex'), '--total', allotment.dividendFen];
  expect((await run(['dividend', 'verify-proof', 'proof.json', ...forged])).code).toBe(1);
  const another = await run(['dividend', 'show', 'forest.2025.2']);
  expect([another.code, another.stderr]).toEqual([1, expect.stringContaining('procurement.dividend-missing')]);
}, 300_000);
