/**
 * Every operation of the API × people from elsewhere: what is another county's looks exactly like what is not there,
 * and nothing of it can be changed. The operations come from openapi.json; one without a line here fails.
 */
import { randomUUID } from 'node:crypto';
import type { Role } from '@gep/access';
import { openQueues } from '@gep/platform';
import { startWorking, type Working } from '../../apps/worker/src/start-working.main';
import { operations as described } from './api-description';
import { formOf, list, startApi, type ApiUnderTest, type Call, type Json, type Reply } from './api-under-test';

const norm = 'jinsha-mine-2026';
const period = '2024';

/** Ids of what belongs to the county 520523, or of nothing at all. */
interface Things {
  readonly upload: string;
  readonly run: string;
  readonly account: string;
  readonly territory: string;
  readonly login: string;
}

const nothing: Things = {
  ...{ upload: randomUUID(), run: randomUUID(), account: randomUUID(), territory: '520599' },
  login: 'nobody-here',
};

/** What an operation shows to strangers who are signed in. */
type Shows =
  /** The same to everybody who is signed in, or to everybody. */
  | 'public'
  /** Only to people of the territory; a stranger gets what they would get if it were not there. */
  | 'own'
  /** A list, in which a stranger finds nothing of the county. */
  | 'own-list'
  /** Only to people of the whole nation. */
  | 'nation'
  /** A deed for a territory, which is public; strangers may not do it there. */
  | 'deed';

interface Line {
  readonly shows: Shows;
  readonly path?: (things: Things) => string;
  readonly call?: (things: Things) => Call;
  /** Status for people of the county, when it is not 200. */
  readonly status?: number;
}

const keyed = (body: object): Call => ({ body, headers: { 'idempotency-key': randomUUID() } });
const keyOnly = (): Call => ({ headers: { 'idempotency-key': randomUUID() } });
const newcomer = () => ({ login: `new-${randomUUID()}`, name: '新人 Newcomer' });
const csv = (territory: string) => `territory,period,type,area,precipitation\n${territory},2020,forestLand,1,1000\n`;

