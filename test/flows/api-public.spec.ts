/**
 * The public reader and every operation of the API: what was published below their territory is told as to everybody
 * there, down to patches and sources; a vintage that was not published is not there, and nothing else is for them.
 */
import type { Role } from '@gep/access';
import { verifyDisclosure } from '@gep/evaluation';
import { digestOf } from '@gep/kernel';
import { openapiPermissions } from './api-description';
import { keyed, matrix, norm, nothing, period, type Things } from './api-matrix';
import { list, type ApiUnderTest, type Json, type Token } from './api-under-test';
import { startCounty, type CountyUnderTest } from './county-under-test';

const stranger = '520524';
const places = ['520523', '520500', 'CN', stranger] as const;

let county: CountyUnderTest;
let api: ApiUnderTest;
let things: Things;
beforeAll(async () => {
  county = await startCounty();
  ({ api, things } = county);
});
afterAll(() => county.stop());

const reader = (place: string): Token => county.token(place, 'public-reader');
const read = (path: string, token = reader('520523')) => api.call('GET', path, { token });
const operationsFor = (permission: (needed: string) => boolean): string[] =>
  Object.keys(matrix).filter((id) => permission(openapiPermissions.get(id) ?? ''));
const published = operationsFor((needed) => needed === 'disclosure.read');

const deed = (path: string, role: Role, body: object = {}, place = '520523') =>
  api.call('POST', `/api/v1/evaluation/disclosures${path}`, { ...keyed(body), token: county.token(place, role) });

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

it('a year is disclosed by three persons, to everybody, at addresses that stay, and verified without the platform', async () => {
  const draft = await deed('', 'evaluation-officer', { territory: '520523', year: 2024 });
  expect(draft).toMatchObject({ status: 201, body: { edition: 1, state: 'drafted' } });
  const id = String(draft.body.id);
  const open = (path: string) => api.call('GET', `/api/v1/open/disclosures/520523/2024${path}`);
  expect((await open('')).body.code).toBe('evaluation.disclosure-missing');
  expect((await deed(`/${id}/approve`, 'evaluation-officer')).body.code).toBe('procedure.not-yours');
  expect((await deed(`/${id}/approve`, 'evaluation-approver')).body.state).toBe('approved');
  expect((await deed(`/${id}/publish`, 'evaluation-officer')).body.code).toBe('procedure.same-person');
  expect((await deed(`/${id}/publish`, 'fund-administrator')).status).toBe(403);
  expect((await deed(`/${id}/publish`, 'evaluation-officer', {}, '520500')).body.state).toBe('published');

  const known = { publicKey: String((await api.call('GET', '/api/v1/open/key')).body.publicKey) };
  const downloads = await Promise.all([open('/1'), open('/1?format=csv'), open(`/1/figures/account.${norm}.total`)]);
  for (const { status, text } of downloads) {
    expect([status, verifyDisclosure(text, known).whole]).toEqual([200, true]);
    const digit = text.search(/[1-8]/);
    const changed = text.slice(0, digit) + String(Number(text[digit]) + 1) + text.slice(digit + 1);
    expect(verifyDisclosure(changed, known).whole).toBe(false);
  }
  expect(downloads[2].body.figure).toMatchObject({ vintage: things.account, kind: 'account', unit: 'yuan' });
  for (const [lang, said] of [
    ['zh', '生态产品总值'],
    ['en', 'In 2024 nature in'],
  ]) {
    const page = await api.call('GET', `/open/520523/2024/1?lang=${lang}`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain(said);
  }
  expect((await api.call('GET', `/open/520523/2024/1/figures/account.${norm}.total?lang=en`)).text).toContain(
    things.account,
  );
  expect((await deed('', 'evaluation-officer', { territory: '520523', year: 2024, reason: 'why' })).body.code).toBe(
    'evaluation.nothing-corrected',
  );
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

it('a restated account is told as a correction: another edition, with what differs and why, beside the old one', async () => {
  const first = await api.call('GET', '/api/v1/open/disclosures/520523/2024/1');
  const reason = '降水量按实测站点更正 rain corrected';
  const draft = await deed('', 'evaluation-officer', { territory: '520523', year: 2024, reason });
  expect(draft.body).toMatchObject({ edition: 2 });
  await deed(`/${String(draft.body.id)}/approve`, 'evaluation-approver');
  await deed(`/${String(draft.body.id)}/publish`, 'evaluation-officer', {}, '520500');
  const latest = await api.call('GET', '/api/v1/open/disclosures/520523/2024');
  const document = latest.body.document as unknown as {
    before: string;
    corrections: { before: { vintage: string } }[];
  };
  expect(document).toMatchObject({ edition: 2, reason, before: digestOf(JSON.stringify(first.body.document)) });
  expect(document.corrections.length).toBeGreaterThan(0);
  expect(document.corrections.every(({ before }) => before.vintage === things.account)).toBe(true);
  expect((await api.call('GET', '/api/v1/open/disclosures/520523/2024/1')).text).toBe(first.text);
  const log = await api.call('GET', '/api/v1/open/disclosures?corrections=true');
  expect(list(log.body.items)).toMatchObject([{ territory: '520523', year: 2024, edition: 2, reason }]);
  expect((await api.call('GET', '/open/520523/2024/1')).text).toContain('已有更正后的新版');
});
