/** A county's account over HTTP, paid for, restated, and trued up: the worker drafts, people confirm, approve and pay. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Role } from '@gep/access';
import { FundService } from '@gep/ledger';
import { CompanyService } from '@gep/procurement';
import { openQueues } from '@gep/platform';
import { PolicyService, readPolicyText } from '@gep/rulebook';
import { testActor } from '../fixtures/test-database';
import { startWorking, type Working } from '../../apps/worker/src/start-working.main';
import { formOf, list, pathOf, startApi, type ApiUnderTest, type Json, type Reply } from './api-under-test';

const [norm, county, period] = ['jinsha-mine-2026', '520523', '2024'];
const rulebook = resolve(__dirname, '../../rulebook');
const file = readFileSync(resolve(rulebook, 'cases/jinsha-mine/observations.json'), 'utf8');
const rule = `
id: rate-of-gep
title: { zh: 按 GEP 的千分之一, en: A thousandth of GEP }
mechanism: eco-compensation
status: usable
valid: { from: 2015-01-01 }
sources: [{ id: S1, text: made up for a test, standing: A }]
parties: [{ code: fund, name: { zh: 专项资金, en: Fund } }]
columns: [{ code: gep, unit: yuan, name: { zh: GEP, en: GEP }, min: 0 }]
payments:
  - { code: award, name: { zh: 奖励, en: Award }, from: fund, to: units, amount: gep / 1000, negative: refuse }
`;

let api: ApiUnderTest;
let working: Working;
let fund: string;
const tokens = new Map<string, string>();
beforeAll(async () => {
  api = await startApi();
  await api.publish(norm);
  const people: readonly (readonly [string, Role, string])[] = [
    ...(['accountant', 'checker', 'reviewer', 'approver', 'publisher'] as const).map(
      (role) => [role, role, county] as const,
    ),
    ...(['fund-administrator', 'fund-checker', 'fund-approver', 'cashier'] as const).map(
      (role) => [role, role, '520500'] as const,
    ),
    ['clerk', 'settlement-clerk', county],
    ['stranger', 'viewer', '331125'],
  ];
  for (const [login, role, place] of people) tokens.set(login, await api.person(login, role, place));
  const queues = await openQueues(api.database.config, { logger: api.log, giveUp: () => undefined });
  working = await startWorking({ database: api.database.db, queues, log: api.log, threads: 1 });
  const { db } = api.database;
  const [one, another] = [testActor(), testActor(['CN'], 'another')];
  const territoryPath = pathOf('520500');
  const policies = new PolicyService(db);
  const read = await readPolicyText({ path: 'rule.yaml', text: rule }, rulebook);
  await policies.propose(one, read, randomUUID());
  const wish = { edition: read.edition, territoryPath, from: '2020-01-01', slot: 'award', reason: 'resolution 1' };
  await policies.adopt(another, wish, randomUUID());
  const funds = new FundService(db);
  const named = { code: 'eco', territoryPath, nameZh: '生态资金', nameEn: 'eco', shortfallPolicy: 'pro-rata' as const };
  fund = (await funds.openFund(one, named, randomUUID())).id;
  const source = { fundId: fund, code: 'main', department: 'finance', purposes: [], budgetYear: 2024 };
  await funds.addSource(one, source, randomUUID());
  const receipt = { fundId: fund, source: 'main', amountFen: 10n ** 12n, effectiveDate: '2024-03-01' };
  await funds.receive(one, { ...receipt, businessKey: 'slip-1', memo: 'received' }, randomUUID());
}, 120_000);
afterAll(async () => {
  await working.stop();
  await api.stop();
});

const get = (who: string, path: string): Promise<Reply> =>
  api.call('GET', `/api/v1/${path}`, { token: tokens.get(who)! });
const post = (who: string, path: string, body: object = {}): Promise<Reply> =>
  api.call('POST', `/api/v1/${path}`, {
    ...{ token: tokens.get(who)!, body, headers: { 'idempotency-key': randomUUID() } },
  });
const act = (who: string, deed: string, more: object = {}) =>
  post(who, `reviews/${county}/${period}/${norm}/acts`, { act: deed, ...more });

/** Observes the county with so much forest, and takes its account up to publication. */
async function publish(forest: number): Promise<void> {
  const all = JSON.parse(file) as Record<string, { period: string; type?: string }[]>;
  const of = (sheet: string) =>
    (all[sheet] ?? [])
      .filter((row) => row.period === period)
      .map((row) => ({ ...row, territory: county, ...(row.type === 'forestLand' && { area: forest }) }));
  const form = formOf(JSON.stringify({ extent: of('extent'), statistics: of('statistics') }), 'county.json', { norm });
  const headers = { 'idempotency-key': randomUUID() };
  const sent = await api.call('POST', '/api/v1/uploads', { token: tokens.get('accountant')!, form, headers });
  expect(sent.status).toBe(201);
  const { body } = await post('accountant', 'recomputes', { period, norm, territory: county });
  await until(async () => String((await get('accountant', `recomputes/${String(body.runId)}`)).body.state) === 'done');
  const account = await get('accountant', `accounts/current?territory=${county}&period=${period}&norm=${norm}`);
  const findings = `accounts/${String(account.body.id)}/findings`;
  for (const { key, open } of list((await get('accountant', findings)).body.items))
    if (Boolean(open))
      await post('accountant', `${findings}/${String(key)}/explanations`, { text: '已与实测核对，确认无误' });
  for (const [who, deed] of [
    ...([
      ['accountant', 'submit'],
      ['checker', 'check'],
      ['reviewer', 'review'],
      ['approver', 'approve'],
    ] as const),
    ['publisher', 'publish'],
  ])
    expect((await act(who, deed)).body).toMatchObject({ act: deed });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('it did not come to pass in half a minute');
}

