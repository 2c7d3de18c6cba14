/** Too many requests are refused by person and by address, and others are not made to wait. */
import { startApi, type ApiUnderTest } from './api-under-test';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi({ requests: 10, secrets: 4 });
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
  // Two people signed in above, which has counted.
  expect(statuses).toEqual([401, 401, 429, 429]);
  for (let count = 0; count < 20; count += 1) {
    expect((await api.call('GET', '/api/v1/health/live')).status).toBe(200);
  }
});
