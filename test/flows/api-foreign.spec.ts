/**
 * Every operation of the API × people from elsewhere: what is another county's looks exactly like what is not there,
 * and nothing of it can be changed. The operations come from openapi.json; one without a line here fails.
 */
import type { Role } from '@gep/access';
import { openQueues } from '@gep/platform';
import { TreeService } from '@gep/territory';
import { startWorking, type Working } from '../../apps/worker/src/start-working.main';
import { operations as described } from './api-description';
import { flowAbroad, matrix, norm, nothing, period, keyed, type Shows, type Things } from './api-matrix';
import { formOf, list, pathOf, startApi, type ApiUnderTest, type Json, type Reply } from './api-under-test';
import { testActor } from '../fixtures/test-database';

const operations = new Map(described.map((operation) => [operation.operationId, operation]));

/** All roles, so that what is refused is refused for the place alone. */
const roles: readonly Role[] = ['admin', 'accountant', 'reviewer', 'auditor', 'viewer'];
/** Who carries an account of the county up to its publication. */
const carriers: readonly (readonly [act: string, role: Role])[] = [
  ['submit', 'accountant'],
  ['check', 'checker'],
  ['review', 'reviewer'],
  ['approve', 'approver'],
  ['publish', 'publisher'],
];
const strangers = { 'the sister county': '520524', 'another province': '331125' } as const;
const insiders = { 'the county itself': '520523', 'the prefecture above': '520500', 'the nation': 'CN' } as const;

let api: ApiUnderTest;
let working: Working;
let things: Things;
const tokens = new Map<string, string>();

beforeAll(async () => {
  api = await startApi();
  await api.publish(norm);
  for (const place of [...Object.values(strangers), ...Object.values(insiders)]) {
    for (const role of roles)
      tokens.set(`${place} ${role}`, await api.person(`p-${place.toLowerCase()}-${role}`, role, place));
  }
  const queues = await openQueues(api.database.config, { logger: api.log, giveUp: () => undefined });
  working = await startWorking({ database: api.database.db, queues, log: api.log, threads: 1 });
  things = await makeThings();
  await makeTree();
});
afterAll(async () => {
  await working.stop();
  await api.stop();
});

/** The checks find much soil kept on small ground, which a review wants explained. */
async function explainFindings(account: string, token: string): Promise<void> {
  const found = await api.call('GET', `/api/v1/accounts/${account}/findings`, { token });
  for (const { key, open } of list(found.body.items)) {
    if (!open) continue;
    const path = `/api/v1/accounts/${account}/findings/${String(key)}/explanations`;
    const explained = await api.call('POST', path, { ...keyed({ text: '坡陡雨强，已与实测核对' }), token });
    expect(explained.status).toBe(200);
  }
}

/** A basin of which the county is a part. */
async function makeTree(): Promise<void> {
  const from = ['county-basin', '流域', 'watershed', '520500', 'map', '2000-01-01'];
  const header = ['code', 'name', 'kind', 'covers', 'source', 'from'];
  await new TreeService(api.database.db).importTree(testActor(), [
    { sheet: 'tree', header, rows: [{ row: 1, cells: from }] },
    { sheet: 'nodes', header: ['node', 'name'], rows: [{ row: 1, cells: ['upper', '上游'] }] },
    { sheet: 'membership', header: ['unit', 'node'], rows: [{ row: 1, cells: ['520523', 'upper'] }] },
  ]);
}

