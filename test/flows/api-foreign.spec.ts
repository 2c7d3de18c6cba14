/**
 * Every operation of the API × people from elsewhere: what is another county's looks exactly like what is not there,
 * and nothing of it can be changed. The operations come from openapi.json; one without a line here fails.
 */
import { operations as described } from './api-description';
import { matrix, nothing, period, type Shows, type Things } from './api-matrix';
import { list, type ApiUnderTest, type Reply, type Token } from './api-under-test';
import { startCounty, type CountyUnderTest } from './county-under-test';

const operations = new Map(described.map((operation) => [operation.operationId, operation]));

const strangers = { 'the sister county': '520524', 'another province': '331125' } as const;
const insiders = { 'the county itself': '520523', 'the prefecture above': '520500', 'the nation': 'CN' } as const;

let api: ApiUnderTest;
let county: CountyUnderTest;
let things: Things;
beforeAll(async () => {
  county = await startCounty();
  ({ api, things } = county);
});
afterAll(() => county.stop());

const tokenOf = (place: string, operationId: string): Promise<string> => county.tokenOf(place, operationId);
const ask = (operationId: string, of: Things, token?: Token): Promise<Reply> => county.ask(operationId, of, token);

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
  const token = county.token('520523', 'viewer');
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
    // Both are there before the first asks: whether the platform is ready is a matter of seconds.
    const [here, there] = await Promise.all(['520523', '331125'].map((place) => tokenOf(place, operationId)));
    const [one, other] = [await ask(operationId, things, here), await ask(operationId, things, there)];
    expect([operationId, one.status, other.status]).toEqual([
      operationId,
      ...Array<number>(2).fill(matrix[operationId].status ?? one.status),
    ]);
  }
});
