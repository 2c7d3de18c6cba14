/** Coming in and going out over HTTP: the first administrator, sign-in, rotation, reuse, sign-out, limits. */
import { SetupLinkService } from '@gep/access';
import { passphrase, startApi, type ApiUnderTest } from './api-under-test';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const refresh = (refreshToken: unknown) => api.call('POST', '/api/v1/sessions/refresh', { body: { refreshToken } });

describe('the first administrator', () => {
  it('is made once, by the link', async () => {
    const { token } = await api.app.get(SetupLinkService, { strict: false }).issueFirstAdministratorLink();
    const purpose = await api.call('POST', '/api/v1/setup/purpose', { body: { token } });
    expect(purpose.body).toMatchObject({ kind: 'first-administrator', login: null });

    const weak = await api.call('POST', '/api/v1/setup', { body: { token, login: 'root-admin', password: 'short' } });
    expect([weak.status, weak.body.code]).toEqual([422, 'access.password-weak']);

    const answer = { token, login: 'first-admin', password: passphrase };
    const made = await api.call('POST', '/api/v1/setup', { body: answer });
    expect([made.status, made.body.login]).toEqual([201, 'first-admin']);
    expect((await api.call('POST', '/api/v1/setup', { body: answer })).status).toBe(401);
    const { accessToken } = await api.signIn('first-admin');
    const me = await api.call('GET', '/api/v1/me', { token: String(accessToken) });
    expect(me.body).toMatchObject({ login: 'first-admin', scope: ['CN'] });
  });
});

describe('a session', () => {
  beforeAll(() => api.person('county-viewer', 'viewer', '520523'));

  it('gives one answer for a wrong password and an unknown login', async () => {
    const attempt = (login: string) =>
      api.call('POST', '/api/v1/sessions', { body: { login, password: 'wrong wrong 1' } });
    const [known, unknown] = [await attempt('county-viewer'), await attempt('nobody-here')];
    expect([known.status, unknown.status]).toEqual([401, 401]);
    expect(known.body.text).toEqual(unknown.body.text);
    expect(known.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('rotates its refresh token, and ends when an old one is used', async () => {
    const first = await api.signIn('county-viewer');
    const second = await refresh(first.refreshToken);
    expect(second.status).toBe(201);
    const third = await refresh(second.body.refreshToken);
    expect(third.status).toBe(201);

    const stolen = await refresh(first.refreshToken);
    expect([stolen.status, stolen.body.code]).toEqual([401, 'access.token-refused']);
    expect((await refresh(third.body.refreshToken)).status).toBe(401);
    const me = await api.call('GET', '/api/v1/me', { token: String(third.body.accessToken) });
    expect(me.status).toBe(401);
  });

  it('ends by signing out', async () => {
    const { accessToken, refreshToken } = await api.signIn('county-viewer');
    const token = String(accessToken);
    expect((await api.call('DELETE', '/api/v1/sessions/current', { token })).status).toBe(204);
    expect((await api.call('GET', '/api/v1/me', { token })).status).toBe(401);
    expect((await refresh(refreshToken)).status).toBe(401);
  });

  it('is not opened by a forged token', async () => {
    const { accessToken } = await api.signIn('county-viewer');
    const [head, claims] = String(accessToken).split('.');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    for (const token of [`${none}.${claims}.`, `${head}.${claims}.${'A'.repeat(43)}`, 'x.y.z', 'x']) {
      expect((await api.call('GET', '/api/v1/me', { token })).status).toBe(401);
    }
  });

  it('changes the password and leaves no other session open', async () => {
    await api.person('changing', 'viewer', '520523');
    const [old, other] = [await api.signIn('changing'), await api.signIn('changing')];
    const changed = await api.call('PUT', '/api/v1/me/password', {
      token: String(old.accessToken),
      body: { current: passphrase, next: 'ninety-nine wild geese' },
    });
    expect(changed.status).toBe(200);
    expect((await api.call('GET', '/api/v1/me', { token: String(other.accessToken) })).status).toBe(401);
    expect((await api.call('GET', '/api/v1/me', { token: String(changed.body.accessToken) })).status).toBe(200);
  });
});

it('refuses guessing at a login after a few attempts, and says how long to wait', async () => {
  await api.person('guessed-at', 'viewer', '520523');
  const attempt = () =>
    api.call('POST', '/api/v1/sessions', { body: { login: 'guessed-at', password: 'wrong wrong 2' } });
  for (let count = 0; count < 5; count += 1) expect((await attempt()).status).toBe(401);
  const refused = await attempt();
  expect([refused.status, refused.body.code]).toEqual([429, 'access.too-many-attempts']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});