/** An upload, a run that is over, and an account of the county, which is published. */
async function makeThings(): Promise<Things> {
  const token = tokenOf('520523', 'upload');
  const rows = ['miningLand', 'dryland', 'forestLand', 'grassland', 'constructionLand'];
  const extent = rows.map((type) => ({ territory: '520523', period, type, area: 7, precipitation: 1126.71 }));
  const form = formOf(JSON.stringify({ extent }), 'county.json', { norm });
  const upload = await api.call('POST', '/api/v1/uploads', { token, form, headers: { 'idempotency-key': 'upload' } });
  const body = { period, norm, territory: '520523' };
  const run = await api.call('POST', '/api/v1/recomputes', { token, body, headers: { 'idempotency-key': 'run' } });
  await api.call('GET', `/api/v1/recomputes/${String(run.body.runId)}/events`, { token });
  const path = `/api/v1/accounts/current?territory=520523&period=${period}&norm=${norm}`;
  const account = await api.call('GET', path, { token });
  const login = 'county-newcomer';
  const newcomer = keyed({ login, name: '新人 Newcomer', grants: [{ role: 'reviewer', territory: '520523' }] });
  const added = await api.call('POST', '/api/v1/users', { ...newcomer, token: tokenOf('520523', 'addUser') });
  expect([upload.status, run.status, account.status, added.status]).toEqual([201, 202, 200, 201]);
  const id = (json: Json): string => String(json);
  for (const [act, role] of carriers) {
    const known = tokens.get(`520523 ${role}`);
    const carrier = known ?? (await api.person(`p-520523-${role}`, role, '520523'));
    const path = `/api/v1/reviews/520523/${period}/${norm}/acts`;
    const done = await api.call('POST', path, { ...keyed({ act }), token: carrier });
    expect([done.status, done.body.act]).toEqual([200, act]);
    if (act === 'submit') await explainFindings(String(account.body.id), token);
  }
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
  return {
    flow,
    disclosure: id(list(disclosures.body.items)[0].id),
    upload: id(upload.body.batchId),
    run: id(run.body.runId),
    account: id(account.body.id),
    territory: '520523',
    login,
  };
}

/** The person of the place with the role that the operation takes. */
function tokenOf(place: string, operationId: string): string {
  const role: Role = /upload|recompute|sheets|reminders|explainFinding|(declare|withdraw)Flow/i.test(operationId)
    ? 'accountant'
    : /Audit/.test(operationId)
      ? 'auditor'
      : /User|Role|PasswordLink|endSessions|Territories$|importTree|(split|rename)Territory/.test(operationId)
        ? 'admin'
        : 'viewer';
  return tokens.get(`${place} ${role}`)!;
}

function ask(operationId: string, of: Things, token?: string): Promise<Reply> {
  const { method, path } = operations.get(operationId)!;
  const line = matrix[operationId];
  return api.call(method, line.path?.(of) ?? path, { ...line.call?.(of), token });
}

/** What a reply says, without what differs from request to request, the names asked for and the digest of the file sent. */
function sayings(reply: Reply, of: Things): string {
  const { requestId: _, instance: __, ...rest } = reply.body;
  const names = new RegExp([...Object.values(of)].join('|'), 'g');
  return `${reply.status} ${JSON.stringify(rest)
    .replace(names, '…')
    .replace(/"digest":"[0-9a-f]{64}"/, '')}`;
}

it('covers every operation of the document, and nothing else', () => {
  expect(Object.keys(matrix).sort()).toEqual([...operations.keys()].sort());
});

describe.each([...operations].filter(([, { closed }]) => closed))('%s', (operationId) => {
  it('is closed to who is not signed in', async () => {
    const reply = await ask(operationId, things);
    expect([reply.status, reply.body.code]).toEqual([401, 'session.unauthenticated']);
  });
});

const of = (wanted: Shows): string[] => Object.keys(matrix).filter((id) => matrix[id].shows === wanted);

describe.each(of('own'))('%s of another county', (operationId) => {
  it.each(Object.entries(strangers))('is to %s as if it were not there', async (_who, place) => {
    const token = tokenOf(place, operationId);
    const [foreign, absent] = [await ask(operationId, things, token), await ask(operationId, nothing, token)];
    expect(sayings(foreign, things)).toBe(sayings(absent, nothing));
    expect(foreign.status).toBe(operationId === 'upload' ? 200 : 404);
    expect([...foreign.headers.keys()].sort()).toEqual([...absent.headers.keys()].sort());
  });

  it.each(Object.entries(insiders))('is there for %s', async (_who, place) => {
    const reply = await ask(operationId, things, tokenOf(place, operationId));
    expect(reply.status).toBe(matrix[operationId].status ?? 200);
  });
});

describe.each(of('own-list'))('%s', (operationId) => {
  it.each(Object.entries(strangers))('shows nothing of the county to %s', async (_who, place) => {
    const reply = await ask(operationId, things, tokenOf(place, operationId));
    expect(reply.status).toBe(200);
    expect(list(reply.body.items)).toEqual([]);
    expect(reply.text).not.toMatch('520523');
  });

  it.each(Object.entries(insiders))('shows it to %s', async (_who, place) => {
    const reply = await ask(operationId, things, tokenOf(place, operationId));
    expect(list(reply.body.items).length).toBeGreaterThan(0);
  });
});