const matrix: Readonly<Record<string, Line>> = {
  lookAtSetupLink: { shows: 'public', call: () => ({ body: { token: 'none' } }), status: 401 },
  setUp: { shows: 'public', call: () => ({ body: { token: 'none', password: 'x' } }), status: 401 },
  signIn: { shows: 'public', call: () => ({ body: { login: 'nobody', password: 'x' } }), status: 401 },
  refreshSession: { shows: 'public', call: () => ({ body: { refreshToken: 'none' } }), status: 401 },
  getMe: { shows: 'public' },
  changePassword: { shows: 'public', call: () => ({ body: { current: 'x', next: 'y' } }), status: 401 },
  listTerritories: { shows: 'public' },
  searchTerritories: { shows: 'public', path: () => '/api/v1/territories/search?text=520523' },
  getTerritory: { shows: 'public', path: () => '/api/v1/territories/520523' },
  listSubtree: { shows: 'public', path: () => '/api/v1/territories/520523/subtree' },
  listNorms: { shows: 'public' },
  getNorm: { shows: 'public', path: () => `/api/v1/norms/${norm}` },
  listEditions: { shows: 'public', path: () => `/api/v1/norms/${norm}/editions` },
  getEdition: { shows: 'public', path: () => `/api/v1/norms/${norm}/editions/${'0'.repeat(64)}`, status: 404 },
  listParameters: { shows: 'public', path: () => `/api/v1/norms/${norm}/parameters` },
  upload: {
    shows: 'own',
    call: ({ territory }) => ({
      form: formOf(csv(territory), 'extent.csv', { norm, dryRun: 'true' }),
      headers: { 'idempotency-key': randomUUID() },
    }),
  },
  listUploads: { shows: 'own-list' },
  getUpload: { shows: 'own', path: ({ upload }) => `/api/v1/uploads/${upload}` },
  requestRecompute: { shows: 'own', call: ({ territory }) => keyed({ period, norm, territory }), status: 202 },
  listRecomputes: { shows: 'own-list' },
  getRecompute: { shows: 'own', path: ({ run }) => `/api/v1/recomputes/${run}` },
  followRecompute: { shows: 'own', path: ({ run }) => `/api/v1/recomputes/${run}/events` },
  listRecomputeFailures: { shows: 'own', path: ({ run }) => `/api/v1/recomputes/${run}/failures` },
  cancelRecompute: { shows: 'own', path: ({ run }) => `/api/v1/recomputes/${run}/cancel`, status: 409 },
  retryRecompute: { shows: 'own', path: ({ run }) => `/api/v1/recomputes/${run}/retry`, status: 409 },
  listAccounts: { shows: 'own-list' },
  getCurrentAccount: {
    shows: 'own',
    path: ({ territory }) => `/api/v1/accounts/current?territory=${territory}&period=${period}&norm=${norm}`,
  },
  listVintages: {
    shows: 'own-list',
    path: () => `/api/v1/accounts/vintages?territory=520523&period=${period}&norm=${norm}`,
  },
  compareAccounts: {
    shows: 'own',
    path: ({ account }) => `/api/v1/accounts/compare?before=${account}&after=${account}`,
  },
  getAccount: { shows: 'own', path: ({ account }) => `/api/v1/accounts/${account}` },
  explainAccount: { shows: 'own', path: ({ account }) => `/api/v1/accounts/${account}/explain` },
  listUsers: { shows: 'own-list', path: () => '/api/v1/users?territory=520523' },
  addUser: {
    shows: 'deed',
    call: ({ territory }) => keyed({ ...newcomer(), grants: [{ role: 'viewer', territory }] }),
    status: 201,
  },
  getUser: { shows: 'own', path: ({ login }) => `/api/v1/users/${login}` },
  setUserStatus: {
    shows: 'own',
    path: ({ login }) => `/api/v1/users/${login}/status`,
    call: () => keyed({ status: 'active' }),
  },
  grantRole: {
    shows: 'own',
    path: ({ login }) => `/api/v1/users/${login}/grants`,
    call: () => keyed({ role: 'viewer', territory: '520523' }),
  },
  revokeRole: {
    shows: 'own',
    path: ({ login }) => `/api/v1/users/${login}/grants/auditor/520523`,
    call: keyOnly,
    // There is the person, but not the role.
    status: 404,
  },
  issuePasswordLink: {
    shows: 'own',
    path: ({ login }) => `/api/v1/users/${login}/link`,
    call: keyOnly,
    status: 201,
  },
  endSessions: { shows: 'own', path: ({ login }) => `/api/v1/users/${login}/sessions`, call: keyOnly },
  listAudit: { shows: 'own-list', path: () => '/api/v1/audit?territory=520523' },
  verifyAudit: { shows: 'nation' },
  getLiveness: { shows: 'public' },
  getReadiness: { shows: 'public' },
  // Last, because it ends the session.
  signOut: { shows: 'public', status: 204 },
};

const operations = new Map(described.map((operation) => [operation.operationId, operation]));

/** All roles, so that what is refused is refused for the place alone. */
const roles: readonly Role[] = ['admin', 'accountant', 'reviewer', 'auditor', 'viewer'];
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
});
afterAll(async () => {
  await working.stop();
  await api.stop();
});

/** An upload, a run that is over, and an account of the county. */
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
  const wish = keyed({ login, name: '新人 Newcomer', grants: [{ role: 'reviewer', territory: '520523' }] });
  const added = await api.call('POST', '/api/v1/users', { ...wish, token: tokenOf('520523', 'addUser') });
  expect([upload.status, run.status, account.status, added.status]).toEqual([201, 202, 200, 201]);
  const id = (json: Json): string => String(json);
  return {
    upload: id(upload.body.batchId),
    run: id(run.body.runId),
    account: id(account.body.id),
    territory: '520523',
    login,
  };
}

/** The person of the place with the role that the operation takes. */
function tokenOf(place: string, operationId: string): string {
  const role: Role = /upload|recompute/i.test(operationId)
    ? 'accountant'
    : /Audit/.test(operationId)
      ? 'auditor'
      : /User|Role|PasswordLink|endSessions/.test(operationId)
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
      expect(reply.status).toBe(who === 'the nation' ? 200 : 403);
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
