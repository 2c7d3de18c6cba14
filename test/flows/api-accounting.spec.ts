/** The main job over HTTP: upload, recompute through the queue, read, explain, compare, as of an earlier moment. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startWorking, type Working } from '../../apps/worker/src/start-working.main';
import { openQueues } from '@gep/platform';
import { formOf, list, startApi, type ApiUnderTest, type Json, type Reply } from './api-under-test';

const norm = 'jinsha-mine-2026';
const site = '520523-jinsha-mine';
const observations = readFileSync(resolve(__dirname, '../../rulebook/cases/jinsha-mine/observations.json'));

let api: ApiUnderTest;
let working: Working;
let token: string;
beforeAll(async () => {
  api = await startApi();
  await api.publish(norm);
  token = await api.person('jinsha-accountant', 'accountant', '520523');
  const queues = await openQueues(api.database.config, { logger: api.log, giveUp: () => undefined });
  working = await startWorking({ database: api.database.db, queues, log: api.log, threads: 1 });
});
afterAll(async () => {
  await working.stop();
  await api.stop();
});

const upload = (form: FormData, key: string = randomUUID()) =>
  api.call('POST', '/api/v1/uploads', { token, form, headers: { 'idempotency-key': key } });
const request = (body: object, key: string = randomUUID()) =>
  api.call('POST', '/api/v1/recomputes', { token, body, headers: { 'idempotency-key': key } });
const get = (path: string, headers: Record<string, string> = {}) => api.call('GET', path, { token, headers });

/** The server-sent events of a run until the stream ends. */
async function follow(runId: string): Promise<{ name: string; body: Json }[]> {
  const answer = await fetch(`${api.url}/api/v1/recomputes/${runId}/events`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.headers.get('content-type')).toMatch('text/event-stream');
  const events = (await answer.text()).split('\n\n').filter((text) => /^id: /.test(text));
  return events.map((text) => {
    const [, name, body] = /event: (\w+)\ndata: (.*)$/.exec(text)!;
    return { name, body: JSON.parse(body) as Json };
  });
}

async function recompute(period: string): Promise<Json> {
  const { status, body } = await request({ period, norm, territory: site });
  expect(status).toBe(202);
  const events = await follow(String(body.runId));
  expect(events.at(-1)!.name).toBe('over');
  return events.at(-1)!.body;
}

const current = (period: string, more = '') =>
  get(`/api/v1/accounts/current?territory=${site}&period=${period}&norm=${norm}${more}`);
const expectMissing = (reply: Reply) =>
  expect([reply.status, reply.body.code]).toEqual([404, 'accounting.account-missing']);

