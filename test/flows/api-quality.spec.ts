/** Findings, reports and nodes of trees of an account over HTTP: explanations that stay, the same bytes every time, the same total. */
import { randomUUID } from 'node:crypto';
import ExcelJS from 'exceljs';
import { openQueues } from '@gep/platform';
import { TreeService } from '@gep/territory';
import { startWorking, type Working } from '../../apps/worker/src/start-working.main';
import { testActor } from '../fixtures/test-database';
import { formOf, list, startApi, type ApiUnderTest, type Json, type Reply } from './api-under-test';

const norm = 'jinsha-mine-2026';

let api: ApiUnderTest;
let working: Working;
let token: string;
let account: string;
beforeAll(async () => {
  api = await startApi();
  await api.publish(norm);
  token = await api.person('quality-accountant', 'accountant', '520500');
  const queues = await openQueues(api.database.config, { logger: api.log, giveUp: () => undefined });
  working = await startWorking({ database: api.database.db, queues, log: api.log, threads: 1 });
  const patch = (period: string, name: string, type: string, area: number) => {
    return { territory: '520523', period, patch: name, type, area, precipitation: 1126.71 };
  };
  const extent = [
    ...[patch('2021', 'p1', 'miningLand', 30.1), patch('2021', 'p2', 'forestLand', 9.2)],
    ...[patch('2024', 'p1', 'dryland', 30.1), patch('2024', 'p2', 'forestLand', 9.2)],
  ];
  const form = formOf(JSON.stringify({ extent }), 'patches.json', { norm });
  const uploaded = await api.call('POST', '/api/v1/uploads', { token, form, headers: keyed() });
  expect(uploaded.body.status).toBe('accepted');
  for (const period of ['2021', '2024']) {
    const body = { period, norm, territory: '520500' };
    const run = await api.call('POST', '/api/v1/recomputes', { token, body, headers: keyed() });
    const events = await fetch(`${api.url}/api/v1/recomputes/${String(run.body.runId)}/events`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await events.text()).toMatch('event: over');
  }
  const current = await get(`accounts/current?territory=520523&period=2024&norm=${norm}`);
  account = String(current.body.id);
});
afterAll(async () => {
  await working.stop();
  await api.stop();
});

const keyed = (key: string = randomUUID()) => ({ 'idempotency-key': key });
const get = (path: string, headers: Record<string, string> = {}, as = token): Promise<Reply> =>
  api.call('GET', `/api/v1/${path}`, { token: as, headers });
const findings = async (): Promise<Json[]> => list((await get(`accounts/${account}/findings`)).body.items);
const explain = (key: string, text: string, once: string = randomUUID(), as = token): Promise<Reply> =>
  api.call('POST', `/api/v1/accounts/${account}/findings/${key}/explanations`, {
    token: as,
    body: { text },
    headers: keyed(once),
  });
const words = '修复后土壤保持量为潜在侵蚀量，见核算说明第三节';

