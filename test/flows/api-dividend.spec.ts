/** A dividend over HTTP, with a worker: from the register to paid lines, and a household that sees its own line and no other. */
import { randomUUID } from 'node:crypto';
import { LedgerService } from '@gep/ledger';
import { openQueues } from '@gep/platform';
import { checkProof, CompanyService, type LineProof } from '@gep/procurement';
import { loadPolicy, PolicyService } from '@gep/rulebook';
import { resolve } from 'node:path';
import { startWorking, type Working } from '../../apps/worker/src/start-working.main';
import { usualPace } from '../../apps/worker/src/pace';
import { testActor } from '../fixtures/test-database';
import { until } from '../fixtures/until';
import { list, pathOf, startApi, type ApiUnderTest, type Reply } from './api-under-test';

const county = '520523';
const documentDigest = 'd'.repeat(64);
/** The id serves as well in every path. */
const code = 'forest.2025';
let api: ApiUnderTest;
let working: Working;
let people: Record<'clerk' | 'approver' | 'cashier' | 'viewer' | 'a' | 'b' | 'elsewhere', string>;
beforeAll(async () => {
  api = await startApi();
  const { db } = api.database;
  people = {
    clerk: await api.person('clerk', 'settlement-clerk', county),
    approver: await api.person('fund-approver', 'fund-approver', county),
    cashier: await api.person('cashier', 'cashier', county),
    viewer: await api.person('viewer', 'viewer', county),
    a: await api.person('household-a', 'owner', county),
    b: await api.person('household-b', 'owner', county),
    elsewhere: await api.person('other-clerk', 'settlement-clerk', '331125'),
  };
  const rule = await loadPolicy('two-mountains-dividend', resolve(__dirname, '../../rulebook'));
  const policies = new PolicyService(db);
  await policies.propose(testActor(['CN'], 'proposer'), rule, randomUUID());
  const adoption = {
    edition: rule.edition,
    territoryPath: pathOf(county),
    from: '2020-01-01',
    slot: '',
    reason: 'resolved',
  };
  await policies.adopt(testActor(['CN'], 'adopter'), adoption, randomUUID());
  const company = {
    ...{ code: 'forest', territory: county, validFrom: '2020-01-01', nameZh: '林业公司', nameEn: 'forest company' },
    ...({ legalForm: 'company', creditCode: null, payeeName: 'forest', bank: 'bank', accountNo: '99000001' } as const),
    ...({ status: 'active', reason: 'registered', documentDigest: null } as const),
  };
  await new CompanyService(db).record(testActor(['CN'], 'registrar'), company, randomUUID());
  const queues = await openQueues(api.database.config, { logger: api.log, giveUp: () => undefined });
  const pace = { ...usualPace, idleMs: 20 };
  working = await startWorking({ database: db, queues, log: api.log, threads: 1 }, { pace });
}, 60_000);
afterAll(async () => {
  await working.stop();
  await api.stop();
});

const get = (path: string, by: keyof typeof people): Promise<Reply> =>
  api.call('GET', `/api/v1/${path}`, { token: people[by] });
const post = (path: string, by: keyof typeof people, body: object, key: string = randomUUID()): Promise<Reply> =>
  api.call('POST', `/api/v1/${path}`, { token: people[by], body, headers: { 'idempotency-key': key } });

async function work(id: string, act: 'allot' | 'approve' | 'pay', by: keyof typeof people): Promise<Reply> {
  expect((await post(`dividends/${id}/${act}`, by, {})).status).toBe(202);
  let reply = await get(`dividends/${id}`, 'viewer');
  const isDone = async (): Promise<boolean> => {
    reply = await get(`dividends/${id}`, 'viewer');
    return reply.body.task.doneAt !== null;
  };
  await until(isDone, 30_000, `${act} by the worker`);
  expect(reply.body.task.failure).toBeNull();
  return reply;
}

