/** A year's account over HTTP: a return, a correction, the way up through five hands, a publication, and its restatement. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Role } from '@gep/access';
import { openQueues } from '@gep/platform';
import { startWorking, type Working } from '../../apps/worker/src/start-working.main';
import { formOf, list, startApi, type ApiUnderTest, type Json, type Reply } from './api-under-test';

const norm = 'jinsha-mine-2026';
const county = '520523';
const period = '2024';
const file = readFileSync(resolve(__dirname, '../../rulebook/cases/jinsha-mine/observations.json'), 'utf8');
const reason = '林地面积与调查不符 · the forest differs from the survey';

let api: ApiUnderTest;
let working: Working;
const tokens = new Map<string, string>();
beforeAll(async () => {
  api = await startApi();
  await api.publish(norm);
  const people: readonly (readonly [string, Role, string])[] = [
    ['reporter', 'accountant', county],
    ['checker', 'checker', county],
    ['expert', 'reviewer', county],
    ['approver', 'approver', county],
    ['publisher', 'publisher', county],
    ['admin', 'admin', county],
    ['upper-reporter', 'accountant', '520500'],
    ['upper-expert', 'reviewer', '520500'],
    ['upper-approver', 'approver', '520000'],
    ['sister', 'approver', '520524'],
    ['sister-reporter', 'accountant', '520524'],
  ];
  for (const [login, role, place] of people) tokens.set(login, await api.person(login, role, place));
  const queues = await openQueues(api.database.config, { logger: api.log, giveUp: () => undefined });
  working = await startWorking({ database: api.database.db, queues, log: api.log, threads: 1 });
});
afterAll(async () => {
  await working.stop();
  await api.stop();
});

const as = (who: string, method: string, path: string, body?: object, key: string = randomUUID()): Promise<Reply> =>
  api.call(method, path, {
    token: tokens.get(who)!,
    ...(body && { body }),
    ...(method === 'POST' && { headers: { 'idempotency-key': key } }),
  });
const place = `/api/v1/reviews/${county}/${period}/${norm}`;
const act = (who: string, deed: string, more: object = {}) => as(who, 'POST', `${place}/acts`, { act: deed, ...more });
const show = async (who = 'reporter'): Promise<Json> => (await as(who, 'GET', place)).body;
const outcome = ({ status, body }: Reply) => [status, String(body.state ?? body.code)];

/** The observations of the site, said of the county, with so much forest. */
function observations(forest: number): string {
  const all = JSON.parse(file) as Record<string, { territory: string; period: string; type?: string; area?: number }[]>;
  const extent = all.extent
    .filter((row) => row.period === period)
    .map((row) => ({ ...row, territory: county, ...(row.type === 'forestLand' && { area: forest }) }));
  const statistics = (all.statistics ?? [])
    .filter((row) => row.period === period)
    .map((row) => ({ ...row, territory: county }));
  return JSON.stringify({ extent, ...(statistics.length > 0 && { statistics }) });
}
const upload = (who: string, forest: number) =>
  api.call('POST', '/api/v1/uploads', {
    token: tokens.get(who)!,
    form: formOf(observations(forest), 'county.json', { norm }),
    headers: { 'idempotency-key': randomUUID() },
  });
/** What an upload is refused for, which names the reporter. */
async function refusedCells(who: string, forest: number): Promise<string[]> {
  const { status, body } = await upload(who, forest);
  expect([status, body.code]).toEqual([422, 'upload.refused']);
  const cells = list(body.facts.report.problems);
  expect(String(cells[0].text.en)).toMatch(/reported by Person reporter/);
  return [...new Set(cells.map(({ code }) => String(code)))];
}
async function recompute(who = 'reporter'): Promise<Json> {
  const asked = await as(who, 'POST', '/api/v1/recomputes', { period, norm, territory: county });
  const events = await fetch(`${api.url}/api/v1/recomputes/${String(asked.body.runId)}/events`, {
    headers: { authorization: `Bearer ${tokens.get(who)!}` },
  });
  await events.text();
  return (await as(who, 'GET', `/api/v1/recomputes/${String(asked.body.runId)}`)).body;
}
const current = (more = '', who = 'reporter') =>
  as(who, 'GET', `/api/v1/accounts/current?territory=${county}&period=${period}&norm=${norm}${more}`);
