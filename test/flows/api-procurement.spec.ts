/** A year of buying increments over HTTP, each step by its person: budget, certified, notice, contract, accepted, paid, used. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRun, RecomputeService, ReviewService, type Reviewer } from '@gep/accounting';
import { ObservationService } from '@gep/observation';
import { loadPolicy, loadUnits, parseNorm, PolicyService, RulebookService } from '@gep/rulebook';
import { openQueues } from '@gep/platform';
import { startWorking } from '../../apps/worker/src/start-working.main';
import { testActor } from '../fixtures/test-database';
import { until } from '../fixtures/until';
import { forest, normText } from '../services/accounting-setup';
import { keyed } from './api-matrix';
import { gep } from './cli-under-test';
import { list, passphrase, pathOf, startApi, type ApiUnderTest, type Json } from './api-under-test';

const norm = 'sample';
const county = '520523';
const paper = { documentDigest: 'd'.repeat(64) };

let api: ApiUnderTest;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  api = await startApi();
  const { norm: sample } = parseNorm([{ path: 'norm.yaml', text: normText() }], await loadUnits('rulebook'));
  await new RulebookService(api.database.db).publish(testActor(), sample!);
  for (const [login, role] of [
    ['preparer', 'fund-administrator'],
    ['checker', 'fund-checker'],
    ['approver', 'fund-approver'],
    ['cashier', 'cashier'],
    ['clerk', 'settlement-clerk'],
  ] as const)
    tokens[login] = await api.person(login, role, county);
  await publishYears({ '2023': 100, '2024': 105 });
  const rule = await loadPolicy('increment-contract', 'rulebook');
  const policies = new PolicyService(api.database.db);
  await policies.propose(testActor(), rule, randomUUID());
  const wish = { edition: rule.edition, territoryPath: pathOf(county), from: '2020-01-01', reason: 'made up' };
  await policies.adopt(testActor(['CN'], 'another'), wish, randomUUID());
}, 120_000);
afterAll(() => api.stop());

/** Published accounts of the county by its forest: 10,000 yuan a hectare. */
async function publishYears(areas: Readonly<Record<string, number>>): Promise<void> {
  const { db, config } = api.database;
  const queues = await openQueues(config, { logger: api.log, giveUp: () => undefined });
  const working = await startWorking({ database: db, queues, log: api.log, threads: 1 });
  const service = <T>(type: abstract new (...given: never[]) => T): T => api.app.get<T>(type, { strict: false });
  for (const [period, hectares] of Object.entries(areas)) {
    const extent = [forest(county, hectares, { period })];
    const bytes = Buffer.from(JSON.stringify({ extent }));
    await service(ObservationService).importFile(testActor(), { bytes, fileName: 'county.json', normId: norm });
    const wish = { period, normId: norm, territory: county };
    const { runId } = await service(RecomputeService).requestRecompute(testActor(), wish, randomUUID());
    await until(
      async () => (await db.snapshot(testActor(), (tx) => findRun(tx, runId)))?.state === 'done',
      30_000,
      'the run to end',
    );
    const reviews = new ReviewService(db);
    for (const [act, permission] of [
      ['submit', 'account.compute'],
      ['check', 'account.check'],
      ['review', 'account.review'],
      ['approve', 'account.approve'],
      ['publish', 'account.publish'],
    ] as const) {
      const who: Reviewer = { ...testActor(['CN'], act), permissions: new Map([[permission, [pathOf(county)]]]) };
      await reviews.act(who, { territory: county, period, normId: norm }, { act }, randomUUID());
    }
  }
  await working.stop();
}

const post = (who: string, path: string, body: object) =>
  api.call('POST', `/api/v1/${path}`, { ...keyed(body), token: tokens[who] });
const get = (path: string, who = 'clerk') => api.call('GET', `/api/v1/${path}`, { token: tokens[who] });
const act = async (who: string, body: { act: string } & Record<string, unknown>): Promise<string> => {
  const { status, body: answer } = await post(who, 'contracts/dajun-2024/acts', body);
  return `${status} ${String(status === 200 ? answer.to : answer.code)}`;
};

it('keeps companies by day, and who may sell what', async () => {
  const version = {
    ...{
      validFrom: '2020-01-01',
      nameZh: '大均两山公司（演示）',
      nameEn: 'Dajun company (invented)',
      legalForm: 'collective',
    },
    ...{
      payeeName: 'Dajun company',
      bank: 'bank (invented)',
      accountNo: '62220000',
      status: 'active',
      reason: 'founded',
    },
  };
  expect((await post('clerk', 'companies', { ...version, code: 'dajun', territory: county })).status).toBe(201);
  expect((await post('cashier', 'companies', { ...version, code: 'other', territory: county })).status).toBe(403);
  const right = { territory: county, basis: 'entrustment', validFrom: '2020-01-01', reason: 'entrusted by the owners' };
  expect((await post('clerk', 'companies/dajun/rights', right)).status).toBe(201);
  const amended = { ...version, validFrom: '2025-01-01', accountNo: '62220001', reason: 'another bank account' };
  expect((await post('clerk', 'companies/dajun/versions', amended)).status).toBe(201);
  const { body } = await get('companies/dajun');
  expect(list(body.versions).map(({ accountNo }) => accountNo)).toEqual(['62220000', '62220001']);
  expect(list(body.rights)).toMatchObject([{ territory: county, validTo: null }]);
});

