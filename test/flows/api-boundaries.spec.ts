/** Boundaries over HTTP: a declared flow counts once above, counties merge and split, and the series of one is restated. */
import { randomUUID } from 'node:crypto';
import { openQueues } from '@gep/platform';
import { startWorking, type Working } from '../../apps/worker/src/start-working.main';
import { formOf, list, startApi, type ApiUnderTest, type Json, type Reply } from './api-under-test';

const norm = 'jinsha-mine-2026';
const [one, two, prefecture] = ['520523', '520524', '520500'];

let api: ApiUnderTest;
let working: Working;
let token: string;
let nation: string;
beforeAll(async () => {
  api = await startApi();
  await api.publish(norm);
  token = await api.person('prefecture-accountant', 'accountant', prefecture);
  nation = await api.person('nation-administrator', 'admin', 'CN');
  const queues = await openQueues(api.database.config, { logger: api.log, giveUp: () => undefined });
  working = await startWorking({ database: api.database.db, queues, log: api.log, threads: 1 });
  await observe('2023', { [one]: 7, [two]: 11 });
});
afterAll(async () => {
  await working.stop();
  await api.stop();
});

const get = (path: string, as = token): Promise<Reply> => api.call('GET', path, { token: as });
const post = (path: string, body: object, as = token, key: string = randomUUID()): Promise<Reply> =>
  api.call('POST', path, { token: as, body, headers: { 'idempotency-key': key } });

async function recompute(period: string): Promise<void> {
  const { status, body } = await post('/api/v1/recomputes', { period, norm, territory: prefecture });
  expect(status).toBe(202);
  await get(`/api/v1/recomputes/${String(body.runId)}/events`);
}

/** Uploads what was observed of these counties, and computes their accounts. */
async function observe(period: string, hectares: Readonly<Record<string, number>>): Promise<void> {
  const types = ['miningLand', 'dryland', 'forestLand', 'grassland', 'constructionLand'];
  const extent = Object.entries(hectares).flatMap(([territory, area]) =>
    types.map((type) => ({ territory, period, type, area, precipitation: 1126.71 })),
  );
  const form = formOf(JSON.stringify({ extent }), 'county.json', { norm });
  const headers = { 'idempotency-key': randomUUID() };
  expect((await api.call('POST', '/api/v1/uploads', { token, form, headers })).status).toBe(201);
  await recompute(period);
}
const accountOf = async (territory: string, period: string): Promise<Json> =>
  (await get(`/api/v1/accounts/current?territory=${territory}&period=${period}&norm=${norm}`)).body;
const fenOf = ({ totals }: Json): bigint => BigInt(String(totals.totalFen));

const flow = {
  ...{ norm, service: 'sedimentReduction', supplier: one, beneficiary: two, share: '1/3', from: '2023-01-01' },
  ...{ reason: '下游水库 reservoir downstream', source: '流域机构函 basin office' },
};

it('a flow is declared once by a key, seen by both ends, taken back above, and withdrawn', async () => {
  const [a, b, before] = [
    await accountOf(one, '2023'),
    await accountOf(two, '2023'),
    await accountOf(prefecture, '2023'),
  ];
  expect(fenOf(before)).toBe(fenOf(a) + fenOf(b));
  const key = randomUUID();
  const declared = await post('/api/v1/flows', flow, token, key);
  const again = await post('/api/v1/flows', flow, token, key);
  const id = String(declared.body.id);
  expect([declared.status, again.headers.get('idempotency-replayed'), again.body.id]).toEqual([201, 'true', id]);
  expect([declared.headers.get('location'), declared.body.share]).toEqual([`/api/v1/flows/${id}`, '1/3']);
  const other = await post('/api/v1/flows', { ...flow, share: '1/4' }, token, key);
  expect([other.status, other.body.code]).toEqual([409, 'platform.idempotency-conflict']);
  const county = await api.person('county-accountant', 'accountant', two);
  expect(list((await get('/api/v1/flows?standing=true', county)).body.items)).toMatchObject([{ id, supplier: one }]);
  const denied = await post(`/api/v1/flows/${id}/withdraw`, { reason: 'no' }, county);
  expect([denied.status, denied.body.code]).toEqual([403, 'accounting.flow-outside-territory']);

  await recompute('2023');
  const after = await accountOf(prefecture, '2023');
  const back = list(after.lines).filter((line) => String(line.flow) === id);
  expect(back.length).toBeGreaterThan(0);
  const taken = back.reduce((sum, { valueFen }) => sum + BigInt(String(valueFen)), 0n);
  expect(taken).toBeLessThan(0n);
  expect(fenOf(after)).toBe(fenOf(a) + fenOf(b) + taken);
  expect((await accountOf(two, '2023')).id).toBe(b.id);
  const explained = await get(`/api/v1/accounts/${String(after.id)}/explain?service=sedimentReduction`);
  expect(explained.text).toMatch(/"kind":"flow".*520523.*520524.*1\/3/);

  expect((await post(`/api/v1/flows/${id}/withdraw`, { reason: '已实测 measured' })).body.withdrawn).toMatchObject({
    reason: '已实测 measured',
  });
  await recompute('2023');
  expect((await accountOf(prefecture, '2023')).id).toBe(before.id);
  const audit = await get('/api/v1/audit', await api.person('nation-auditor', 'auditor', 'CN'));
  const actions = list(audit.body.items).map(({ action }) => String(action));
  expect(actions.filter((action) => action.startsWith('flow.')).sort()).toEqual(['flow.declared', 'flow.withdrawn']);
});

