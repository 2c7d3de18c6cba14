/** Administration of people over HTTP: a person comes in by a link, is given roles, loses them, is shut out; and the trail of it. */
import { randomUUID } from 'node:crypto';
import { list, passphrase, startApi, type ApiUnderTest, type Call, type Json, type Reply } from './api-under-test';

let api: ApiUnderTest;
let nation: string;
let bijie: string;
beforeAll(async () => {
  api = await startApi();
  nation = await api.person('nation-admin', 'admin', 'CN');
  bijie = await api.person('bijie-admin', 'admin', '520500');
});
afterAll(() => api.stop());

const keyed = (token: string, body?: object, key: string = randomUUID()): Call => ({
  token,
  body,
  headers: { 'idempotency-key': key },
});
const add = (token: string, login: string, grants: object[], key?: string): Promise<Reply> =>
  api.call('POST', '/api/v1/users', keyed(token, { login, name: '县核算员 County accountant', grants }, key));
const path = (login: string, more = '') => `/api/v1/users/${login}${more}`;

/** Uses a link as the page behind it does, and signs the person in. */
async function follow(link: Json): Promise<string> {
  const token = new URL(String(link.url)).hash.replace('#token=', '');
  const set = await api.call('POST', '/api/v1/setup', { body: { token, password: passphrase } });
  expect(set.status).toBe(201);
  return String((await api.signIn(String(set.body.login))).accessToken);
}
const me = (token: string) => api.call('GET', '/api/v1/me', { token });

it('a person comes in by a link that the administrator hands over, with the roles given', async () => {
  const grants = [{ role: 'accountant', territory: '520523' }];
  const added = await add(bijie, 'newcomer', grants);
  expect(added.status).toBe(201);
  expect(added.headers.get('location')).toBe('/api/v1/users/newcomer');
  expect(added.headers.get('cache-control')).toBe('no-store');
  expect(added.body).toMatchObject({ login: 'newcomer', status: 'active', hasPassword: false, grants });
  const token = await follow(added.body.link);
  const permissions = list((await me(token)).body.permissions);
  expect(permissions.find(({ permission }) => String(permission) === 'account.compute')).toMatchObject({
    territories: ['CN.520000.520500.520523'],
  });
  expect((await api.call('GET', path('newcomer'), { token: bijie })).body).toMatchObject({ hasPassword: true });
});

it('nobody gives a role to the own account', async () => {
  const wish = { role: 'checker', territory: '520523' };
  const own = await api.call('POST', path('bijie-admin', '/grants'), keyed(bijie, wish));
  expect([own.status, own.body.code]).toEqual([403, 'access.own-grant']);
});

it('the same request again adds nobody and gives the same link; another one under its key is refused', async () => {
  const grants = [{ role: 'viewer', territory: '520524' }];
  const [first, again] = [await add(bijie, 'once', grants, 'key-once'), await add(bijie, 'once', grants, 'key-once')];
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
  expect(again.body).toEqual(first.body);
  const other = await add(bijie, 'once-more', grants, 'key-once');
  expect([other.status, other.body.code]).toEqual([409, 'platform.idempotency-conflict']);
  const taken = await add(bijie, 'once', grants);
  expect([taken.status, taken.body.code]).toEqual([409, 'access.login-taken']);
  const keyless = await api.call('POST', path('once', '/link'), { token: bijie });
  expect([keyless.status, keyless.body.code]).toEqual([422, 'request.idempotency-key-missing']);
});

it('roles are given and taken within the own territories only', async () => {
  await add(bijie, 'changing', [{ role: 'viewer', territory: '520523' }]);
  const grant = (territory: string, token = bijie) =>
    api.call('POST', path('changing', '/grants'), keyed(token, { role: 'auditor', territory }));
  const given = await grant('520524');
  expect(given.body.grants).toEqual([
    { role: 'viewer', territory: '520523', sheets: null },
    { role: 'auditor', territory: '520524', sheets: null },
  ]);
  for (const territory of ['CN', '520000', '331125']) {
    const refused = await grant(territory);
    expect([refused.status, refused.body.code]).toEqual([403, 'access.outside-own-territory']);
  }
  expect((await grant('520599')).body.code).toBe('territory.missing');
  const revoke = (role: string, token = bijie) =>
    api.call('DELETE', path('changing', `/grants/${role}/520524`), keyed(token));
  expect((await revoke('auditor')).body.grants).toEqual([{ role: 'viewer', territory: '520523', sheets: null }]);
  expect((await revoke('auditor')).body.code).toBe('access.grant-missing');

  // With a role elsewhere too, a person is managed from above; a role there stays hidden below.
  expect((await grant('331125', nation)).status).toBe(200);
  const seen = await api.call('GET', path('changing'), { token: bijie });
  expect(seen.body.grants).toEqual([{ role: 'viewer', territory: '520523', sheets: null }]);
  const shut = await api.call('PUT', path('changing', '/status'), keyed(bijie, { status: 'disabled' }));
  expect([shut.status, shut.body.code]).toEqual([403, 'access.outside-own-territory']);
});

