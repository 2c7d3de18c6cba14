/** Procedures over HTTP: an appeal from query to decision, what is frozen meanwhile, and a result published for all. */
import { randomUUID } from 'node:crypto';
import { ClockBooks, openSubject, OverdueService, owePublication } from '@gep/procedure';
import { testActor } from '../fixtures/test-database';
import { keyed } from './api-matrix';
import { list, pathOf, startApi, type ApiUnderTest, type Reply } from './api-under-test';

let api: ApiUnderTest;
const tokens: Record<string, string> = {};
const subject = { kind: 'sample', id: randomUUID() };
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

beforeAll(async () => {
  api = await startApi();
  for (const [login, role, place] of [
    ['party', 'party', '520523'],
    ['administrator', 'fund-administrator', '520500'],
    ['checker', 'fund-checker', '520500'],
    ['stranger', 'viewer', '331125'],
    ['public', 'public-reader', '520000'],
  ] as const)
    tokens[login] = await api.person(login, role, place);
  const book = await api.app.get(ClockBooks, { strict: false }).read();
  const actor = testActor();
  const territoryPath = pathOf('520500');
  await api.database.db.transaction(actor, async (tx) => {
    await openSubject(tx, actor, { kind: 'sample', first: 'computed' }, { id: subject.id, territoryPath });
    const document = { amountFen: '1200', lines: [{ party: '520523', amountFen: '1200' }] };
    await owePublication(tx, actor, book, { subject, territoryPath, rule: 'result', document, from: '2025-04-25' });
  });
}, 60_000);
afterAll(() => api.stop());

const get = (path: string, by: string) => api.call('GET', `/api/v1/${path}`, { token: tokens[by] });
const post = (path: string, by: string, body: object = {}): Promise<Reply> =>
  api.call('POST', `/api/v1/${path}`, { ...keyed(body), token: tokens[by] });
const draft = (more: object = {}) => ({
  ...{ ...subject, figure: '520523', shownFen: '1200', territory: '520523', knownOn: today() },
  ...{ grounds: '五月降水缺测 the rain of May is missing', ...more },
});

it('takes an appeal from query to decision by three hands, and freezes only its figure', async () => {
  expect((await post('appeals', 'stranger', draft())).status).toBe(403);
  expect((await post('appeals', 'party', draft({ territory: '520524' }))).status).toBe(403);
  expect((await post('appeals', 'party', draft({ party: '520524' }))).body.code).toBe('procedure.appeal-refused');
  expect((await post('appeals', 'party', draft({ knownOn: '2025-03-03' }))).body.code).toBe('procedure.clock-refused');
  expect((await post('appeals', 'party', draft({ id: randomUUID() }))).status).toBe(404);
  expect((await post('appeals', 'party', draft({ shownFen: '12.5' }))).status).toBe(422);
  const filing = { ...keyed(draft()), token: tokens['party'] };
  const filed = await api.call('POST', '/api/v1/appeals', filing);
  expect([filed.status, filed.body.state]).toEqual([201, 'queried']);
  const again = await api.call('POST', '/api/v1/appeals', filing);
  expect([again.body.id, again.headers.get('idempotency-replayed')]).toEqual([filed.body.id, 'true']);
  const id = String(filed.body.id);

  const frozen = async () => (await get(`procedures/sample/${subject.id}`, 'administrator')).body;
  expect(await frozen()).toMatchObject({ state: 'computed', frozen: ['520523'], steps: [{ act: 'open' }] });
  const act = (by: string, deed: string, more: object = {}) =>
    post(`appeals/${id}/acts`, by, { act: deed, reason: '依据见附件 see the papers', ...more });
  expect((await act('party', 'reply')).body.code).toBe('procedure.not-yours');
  expect((await act('stranger', 'reply')).status).toBe(404);
  expect((await act('administrator', 'lapse')).status).toBe(422);
  expect((await act('administrator', 'reply')).body.state).toBe('replied');
  expect((await act('administrator', 'reply')).body.code).toBe('procedure.not-now');
  expect((await act('party', 'complain')).body.state).toBe('complained');
  expect((await act('checker', 'uphold')).body.state).toBe('upheld');
  expect(await frozen()).toMatchObject({ frozen: [] });

  const shown = (await get(`appeals/${id}`, 'party')).body;
  expect(shown).toMatchObject({ outcome: 'upheld', superior: '520500', respondent: '520500', territory: '520523' });
  expect(list(shown.steps).map(({ actorName }) => actorName)).toEqual([
    ...['Person party', 'Person administrator', 'Person party', 'Person checker'],
  ]);
  expect(list((await get('appeals?open=false', 'administrator')).body.items)).toMatchObject([{ id }]);
  expect(list((await get('appeals', 'stranger')).body.items)).toEqual([]);
  expect((await get(`appeals/${id}`, 'public')).status).toBe(403);
});

it('lists what is late, tells of it once, and publishes it for all to read, marked late', async () => {
  const late = list((await get('clocks?overdue=true', 'administrator')).body.items);
  expect(late).toMatchObject([{ code: 'result-publication', dueOn: '2025-05-27', isOverdue: true, isCovered: true }]);
  expect(list((await get('clocks?overdue=true&on=2025-05-27', 'administrator')).body.items)).toEqual([]);
  const overdue = api.app.get(OverdueService, { strict: false });
  expect([await overdue.run(), await overdue.run()]).toEqual([
    { overdue: 1, lapsed: 0 },
    { overdue: 0, lapsed: 0 },
  ]);
  const [duty] = list((await get('publications/duties?overdue=true', 'administrator')).body.items);
  expect(duty).toMatchObject({ rule: 'result', isOverdue: true, publishedOn: null });
  expect((await get('publications', 'public')).body.items).toEqual([]);
  const publish = `publications/duties/${String(duty.id)}/publish`;
  expect((await post(publish, 'checker')).status).toBe(403);
  expect((await post(publish, 'administrator')).body).toMatchObject({ publishedOn: today() });
  expect((await post(publish, 'administrator')).body.code).toBe('procedure.publication-refused');
  const [published] = list((await get('publications', 'public')).body.items);
  expect(published).toMatchObject({ document: { amountFen: '1200' }, territory: '520500' });
  expect((await get(`publications/${String(published.id)}`, 'public')).status).toBe(200);
  expect((await get('publications', 'stranger')).body.items).toEqual([]);
  const { items } = (await get('publications/duties?open=false', 'administrator')).body;
  expect(list(items)).toMatchObject([{ isLate: true, isOverdue: false }]);
});

it('goes through clocks page by page, and refuses a cursor that is not its own', async () => {
  const seen: unknown[] = [];
  for (let cursor = '', turn = 0; turn < 20; turn++) {
    const page = await get(`clocks?limit=2${cursor}`, 'administrator');
    seen.push(...list(page.body.items).map(({ id }) => id));
    if (page.body.next === null) break;
    cursor = `&cursor=${String(page.body.next)}`;
  }
  expect([seen.length, new Set(seen).size]).toEqual([6, 6]);
  for (const path of ['clocks', 'appeals', 'publications'])
    expect(
      (await get(`${path}?cursor=${Buffer.from('["a","b"]').toString('base64url')}`, 'administrator')).status,
    ).toBe(422);
});