describe('findings', () => {
  it('name rule, place and figures, beside the period before', async () => {
    const found = await findings();
    expect(found.some(({ grade }) => String(grade) === 'A')).toBe(false);
    const jump = found.find(({ rule }) => String(rule) === 'unitPriceJump')!;
    expect(jump).toMatchObject({ grade: 'C', period: '2024', service: 'sedimentReduction', open: true });
    expect(String(jump.name.zh)).toMatch(/单价/);
    expect(found.filter(({ open }) => Boolean(open)).length).toBeGreaterThan(1);
  });

  it('are settled by an explanation, once however often it is sent, and it stays with who wrote it', async () => {
    const [first] = (await findings()).filter(({ open }) => Boolean(open));
    const once = randomUUID();
    const [one, again] = [await explain(String(first.key), words, once), await explain(String(first.key), words, once)];
    expect([one.status, again.text]).toEqual([200, one.text]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const settled = (await findings()).find(({ key }) => String(key) === String(first.key))!;
    expect(settled.open).toBe(false);
    expect(settled.explanations).toHaveLength(1);
    expect(list(settled.explanations)[0]).toMatchObject({ text: words, by: { name: 'Person quality-accountant' } });
  });

  it('are not settled by strangers, by nothing, or where there is nothing', async () => {
    const [open] = (await findings()).filter((finding) => Boolean(finding.open));
    const sister = await api.person('quality-sister', 'accountant', '520524');
    const refused = [
      await explain(String(open.key), words, randomUUID(), sister),
      await explain('0'.repeat(24), words),
      await explain(String(open.key), '因为'),
      await get(`accounts/${account}/findings`, {}, sister),
    ];
    expect(refused.map(({ status, body }) => [status, String(body.code)])).toEqual([
      [404, 'accounting.account-missing'],
      [404, 'accounting.finding-missing'],
      [422, 'request.invalid'],
      [404, 'accounting.account-missing'],
    ]);
    expect((await findings()).find(({ key }) => String(key) === String(open.key))!.open).toBe(true);
  });
});

describe('report tables', () => {
  it('are fourteen, with the matrix of patches and both periods', async () => {
    const { status, body } = await get(`accounts/${account}/report`);
    expect([status, list(body.tables).length]).toEqual([200, 14]);
    const [areas, matrix] = list(body.tables);
    expect(list(list(areas.rows).at(-1)!.cells).slice(2)).toEqual(['39.3', '39.3', '0', '100.00']);
    expect(list(matrix.rows)[0].cells).toContain('30.1');
  });

  it('are the same bytes as a workbook and as CSV, and 304 to whoever has them', async () => {
    const fetched = async (format: string): Promise<[Buffer, string | null]> => {
      const reply = await fetch(`${api.url}/api/v1/accounts/${account}/report?format=${format}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(reply.status).toBe(200);
      return [Buffer.from(await reply.arrayBuffer()), reply.headers.get('etag')];
    };
    for (const format of ['xlsx', 'csv']) {
      const [[first, tag], [second]] = [await fetched(format), await fetched(format)];
      expect(first.equals(second)).toBe(true);
      const held = await get(`accounts/${account}/report?format=${format}`, { 'if-none-match': tag! });
      expect(held.status).toBe(304);
      if (format === 'csv') expect(first.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
      else {
        const workbook = new ExcelJS.Workbook();
        await workbook.xlsx.load(first as unknown as ArrayBuffer);
        expect(workbook.worksheets).toHaveLength(14);
      }
    }
  });

  it('are shown to nobody else', async () => {
    const sister = await api.person('report-sister', 'viewer', '520524');
    const reply = await get(`accounts/${account}/report?format=xlsx`, {}, sister);
    expect([reply.status, reply.body.code]).toEqual([404, 'accounting.account-missing']);
  });
});

describe('nodes of a tree', () => {
  const path = `trees/basins/account?period=2024&norm=${norm}`;
  beforeAll(async () => {
    await new TreeService(api.database.db).importTree(testActor(), [
      {
        ...{ sheet: 'tree', header: ['code', 'name', 'kind', 'covers', 'source', 'from'] },
        rows: [{ row: 1, cells: ['basins', '流域', 'watershed', '520500', 'map', '2020-01-01'] }],
      },
      { sheet: 'nodes', header: ['node', 'name'], rows: [{ row: 1, cells: ['upper', '上游'] }] },
      {
        ...{ sheet: 'membership', header: ['unit', 'node', 'patch'] },
        rows: [{ row: 1, cells: ['520523', 'upper', 'p1'] }],
      },
    ]);
  });

  it('have the administrative total at the root, and name the vintage of every part', async () => {
    const { status, body } = await get(`${path}&node=upper`);
    expect([status, body.whole, String(body.node.code)]).toEqual([200, true, 'upper']);
    const city = await get(`accounts/current?territory=520500&period=2024&norm=${norm}`);
    const [root, upper, outside] = list(body.nodes);
    expect(root.totals).toEqual(city.body.totals);
    const fen = [upper, outside].map(({ totals }) => BigInt(String(totals.totalFen)));
    expect([fen[0] > 0n, fen[1] > 0n, `${fen[0] + fen[1]}`]).toEqual([true, true, String(root.totals.totalFen)]);
    expect(list(body.node.parts)).toEqual([
      expect.objectContaining({
        territory: '520523',
        accountId: account,
        basis: 'patch',
        areaByType: { dryland: 30.1 },
      }),
    ]);
  });

  it('are a part for people of the county, who are told so; 304 while nothing changes, and for nobody else', async () => {
    const own = await api.person('tree-county', 'viewer', '520523');
    const { body, headers } = await get(path, {}, own);
    expect([body.whole, list(body.divided).map(({ territory }) => territory)]).toEqual([false, ['520523']]);
    expect([body.scope.zh, body.scope.en].map(String)).toEqual(
      [/520523/, /520523/].map((one) => expect.stringMatching(one)),
    );
    const known = { 'if-none-match': headers.get('etag')! };
    const sister = await api.person('tree-sister', 'viewer', '520524');
    const replies = [await get(path, known, own), await get(path, known), await get(path, known, sister)];
    expect(replies.map(({ status }) => status)).toEqual([304, 200, 404]);
  });

  it('are refused as problems in both languages where they are not there', async () => {
    const missing = await get('trees/nowhere');
    expect([missing.status, missing.body.code]).toEqual([404, 'territory.tree-missing']);
    expect(missing.headers.get('content-type')).toMatch('application/problem+json');
    expect([String(missing.body.text.zh), String(missing.body.text.en)]).toEqual([
      expect.stringMatching('平行树'),
      expect.stringMatching('parallel tree'),
    ]);
    const codeOf = async (more: string) => (await get(`${path}${more}`)).body.code;
    expect(await codeOf('&node=lower')).toBe('territory.tree-node-missing');
    expect(await codeOf('&asOf=2020-01-01T00:00:00Z')).toBe('territory.tree-missing');
    expect((await get(path.replace('2024', '24'))).status).toBe(422);
    expect(list((await get('trees')).body.items)).toMatchObject([{ code: 'basins', edition: 1 }]);
    expect((await get('trees/basins')).body).toMatchObject({
      nodes: [{ code: 'upper' }],
      membership: [{ patch: 'p1' }],
    });
  });
});

describe('a finding of grade A', () => {
  const county = '520524';
  const [reporter, checker] = ['A-reporter', 'A-checker'];
  const tokens = new Map<string, string>();
  const as = (who: string, method: string, path: string, body?: object): Promise<Reply> =>
    api.call(method, `/api/v1/${path}`, {
      token: tokens.get(who)!,
      ...(body && { body }),
      ...(method === 'POST' && { headers: keyed() }),
    });
  const act = (who: string, deed: string) => as(who, 'POST', `reviews/${county}/2024/${norm}/acts`, { act: deed });
  const current = async (): Promise<string> =>
    String((await as(reporter, 'GET', `accounts/current?territory=${county}&period=2024&norm=${norm}`)).body.id);
  const found = async (): Promise<Json[]> =>
    list((await as(reporter, 'GET', `accounts/${await current()}/findings`)).body.items);

  /** Rain of two patches; exchanged, their values per hectare are those of each other in the year before. */
  async function compute(period: string, rainOfDryland: number, rainOfGrass: number): Promise<void> {
    const patch = (name: string, type: string, precipitation: number) => {
      return { territory: county, period, patch: name, type, area: 10, precipitation };
    };
    const extent = [patch('d', 'dryland', rainOfDryland), patch('g', 'grassland', rainOfGrass)];
    const form = formOf(JSON.stringify({ extent }), 'rain.json', { norm });
    const upload = await api.call('POST', '/api/v1/uploads', { token: tokens.get(reporter)!, form, headers: keyed() });
    expect(upload.body.status).toBe('accepted');
    const run = await as(reporter, 'POST', 'recomputes', { period, norm, territory: county });
    const events = await fetch(`${api.url}/api/v1/recomputes/${String(run.body.runId)}/events`, {
      headers: { authorization: `Bearer ${tokens.get(reporter)!}` },
    });
    await events.text();
  }

  async function explainWhatMayBe(): Promise<void> {
    for (const { key, grade, open } of await found())
      if (Boolean(open) && String(grade) !== 'A') {
        const path = `accounts/${await current()}/findings/${String(key)}/explanations`;
        expect((await as(reporter, 'POST', path, { text: words })).status).toBe(200);
      }
  }

  it('is not settled by words and holds the account back until the figures are mended; B and C are settled by words', async () => {
    tokens.set(reporter, await api.person(reporter, 'accountant', county));
    tokens.set(checker, await api.person(checker, 'checker', county));
    await compute('2021', 1126.71, 1126.71);
    await compute('2024', 1113.7, 1217.38);
    const [grave] = (await found()).filter(({ grade }) => String(grade) === 'A');
    expect(grave).toMatchObject({ rule: 'swappedCells', open: true, service: 'waterConservation' });
    expect((await found()).some(({ grade }) => ['B', 'C'].includes(String(grade)))).toBe(true);
    await explainWhatMayBe();
    const path = `accounts/${await current()}/findings/${String(grave.key)}/explanations`;
    const refused = await as(reporter, 'POST', path, { text: words });
    expect([refused.status, refused.body.code]).toEqual([409, 'accounting.finding-must-be-mended']);
    const held = await act(reporter, 'submit');
    expect([held.status, held.body.code]).toEqual([409, 'accounting.findings-open']);
    expect(list(held.body.facts.findings).map(({ rule }) => String(rule))).toEqual(['swappedCells']);
    await compute('2024', 1500, 1160);
    expect((await found()).some(({ grade }) => String(grade) === 'A')).toBe(false);
    await explainWhatMayBe();
    expect((await found()).filter(({ open }) => Boolean(open))).toEqual([]);
    expect((await act(reporter, 'submit')).status).toBe(200);
    expect((await act(checker, 'check')).status).toBe(200);
  });
});