describe('uploads', () => {
  const csv = [
    '地域,核算期,类型,面积 [亩],降水量',
    `${site},2019,林地,51.1,1126.71`,
    `${site},2019,湖泊,10,1126.71`,
    `${site},2019,草地,很大,1126.71`,
    '520524,2019,林地,10,1126.71',
    '520599,2019,林地,10,1126.71',
  ].join('\n');

  it('only check when asked to', async () => {
    const reply = await upload(formOf(`\ufeff${csv}`, '范围.csv', { norm, dryRun: 'true' }));
    expect([reply.status, reply.body.batchId, reply.body.status]).toEqual([200, null, 'partial']);
    expect(list((await get('/api/v1/uploads')).body.items)).toEqual([]);
  });

  it('keep good rows and explain bad ones cell by cell, in both languages', async () => {
    const reply = await upload(formOf(csv, '范围.csv', { norm }));
    expect([reply.status, reply.body.status]).toEqual([201, 'partial']);
    expect(reply.body.counts).toMatchObject({ rows: 5, acceptedRows: 1, refusedRows: 4 });
    const problems = list(reply.body.problems).filter(({ severity }) => String(severity) === 'error');
    expect(problems.map(({ row, column }) => `${String(row)} ${String(column)}`).sort()).toEqual([
      '3 C 类型',
      '4 D 面积 [亩]',
      '5 A 地域',
      '6 A 地域',
    ]);
    for (const { text, mend } of problems) {
      expect(String(text.zh)).toMatch(/\p{Script=Han}/u);
      expect(String(mend.en)).toMatch(/[a-z]/);
    }
    // A county that is not the actor's reads like one that does not exist.
    const [foreign, unknown] = [5, 6].map((row) => problems.find((problem) => Number(problem.row) === row)!);
    const withoutCode = (json: Json) =>
      JSON.stringify(json)
        .replaceAll(/5205(24|99)/g, 'code')
        .replaceAll(/[56]/g, '');
    expect(withoutCode(foreign)).toBe(withoutCode(unknown));

    const report = await get(String(reply.headers.get('location')));
    expect(report.body).toMatchObject({
      fileName: '范围.csv',
      status: 'partial',
      importedBy: 'Person jinsha-accountant',
    });
    expect(list(report.body.problems)).toHaveLength(list(reply.body.problems).length);
  });

  it('act once for one key', async () => {
    const key = randomUUID();
    const form = () => formOf(observations, 'observations.json', { norm });
    const [first, second] = [await upload(form(), key), await upload(form(), key)];
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect([second.status, second.text]).toEqual([201, first.text]);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    const other = await upload(formOf(csv, '范围.csv', { norm }), key);
    expect([other.status, other.body.code]).toEqual([409, 'platform.idempotency-conflict']);
    const again = await upload(form());
    expect([again.status, again.body.alreadyImported]).toEqual([200, true]);
  });

  it('are listed page by page', async () => {
    const first = await get('/api/v1/uploads?limit=1');
    const second = await get(`/api/v1/uploads?limit=1&cursor=${String(first.body.next)}`);
    expect(list(first.body.items)[0].fileName).toBe('observations.json');
    expect(list(second.body.items)[0].fileName).toBe('范围.csv');
  });
});

describe('recomputes', () => {
  it('act once for one key, and stream their progress until they are over', async () => {
    const key = randomUUID();
    const wish = { period: '2024', norm };
    const [first, second] = [await request(wish, key), await request(wish, key)];
    expect([first.status, first.body.started]).toEqual([202, true]);
    expect(second.text).toBe(first.text);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect((await request({ ...wish, period: '2021' }, key)).status).toBe(409);

    const events = await follow(String(first.body.runId));
    const { name, body } = events.at(-1)!;
    expect([name, body.state]).toEqual(['over', 'done']);
    expect(body.progress.territories).toEqual({ total: 1, computed: 1, unchanged: 0, refused: 0, locked: 0 });
    expect((await get(String(first.headers.get('location')))).body).toEqual(body);
    expect((await get(`/api/v1/recomputes/${String(first.body.runId)}/failures`)).body).toEqual({ items: [] });
    const cancel = await api.call('POST', `/api/v1/recomputes/${String(first.body.runId)}/cancel`, { token });
    expect([cancel.status, cancel.body.code]).toEqual([409, 'accounting.run-state']);
  });

  it('do not compute what has not changed', async () => {
    expect((await recompute('2024')).progress.territories).toMatchObject({ computed: 0, unchanged: 1 });
  });

  it('are listed page by page, the latest first', async () => {
    const all = (await get('/api/v1/recomputes')).body;
    const ids = (list: Json): string[] => (list.items as unknown as Json[]).map(({ id }) => String(id));
    expect([ids(all).length > 1, all.next]).toEqual([true, null]);
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const page = (await get(`/api/v1/recomputes?limit=1${cursor}`)).body;
      seen.push(...ids(page));
      expect(page.items).toHaveLength(1);
      if (page.next === null) break;
      cursor = `&cursor=${String(page.next)}`;
    }
    expect(seen).toEqual(ids(all));
    const foreign = Buffer.from('["not an id"]').toString('base64url');
    expect((await get(`/api/v1/recomputes?cursor=${foreign}`)).status).toBe(422);
  });
});