it('takes a year from the plan to the end, and refuses every step out of its order or by another hand', async () => {
  const fund = await post('preparer', 'funds', {
    ...{ territory: county, code: 'gep', nameZh: '专项资金', nameEn: 'special fund', shortfallPolicy: 'pro-rata' },
  });
  const path = `funds/${String(fund.body.id)}`;
  await post('preparer', `${path}/sources`, { code: 'main', department: 'finance', purposes: [], budgetYear: 2024 });
  const receipt = { source: 'main', amountFen: '100000000', effectiveDate: '2024-03-01', memo: 'received' };
  expect((await post('preparer', `${path}/receipts`, { ...receipt, businessKey: 'slip-1' })).status).toBe(201);
  const draft = {
    ...{ code: 'dajun-2024', company: 'dajun', year: '2024', unit: county, norm, pricesOf: '2023', rate: '0.02' },
    ...{ reference: 'previousYear', negative: 'record', policy: 'increment-contract', fund: String(fund.body.id) },
    ...{
      purpose: 'increments',
      buyer: '县生态局（演示）',
      singleSourceReason: '唯一享有出售权 the only one with the right',
    },
    ...{ conservationShare: '0.7', allowedPurposes: 'wages; insurance', spendBy: '2025-12-31', trueUp: 'supplement' },
  };
  expect((await post('preparer', 'contracts', { ...draft, rate: '0.03' })).body.code).toBe(
    'procurement.contract-refused',
  );
  expect((await post('clerk', 'contracts', draft)).status).toBe(403);
  expect((await post('preparer', 'contracts', draft)).status).toBe(201);
  const on = (day: string, more: object = {}) => ({ on: day, ...more });

  expect(await act('preparer', { act: 'measure' })).toBe('409 procedure.not-now');
  expect(await act('preparer', { act: 'budget' })).toBe('422 procurement.contract-refused');
  const budget = { line: '2110501', amountFen: '100000000' };
  expect(await act('preparer', { act: 'budget', ...on('2025-02-10', { facts: budget }) })).toBe('200 budgeted');
  expect(await act('preparer', { act: 'measure', ...on('2025-02-10') })).toBe('200 measured');
  expect(await act('preparer', { act: 'certify' })).toBe('403 procedure.not-yours');
  expect(await act('checker', { act: 'certify', ...on('2025-02-17') })).toBe('200 certified');
  expect(await act('preparer', { act: 'reserve', ...on('2025-02-20') })).toBe('200 reserved');
  const where = { facts: { where: 'https://example.cn' } };
  expect(await act('preparer', { act: 'sign', facts: { bondFen: '0' }, ...paper })).toBe('409 procedure.not-now');
  expect(await act('preparer', { act: 'notice', ...on('2025-03-03', where) })).toBe('200 noticed');
  const award = { act: 'award', facts: { opinions: 'none came' } };
  expect(await act('preparer', { ...award, ...on('2025-03-10') })).toBe('409 procedure.clock-refused');
  expect(await act('preparer', { ...award, ...on('2025-03-11') })).toBe('200 awarded');
  const sign = { act: 'sign', facts: { bondFen: '0' }, ...paper };
  expect(await act('preparer', { ...sign, ...on('2025-03-10') })).toBe('422 procurement.deed-day-refused');
  expect(await act('preparer', { ...sign, ...on('2025-03-20') })).toBe('200 contracted');
  expect((await api.call('GET', '/api/v1/contracts/dajun-2024/ocds')).status).toBe(404);
  expect(await act('preparer', { act: 'publish', ...on('2025-03-21', where) })).toBe('200 published');
  const filed = { facts: { authority: 'finance', number: '7' } };
  expect(await act('preparer', { act: 'file', ...on('2025-03-31', filed) })).toBe('200 filed');
  const accepted = { facts: { users: '3', opinions: 'clear', where: 'https://example.cn' }, ...paper };
  expect(await act('preparer', { act: 'accept', ...accepted })).toBe('403 procedure.not-yours');
  expect(await act('checker', { act: 'accept', ...on('2025-04-10', accepted) })).toBe('200 accepted');
  expect(await act('preparer', { act: 'disclose', ...on('2025-04-11') })).toBe('200 disclosed');
  const { money } = (await get('contracts/dajun-2024')).body;
  const amountFen = String(money.amountFen);
  // 2 % of 50,000 yuan.
  expect(amountFen).toBe('100000');
  const invoice = { number: '24442000000012345678', amountFen, issuedOn: '2025-04-12' };
  expect(await act('clerk', { act: 'invoice', ...on('2025-04-14', { facts: { ...invoice, amountFen: '1' } }) })).toBe(
    '409 procurement.contract-held',
  );
  expect(await act('clerk', { act: 'invoice', ...on('2025-04-14', { facts: invoice }) })).toBe('200 invoiced');
  expect(await act('cashier', { act: 'pay' })).toBe('409 procedure.not-now');
  expect(await act('approver', { act: 'approve', ...on('2025-04-20') })).toBe('200 approved');
  const gated = await post('cashier', `settlements/${String(money.settlementId)}/pay`, {});
  expect(gated.body.code).toBe('settlement.gated');
  expect(await act('cashier', { act: 'pay', ...on('2025-04-25') })).toBe('200 paid');

  const used = {
    use: 'conservation',
    purpose: 'planting',
    amountFen,
    evidence: 'invoice 3001',
    on: '2025-06-01',
    ...paper,
  };
  expect((await post('clerk', 'contracts/dajun-2024/spendings', used)).status).toBe(201);
  expect(await act('checker', { act: 'close' })).toBe('409 procurement.contract-held');
  expect((await post('clerk', 'contracts/dajun-2024/statements', { year: '2025', ...paper })).body).toEqual({
    ...{ edition: 1, conservationFen: amountFen, allowedFen: '0' },
  });
  expect(await act('checker', { act: 'close' })).toBe('200 closed');
  const { body } = await get('contracts/dajun-2024');
  expect(body).toMatchObject({ state: 'closed', paidFen: amountFen, spent: { unspentFen: '0', isLate: false } });
  expect(list(body.clocks).filter(({ metOn }) => metOn === null)).toMatchObject([{ code: 'result-publication' }]);
});