it('sessions are ended, a person is shut out at once and let in again, a password is set anew', async () => {
  const added = await add(bijie, 'comes-and-goes', [{ role: 'viewer', territory: '520523' }]);
  const token = await follow(added.body.link);
  const ended = await api.call('DELETE', path('comes-and-goes', '/sessions'), keyed(bijie));
  expect([ended.status, ended.body]).toEqual([200, { ended: 1 }]);
  expect((await me(token)).status).toBe(401);

  const next = String((await api.signIn('comes-and-goes')).accessToken);
  const status = (to: string) => api.call('PUT', path('comes-and-goes', '/status'), keyed(bijie, { status: to }));
  expect((await status('disabled')).body.status).toBe('disabled');
  expect((await me(next)).status).toBe(401);
  await expect(api.signIn('comes-and-goes')).rejects.toThrow('cannot sign in');
  expect((await status('active')).body.status).toBe('active');

  const link = await api.call('POST', path('comes-and-goes', '/link'), keyed(bijie));
  expect([link.status, (await me(await follow(link.body))).status]).toEqual([201, 200]);
});

it('the last administrator of the nation stays, and goes when there is another', async () => {
  const disable = () => api.call('PUT', path('nation-admin', '/status'), keyed(nation, { status: 'disabled' }));
  const revoke = () => api.call('DELETE', path('nation-admin', '/grants/admin/CN'), keyed(nation));
  for (const refused of [await disable(), await revoke()])
    expect([refused.status, refused.body.code]).toEqual([409, 'access.last-administrator']);
  expect((await me(nation)).status).toBe(200);
});

it('people are listed page by page, and answered 304 while nothing has changed', async () => {
  const logins: unknown[] = [];
  for (let next = ''; ;) {
    const page = await api.call('GET', `/api/v1/users?limit=2${next}`, { token: bijie });
    expect(page.status).toBe(200);
    logins.push(...list(page.body.items).map(({ login }) => login));
    if (page.body.next === null) break;
    next = `&cursor=${String(page.body.next)}`;
  }
  expect(logins).toEqual(['bijie-admin', 'changing', 'comes-and-goes', 'newcomer', 'once']);
  const below = await api.call('GET', '/api/v1/users?territory=520524', { token: nation });
  expect(list(below.body.items).map(({ login }) => login)).toEqual(['once']);
  for (const address of ['/api/v1/users', path('newcomer')]) {
    const first = await api.call('GET', address, { token: bijie });
    const headers = { 'if-none-match': first.headers.get('etag')! };
    expect((await api.call('GET', address, { token: bijie, headers })).status).toBe(304);
  }
});

it('what cannot be accepted is refused field by field, and a password is no field', async () => {
  const body = {
    login: 'Bad Login',
    name: '',
    grants: [{ role: 'landlord', territory: '520523' }],
    password: passphrase,
  };
  const reply = await api.call('POST', '/api/v1/users', keyed(nation, body));
  const fields = list(reply.body.errors).map(({ field, text }) => [field, /\p{Script=Han}/u.test(String(text.zh))]);
  expect([reply.status, fields.sort()]).toEqual([
    422,
    [
      ['grants[0].role', true],
      ['login', true],
      ['name', true],
      ['password', true],
    ],
  ]);
});

it('an auditor sees the deeds about the own territories and below, and not the rest', async () => {
  const county = await api.person('county-auditor', 'auditor', '520523');
  const page = await api.call('GET', '/api/v1/audit?limit=200', { token: county });
  const rows = list(page.body.items);
  expect(new Set(rows.map(({ territory }) => territory))).toEqual(new Set(['520523']));
  const deeds = rows.map(({ action, actorName }) => `${String(action)} by ${String(actorName)}`);
  expect(deeds).toEqual(
    expect.arrayContaining([
      'access.add-user by Person bijie-admin',
      'access.disable-user by Person bijie-admin',
      'access.end-sessions by Person bijie-admin',
    ]),
  );
  expect(page.text).not.toMatch(/once|331125|token/);
  const verdict = await api.call('GET', '/api/v1/audit/verify', { token: county });
  expect([verdict.status, verdict.body.code]).toEqual([403, 'audit.national-only']);
  const whole = await api.call('GET', '/api/v1/audit/verify', { token: nation });
  expect(whole.body).toMatchObject({ whole: true, broken: null });
  const all = await api.call('GET', '/api/v1/audit?territory=520500&limit=200', { token: nation });
  const places = new Set(list(all.body.items).map(({ territory }) => territory));
  expect([...places].map(String).sort()).toEqual(['520500', '520523', '520524']);
});
