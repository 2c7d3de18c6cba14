/** Progress streams while nobody works: they show the state of the database, and end when they must. */
import { setTimeout as wait } from 'node:timers/promises';
import { formOf, startApi, type ApiUnderTest } from './api-under-test';

const norm = 'jinsha-mine-2026';
let api: ApiUnderTest;
let token: string;
let run: string;

beforeAll(async () => {
  api = await startApi();
  await api.publish(norm);
  token = await api.person('accountant', 'accountant', '520523');
  const extent = [{ territory: '520523', period: '2024', type: 'forestLand', area: 7, precipitation: 1126.71 }];
  const form = formOf(JSON.stringify({ extent }), 'county.json', { norm });
  await api.call('POST', '/api/v1/uploads', { token, form, headers: { 'idempotency-key': 'upload' } });
  const headers = { 'idempotency-key': 'run' };
  const asked = await api.call('POST', '/api/v1/recomputes', { token, body: { period: '2024', norm }, headers });
  run = String(asked.body.runId);
});

const open = (bearer: string) =>
  fetch(`${api.url}/api/v1/recomputes/${run}/events`, { headers: { authorization: `Bearer ${bearer}` } });

/** Everything that came until the stream ended. */
async function untilEnd(answer: Response): Promise<{ text: string; milliseconds: number }> {
  const began = performance.now();
  const text = await answer.text();
  return { text, milliseconds: performance.now() - began };
}

it('ends soon after the session of its reader has ended', async () => {
  const { accessToken } = await api.signIn('accountant');
  const stream = untilEnd(await open(String(accessToken)));
  await api.call('DELETE', '/api/v1/sessions/current', { token: String(accessToken) });
  const { text, milliseconds } = await stream;
  expect(text).toMatch('event: progress');
  expect(text).not.toMatch('event: over');
  expect(milliseconds).toBeLessThan(3_000);
});

it('gives one reader a few streams at a time, and counts those that were left', async () => {
  const leaving = new AbortController();
  const headers = { authorization: `Bearer ${token}` };
  const path = `${api.url}/api/v1/recomputes/${run}/events`;
  const streams = await Promise.all(Array.from({ length: 8 }, () => fetch(path, { headers, signal: leaving.signal })));
  expect(streams.map(({ status }) => status)).toEqual(Array<number>(8).fill(200));
  const refused = await open(token);
  expect([refused.status, refused.headers.get('content-type')]).toEqual([
    429,
    'application/problem+json; charset=utf-8',
  ]);
  leaving.abort();
  await wait(1_500);
  const again = await open(token);
  expect(again.status).toBe(200);
  await again.body!.cancel();
});

it('shows a cancelled run as over', async () => {
  const stream = untilEnd(await open(token));
  await api.call('POST', `/api/v1/recomputes/${run}/cancel`, { token });
  const { text } = await stream;
  expect(text).toMatch(/event: over\ndata: .*"state":"cancelled"/);
  const retried = await api.call('POST', `/api/v1/recomputes/${run}/retry`, { token });
  expect([retried.status, retried.body.state, retried.body.round]).toEqual([202, 'active', 2]);
});

it('does not hold up the end of the service', async () => {
  const streams = await Promise.all([open(token), open(token)]);
  const ends = streams.map(untilEnd);
  const began = performance.now();
  await api.stop();
  expect(performance.now() - began).toBeLessThan(3_000);
  for (const { text } of await Promise.all(ends)) expect(text).toMatch('event: progress');
});
