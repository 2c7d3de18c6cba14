/** How every request is treated: checked, named, counted, answered with a problem in two languages, and with closed doors. */
import { list, startApi, type ApiUnderTest } from './api-under-test';

let api: ApiUnderTest;
let token: string;
beforeAll(async () => {
  api = await startApi();
  token = await api.person('reader', 'viewer', '520523');
});
afterAll(() => api.stop());

describe('a request that cannot be accepted', () => {
  it('is refused with every field at once, in both languages', async () => {
    const body = { login: 7, password: 'x', admin: true };
    const reply = await api.call('POST', '/api/v1/sessions', { body, headers: { 'accept-language': 'en' } });
    expect(reply.status).toBe(422);
    expect(reply.headers.get('content-type')).toMatch('application/problem+json');
    expect(reply.headers.get('content-language')).toBe('en');
    expect(reply.body).toMatchObject({
      type: 'urn:gep:problem:request.invalid',
      status: 422,
      code: 'request.invalid',
      instance: '/api/v1/sessions',
    });
    expect(reply.body.requestId).toBe(reply.headers.get('x-request-id'));
    expect(reply.body.detail).toBe(reply.body.text.en);
    const errors = list(reply.body.errors).map(({ field, code }) => `${String(field)} ${String(code)}`);
    expect(errors.sort()).toEqual(['admin unknownField', 'login isString']);
  });

  it('is refused for unknown fields of a query', async () => {
    const reply = await api.call('GET', '/api/v1/territories?parnt=CN', { token });
    expect([reply.status, list(reply.body.errors)[0].code]).toEqual([422, 'unknownField']);
    expect(reply.body.detail).toBe(reply.body.text.zh);
  });

  it.each([
    ['broken JSON', 400, '{"login": '],
    ['another type than an object', 400, '"text"'],
    ['a prototype, which is dropped', 401, '{"login":"a","password":"b","__proto__":{"admin":true}}'],
    ['a body that is too large', 413, JSON.stringify({ login: 'a', password: 'b'.repeat(300_000) })],
  ])('is refused: %s', async (_what, status, body) => {
    const reply = await api.call('POST', '/api/v1/sessions', { body });
    expect(reply.status).toBe(status);
    expect(reply.body.status).toBe(status);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it.each([
    ['/api/v1/nowhere', 404],
    ['/api/v1/territories/%ZZ', 400],
    ['/api/v1/territories/520523x', 422],
    ['/api/v1/territories?date=2024-02-30', 422],
    ['/api/v1/territories?limit=0', 422],
    ['/api/v1/territories?limit=1e2', 422],
    ['/api/v1/territories?cursor=abc', 422],
    ['/api/v1/territories?parent=CN&parent=520000', 422],
    ['/api/v1/accounts/not-a-uuid', 422],
    ['/api/v1/accounts?asOf=2024', 422],
  ])('is refused: %s', async (path, status) => {
    const reply = await api.call('GET', path, { token });
    expect([reply.status, reply.body.status]).toEqual([status, status]);
    expect(reply.text).not.toMatch(/at .+\.ts:|node_modules|select /i);
  });
});

describe('every answer', () => {
  it('carries the headers that close a browser, and none that tells what runs here', async () => {
    for (const path of ['/', '/setup', '/api/v1/health/live', '/api/v1/me', '/api/docs']) {
      const { headers } = await api.call('GET', path);
      expect(headers.get('content-security-policy')).toMatch("default-src 'none'");
      expect(headers.get('content-security-policy')).toMatch("frame-ancestors 'none'");
      expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('strict-transport-security')).toMatch('max-age');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('is closed to pages of other origins', async () => {
    const headers = { origin: 'https://elsewhere.example', 'access-control-request-method': 'GET' };
    const preflight = await api.call('OPTIONS', '/api/v1/me', { headers });
    const simple = await api.call('GET', '/api/v1/health/live', { headers });
    for (const reply of [preflight, simple]) expect(reply.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('takes over a safe request id and replaces another', async () => {
    const ask = async (id: string) =>
      (await api.call('GET', '/api/v1/health/live', { headers: { 'x-request-id': id } })).headers.get('x-request-id');
    expect(await ask('trace-0123456789')).toBe('trace-0123456789');
    expect(await ask('x" injected="1')).not.toMatch('injected');
  });
});

describe('territories', () => {
  it('are read page by page until the end', async () => {
    const codes: unknown[] = [];
    let cursor = '';
    do {
      const reply = await api.call('GET', `/api/v1/territories/CN/subtree?limit=2${cursor}`, { token });
      expect(reply.status).toBe(200);
      codes.push(...list(reply.body.items).map(({ code }) => code));
      cursor = reply.body.next === null ? '' : `&cursor=${String(reply.body.next)}`;
    } while (cursor !== '');
    expect(codes).toEqual([
      ...['CN', '330000', '520000', '331100', '520500', '331125', '520523', '520524', '520523-jinsha-mine'],
    ]);
  });

  it('are listed below a parent and found by name', async () => {
    const children = await api.call('GET', '/api/v1/territories?parent=520500', { token });
    expect(list(children.body.items).map(({ code }) => code)).toEqual(['520523', '520524']);
    const found = await api.call('GET', `/api/v1/territories/search?text=${encodeURIComponent('金沙')}`, { token });
    expect(list(found.body.items).map(({ code }) => code)).toEqual(['520523', '520523-jinsha-mine']);
    const before = await api.call('GET', '/api/v1/territories/520523?date=1999-12-31', { token });
    expect([before.status, before.body.code]).toEqual([404, 'territory.missing']);
  });

  it('are answered 304 while the copy is good', async () => {
    const first = await api.call('GET', '/api/v1/territories/520523', { token });
    const etag = first.headers.get('etag')!;
    expect(first.body.ancestors).toHaveLength(3);
    const again = await api.call('GET', '/api/v1/territories/520523', { token, headers: { 'if-none-match': etag } });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
    const stranger = await api.call('GET', '/api/v1/territories/520523', { headers: { 'if-none-match': etag } });
    expect(stranger.status).toBe(401);
  });
});

describe('operations', () => {
  it('tells that it lives and is ready', async () => {
    expect((await api.call('GET', '/api/v1/health/live')).body).toEqual({ status: 'live' });
    const ready = await api.call('GET', '/api/v1/health/ready');
    expect(ready.body).toEqual({ status: 'ready', checks: { database: 'up', migrations: 'up', queue: 'up' } });
    expect(ready.status).toBe(200);
  });

  it('shows figures without a name, an id or a place, and not through a proxy', async () => {
    await api.call('GET', '/api/v1/territories/520523', { token });
    const { text } = await api.call('GET', '/api/v1/metrics');
    expect(text).toMatch('gep_http_request_seconds_count{method="GET",route="/api/v1/territories/:code",status="200"}');
    expect(text).toMatch(/gep_queue_jobs\{queue="accounting",state="waiting"\} 0/);
    expect(text).toMatch('gep_outbox_oldest_seconds 0');
    expect(text).not.toMatch(/520523|reader/);
    const proxied = await api.call('GET', '/api/v1/metrics', { headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(proxied.status).toBe(404);
  });

  it('describes itself', async () => {
    const page = await api.call('GET', '/api/docs');
    expect(page.text).toMatch('swagger-ui');
    expect(page.text).not.toMatch(/<script>(?!\s*<\/script>)/);
    const document = await api.call('GET', '/api/v1/openapi.json');
    expect(document.body.openapi).toBe('3.1.0');
  });
});
