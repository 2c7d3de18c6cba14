/** A county with an upload, a run, a published account and people of every role, in the API, for flows that ask as each of them. */
import { randomUUID } from 'node:crypto';
import { rolePermissions, roles, type Role } from '@gep/access';
import { FundService, LedgerService, listReservations, ProposalService } from '@gep/ledger';
import { openQueues } from '@gep/platform';
import { TreeService } from '@gep/territory';
import { startWorking } from '../../apps/worker/src/start-working.main';
import { testActor } from '../fixtures/test-database';
import { openapiPermissions, operations } from './api-description';
import { flowAbroad, keyed, matrix, norm, period, type Things } from './api-matrix';
import { makeAgreement } from './agreement-of-county';
import { makeCredit } from './credit-of-county';
import { makeDeparture } from './departure-of-county';
import { makeDisclosure } from './disclosure-of-county';
import { makeProcedure } from './procedure-of-county';
import { makeProcurement } from './procurement-of-county';
import { makeSettlement } from './settlement-of-county';
import { makeScores } from './scores-of-county';
import { makeTargets } from './targets-of-county';
import { formOf, list, pathOf, startApi, type ApiUnderTest, type Json, type Reply, type Token } from './api-under-test';

export interface CountyUnderTest {
  readonly api: ApiUnderTest;
  readonly things: Things;
  /** The person with a role at a place. */
  token(place: string, role: Role): Promise<string>;
  /** The person of the place with the role that the operation takes. */
  tokenOf(place: string, operationId: string): Promise<string>;
  ask(operationId: string, of: Things, token?: Token): Promise<Reply>;
  /** Carries the account of the county up to its publication. */
  publishAccount(): Promise<void>;
  /** Uploads this precipitation and computes the account anew. */
  recompute(precipitation: number): Promise<{ upload: Reply; run: Reply }>;
  stop(): Promise<void>;
}

const carriers: readonly (readonly [act: string, role: Role])[] = [
  ['submit', 'accountant'],
  ['check', 'checker'],
  ['review', 'reviewer'],
  ['approve', 'approver'],
  ['publish', 'publisher'],
];

export async function startCounty(): Promise<CountyUnderTest> {
  const api = await startApi();
  await api.publish(norm);
  const people = new Map<string, Promise<string>>();
  const queues = await openQueues(api.database.config, { logger: api.log, giveUp: () => undefined });
  const working = await startWorking({ database: api.database.db, queues, log: api.log, threads: 1 });
  // Each is there when first asked for: two hashes of a password take longer than most questions.
  const token = (place: string, role: Role): Promise<string> => {
    const login = `p-${place.toLowerCase()}-${role}`;
    const person = people.get(login) ?? api.person(login, role, place);
    people.set(login, person);
    return person;
  };
  const county = {
    api,
    token,
    tokenOf: (place: string, operationId: string) => token(place, roleFor(operationId)),
    ask(operationId: string, of: Things, asking?: Token) {
      const { method, path } = operations.find((one) => one.operationId === operationId)!;
      const line = matrix[operationId];
      return api.call(method, line.path?.(of) ?? path, { ...line.call?.(of), token: asking });
    },
    publishAccount: () => publishAccount(api, token),
    recompute: (precipitation: number) => recompute(api, token('520523', 'accountant'), precipitation),
    async stop() {
      await working.stop();
      await api.stop();
    },
  };
  const things = await makeThings(county);
  await makeTree(api);
  return { ...county, things };
}

function roleFor(operationId: string): Role {
  if (
    /upload|recompute(?!Settlement)|sheets|takeSheet|reminders|explainFinding|(declare|withdraw)Flow/i.test(operationId)
  )
    return 'accountant';
  if (/Audit/.test(operationId)) return 'auditor';
  if (/User|Role|PasswordLink|endSessions|Territories$|importTree|(split|rename)Territory/.test(operationId))
    return 'admin';
  const permission = openapiPermissions.get(operationId);
  const may = (role: Role): boolean => rolePermissions[role].some((one) => one === permission);
  return permission === undefined || may('viewer') ? 'viewer' : roles.find(may)!;
}

/** The checks find much soil kept on small ground, which a review wants explained. */
async function explainFindings(api: ApiUnderTest, account: string, token: Token): Promise<void> {
  const found = await api.call('GET', `/api/v1/accounts/${account}/findings`, { token });
  for (const { key, open } of list(found.body.items)) {
    if (!open) continue;
    const path = `/api/v1/accounts/${account}/findings/${String(key)}/explanations`;
    const explained = await api.call('POST', path, { ...keyed({ text: '坡陡雨强，已与实测核对' }), token });
    expect(explained.status).toBe(200);
  }
}

const currentPath = `/api/v1/accounts/current?territory=520523&period=${period}&norm=${norm}`;

async function publishAccount(api: ApiUnderTest, token: CountyUnderTest['token']): Promise<void> {
  const account = await api.call('GET', currentPath, { token: token('520523', 'viewer') });
  for (const [act, role] of carriers) {
    const path = `/api/v1/reviews/520523/${period}/${norm}/acts`;
    const done = await api.call('POST', path, { ...keyed({ act }), token: token('520523', role) });
    expect([done.status, done.body.act]).toEqual([200, act]);
    if (act === 'submit') await explainFindings(api, String(account.body.id), token('520523', 'accountant'));
  }
}

