/** Published norms over HTTP, before anything is observed under them. */
import { randomUUID } from 'node:crypto';
import { list, startApi, type ApiUnderTest } from './api-under-test';

const norm = 'jinsha-mine-2026';

let api: ApiUnderTest;
let token: string;
beforeAll(async () => {
  api = await startApi();
  await api.publish(norm);
  token = await api.person('jinsha-accountant', 'accountant', '520523');
});
afterAll(() => api.stop());

const get = (path: string, headers: Record<string, string> = {}) => api.call('GET', path, { token, headers });

describe('norms', () => {
  it('show the edition in force, its parameters with grade and source, and never change', async () => {
    const [edition] = list((await get('/api/v1/norms')).body.items);
    expect(edition).toMatchObject({ normId: norm, current: true });
    const inForce = await get(`/api/v1/norms/${norm}`);
    const byHash = await get(`/api/v1/norms/${norm}/editions/${String(edition.edition)}`);
    expect(byHash.body).toEqual(inForce.body);
    expect(byHash.headers.get('cache-control')).toMatch('immutable');
    expect((await get(`/api/v1/norms/${norm}`, { 'if-none-match': inForce.headers.get('etag')! })).status).toBe(304);
    const services = list(inForce.body.services);
    expect(services.find(({ code }) => String(code) === 'sedimentReduction')).toMatchObject({
      ...{ use: null, imports: null, abiotic: false, intermediate: false, beneficiaries: [] },
      ...{ negative: expect.any(String), valuation: expect.any(String) },
    });
    expect(inForce.body).toMatchObject({ switches: [], exclusive: [], excluded: [], series: [] });
    const solved = await get(`/api/v1/norms/${norm}/parameters?grade=solved`);
    const values = list(solved.body.items).flatMap((parameter) => list(parameter.values));
    expect(values.length).toBeGreaterThan(0);
    expect(values[0]).toMatchObject({ spread: null, priceYear: null, region: null, index: null });
    expect(values.every(({ grade, source }) => String(grade) === 'solved' && String(source) !== '')).toBe(true);
    expect((await get(`/api/v1/norms/${norm}/editions/${'0'.repeat(64)}`)).status).toBe(404);
  });
});

it('has nothing to recompute of a period without observations', async () => {
  const headers = { 'idempotency-key': randomUUID() };
  const reply = await api.call('POST', '/api/v1/recomputes', { token, body: { period: '2001', norm }, headers });
  expect([reply.status, reply.body.code]).toEqual([404, 'accounting.nothing-observed']);
});
