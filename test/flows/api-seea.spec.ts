/** SEEA accounts of what is recorded, over HTTP: the extent by patches and by types, supply and use to the fen, and who may see them. */
import { randomUUID } from 'node:crypto';
import { openQueues } from '@gep/platform';
import { startWorking, type Working } from '../../apps/worker/src/start-working.main';
import { formOf, list, startApi, type ApiUnderTest, type Json, type Reply } from './api-under-test';

const norm = 'jinsha-mine-2026';

let api: ApiUnderTest;
let working: Working;
let token: string;
beforeAll(async () => {
  api = await startApi();
  await api.publish(norm);
  token = await api.person('seea-accountant', 'accountant', '520500');
  const queues = await openQueues(api.database.config, { logger: api.log, giveUp: () => undefined });
  working = await startWorking({ database: api.database.db, queues, log: api.log, threads: 1 });
  await upload([
    ...patches('520523', '2021', [
      ['p1', 'miningLand', 30.1],
      ['p2', 'forestLand', 9.2],
      ['p3', 'dryland', 4],
    ]),
    ...patches('520523', '2024', [
      ['p1', 'forestLand', 30.1],
      ['p2', 'forestLand', 9.2],
      ['p3', 'grassland', 4],
    ]),
    ...patches('520524', '2021', [['q1', 'forestLand', 5]]),
    ...patches('520524', '2024', [
      ['q1', 'forestLand', 3],
      ['q2', 'dryland', 2],
    ]),
  ]);
  for (const period of ['2021', '2024']) await recompute(period);
});
afterAll(async () => {
  await working.stop();
  await api.stop();
});

type Patch = readonly [patch: string, type: string, area: number];
const patches = (territory: string, period: string, rows: readonly Patch[]) =>
  rows.map(([patch, type, area]) => ({ territory, period, patch, type, area, precipitation: 1126.71 }));

async function upload(extent: readonly object[]): Promise<void> {
  const form = formOf(JSON.stringify({ extent }), 'patches.json', { norm });
  const headers = { 'idempotency-key': randomUUID() };
  const { status, body } = await api.call('POST', '/api/v1/uploads', { token, form, headers });
  expect([status, body.status]).toEqual([201, 'accepted']);
}
async function recompute(period: string): Promise<void> {
  const headers = { 'idempotency-key': randomUUID() };
  const body = { period, norm, territory: '520500' };
  const run = await api.call('POST', '/api/v1/recomputes', { token, body, headers });
  const events = await fetch(`${api.url}/api/v1/recomputes/${String(run.body.runId)}/events`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await events.text()).toMatch('event: over');
}

const get = (path: string, headers: Record<string, string> = {}, as = token) =>
  api.call('GET', `/api/v1/${path}`, { token: as, headers });
const extentOf = (territory: string, before = '2021', more = '') =>
  get(`extent?territory=${territory}&before=${before}&after=2024&norm=${norm}${more}`);
const currentOf = async (territory: string): Promise<Json> =>
  (await get(`accounts/current?territory=${territory}&period=2024&norm=${norm}`)).body;
const expectMissing = (reply: Reply) =>
  expect([reply.status, reply.body.code]).toEqual([404, 'accounting.account-missing']);

describe('extent', () => {
  it('has a matrix where every patch is found again, exact to the last digit', async () => {
    const { status, body } = await extentOf('520523');
    expect([status, body.unmatched]).toEqual([200, '0']);
    const { extent } = body;
    expect(extent.matrix.miningLand.forestLand).toBe('30.1');
    expect(extent.matrix.dryland.grassland).toBe('4');
    expect(extent.rows.forestLand).toMatchObject({ opening: '9.2', net: '30.1', closing: '39.3' });
    expect(extent.rows.forestLand.additions).toMatchObject({ unstated: '30.1', managed: '0', sum: '30.1' });
    expect([extent.total.opening, extent.total.closing]).toEqual(['43.3', '43.3']);
    expect(String(body.accounts.after)).toBe(String((await currentOf('520523')).id));
  });

  it('says that the matrix is unknown where patches were drawn anew, and above them', async () => {
    const redrawn = (await extentOf('520524')).body;
    expect([redrawn.unmatched, redrawn.extent.matrix]).toEqual(['2', null]);
    expect(redrawn.extent.rows.forestLand).toMatchObject({ opening: '5', additions: null, closing: '3' });
    const above = (await extentOf('520500')).body;
    expect([above.unmatched, above.extent.matrix, above.extent.total.closing]).toEqual(['48.3', null, '48.3']);
  });

  it('refuses an area that grew, and periods that are not there', async () => {
    await upload(patches('520524', '2023', [['q1', 'forestLand', 4]]));
    await recompute('2023');
    const grown = await extentOf('520524', '2023');
    expect([grown.status, grown.body.code]).toEqual([422, 'accounting.extent-imbalance']);
    expect(grown.body.facts).toMatchObject({ side: 'closing', difference: '1', unit: 'hm2' });
    expectMissing(await extentOf('520524', '1999'));
    expectMissing(await extentOf('520524', '2021', '&asOf=2020-01-01T00:00:00Z'));
    expect((await get('extent?territory=520524')).status).toBe(422);
  });

  it('is answered 304 to the same reader, and shown to nobody else', async () => {
    const first = await extentOf('520523');
    const etag = first.headers.get('etag')!;
    const path = `extent?territory=520523&before=2021&after=2024&norm=${norm}`;
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    const sister = await api.person('seea-sister', 'viewer', '520524');
    expectMissing(await get(path, { 'if-none-match': etag }, sister));
  });
});

describe('supply and use', () => {
  it('are equal to the fen in every row, and their supply is the account', async () => {
    const account = await currentOf('520523');
    const { status, body, headers } = await get(`accounts/${String(account.id)}/supply-use`);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toMatch('immutable');
    const sum = (amounts: Json): bigint => Object.values(amounts).reduce((all, fen) => all + BigInt(String(fen)), 0n);
    expect(list(body.rows).length).toBeGreaterThan(5);
    for (const { monetary } of list(body.rows)) {
      expect(sum(monetary.use)).toBe(sum(monetary.supply));
      expect(String(monetary.total)).toBe(String(sum(monetary.use)));
    }
    expect(sum(body.total.supply)).toBe(BigInt(String(account.totals.totalFen)));
    expect(Object.keys(body.total.use)).toEqual(['unassigned']);
    expect(String(body.finalFen)).toBe(String(account.totals.totalFen));
  });

  it('are shown to nobody else', async () => {
    const { id } = await currentOf('520523');
    const sister = await api.person('seea-other', 'viewer', '520524');
    expectMissing(await get(`accounts/${String(id)}/supply-use`, {}, sister));
    expectMissing(await get(`accounts/${randomUUID()}/supply-use`));
  });
});