/** Confirms, reserves, approves and pays, each by who may. */
async function pay(id: string): Promise<void> {
  for (const [who, deed] of [
    ...([
      ['fund-checker', 'confirm'],
      ['fund-administrator', 'reserve'],
      ['fund-approver', 'approve'],
    ] as const),
    ['cashier', 'pay'],
  ]) {
    const { status, body } = await post(who, `settlements/${id}/${deed}`);
    expect([deed, status, body.code ?? 'done']).toEqual([deed, 200, 'done']);
  }
}

const draft = () => ({
  ...{ code: 'award-2024', territory: '520500', mechanism: 'eco-compensation', kind: 'settlement', agreement: 'award' },
  ...{
    period,
    fund,
    purpose: 'award',
    parties: { fund: 'fund:eco' },
    trueUp: { way: 'supplement', supplementLimit: '0.1' },
  },
  accounts: {
    ...{ periods: [period], units: [county] },
    columns: [{ column: 'gep', norm, figure: 'total', prices: 'current' }],
  },
});
const part = (body: Json, at = 0): Json => list(body.parts)[at];
const entitled = async (id: string) =>
  BigInt(String(part((await get('cashier', `settlements/${id}`)).body).entitledFen));

it('is tried, promoted, paid, restated, and trued up within the limit of the contract', async () => {
  await publish(20);
  const trial = await post('fund-administrator', 'shadow-settlements', { name: '2024', drafts: [draft()] });
  expect(trial.status).toBe(201);
  const shadow = (await get('cashier', `shadow-settlements/${String(trial.body.id)}`)).body;
  expect(shadow).toMatchObject({ name: '2024', territory: '520500', settlements: null });
  const planned = part(list(shadow.entries)[0]);
  expect(planned).toMatchObject({ party: county, shortfallFen: '0' });
  const promoted = await post('fund-administrator', `shadow-settlements/${String(trial.body.id)}/promote`);
  const [id] = list(promoted.body.settlements).map(String);
  expect(part((await get('cashier', `settlements/${id}`)).body).claimFen).toBe(planned.claimFen);
  await pay(id);

  expect((await act('approver', 'restate', { reason: '林地面积重新测绘' })).status).toBe(200);
  await publish(40);
  const [{ id: disclosure }] = list((await get('accountant', 'disclosures?corrections=true')).body.items);
  const impact = async () => (await get('cashier', `impacts/${String(disclosure)}`)).body;
  await until(async () => String(list((await impact()).settlements)[0]?.outcome) === 'drafted');
  const [touched] = list((await impact()).settlements);
  expect(touched).toMatchObject({ id, state: 'closed', territory: '520500', correction: { state: 'computed' } });
  expect(list((await impact()).others).map(({ dependent }) => String(dependent.kind))).toEqual(['payment']);
  expect((await get('stranger', `impacts/${String(disclosure)}`)).status).toBe(404);
  const correction = String(touched.correction.id);
  const [before, after] = [await entitled(id), await entitled(correction)];
  const limit = before / 10n;
  const more = after - before;
  expect(more).toBeGreaterThan(limit);
  expect(part((await get('cashier', `settlements/${correction}`)).body)).toMatchObject({
    ...{ claimFen: String(limit), waitingFen: String(more - limit), waitingCause: 'limit' },
  });
  await pay(correction);
  expect(part(list((await impact()).settlements)[0])).toMatchObject({
    ...{ paidFen: String(before + limit), dueFen: '0', waitingFen: String(more - limit), cause: 'limit' },
  });
}, 180_000);

it('gives parcels their base GEP from the account that is published now, by area', async () => {
  const names = { nameZh: '林业', nameEn: 'forest', payeeName: 'forest', bank: 'bank', accountNo: '99000001' };
  const company = {
    code: 'forest',
    territory: county,
    validFrom: '2024-01-01',
    ...names,
    legalForm: 'company',
  } as const;
  const rest = { creditCode: null, status: 'active', reason: 'registered', documentDigest: null } as const;
  await new CompanyService(api.database.db).record(testActor(), { ...company, ...rest }, randomUUID());
  const register = (areas: Readonly<Record<string, string>>, more: object = {}) =>
    post('clerk', 'owners', {
      ...{ company: 'forest', since: '2024-12-31', owners: [], ...more },
      baseFrom: { territory: county, period, norm },
      parcels: Object.entries(areas).map(([code, areaHectare]) => ({
        ...{ code, territory: county, baseYear: Number(period), type: 'forestLand', areaHectare },
        holders: [{ owner: 'a' }],
      })),
    });
  const owners = [{ code: 'a', name: '户主a', kind: 'household', territory: county }];
  expect((await register({ p: '5', q: '15' }, { owners })).body).toMatchObject({ owners: 1, parcels: 2 });
  const [p, q] = list((await get('clerk', 'parcels?company=forest')).body.items).map((one) => Number(one.baseGepFen));
  expect(p).toBeGreaterThan(0);
  expect(Math.abs(q - 3 * p)).toBeLessThan(3);
  const tooMuch = await register({ r: '1000' });
  expect([tooMuch.status, tooMuch.body.code]).toEqual([422, 'procurement.register-refused']);
});