it('shows the contract to everybody once it is published', async () => {
  const { status, body } = await api.call('GET', '/api/v1/contracts/dajun-2024/ocds');
  expect(status).toBe(200);
  const [release] = list(body.releases);
  expect(release).toMatchObject({
    ocid: 'ocds-000000-dajun-2024',
    tag: ['planning', 'tender', 'award', 'contract', 'implementation'],
    tender: { procurementMethod: 'limited' },
  });
  expect(list(release.contracts)).toHaveLength(1);
});

it('acts once for a key, and tells it', async () => {
  const gain = {
    territory: county,
    service: 'soilRetention',
    // No account of the year is published, so there is no figure to hold it to.
    year: '2019',
    amountFen: '5',
    soldTo: 'x',
    reason: 'sold',
  };
  const call = { ...keyed({ ...gain, credit: 'vep-1' }), token: tokens.clerk };
  const [first, again] = [
    await api.call('POST', '/api/v1/sold-gains', call),
    await api.call('POST', '/api/v1/sold-gains', call),
  ];
  expect([first.status, again.body.id]).toEqual([201, first.body.id] as unknown as Json[]);
  expect((await post('clerk', 'sold-gains', { ...gain, credit: 'vep-1' })).body.code).toBe(
    'procurement.sold-gain-refused',
  );
});

it('is the same at the terminal, each deed by a person who signs in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gep-procurement-'));
  const { databaseUrl, databaseOwnerUrl } = api.database.config;
  const env = { DATABASE_URL: databaseUrl, DATABASE_OWNER_URL: databaseOwnerUrl, NODE_ENV: 'test' };
  const run = (...args: string[]) => gep([...args, '--json'], { env, cwd: folder, input: `${passphrase}\n` });
  const as = (login: string) => ['--as', login, '--password-stdin'];
  const file = (name: string, content: object): string => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return name;
  };
  try {
    const right = { territory: county, parcel: 'site 7', basis: 'lease', validFrom: '2024-01-01', reason: 'leased' };
    const refused = await run('company', 'grant-right', file('bad.json', { ...right, holds: true }), ...as('clerk'));
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('company (text)')]);
    const granted = await run(
      'company',
      'grant-right',
      file('right.json', { ...right, company: 'dajun' }),
      ...as('clerk'),
    );
    expect([granted.stderr, granted.code]).toEqual(['', 0]);
    const shown = await run('contract', 'show', 'dajun-2024');
    expect(shown.json()).toMatchObject({ state: 'closed', money: { amountFen: '100000' } });
    const early = await run('contract', 'act', 'dajun-2024', 'pay', ...as('cashier'));
    expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('procedure.not-now')]);
    const release = await run('contract', 'ocds', 'dajun-2024');
    expect(release.json()).toMatchObject({ version: '1.1', releases: [{ ocid: 'ocds-000000-dajun-2024' }] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 90_000);
