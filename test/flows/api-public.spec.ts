/**
 * The public reader and every operation of the API: what was published below their territory is told as to everybody
 * there, down to patches and sources; a vintage that was not published is not there, and nothing else is for them.
 */
import { openapiPermissions } from './api-description';
import { matrix, norm, nothing, period, type Things } from './api-matrix';
import { list, type ApiUnderTest, type Json } from './api-under-test';
import { startCounty, type CountyUnderTest } from './county-under-test';

const stranger = '520524';
const places = ['520523', '520500', 'CN', stranger] as const;

let county: CountyUnderTest;
let api: ApiUnderTest;
let things: Things;
beforeAll(async () => {
  county = await startCounty(places);
  ({ api, things } = county);
});
afterAll(() => county.stop());

const reader = (place: string): string => county.token(place, 'public-reader');
const read = (path: string, token = reader('520523')) => api.call('GET', path, { token });
const operationsFor = (permission: (needed: string) => boolean): string[] =>
  Object.keys(matrix).filter((id) => permission(openapiPermissions.get(id) ?? ''));
const published = operationsFor((needed) => needed === 'disclosure.read');

it('has operations of both kinds to try', () => {
  expect(published.length).toBeGreaterThan(20);
});

describe.each(published)('%s', (operationId) => {
  it.each(places.filter((place) => place !== stranger))('answers the public of %s as the viewer', async (place) => {
    const [told, seen] = [
      await county.ask(operationId, things, reader(place)),
      await county.ask(operationId, things, county.token(place, 'viewer')),
    ];
    // What the prefecture above added up was not published.
    const added = operationId === 'getTreeAccount' && place !== '520523';
    expect([place, told.status]).toEqual([place, added ? 404 : seen.status]);
    // Signatures stay with the people of the place.
    if (place === '520523' && operationId !== 'getReport') expect(told.text).toBe(seen.text);
  });

  it('is to the public of another county as if it were not there', async () => {
    const foreign = await county.ask(operationId, things, reader(stranger));
    if (matrix[operationId].shows === 'own-list') expect(list(foreign.body.items)).toEqual([]);
    else expect(foreign.status).toBe((await county.ask(operationId, nothing, reader(stranger))).status);
    expect(foreign.status).toBe(matrix[operationId].shows === 'own-list' ? 200 : 404);
  });
});

it.each(operationsFor((needed) => !['', 'disclosure.read'].includes(needed)))(
  '%s is not for the public',
  async (id) => {
    for (const place of places) {
      const reply = await county.ask(id, things, reader(place));
      expect([place, reply.status, reply.body.code]).toEqual([place, 403, 'access.forbidden']);
    }
  },
);

it('says of the public reader that nothing but published figures are theirs', async () => {
  const { body } = await read('/api/v1/me');
  expect(body).toMatchObject({ scope: [], permissions: [{ permission: 'disclosure.read' }] });
});

it('what was added up above and not published is not there', async () => {
  const page = await read('/api/v1/accounts', reader('CN'));
  expect(list(page.body.items).map(({ id }) => id)).toEqual([things.account]);
  const above = await api.call('GET', '/api/v1/accounts?origin=aggregated', { token: county.token('CN', 'viewer') });
  const [{ id }] = list(above.body.items);
  for (const path of ['', '/explain', '/report', '/supply-use']) {
    const reply = await read(`/api/v1/accounts/${String(id)}${path}`, reader('CN'));
    expect([path, reply.status, reply.body.code]).toEqual([path, 404, 'accounting.account-missing']);
  }
});

it('a vintage under restatement is not there until it is published, and then both are, each at its time', async () => {
  const of = `territory=520523&period=${period}&norm=${norm}`;
  const explained = await read(`/api/v1/accounts/${things.account}/explain`);
  const act = { act: 'restate', reason: '降水量按实测站点更正 rain corrected' };
  const acts = `/api/v1/reviews/520523/${period}/${norm}/acts`;
  const body = { body: act, headers: { 'idempotency-key': 'restate' } };
  const opened = await api.call('POST', acts, { ...body, token: county.token('520523', 'approver') });
  expect(opened.status).toBe(200);
  await county.recompute(1200);
  const inside = await read(`/api/v1/accounts/current?${of}`, county.token('520523', 'viewer'));
  const second = String(inside.body.id);
  expect(second).not.toBe(things.account);

  const current = async (more = ''): Promise<Json> => (await read(`/api/v1/accounts/current?${of}${more}`)).body.id;
  const hidden = [`${second}`, `${second}/explain`, `compare?before=${things.account}&after=${second}`];
  for (const path of hidden) expect([path, (await read(`/api/v1/accounts/${path}`)).status]).toEqual([path, 404]);
  expect(await current()).toBe(things.account);
  const vintages = await read(`/api/v1/accounts/vintages?${of}`);
  expect(list(vintages.body.items).map(({ id }) => id)).toEqual([things.account]);
  expect((await read(`/api/v1/accounts/${things.account}/explain`)).text).toBe(explained.text);

  const before = new Date().toISOString();
  await county.publishAccount();
  expect(await current()).toBe(second);
  expect(await current(`&asOf=${before}`)).toBe(things.account);
  expect(await current('&asOf=2020-01-01T00:00:00.000Z')).toBeUndefined();
  for (const path of hidden) expect([path, (await read(`/api/v1/accounts/${path}`)).status]).toEqual([path, 200]);
});