it('counties merge, split and change names by key, and the series of one is restated to the fen', async () => {
  const merge = { effective: '2024-01-01', source: 'order 1', predecessors: [one, two], into: one, nameZh: '合县' };
  const key = randomUUID();
  const denied = await post('/api/v1/territories/successions/merges', merge);
  expect([denied.status, denied.body.code]).toEqual([403, 'access.forbidden']);
  const early = { ...merge, effective: '2023-06-01' };
  const left = await post('/api/v1/territories/successions/merges', { ...early, leaveAccounts: 'yes' }, nation);
  expect(left.status).toBe(422);
  // The mine has a code that begins with that of its county, which goes on.
  const merged = await post('/api/v1/territories/successions/merges', merge, nation, key);
  const again = await post('/api/v1/territories/successions/merges', merge, nation, key);
  expect([merged.status, merged.body.changed, again.headers.get('idempotency-replayed')]).toEqual([200, true, 'true']);
  expect(again.body).toEqual(merged.body);
  expect(merged.body.leftAccounts).toEqual([]);
  await observe('2024', { [one]: 18 });

  const split = {
    ...{ effective: '2025-01-01', source: 'order 2', territory: one },
    successors: [
      { territory: one, share: '3/5' },
      { territory: '520525', nameZh: '新县', share: '0.4' },
    ],
  };
  const unfit = { ...split, successors: [split.successors[0], { territory: '520525', nameZh: '新县', area: '4' }] };
  const refused = await post('/api/v1/territories/successions/splits', unfit, nation);
  expect([refused.status, refused.body.code]).toEqual([422, 'territory.succession-shares-unfit']);
  const done = await post('/api/v1/territories/successions/splits', split, nation);
  expect(list(done.body.items)).toMatchObject([
    { successor: one, share: '0.6' },
    { successor: '520525', share: '0.4' },
  ]);
  const rename = { effective: '2025-06-01', source: 'order 3', territory: '520525', nameZh: '新安县' };
  expect((await post('/api/v1/territories/successions/renames', rename, nation)).body.changed).toBe(true);
  await observe('2025', { [one]: 10, '520525': 8 });

  const told = await get('/api/v1/territories/successions?limit=2');
  const next = await get(`/api/v1/territories/successions?limit=200&cursor=${String(told.body.next)}`);
  expect([...list(told.body.items), ...list(next.body.items)].map(({ kind }) => kind)).toEqual([
    ...['merge', 'merge', 'split', 'split', 'rename'],
  ]);

  const path = (territory: string, more = '') =>
    `/api/v1/accounts/series?territory=${territory}&from=2023&to=2025&norm=${norm}${more}`;
  const reported = await get(path(one));
  const growth = list(reported.body.points).map((point) => point.growth?.refusal?.code ?? null);
  expect(growth).toEqual([null, 'accounting.boundary-broken', 'accounting.boundary-broken']);
  const series = [await get(path(one, '&constantBoundary=true')), await get(path('520525', '&boundaryDay=2025-12-31'))];
  expect(series.map(({ status, body }) => [status, String(body.boundaryDay)])).toEqual([
    [200, '2025-12-31'],
    [200, '2025-12-31'],
  ]);
  const points = series.map(({ body }) => list(body.points));
  const whole = [
    fenOf(await accountOf(one, '2023')) + fenOf(await accountOf(two, '2023')),
    fenOf(await accountOf(one, '2024')),
  ];
  whole.forEach((fen, at) => expect(fenOf(points[0][at].account) + fenOf(points[1][at].account)).toBe(fen));
  expect(points[1].map(({ ways }) => ways)).toEqual([['addition', 'given'], ['given'], ['reported']]);
  expect(list(points[0][1].parts)).toMatchObject([{ territory: one, vintage: 1, shares: ['0.6'] }]);
  expect(points[0][2].growth.refusal).toBeNull();
  const etag = series[0].headers.get('etag')!;
  const same = await api.call('GET', path(one, '&constantBoundary=true'), {
    token,
    headers: { 'if-none-match': etag },
  });
  expect(same.status).toBe(304);
});