describe('accounts', () => {
  beforeAll(() => recompute('2021'));

  it('give the restored site what the study prints, within half a percent', async () => {
    const after = await current('2024');
    expect(after.status).toBe(200);
    const wanYuan = Number(BigInt(String(after.body.totals.totalFen)) / 10_000n) / 100;
    expect(Math.abs(wanYuan / 1212.9 - 1)).toBeLessThan(0.005);
    const sum = list(after.body.lines).reduce((total, line) => total + BigInt(String(line.valueFen)), 0n);
    expect(String(sum)).toBe(after.body.totals.totalFen);
  });

  it('are listed with filters and a cursor', async () => {
    const all = list((await get('/api/v1/accounts')).body.items).map(({ period }) => period);
    expect(all).toEqual(['2021', '2024']);
    const first = await get('/api/v1/accounts?limit=1&within=520523&level=site&origin=observed');
    const second = await get(`/api/v1/accounts?limit=1&within=520523&cursor=${String(first.body.next)}`);
    expect(list(second.body.items)[0].period).toBe('2024');
    expect(second.body.next).toBeNull();
    expect(list((await get(`/api/v1/accounts?territory=${site}&period=2021&norm=${norm}`)).body.items)).toHaveLength(1);
    expect(list((await get('/api/v1/accounts?origin=aggregated')).body.items)).toEqual([]);
  });

  it('are immutable by id, and answered 304 to whoever may read them', async () => {
    const { body } = await current('2024');
    const path = `/api/v1/accounts/${String(body.id)}`;
    const whole = await get(path);
    expect([whole.body, whole.headers.get('cache-control')]).toEqual([body, expect.stringContaining('immutable')]);
    expect(whole.body.evidence).toMatchObject({ total: body.grade, byCategory: { regulating: 'unverified' } });
    const headers = { 'if-none-match': whole.headers.get('etag')! };
    expect((await get(path, headers)).status).toBe(304);
    const sister = await api.person('sister-reader', 'viewer', '520524');
    expectMissing(await api.call('GET', path, { token: sister, headers }));
  });

  it('explain any figure down to parameters with their source', async () => {
    const { body } = await current('2024');
    const path = `/api/v1/accounts/${String(body.id)}/explain`;
    const reply = await get(`${path}?service=sedimentReduction&type=forestLand`);
    expect(reply.status).toBe(200);
    const nodes: Json[] = [];
    const walk = (node: Json): void => {
      nodes.push(node);
      list(node.children).forEach(walk);
    };
    walk(reply.body);
    const kinds = nodes.map(({ kind }) => String(kind));
    expect(kinds).toEqual(expect.arrayContaining(['line', 'quantity', 'price', 'gamma', 'patch']));
    expect(reply.text).toMatch('"source":"');
    expect(reply.text).toMatch('"grade":"published"');
    expect((await get(`${path}?service=nothing`)).body.code).toBe('accounting.line-missing');
  });

  it('are compared line by line', async () => {
    const [before, after] = [(await current('2021')).body, (await current('2024')).body];
    const reply = await get(`/api/v1/accounts/compare?before=${String(before.id)}&after=${String(after.id)}`);
    const difference = BigInt(String(after.totals.totalFen)) - BigInt(String(before.totals.totalFen));
    expect(reply.body.total).toMatchObject({ before: before.totals.totalFen, absolute: String(difference) });
    expect(list(reply.body.lines).length).toBeGreaterThan(5);
  });

  it('are split by what their change comes from, to the fen, in every cut; chosen effects are summed', async () => {
    const path = `/api/v1/changes?territory=${site}&from=2021&to=2024&norm=${norm}`;
    const reply = await get(`${path}&effects=area,supply`);
    expect(reply.status).toBe(200);
    const sum = (effects: unknown) =>
      Object.values(effects as Json).reduce((all, fen) => all + BigInt(String(fen)), 0n);
    const { changeFen, effects, byService, byType, payable } = reply.body;
    expect(String(sum(effects))).toBe(changeFen);
    for (const cut of [byService, byType])
      expect(String(Object.values(cut as Json).reduce<bigint>((all, one) => all + sum(one), 0n))).toBe(changeFen);
    const chosen = BigInt(String((effects as Json).area)) + BigInt(String((effects as Json).supply));
    expect(payable).toMatchObject({ effects: ['area', 'supply'], fen: String(chosen) });
    const etag = reply.headers.get('etag')!;
    expect((await get(`${path}&effects=area,supply`, { 'if-none-match': etag })).status).toBe(304);

    const back = (await get(`/api/v1/changes?territory=${site}&from=2024&to=2021&norm=${norm}`)).body;
    expect(sum(back.effects)).toBe(-BigInt(String(changeFen)));
    expect(BigInt(String((back.effects as Json).area))).toBe(-BigInt(String((effects as Json).area)));
    expect((await get(`${path}&effects=luck`)).status).toBe(422);
    expect((await get(`${path}&weather=luck`)).body.code).toBe('accounting.level-attribute-unknown');
    expectMissing(await get(`/api/v1/changes?territory=${site}&from=1999&to=2024&norm=${norm}`));
    const sister = await api.person('sister-of-changes', 'viewer', '520524');
    expectMissing(await api.call('GET', path, { token: sister }));
  });

  it('stay readable as of the moment before a correction', async () => {
    const old = (await current('2024')).body;
    const between = new Date().toISOString();
    const corrected = JSON.parse(observations.toString()) as {
      extent: { period: string; type: string; area: number }[];
    };
    corrected.extent.find(({ period, type }) => period === '2024' && type === 'forestLand')!.area = 30;
    expect((await upload(formOf(JSON.stringify(corrected), 'corrected.json', { norm }))).status).toBe(201);
    await recompute('2024');

    const now = (await current('2024')).body;
    expect(now.vintage).toBe(2);
    expect(now.totals.totalFen).not.toBe(old.totals.totalFen);
    expect((await current('2024', `&asOf=${between}`)).body).toEqual(old);
    for (const v of [old, now]) expect((await current('2024', `&asOf=${String(v.recordedAt)}`)).body).toEqual(v);
    expectMissing(await current('2024', '&asOf=2020-01-01T00:00:00Z'));
    const { items } = (await get(`/api/v1/accounts/vintages?territory=${site}&period=2024&norm=${norm}`)).body;
    expect(list(items).map(({ id }) => id)).toEqual([now.id, old.id]);
  });
});