/** The bytes of an answer. */
async function bytesOf(path: string): Promise<Buffer> {
  const headers = { authorization: `Bearer ${tokens.get('reporter')!}` };
  return Buffer.from(await (await fetch(api.url + path, { headers })).arrayBuffer());
}
/** What the checks find of the figures is explained in writing before departments check them. */
async function explainFindings(): Promise<void> {
  const found = await as('reporter', 'GET', `/api/v1/accounts/${String((await current()).body.id)}/findings`);
  for (const { key, open } of list(found.body.items))
    if (Boolean(open)) {
      const path = `/api/v1/accounts/${String((await current()).body.id)}/findings/${String(key)}/explanations`;
      const reply = await as('reporter', 'POST', path, { text: '该地块坡度大、降雨强，已与实测核对' });
      expect(reply.status).toBe(200);
    }
}
async function goUp(): Promise<void> {
  for (const [who, deed] of [
    ['reporter', 'submit'],
    ['checker', 'check'],
    ['expert', 'review'],
    ['approver', 'approve'],
    ['publisher', 'publish'],
  ]) {
    const reply = await act(who, deed);
    expect([reply.status, reply.body.act]).toEqual([200, deed]);
  }
}

describe('a year', () => {
  let firstDocument: string;
  let firstId: string;
  /** Forms of what was published, by path, as they were before the restatement. */
  const published = new Map<string, Buffer>();
  let beforePublication: string;
  let afterPublication: string;

  it('begins as a draft, and is submitted once there is an account', async () => {
    expect(await show()).toMatchObject({ state: 'draft', current: null, roles: ['reporter'] });
    expect(outcome(await act('reporter', 'submit'))).toEqual([409, 'accounting.nothing-to-submit']);
    // The level above may begin; what the county has reported it leaves alone, submitted or not.
    expect((await upload('upper-reporter', 10)).status).toBe(201);
    expect((await upload('reporter', 20)).status).toBe(201);
    expect(await refusedCells('upper-reporter', 99_999)).toEqual(['accounting.upper-level-may-not-edit']);
    expect((await recompute()).state).toBe('done');
    const key = randomUUID();
    const twice = [1, 2].map(() => as('reporter', 'POST', `${place}/acts`, { act: 'submit' }, key));
    const [first, second] = await Promise.all(twice);
    expect([outcome(first), second.text]).toEqual([[200, 'computed'], first.text]);
    expect([first, second].filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(1);
    expect(list((await as('reporter', 'GET', `${place}/steps`)).body.items)).toHaveLength(1);
    expect(outcome(await act('checker', 'check'))).toEqual([409, 'accounting.findings-open']);
    await explainFindings();
  });

  it('tells everybody what they may do now, and why not the rest', async () => {
    const offers = async (who: string) =>
      list((await show(who)).acts)
        .filter(({ allowed }) => Boolean(allowed))
        .map((offer) => String(offer.act));
    expect(await offers('checker')).toEqual(['check', 'return']);
    expect(await offers('reporter')).toEqual(['withdraw']);
    expect(await offers('expert')).toEqual([]);
    expect(await offers('upper-expert')).toEqual(['return']);
    const { acts } = await show('expert');
    const check = list(acts).find((offer) => String(offer.act) === 'check')!;
    expect(check.refusal).toMatchObject({ code: 'accounting.act-not-yours', facts: { needs: ['checker'] } });
    expect(String(check.refusal.text.zh)).toMatch(/部门核对员/);
  });

  it('is not judged by who made it, and not by somebody who may something else', async () => {
    const users = '/api/v1/users/reporter/grants';
    expect((await as('admin', 'POST', users, { role: 'checker', territory: county })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(outcome(await act('reporter', 'check'))).toEqual([403, 'accounting.same-person']);
    expect(outcome(await act('publisher', 'check'))).toEqual([403, 'accounting.act-not-yours']);
    expect(outcome(await act('checker', 'approve'))).toEqual([409, 'accounting.act-not-now']);
    expect(outcome(await act('checker', 'check', { afterStep: 7 }))).toEqual([409, 'accounting.review-moved']);
  });

  it('is returned from above with a reason; the level above edits nothing, the county corrects and goes up again', async () => {
    expect(outcome(await act('checker', 'check'))).toEqual([200, 'departmentChecked']);
    expect(outcome(await act('upper-expert', 'return'))).toEqual([422, 'accounting.reason-missing']);
    expect(outcome(await act('upper-expert', 'return', { reason }))).toEqual([200, 'returned']);
    expect(outcome(await act('upper-reporter', 'submit'))).toEqual([403, 'accounting.act-not-yours']);
    expect(await refusedCells('upper-reporter', 30)).toEqual(['accounting.upper-level-may-not-edit']);
    expect((await upload('reporter', 30)).body.status).toBe('accepted');
    await recompute();
    expect(await show()).toMatchObject({ state: 'returned', current: { vintage: 2 }, last: { reason } });
    beforePublication = new Date().toISOString();
    await goUp();
    expect(await show()).toMatchObject({ state: 'published', round: 1, judged: { vintage: 2 } });
  });

  it('keeps every step, and is restated by nobody who may not', async () => {
    const steps = list((await as('reporter', 'GET', `${place}/steps`)).body.items);
    expect(steps.map(({ act: deed }) => String(deed))).toEqual(
      'submit check return submit check review approve publish'.split(' '),
    );
    const body = { act: 'restate', reason: 'the survey was corrected' };
    const replies = await Promise.all(['sister', 'reporter'].map((who) => as(who, 'POST', `${place}/acts`, body)));
    expect(replies.map(({ status }) => status)).toEqual([404, 403]);
  });

  it('is locked, and says who locked it, when, and what unlocks it', async () => {
    const { lock } = await show();
    expect(lock).toMatchObject({ state: 'published', lockedBy: 'Person publisher' });
    expect(list(lock.unlock)).toEqual([{ act: 'restate', roles: ['approver', 'upper'] }]);
    const write = await upload('reporter', 40);
    expect([write.status, write.body.code]).toEqual([422, 'upload.refused']);
    const [problem] = list(write.body.facts.report.problems);
    expect([problem.code, String(problem.text.zh)]).toEqual([
      'accounting.account-locked',
      expect.stringContaining('Person publisher'),
    ]);
    expect(outcome(await act('reporter', 'submit'))).toEqual([409, 'accounting.account-locked']);
    // The same figures again change nothing, and so may be sent.
    expect((await upload('reporter', 30)).status).toBeLessThan(300);
  });

  it('is shown as published, now and as of any moment', async () => {
    expect((await current('&published=true')).body.vintage).toBe(2);
    expect((await current(`&published=true&asOf=${beforePublication}`)).status).toBe(404);
    expect((await current(`&asOf=${beforePublication}`)).body.vintage).toBe(2);
    const listed = await as('reporter', 'GET', `/api/v1/accounts?period=${period}&published=true`);
    expect(list(listed.body.items).map(({ territory }) => String(territory))).toEqual([county]);
    const [disclosure] = list((await as('reporter', 'GET', '/api/v1/disclosures')).body.items);
    firstId = String(disclosure.id);
    firstDocument = (await as('reporter', 'GET', `/api/v1/disclosures/${firstId}/document`)).text;
    expect(JSON.parse(firstDocument)).toMatchObject({
      territory: { code: county, nameZh: '金沙县' },
      account: { vintage: 2 },
    });
    expect(disclosure).toMatchObject({ restates: null, difference: null });
    const account = `/api/v1/accounts/${String(disclosure.accountId)}`;
    const reports = ['json', 'csv', 'xlsx'].map((format) => `report?format=${format}`);
    for (const part of [...reports, 'explain', 'supply-use'])
      published.set(`${account}/${part}`, await bytesOf(`${account}/${part}`));
    afterPublication = new Date().toISOString();
  });

  it('is restated: opened with a reason, corrected, carried up, and announced with the difference', async () => {
    const open = { reason: 'the survey of 2024 was corrected' };
    expect(outcome(await act('approver', 'restate', open))).toEqual([200, 'restated']);
    expect(outcome(await act('reporter', 'submit'))).toEqual([409, 'accounting.nothing-restated']);
    expect((await upload('reporter', 40)).body.status).toBe('accepted');
    await recompute();
    expect((await current()).body.vintage).toBe(3);
    expect((await current('&published=true')).body.vintage).toBe(2);
    const path = `/api/v1/extent?territory=${county}&before=${period}&after=${period}&norm=${norm}`;
    const extent = async (more: string) =>
      (await as('reporter', 'GET', path + more)).body.extent.rows.forestLand.closing;
    expect([await extent(''), await extent('&published=true')]).toEqual(['40', '30']);
    await goUp();
    const log = list((await as('reporter', 'GET', '/api/v1/disclosures?corrections=true')).body.items);
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({ restates: firstId, round: 2, reason: open.reason });
    const before = (await current(`&published=true&asOf=${afterPublication}`)).body;
    const after = (await current('&published=true')).body;
    const change = BigInt(String(after.totals.totalFen)) - BigInt(String(before.totals.totalFen));
    expect(log[0].difference.totalFen).toEqual({
      before: before.totals.totalFen,
      after: after.totals.totalFen,
      absolute: String(change),
    });
    const parts = Object.values(log[0].difference.byService).map(({ absolute }) => BigInt(String(absolute)));
    expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(change);
    const events = await api.database.db.snapshot({ id: 'test', name: 'test', scope: ['CN'] }, (tx) =>
      tx.query("SELECT payload FROM platform.outbox WHERE event = 'accounting.account-restated'"),
    );
    expect(events).toMatchObject([{ payload: { territory: county, difference: log[0].difference } }]);
  });

  it('keeps every document that was published, byte for byte', async () => {
    expect(published.size).toBe(5);
    for (const [path, before] of published)
      expect([path, before.length > 200, (await bytesOf(path)).equals(before)]).toEqual([path, true, true]);
    const again = await as('reporter', 'GET', `/api/v1/disclosures/${firstId}/document`);
    expect(again.text).toBe(firstDocument);
    const [token, headers] = [tokens.get('reporter')!, { 'if-none-match': again.headers.get('etag')! }];
    const path = `/api/v1/disclosures/${firstId}/document`;
    expect((await api.call('GET', path, { token, headers })).status).toBe(304);
  });

  it('explains and compares at the known time that is asked for', async () => {
    const known = `territory=${county}&norm=${norm}&published=true`;
    const explained = async (asOf: string) =>
      (await as('reporter', 'GET', `/api/v1/accounts/current/explain?${known}&period=${period}&asOf=${asOf}`)).text;
    const now = new Date().toISOString();
    expect(await explained(afterPublication)).not.toBe(await explained(now));
    const compare = `/api/v1/accounts/current/compare?${known}&before=${period}&after=${period}`;
    const both = (await as('reporter', 'GET', compare)).body;
    expect(both.total.absolute).toBe('0');
    const early = await as('reporter', 'GET', `${compare}&asOf=${beforePublication}`);
    expect([early.status, early.body.code]).toEqual([404, 'accounting.account-missing']);
  });

  it('stays in sight of those above and out of sight of the neighbours', async () => {
    expect((await show('upper-approver')).state).toBe('published');
    for (const who of ['sister', 'sister-reporter']) {
      const disclosed = `/api/v1/disclosures/${firstId}`;
      for (const path of [place, `${place}/steps`, disclosed, `${disclosed}/document`])
        expect([path, (await as(who, 'GET', path)).status]).toEqual([path, 404]);
      expect((await act(who, 'return', { reason })).status).toBe(404);
      expect(list((await as(who, 'GET', '/api/v1/reviews')).body.items)).toEqual([]);
      expect(list((await as(who, 'GET', '/api/v1/disclosures')).body.items)).toEqual([]);
    }
    const listed = list((await as('upper-approver', 'GET', '/api/v1/reviews?state=published')).body.items);
    expect(listed.map(({ territory }) => String(territory))).toEqual([county]);
  });
});