describe.each(of('nation'))('%s', (operationId) => {
  it.each([...Object.entries(strangers), ...Object.entries(insiders)])(
    'is for the nation, not for %s',
    async (who, place) => {
      const reply = await ask(operationId, things, tokenOf(place, operationId));
      expect(reply.status).toBe(who === 'the nation' ? (matrix[operationId].status ?? 200) : 403);
    },
  );
});

describe.each(of('deed'))('%s', (operationId) => {
  it.each(Object.entries(strangers))('is not for %s', async (_who, place) => {
    const reply = await ask(operationId, things, tokenOf(place, operationId));
    expect([reply.status, reply.body.code]).toEqual([403, 'access.outside-own-territory']);
  });

  it.each(Object.entries(insiders))('is for %s', async (_who, place) => {
    const reply = await ask(operationId, things, tokenOf(place, operationId));
    expect(reply.status).toBe(matrix[operationId].status);
  });
});

describe('a filter', () => {
  it.each([
    'territory=520523',
    'within=520500',
    'within=CN',
    `period=${period}`,
    "territory=520523&norm=x'%20or%201=1",
    'limit=200',
  ])('%s shows nothing of the county to a stranger', async (query) => {
    const reply = await api.call('GET', `/api/v1/accounts?${query}`, { token: tokenOf('520524', 'listAccounts') });
    expect([200, 422]).toContain(reply.status);
    expect(reply.text).not.toMatch(things.account);
    expect(reply.status === 200 ? list(reply.body.items) : []).toEqual([]);
  });

  it('by a cursor of somebody else opens nothing', async () => {
    const page = await api.call('GET', '/api/v1/uploads?limit=1', { token: tokenOf('CN', 'listUploads') });
    const cursor = Buffer.from(JSON.stringify([things.upload])).toString('base64url');
    const reply = await api.call('GET', `/api/v1/uploads?cursor=${cursor}`, {
      token: tokenOf('520524', 'listUploads'),
    });
    expect(page.status).toBe(200);
    expect([reply.status, list(reply.body.items)]).toEqual([200, []]);
  });
});

it('leaves the run and the account of the county as they were', async () => {
  const run = await ask('getRecompute', things, tokenOf('520523', 'getRecompute'));
  expect(run.body).toMatchObject({ state: 'done', round: 1 });
  const vintages = await ask('listVintages', things, tokenOf('520523', 'listVintages'));
  expect(list(vintages.body.items)).toHaveLength(1);
});

it('an account that was added up leads to the accounts below it', async () => {
  const token = tokenOf('520500', 'listAccounts');
  const page = await api.call('GET', '/api/v1/accounts?origin=aggregated', { token });
  const [prefecture, ...others] = list(page.body.items);
  expect([prefecture.territory, others]).toEqual(['520500', []]);
  const id = String(prefecture.id);
  const whole = await api.call('GET', `/api/v1/accounts/${id}`, { token });
  expect(list(whole.body.children)).toMatchObject([{ territory: '520523', accountId: things.account }]);
  const explained = await api.call('GET', `/api/v1/accounts/${id}/explain`, { token });
  expect(explained.status).toBe(200);
  expect(explained.text).toMatch('"kind":"child"');
});

it('a role gives its deeds only: a viewer can neither upload nor recompute nor cancel nor audit', async () => {
  const token = tokens.get('520523 viewer');
  for (const operationId of [
    'upload',
    'listUploads',
    'requestRecompute',
    'cancelRecompute',
    'retryRecompute',
    'listAudit',
    'listUsers',
    'addUser',
    'grantRole',
    'endSessions',
  ]) {
    const reply = await ask(operationId, things, token);
    expect([operationId, reply.status, reply.body.code]).toEqual([operationId, 403, 'access.forbidden']);
  }
});

it('what everybody may see answers everybody alike', async () => {
  for (const operationId of of('public')) {
    const [here, there] = ['520523', '331125'].map((place) => tokens.get(`${place} reviewer`));
    const [one, other] = [await ask(operationId, things, here), await ask(operationId, things, there)];
    expect([operationId, one.status, other.status]).toEqual([
      operationId,
      ...Array<number>(2).fill(matrix[operationId].status ?? one.status),
    ]);
  }
});
