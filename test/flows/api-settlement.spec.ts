/** A settlement over HTTP: by the queue or at once, each hand with one step of the money, seen by the county it pays. */
import { randomUUID } from 'node:crypto';
import { FundService } from '@gep/ledger';
import { openQueues } from '@gep/platform';
import { PolicyService, readPolicyText } from '@gep/rulebook';
import { startWorking } from '../../apps/worker/src/start-working.main';
import { resultRule } from '../services/settlement-setup';
import { testActor } from '../fixtures/test-database';
import { until } from '../fixtures/until';
import { keyed } from './api-matrix';
import { list, pathOf, startApi, type ApiUnderTest, type Reply } from './api-under-test';

const hands = {
  clerk: 'fund-administrator',
  checker: 'fund-checker',
  approver: 'fund-approver',
  cashier: 'cashier',
} as const;
let api: ApiUnderTest;
let fund: string;
const tokens = new Map<string, string>();

beforeAll(async () => {
  api = await startApi();
  const { db } = api.database;
  for (const [hand, role] of Object.entries(hands)) tokens.set(hand, await api.person(`set-${hand}`, role, '520500'));
  tokens.set('county', await api.person('set-county', 'party', '520523'));
  tokens.set('stranger', await api.person('set-stranger', 'fund-administrator', '331125'));
  const funds = new FundService(db);
  const names = { nameZh: '生态资金', nameEn: 'eco', shortfallPolicy: 'pro-rata' } as const;
  const draft = { code: 'eco', territoryPath: pathOf('520500'), ...names };
  fund = (await funds.openFund(testActor(), draft, randomUUID())).id;
  for (const code of ['main', 'levied']) {
    const source = { fundId: fund, code, department: code, purposes: [], budgetYear: 2025 };
    await funds.addSource(testActor(), source, randomUUID());
  }
  const receipt = { fundId: fund, source: 'main', amountFen: 100_000n, effectiveDate: '2025-02-01', memo: 'received' };
  await funds.receive(testActor(), { ...receipt, businessKey: 'receipt' }, randomUUID());
  const policies = new PolicyService(db);
  const rule = await readPolicyText({ path: 'rule.yaml', text: resultRule }, 'rulebook');
  await policies.propose(testActor(['CN'], 'proposer'), rule, randomUUID());
  const wish = { edition: rule.edition, territoryPath: pathOf('520500'), from: '2020-01-01', reason: 'made up' };
  await policies.adopt(testActor(['CN'], 'adopter'), wish, randomUUID());
});
let onTestEnd = (): Promise<void> => Promise.resolve();
afterAll(async () => {
  await onTestEnd();
  await api.stop();
});

const bodyOf = (code: string, more: object = {}) => ({
  ...{ code, territory: '520500', mechanism: 'eco-compensation', kind: 'settlement', agreement: code, period: '2025' },
  ...{ fund, purpose: 'compensation', parties: { fund: 'fund:eco' }, trueUp: { way: 'clawback' } },
  table: {
    rows: [
      { unit: '520523', period: '2025', amount: '120.5' },
      { unit: '520521', period: '2025', amount: '-20' },
    ],
    ...{ document: 'results.csv', documentDigest: '0'.repeat(64) },
  },
  ...more,
});
const send = (hand: string, path: string, body: object): Promise<Reply> =>
  api.call('POST', `/api/v1/settlements${path}`, { ...keyed(body), token: tokens.get(hand) });
const look = (hand: string, path: string): Promise<Reply> =>
  api.call('GET', `/api/v1/settlements${path}`, { token: tokens.get(hand) });