it('goes from registration to paid lines, and each household sees its own', async () => {
  const owners = ['a', 'b', 'c'].map((code) => ({ code, name: `户主${code}`, kind: 'household', territory: county }));
  const holders = [
    { owner: 'a', share: '1/3' },
    { owner: 'b', share: '2/3' },
  ];
  const parcels = [
    { code: 'p', territory: county, baseYear: 2020, baseGep: '300', holders },
    { code: 'q', territory: county, baseYear: 2020, baseGep: '100', holders: [{ owner: 'c' }] },
  ];
  const registration = { company: 'forest', since: '2020-12-31', owners, parcels };
  expect((await post('owners', 'viewer', registration)).status).toBe(403);
  const wrong = await post('owners', 'clerk', {
    ...registration,
    parcels: [{ ...parcels[0], holders: holders.slice(1) }],
  });
  expect([wrong.status, wrong.body.code]).toEqual([422, 'procurement.register-refused']);
  const registered = await post('owners', 'clerk', registration, 'register-1');
  expect([registered.status, registered.body.owners, registered.body.parcels]).toEqual([201, 3, 2]);
  const again = await post('owners', 'clerk', registration, 'register-1');
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(list((await get('parcels?company=forest&owner=b', 'clerk')).body.items)).toMatchObject([
    {
      code: 'p',
      baseGepFen: '30000',
      holders: [
        { owner: 'a', share: '1/3' },
        { owner: 'b', share: '2/3' },
      ],
    },
  ]);

  const entry = { kind: 'income', amountFen: '100000', on: '2025-05-01', period: '2025', memo: 'increment sold' };
  const booked = await post('company-books/forest/entries', 'clerk', { ...entry, evidence: 'slip-1', documentDigest });
  expect(booked.status).toBe(201);
  await new LedgerService(api.database.db).closePeriod(
    testActor(['CN'], 'closer'),
    { territoryPath: pathOf(county), period: '2025' },
    randomUUID(),
  );
  const plan = {
    ...{ company: 'forest', period: '2025', policy: 'two-mountains-dividend', reserveShare: '0.1', memo: '' },
    ...{ counting: 'record-date', recordDate: '2026-05-31', unclaimedAfter: 90 },
  };
  const planned = await post('dividends', 'clerk', plan);
  expect(planned.status).toBe(201);
  const id = String(planned.body.id);
  expect((await get(`dividends/${id}`, 'viewer')).body.plan).toMatchObject({
    reserveFen: '10000',
    dividendFen: '90000',
  });
  expect((await post(`dividends/${id}/notice`, 'clerk', { on: '2026-04-01', documentDigest })).status).toBe(200);
  const vote = { members: 3, attended: 3, inFavour: 2, against: 1, online: true, heldOn: '2026-04-15', documentDigest };
  expect((await post(`dividends/${id}/vote`, 'clerk', vote)).status).toBe(200);

  const allotted = await work(id, 'allot', 'clerk');
  expect(allotted.body).toMatchObject({ state: 'allotted', allotment: { owners: 3, dividendFen: '90000' } });
  expect(allotted.text).not.toMatch(/seed|户主/);
  expect((await post(`dividends/${id}/approve`, 'cashier', {})).status).toBe(403);
  for (const owner of ['a', 'b']) {
    const login = `household-${owner}`;
    expect((await post(`owners/${owner}/links`, 'clerk', { company: 'forest', login, linked: true })).status).toBe(200);
  }
  await objects();
  await work(code, 'approve', 'approver');
  expect((await work(code, 'pay', 'cashier')).body.state).toBe('paid');
  expect((await get('company-books/forest', 'viewer')).body.balances).toMatchObject({
    cash: '10000',
    reserve: '-10000',
  });

  const stranger = await post('owners/a/links', 'clerk', { company: 'forest', login: 'viewer', linked: true });
  expect([stranger.status, stranger.body.code]).toEqual([404, 'access.user-missing']);
  await seesOwn(id, 'a', '22500');
  await seesOwn(id, 'b', '45000');
  expect((await get(`dividends/${id}/lines`, 'viewer')).status).toBe(403);
  expect((await get(`dividends/${id}`, 'a')).status).toBe(403);
  for (const path of [`dividends/${id}`, `dividends/${code}/lines`, 'owners?company=forest', 'parcels?company=forest'])
    expect([path, (await get(path, 'elsewhere')).status]).toEqual([path, 404]);
  expect(list((await get('dividends', 'elsewhere')).body.items)).toEqual([]);

  const back = await post(`dividends/${id}/returns`, 'cashier', { owners: ['a'], reason: '账户已销 account closed' });
  expect(back.body).toMatchObject({ lines: 1, amountFen: '22500' });
  const apart = await get(`dividends/${code}/lines?places=return`, 'clerk');
  expect(list(apart.body.items)).toMatchObject([{ owner: 'a', state: 'returned' }]);
  const claim = { owner: 'a', claimant: 'a', reason: '本人领取 claimed' };
  expect((await post(`dividends/${code}/claims`, 'cashier', claim)).status).toBe(200);
  const published = await api.database.db.snapshot(testActor(), (tx) =>
    tx.query<{ document: string }[]>(`select document from procedure.publication_duty where subject_id = $1`, [id]),
  );
  expect(published).toHaveLength(1);
  expect(JSON.stringify(published)).toContain(String(allotted.body.allotment.root));
  expect(JSON.stringify(published)).not.toMatch(/户主|owner:|amountFen/);
});

