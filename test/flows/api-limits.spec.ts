/** Too many requests are refused by person and by address, and others are not made to wait. */
import { request as httpRequest, type ClientRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { formOf, startApi, type ApiUnderTest } from './api-under-test';

let api: ApiUnderTest;
let token: string;
beforeAll(async () => {
  api = await startApi({ requests: 10, secrets: 5 });
  token = await api.person('uploader', 'accountant', '520523');
});
afterAll(() => api.stop());

it('counts by person, so that one does not use up what another has', async () => {
  const [eager, calm] = [await api.person('eager', 'viewer', '520523'), await api.person('calm', 'viewer', '520523')];
  const ask = (token: string) => api.call('GET', '/api/v1/me', { token });
  const statuses: number[] = [];
  for (let count = 0; count < 12; count += 1) statuses.push((await ask(eager)).status);
  expect(statuses).toEqual([...Array<number>(10).fill(200), 429, 429]);
  const refused = await ask(eager);
  expect(refused.body.code).toBe('request.too-many');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ask(calm)).status).toBe(200);
});

it('counts what takes a secret apart and more strictly, by address', async () => {
  const attempt = () => api.call('POST', '/api/v1/setup', { body: { token: 'guess', password: 'guess guess guess' } });
  const statuses: number[] = [];
  for (let count = 0; count < 4; count += 1) statuses.push((await attempt()).status);
  // Three people have signed in, which has counted.
  expect(statuses).toEqual([401, 401, 429, 429]);
  for (let count = 0; count < 20; count += 1) {
    expect((await api.call('GET', '/api/v1/health/live')).status).toBe(200);
  }
});

it('holds few files at a time, and takes the next when one has gone', async () => {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': 'slow' };
  const begin = (): ClientRequest => {
    const type = 'multipart/form-data; boundary=edge';
    const request = httpRequest(`${api.url}/api/v1/uploads`, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
    });
    request.on('error', () => undefined);
    request.write('--edge\r\ncontent-disposition: form-data; name="file"; filename="slow.csv"\r\n\r\n');
    return request;
  };
  const slow = [begin(), begin()];
  const upload = () =>
    api.call('POST', '/api/v1/uploads', {
      token,
      form: formOf('a,b', 'a.csv', { norm: 'none' }),
      headers: { 'idempotency-key': 'k' },
    });
  await wait(300);
  const refused = await upload();
  expect([refused.status, refused.body.code]).toEqual([429, 'upload.too-many']);
  slow.forEach((request) => request.destroy());
  await wait(300);
  expect((await upload()).status).toBe(404);
});