it('goes from a table to a closed settlement through four hands, and pays anew what the bank returned', async () => {
  const computed = await send('clerk', '', bodyOf('plain'));
  expect(computed.status).toBe(201);
  const id = String(computed.body.id);
  expect((await send('cashier', '', bodyOf('other'))).status).toBe(403);
  expect((await send('clerk', '', bodyOf('none', { table: undefined }))).body.code).toBe('settlement.refused');
  expect((await send('clerk', `/${id}/confirm`, {})).status).toBe(403);
  for (const [hand, act] of [
    ['checker', 'confirm'],
    ['clerk', 'reserve'],
    ['approver', 'approve'],
    ['cashier', 'pay'],
  ])
    expect([act, (await send(hand, `/${id}/${act}`, {})).status]).toEqual([act, 200]);
  const back = await send('clerk', `/${id}/parts/520523/return-payment`, { reason: '账号有误 wrong account' });
  expect(back.status).toBe(200);
  expect((await send('approver', `/${id}/approve`, {})).status).toBe(200);
  expect((await send('cashier', `/${id}/pay`, { effectiveDate: '2026-03-01' })).status).toBe(200);
  const more = await send('clerk', `/${id}/bills/520521/collect`, { amountFen: '2001' });
  expect([more.status, more.body.code]).toEqual([409, 'settlement.conflict']);
  expect((await send('clerk', `/${id}/bills/520521/collect`, { amountFen: '2000' })).status).toBe(200);
  const shown = await look('clerk', `/${id}`);
  expect([
    shown.body.state,
    list(shown.body.parts).map(({ party, state, paidFen }) => [party, state, paidFen]),
  ]).toEqual([
    'closed',
    [
      ['520521', 'settled', '0'],
      ['520523', 'paid', '12050'],
    ],
  ]);
  expect((await look('clerk', `/${id}/verification`)).body).toMatchObject({ holds: true });
  expect(list((await look('clerk', '?agreement=plain')).body.items).map((one) => one.code)).toEqual(['plain']);
});

it('shows the county what it got and why, and to strangers nothing', async () => {
  const [{ id }] = list((await look('clerk', '?agreement=plain')).body.items);
  const seen = await look('county', `/${String(id)}`);
  expect([seen.status, seen.body.head, list(seen.body.parts).length]).toEqual([200, null, 1]);
  const why = await look('county', `/${String(id)}/explanation?unit=520523`);
  expect(list(why.body.lines)[0]).toMatchObject({ amountFen: '12050', toParty: '520523' });
  expect([why.body.payments, why.body.workings]).toEqual([null, null]);
  const known = (await look('clerk', `/${String(id)}/explanation?unit=520523`)).body;
  expect(known.workings).toMatchObject([
    {
      kind: 'amount',
      payment: 'pay',
      unit: '520523',
      entitledFen: '12050',
      amounts: [{ expression: 'amount', value: '120.5' }],
    },
  ]);
  expect(list(known.payments).map(({ code, totalFen }) => [code, totalFen])).toEqual([['pay', '10050']]);
  expect((await look('county', `/${String(id)}/explanation?unit=520521`)).status).toBe(404);
  expect(list((await look('county', `/${String(id)}/lines`)).body.items)).toHaveLength(1);
  expect((await look('stranger', `/${String(id)}`)).status).toBe(404);
});

it('takes a code for the name, and tells the candidates where two territories have it', async () => {
  const [{ id }] = list((await look('clerk', '?agreement=plain')).body.items);
  expect((await look('clerk', '/plain')).body.gist).toMatchObject({ id });
  const rows = [{ unit: '520523', period: '2025', amount: '1' }];
  const table = { ...bodyOf('plain').table, rows };
  const { id: other } = (await send('clerk', '', bodyOf('plain', { territory: '520523', table }))).body;
  const { status, body } = await look('clerk', '/plain');
  expect([status, body.code]).toEqual([409, 'settlement.ambiguous']);
  expect(list(body.facts.candidates)).toEqual([
    { id, territory: '520500' },
    { id: other, territory: '520523' },
  ]);
});

it('computes by the queue in the name of whoever asked, and answers with the refusal of what cannot be', async () => {
  const queues = await openQueues(api.database.config, { logger: api.log, giveUp: () => undefined });
  const working = await startWorking({ database: api.database.db, queues, log: api.log, threads: 1 });
  const ended = async (requestId: unknown): Promise<Reply> => {
    const ask = () => look('clerk', `/requests/${String(requestId)}`);
    await until(
      async () => {
        const { settlementId, refusal } = (await ask()).body;
        return settlementId !== null || refusal !== null;
      },
      20_000,
      'the outcome of a request',
    );
    return ask();
  };
  onTestEnd = () => working.stop();
  const asked = await send('clerk', '', bodyOf('queued', { queued: true }));
  expect([asked.status, asked.body.id]).toEqual([201, null]);
  const { settlementId } = (await ended(asked.body.requestId)).body;
  const { gist } = (await look('clerk', `/${String(settlementId)}`)).body;
  expect(gist).toMatchObject({ code: 'queued' });
  expect((await send('clerk', `/${String(settlementId)}/confirm`, {})).status).toBe(403);
  const twice = await send('clerk', '', bodyOf('queued.v2', { queued: true, agreement: 'queued' }));
  expect((await ended(twice.body.requestId)).body.refusal).toMatchObject({ code: 'settlement.conflict' });
});