describe('the audit trail', () => {
  it('shows every deed to an auditor of the nation, and to one of a county those about the county', async () => {
    const auditor = await api.person('auditor', 'auditor', 'CN');
    const trail = await api.call('GET', '/api/v1/audit?action=observation.imported&limit=2', { token: auditor });
    expect(list(trail.body.items)).toHaveLength(2);
    expect(list(trail.body.items)[0]).toMatchObject({ actorName: 'Person jinsha-accountant', before: null });
    const next = await api.call('GET', `/api/v1/audit?limit=1&cursor=${String(trail.body.next)}`, { token: auditor });
    expect(Number(list(next.body.items)[0].seq)).toBeLessThan(Number(list(trail.body.items)[1].seq));
    const verdict = await api.call('GET', '/api/v1/audit/verify', { token: auditor });
    expect(verdict.body).toMatchObject({ whole: true, broken: null });
    expect((await api.call('GET', '/api/v1/audit/verify?rows=1', { token: auditor })).status).toBe(422);

    const local = await api.person('local-auditor', 'auditor', '520523');
    const own = list((await api.call('GET', '/api/v1/audit?limit=200', { token: local })).body.items);
    expect(own.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['observation.imported', 'recompute.requested', 'access.sign-in']),
    );
    expect(own.filter(({ territory }) => !String(territory).startsWith('520523'))).toEqual([]);
    expect((await api.call('GET', '/api/v1/audit/verify', { token: local })).body.code).toBe('audit.national-only');
    expect((await get('/api/v1/audit')).body.code).toBe('access.forbidden');
  });
});