async function seesOwn(id: string, owner: 'a' | 'b', amountFen: string): Promise<void> {
  const own = await get('my/dividends', owner);
  expect(list(own.body.items)).toMatchObject([
    { id, code, line: { owner, amountFen, state: 'paid' }, totalFen: '90000' },
  ]);
  const [{ root }] = list(own.body.items);
  const proofs = await get(`my/dividends/${code}/proof`, owner);
  const [proof] = list(proofs.body.items) as unknown as LineProof[];
  expect(checkProof(proof, { root: String(root), totalFen: 90_000n })).toBeUndefined();
  expect(proof.owner).toBe(owner);
  expect((await get(`my/dividends/${randomUUID()}/proof`, owner)).status).toBe(404);
}

/** A household objects to its own line over its own route, takes it back, and finds no other way to anything. */
async function objects(): Promise<void> {
  const grounds = { grounds: '份额应为二分之一' };
  const own = `my/dividends/${code}/appeals`;
  expect((await post(own, 'clerk', grounds)).status).toBe(403);
  const others = await post(own, 'a', { ...grounds, owner: 'b' });
  expect([others.status, others.body.code]).toEqual([404, 'procurement.dividend-missing']);
  const filed = await post(own, 'a', { ...grounds, shownFen: '22500' }, 'objection-1');
  expect([filed.status, filed.body.state]).toEqual([201, 'queried']);
  expect((await post(own, 'a', { ...grounds, shownFen: '22500' }, 'objection-1')).body.id).toBe(filed.body.id);
  const shown = list((await get(own, 'a')).body.items);
  expect(shown).toMatchObject([
    { id: filed.body.id, figure: 'a', shownFen: '22500', party: 'owner:a', state: 'queried' },
  ]);
  expect(list((await get(own, 'b')).body.items)).toEqual([]);
  expect((await get('appeals', 'a')).status).toBe(403);
  const acts = `${own}/${String(filed.body.id)}/acts`;
  const reason = '已说明清楚';
  expect((await post(acts, 'b', { act: 'withdraw', reason })).status).toBe(404);
  expect((await post(acts, 'a', { act: 'uphold', reason })).status).toBe(422);
  expect((await post(acts, 'a', { act: 'withdraw', reason })).body.state).toBe('withdrawn');
}
