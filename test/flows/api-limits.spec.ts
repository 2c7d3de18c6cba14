/** Too many requests are refused by person and by address, and others are not made to wait. */
import { request as httpRequest, type ClientRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
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

it('believes one proxy, when there must be one, and nothing that was said before it', async () => {
  const database = api.database;
  const behind = await startApi(
    { requests: 10, secrets: 3 },
    { database, config: { ...database.config, publicUrl: 'https://gep.example.cn' } },
  );
  const attempt = (forwarded: string) =>
    behind.call('POST', '/api/v1/setup', {
      body: { token: 'guess', password: 'guess guess guess' },
      headers: { 'x-forwarded-for': forwarded },
    });
  try {
    const statuses: number[] = [];
    // The caller says another address each time; the proxy adds the true one behind it.
    for (let count = 0; count < 4; count += 1)
      statuses.push((await attempt(`198.51.100.${count}, 203.0.113.7`)).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
    expect((await attempt('203.0.113.8')).status).toBe(401);
  } finally {
    await behind.stop();
  }
});

describe('several processes on one database', () => {
  const limits = { requests: 10, secrets: 1000 };
  let first: ApiUnderTest;
  let place: { database: ApiUnderTest['database']; config: ApiUnderTest['database']['config'] };
  beforeAll(async () => {
    first = await startApi(limits);
    place = { database: first.database, config: first.database.config };
  });
  afterAll(() => first.stop());

  /** As the superuser of the test's own database. */
  async function queryAll(sql: string): Promise<{ rows: unknown[] }> {
    const client = new Client({ connectionString: place.database.superuserUrl });
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  }

  it('counts together with the other processes on the same database', async () => {
    const second = await startApi(limits, place);
    try {
      const token = await first.person('everywhere', 'viewer', '520523');
      const statuses: number[] = [];
      for (let count = 0; count < 12; count += 1)
        statuses.push((await (count % 2 ? first : second).call('GET', '/api/v1/me', { token })).status);
      expect(statuses).toEqual([...Array<number>(10).fill(200), 429, 429]);
      const { rows } = await queryAll('select key, requests from access.request_count order by requests desc limit 1');
      // Who is blocked is told so without another look into the database; no name or address is kept.
      expect(rows).toEqual([{ key: expect.stringMatching(/^[0-9a-f]{64}$/), requests: 12 }]);
      for (let count = 0; count < 3; count += 1)
        expect((await first.call('GET', '/api/v1/me', { token })).status).toBe(429);
      expect((await queryAll('select max(requests) as most from access.request_count')).rows).toEqual([{ most: 12 }]);
    } finally {
      await second.stop();
    }
  });

  it('begins anew when the minute is over, and clears away what is past', async () => {
    const token = await first.person('patient', 'viewer', '520523');
    for (let count = 0; count < 11; count += 1) await first.call('GET', '/api/v1/me', { token });
    await queryAll(
      `insert into access.request_count select 'old ' || n, 1, now() - interval '1 hour' from generate_series(1, 15) n`,
    );
    await queryAll(`update access.request_count set window_ends_at = now() where window_ends_at > now()`);
    const other = await startApi(limits, place);
    try {
      expect((await other.call('GET', '/api/v1/me', { token })).status).toBe(200);
      const { rows } = await queryAll(
        `select count(*)::int as past from access.request_count where window_ends_at <= now()`,
      );
      expect(rows).toEqual([{ past: 0 }]);
    } finally {
      await other.stop();
    }
  });
});
