/** Compensation over HTTP: an agreement from draft to evaluation by GEP share, by a signed shape with bills, and after an advance. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { FundService } from '@gep/ledger';
import { loadPolicy, PolicyService, readPolicyText } from '@gep/rulebook';
import { levelOfCode, parentOfCode, TerritoryService } from '@gep/territory';
import { testActor } from '../fixtures/test-database';
import { keyed } from './api-matrix';
import { list, pathOf, startApi, type ApiUnderTest, type Json, type Reply } from './api-under-test';

const newCounties = Array.from({ length: 9 }, (_, at) => `5205${41 + at}`);
const counties = ['520523', ...newCounties];
const hands = {
  clerk: 'fund-administrator',
  checker: 'fund-checker',
  approver: 'fund-approver',
  cashier: 'cashier',
} as const;
type Hand = keyof typeof hands;
let api: ApiUnderTest;
const tokens = new Map<string, string>();

beforeAll(async () => {
  api = await startApi();
  const { db } = api.database;
  await new TerritoryService(db).importTerritories(
    testActor(),
    newCounties.map((code) => ({
      ...{
        code,
        nameZh: `县${code}`,
        nameEn: `county ${code}`,
        level: levelOfCode(code),
        parentCode: parentOfCode(code),
      },
      ...{ validFrom: '2000-01-01', validTo: null, source: 'made up' },
    })),
  );
  for (const [hand, role] of Object.entries(hands)) tokens.set(hand, await api.person(`com-${hand}`, role, '520500'));
  tokens.set('party', await api.person('com-party', 'party', counties[0]));
  tokens.set('stranger', await api.person('com-stranger', 'fund-administrator', '331125'));
  const [funds, policies] = [new FundService(db), new PolicyService(db)];
  const names = { nameZh: '生态资金', nameEn: 'eco', shortfallPolicy: 'pro-rata' } as const;
  const { id: fundId } = await funds.openFund(
    testActor(),
    { code: 'eco', territoryPath: pathOf('520500'), ...names },
    randomUUID(),
  );
  for (const code of ['main', 'levied'])
    await funds.addSource(
      testActor(),
      { fundId, code, department: code, purposes: [], budgetYear: 2025 },
      randomUUID(),
    );
  const receipt = { fundId, source: 'main', amountFen: 20_000_000_00n, effectiveDate: '2025-02-01', memo: 'received' };
  await funds.receive(testActor(), { ...receipt, businessKey: 'receipt' }, randomUUID());
  const air = readFileSync('rulebook/policies/eco-compensation/shandong-air.yaml', 'utf8').replace(/^place: .*\n/m, '');
  for (const [slot, rule] of [
    ['ten', await loadPolicy('gep-share', 'rulebook')],
    ['advanced', await loadPolicy('gep-share', 'rulebook')],
    ['air', await readPolicyText({ path: 'air.yaml', text: air }, 'rulebook')],
    ['advance-plan', await loadPolicy('advance-plan', 'rulebook')],
  ] as const) {
    await policies.propose(testActor(['CN'], 'proposer'), rule, randomUUID());
    const wish = {
      edition: rule.edition,
      territoryPath: pathOf('520500'),
      from: '2020-01-01',
      slot,
      reason: 'made up',
    };
    await policies.adopt(testActor(['CN'], 'adopter'), wish, randomUUID());
  }
});
afterAll(() => api.stop());

const post = (hand: Hand | 'party' | 'stranger', path: string, body: object = {}): Promise<Reply> =>
  api.call('POST', `/api/v1/agreements${path}`, { ...keyed(body), token: tokens.get(hand) });
const get = (path: string, hand: Hand | 'party' | 'stranger' = 'clerk'): Promise<Reply> =>
  api.call('GET', `/api/v1/agreements${path}`, { token: tokens.get(hand) });
async function made(reply: Promise<Reply>): Promise<Json> {
  const { status, body, text } = await reply;
  expect([status < 300, status < 300 ? '' : text]).toEqual([true, '']);
  return body;
}

const text = { zh: '测试', en: 'made up' };
const documentOf = (code: string, receivers: readonly string[], more: object = {}): { parties: object[] } => ({
  ...{ code, title: text, place: '520500', scope: text, target: text, monitoring: text, breach: text },
  ...{ duties: [], term: { from: '2024-01-01', to: '2099-12-31' }, policy: { id: 'gep-share' } },
  ...{ fund: { code: 'eco', purpose: 'compensation' }, input: { kind: 'measured' }, totals: { pool: 1_000_000 } },
  parties: [
    { code: 'city', role: 'payer', place: '520500', rule: 'fund', book: 'fund:eco', name: text },
    ...receivers.map((place) => ({ code: `c${place}`, role: 'receiver', place, name: text })),
  ],
  ...more,
});

async function conclude(code: string, document: object): Promise<void> {
  const { id } = await made(post('clerk', '', { document: JSON.stringify(document) }));
  for (const party of list((await get(`/${String(id)}`)).body.unsigned))
    await made(post('clerk', `/${code}/signatures`, { party, signatory: 'head', signedOn: '2024-01-02' }));
  await made(post('approver', `/${code}/enter`));
}

async function measure(code: string, period: string, rows: readonly object[]): Promise<void> {
  const source = { suppliedBy: 'Statistics', document: 'report.xlsx', documentDigest: 'a'.repeat(64) };
  const { id } = await made(post('clerk', `/${code}/measurements`, { period, rows, ...source }));
  await made(post('checker', `/${code}/measurements/${String(id)}/acts`, { act: 'approve' }));
}

const steps = [
  ['checker', 'confirm'],
  ['clerk', 'reserve'],
  ['approver', 'approve'],
  ['cashier', 'pay'],
] as const;
const act = (hand: Hand, code: string, id: Json, body: object): Promise<Reply> =>
  post(hand, `/${code}/settlements/${String(id)}/acts`, body);

async function carryOut(code: string, id: Json): Promise<void> {
  for (const [hand, step] of steps) await made(act(hand, code, id, { act: step }));
}
const periodOf = async (code: string, at = 0): Promise<Json> => list((await get(`/${code}/periods`)).body.items)[at];
const partsOf = (cycle: Json, at: number): (readonly [Json, Json, Json])[] =>
  list(list(cycle.settlements)[at].view.parts).map(({ party, claimFen, paidFen }) => [party, claimFen, paidFen]);

it('shares a pool by GEP over ten counties, from the draft to the evaluation, every step by another person', async () => {
  const document = documentOf('ten', counties);
  expect((await post('party', '', { document: JSON.stringify(document) })).status).toBe(403);
  expect((await post('clerk', '', { document: 'code: Ten\nplaec: x' })).body).toMatchObject({
    code: 'compensation.agreement-refused',
  });
  await conclude('ten', document);
  expect((await post('clerk', '', { document: JSON.stringify(document) })).body.code).toBe('compensation.not-agreed');
  expect((await get('/ten')).body).toMatchObject({ state: 'in-force', unsigned: [], disputesTo: '520000' });
  expect((await get('/ten', 'stranger')).status).toBe(404);
  const own = list((await get('/copies', 'party')).body.items);
  expect(own.map(({ party }) => party)).toEqual([`c${counties[0]}`]);
  expect((await get('/ten', 'party')).status).toBe(404);
  expect(list((await get('?within=520500')).body.items).map(({ code }) => code)).toContain('ten');
  const refused = await post('clerk', '/ten/measurements', {
    ...{ period: '2025', rows: [{ unit: counties[0], period: '2025', gep: 1 }], suppliedBy: 'the county itself' },
    ...{ supplierPlace: counties[0], document: 'a', documentDigest: 'a'.repeat(64) },
  });
  expect([refused.status, refused.body.code]).toEqual([409, 'compensation.not-agreed']);
  await measure(
    'ten',
    '2025',
    counties.map((unit, at) => ({ unit, period: '2025', gep: 100 + at })),
  );
  const { id } = await made(post('clerk', '/ten/settlements', { period: '2025' }));
  expect((await act('clerk', 'ten', id, { act: 'approve' })).status).toBe(403);
  const general = await api.call('POST', `/api/v1/settlements/${String(id)}/reserve`, {
    ...keyed({}),
    token: tokens.get('clerk'),
  });
  expect([general.status, general.body.code]).toEqual([409, 'settlement.gated']);
  await carryOut('ten', id);
  const cycle = await periodOf('ten');
  expect(cycle.state).toBe('settled');
  const paid = partsOf(cycle, 0).map(([, , fen]) => Number(fen));
  expect(paid.reduce((sum, fen) => sum + fen, 0)).toBe(1_000_000_00);
  // 100 of 1,045 parts; the last county 109.
  expect([paid[0], paid[9]]).toEqual([9_569_378, 10_430_622]);
  await made(post('clerk', '/ten/periods/2025/acts', { act: 'pay-on' }));
  const end = await made(post('clerk', '/ten/periods/2025/acts', { act: 'evaluate', reason: 'targets were met' }));
  expect(end.state).toBe('evaluated');
  expect(list((await periodOf('ten')).steps).map((step) => step.act)).toEqual([
    ...['open', 'measure', 'compute', 'confirm', 'settle', 'pay-on', 'evaluate'],
  ]);
});

it('pays and bills by a signed shape, and takes the bill in', async () => {
  const input = { kind: 'measured', yearsBefore: 1 };
  const document = documentOf('air', counties.slice(0, 2), { policy: { id: 'shandong-air' }, input, totals: {} });
  document.parties[0] = { ...document.parties[0], rule: 'province' };
  await conclude('air', document);
  const rows = (period: string, ...pm25: number[]) =>
    pm25.map((value, at) => ({ unit: counties[at], period, pm25: value, pm10: 100, so2: 20, no2: 40, goodDays: 60 }));
  await measure('air', '2024-Q1', rows('2024-Q1', 60, 60));
  await measure('air', '2025-Q1', rows('2025-Q1', 50, 65));
  const { id } = await made(post('clerk', '/air/settlements', { period: '2025-Q1' }));
  await carryOut('air', id);
  const [one, other] = list(list((await periodOf('air')).settlements)[0].view.parts);
  expect([one.paidFen, other.billedFen]).toEqual(['480000000', '240000000']);
  const collect = { act: 'collect', party: counties[1], amountFen: '240000000' };
  expect((await act('cashier', 'air', id, collect)).status).toBe(403);
  await made(act('clerk', 'air', id, collect));
  expect(list((await periodOf('air')).settlements)[0].view.state).toBe('closed');
});

it('advances what was agreed, settles, and takes back what was too much; a breach holds one party alone', async () => {
  const advances = [
    { code: 'spring', day: '03-31', by: 'amounts', amounts: { [counties[0]]: 700_000, [counties[1]]: 100_000 } },
  ];
  await conclude('advanced', documentOf('advanced', counties.slice(0, 2), { advances, trueUp: { way: 'clawback' } }));
  const { id: advance } = await made(post('clerk', '/advanced/advances', { period: '2025', advance: 'spring' }));
  await carryOut('advanced', advance);
  expect((await periodOf('advanced')).state).toBe('advanced');
  await measure('advanced', '2025', [
    { unit: counties[0], period: '2025', gep: 1 },
    { unit: counties[1], period: '2025', gep: 1 },
  ]);
  const order = {
    party: `c${counties[1]}`,
    finding: 'money used for a road',
    orderedOn: '2026-01-01',
    correctBy: '2026-02-01',
  };
  const { id: breach } = await made(post('clerk', '/advanced/breaches', order));
  const onBreach = (hand: Hand, body: object) =>
    post(hand, `/advanced/breaches/${String(breach)}/acts`, { reason: 'as inspected', ...body });
  expect((await onBreach('approver', { act: 'stop' })).body.code).toBe('procedure.not-now');
  await made(onBreach('clerk', { act: 'find-late' }));
  await made(onBreach('approver', { act: 'stop' }));
  const { id } = await made(post('clerk', '/advanced/settlements', { period: '2025' }));
  for (const [hand, step] of steps.slice(0, 3)) await made(act(hand, 'advanced', id, { act: step }));
  const idle = (await act('cashier', 'advanced', id, { act: 'pay' })).body;
  expect(idle).toMatchObject({ code: 'settlement.nothing-now', facts: { parties: [counties[1]] } });
  const parts = list(list((await periodOf('advanced')).settlements)[1].view.parts);
  expect(parts.map(({ party, clawbackFen, claimFen, paidFen }) => [party, clawbackFen, claimFen, paidFen])).toEqual([
    [counties[0], '20000000', '0', '0'],
    [counties[1], '0', '40000000', '0'],
  ]);
  await made(onBreach('clerk', { act: 'correct' }));
  expect(list((await get('/advanced/breaches')).body.items)).toMatchObject([
    { state: 'corrected', measures: [{ kind: 'stop' }] },
  ]);
  await made(act('cashier', 'advanced', id, { act: 'pay' }));
  for (const [hand, step] of steps.slice(1)) await made(act(hand, 'advanced', id, { act: step }));
  await made(
    act('clerk', 'advanced', id, { act: 'collect', of: 'clawback', party: counties[0], amountFen: '20000000' }),
  );
  const after = list((await periodOf('advanced')).settlements)[1].view;
  expect(after.state).toBe('closed');
  expect(list(after.parts)[1].paidFen).toBe('40000000');
  expect((await get('/advanced/carries')).body.items).toEqual([]);
  expect((await get('/advanced/passed-on')).body.items).toEqual([]);
  expect((await made(post('approver', '/advanced/terminate', { reason: 'merged into another' }))).id).toBeDefined();
});

it('evaluates a programme from what is sent, and tells what is wrong with it', async () => {
  const evaluate = (body: object) =>
    api.call('POST', '/api/v1/benefits/evaluate', { body, token: tokens.get('party') });
  const flows = [
    { period: '2024', service: 'water', supplier: 'a', beneficiary: 'b', quantity: 100, unit: 'm3', price: 1.5 },
  ];
  const costs = [{ period: '2024', provider: 'a', kind: 'opportunity', amount: 30, per: 'hm2', size: 2 }];
  const found = await evaluate({ flows, costs, split: '0.5', perService: ['water'] });
  expect(found.status).toBe(200);
  expect(list(found.body.standards)).toMatchObject([
    { per: 'hm2', lower: '30', upper: '75', standard: '52.5' },
    { per: 'm3 water', lower: '0.6', upper: '1.5', standard: '1.05' },
  ]);
  const refused = await evaluate({ flows: [{ ...flows[0], quantity: 'much' }] });
  expect([refused.status, refused.body.code]).toEqual([422, 'compensation.benefit-input-refused']);
});