async function recompute(
  api: ApiUnderTest,
  token: Token,
  precipitation: number,
): Promise<{ upload: Reply; run: Reply }> {
  const rows = ['miningLand', 'dryland', 'forestLand', 'grassland', 'constructionLand'];
  const extent = rows.map((type) => ({ territory: '520523', period, type, area: 7, precipitation }));
  const form = formOf(JSON.stringify({ extent }), 'county.json', { norm });
  const headers = { 'idempotency-key': `upload-${precipitation}` };
  const upload = await api.call('POST', '/api/v1/uploads', { token, form, headers });
  const run = await api.call('POST', '/api/v1/recomputes', { token, ...keyed({ period, norm, territory: '520523' }) });
  await api.call('GET', `/api/v1/recomputes/${String(run.body.runId)}/events`, { token });
  expect([upload.status, run.status]).toEqual([201, 202]);
  return { upload, run };
}

/** A basin of which the county is a part. */
async function makeTree(api: ApiUnderTest): Promise<void> {
  const from = ['county-basin', '流域', 'watershed', '520500', 'map', '2000-01-01'];
  const header = ['code', 'name', 'kind', 'covers', 'source', 'from'];
  await new TreeService(api.database.db).importTree(testActor(), [
    { sheet: 'tree', header, rows: [{ row: 1, cells: from }] },
    { sheet: 'nodes', header: ['node', 'name'], rows: [{ row: 1, cells: ['upper', '上游'] }] },
    { sheet: 'membership', header: ['unit', 'node'], rows: [{ row: 1, cells: ['520523', 'upper'] }] },
  ]);
}

/** A fund of the county that has received money, with deeds that are over. */
async function makeFund(
  api: ApiUnderTest,
): Promise<Pick<Things, 'fund' | 'voucher' | 'reversed' | 'voided' | 'proposal'>> {
  const { db } = api.database;
  const [funds, ledger, proposals] = [new FundService(db), new LedgerService(db), new ProposalService(db)];
  const names = { nameZh: '县资金', nameEn: 'county fund', shortfallPolicy: 'pro-rata' } as const;
  const [one, another] = [testActor(), testActor(['CN'], 'another')];
  const { id: fundId } = await funds.openFund(
    one,
    { code: 'county', territoryPath: pathOf('520523'), ...names },
    randomUUID(),
  );
  for (const code of ['province', 'centre']) {
    const source = { fundId, code, department: 'finance', purposes: [], budgetYear: 2024 };
    await funds.addSource(one, source, randomUUID());
  }
  const receipt = { fundId, source: 'province', amountFen: 100n, effectiveDate: '2024-03-01', memo: 'received' };
  const receive = (businessKey: string) => funds.receive(one, { ...receipt, businessKey }, randomUUID());
  const { id: voucher } = await receive('receipt:county');
  const { id: reversed } = await receive('receipt:twice');
  await ledger.reverse(another, { voucherId: reversed, memo: 'entered twice' }, randomUUID());
  const wish = { fundId, from: 'province', to: 'centre', amountFen: 1n, reason: 'made up' };
  const [proposal] = (await proposals.transfer(one, wish, randomUUID())).ids;
  await proposals.act(one, { proposalId: proposal, act: 'withdraw', reason: 'made up' }, randomUUID());
  const [{ id: voided }] = await db.snapshot(one, (tx) =>
    listReservations(tx, { businessKeys: [`proposal:${proposal}`] }),
  );
  return { fund: fundId, voucher, reversed, voided, proposal };
}

/** An upload, a run that is over, and an account of the county, which is published. */
async function makeThings(county: Omit<CountyUnderTest, 'things'>): Promise<Things> {
  const { api, tokenOf } = county;
  const token = tokenOf('520523', 'upload');
  const { upload, run } = await county.recompute(1126.71);
  const account = await api.call('GET', currentPath, { token });
  const login = 'county-newcomer';
  const newcomer = keyed({ login, name: '新人 Newcomer', grants: [{ role: 'reviewer', territory: '520523' }] });
  const added = await api.call('POST', '/api/v1/users', { ...newcomer, token: tokenOf('520523', 'addUser') });
  expect([account.status, added.status]).toEqual([200, 201]);
  const id = (json: Json): string => String(json);
  await county.publishAccount();
  await api.database.db.transaction({ id: 'system:test', name: 'test', scope: ['CN'] }, (tx) =>
    tx.query(
      `INSERT INTO accounting.sheet_reminder (territory_code, period, norm_id, sheet, day, territory_path, due, missing)
       VALUES ('520523', $1, $2, 'weather', '2025-03-01', $3::ltree, '2025-02-28', '{precipitation}')`,
      [period, norm, pathOf('520523')],
    ),
  );
  const nation = tokenOf('CN', 'declareFlow');
  const declared = await api.call('POST', '/api/v1/flows', {
    ...keyed({ ...flowAbroad, until: '2025-01-01' }),
    token: nation,
  });
  const flow = String(declared.body.id);
  const wish = { ...keyed({ reason: '试过 tried' }), token: nation };
  const withdrawn = await api.call('POST', `/api/v1/flows/${flow}/withdraw`, wish);
  expect([declared.status, withdrawn.status]).toEqual([201, 200]);
  const disclosures = await api.call('GET', '/api/v1/disclosures', { token });
  const made = await makeFund(api);
  return {
    flow,
    ...made,
    ...(await makeSettlement(api, made.fund)),
    ...(await makeProcedure(api)),
    ...(await makeAgreement(api)),
    ...(await makeCredit(api)),
    ...(await makeDeparture(api)),
    ...(await makeDisclosure(api)),
    ...(await makeTargets(api)),
    ...(await makeScores(api)),
    ...(await makeProcurement(api, made.fund)),
    disclosure: id(list(disclosures.body.items)[0].id),
    upload: id(upload.body.batchId),
    run: id(run.body.runId),
    account: id(account.body.id),
    territory: '520523',
    login,
  };
}
