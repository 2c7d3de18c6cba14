/** Evaluation over HTTP: a plan of targets from draft to close, a year of scores with an appeal, each step by its hand, each unit with what is its own. */
import { keyed } from './api-matrix';
import { list, startApi, type ApiUnderTest, type Json, type Reply } from './api-under-test';
import { scorecardRule } from '../fixtures/sample-scorecard';
import { incidentOf } from './scores-of-county';
import { gdpOf, planOf } from './targets-of-county';

const [here, there, city] = ['520523', '520524', '520500'];
let api: ApiUnderTest;
const tokens = new Map<string, string>();
beforeAll(async () => {
  api = await startApi();
  for (const [hand, role, place] of [
    ['officer', 'evaluation-officer', city],
    ['statistics', 'data-department', city],
    ['checker', 'evaluation-checker', city],
    ['approver', 'evaluation-approver', city],
    ['here', 'party', here],
    ['there', 'party', there],
  ] as const)
    tokens.set(hand, await api.person(`eva-${hand}`, role, place));
});
afterAll(() => api.stop());

const post = (hand: string, path: string, body: object = {}): Promise<Reply> =>
  api.call('POST', `/api/v1/evaluation/${path}`, { ...keyed(body), token: tokens.get(hand) });
const get = (hand: string, path: string): Promise<Reply> =>
  api.call('GET', `/api/v1/evaluation/${path}`, { token: tokens.get(hand) });
async function made(reply: Promise<Reply>): Promise<Json> {
  const { status, body, text } = await reply;
  expect([status < 300, status < 300 ? '' : text]).toEqual([true, '']);
  return body;
}

it('sets targets of GDP, hears both counties, issues, follows, records, forecasts and closes', async () => {
  for (const [year, values] of Object.entries({
    2022: ['1000', '2000'],
    2023: ['1060', '2090'],
    2024: ['1090', '2200'],
  }))
    for (const [at, territory] of [here, there].entries()) {
      const { id } = await made(post('statistics', 'figures', gdpOf(territory, city, Number(year), values[at])));
      await made(post('checker', `figures/${String(id)}/acts`, { act: 'confirm' }));
    }
  expect((await post('here', 'figures', gdpOf(here, city))).status).toBe(403);
  expect(list((await get('officer', 'figures?year=2023')).body.items)).toHaveLength(2);
  const { id } = await made(post('officer', 'plans', { document: planOf('gdp', [here, there], city) }));
  expect((await get('here', 'plans/gdp')).status).toBe(404);
  const copies = list((await get('here', 'plans/copies')).body.items);
  expect(copies.map(({ unit }) => unit)).toEqual([here]);
  const counter = { unit: here, answer: 'countered', counter: [{ indicator: 'gdp', target: '1080' }], reason: '旱年' };
  await made(post('here', `plans/${String(id)}/replies`, counter));
  const silent = await post('checker', 'plans/gdp/acts', { act: 'negotiate' });
  expect([silent.status, silent.body.code]).toEqual([409, 'evaluation.target-conflict']);
  await made(post('there', `plans/${String(id)}/replies`, { unit: there, answer: 'accepted' }));
  expect((await post('officer', 'plans/gdp/acts', { act: 'negotiate' })).status).toBe(403);
  await made(post('checker', 'plans/gdp/acts', { act: 'negotiate' }));
  expect((await post('approver', 'plans/gdp/acts', { act: 'issue' })).status).toBe(409);
  await made(post('approver', 'plans/gdp/acts', { act: 'issue', reason: 'the proposal is below the trend' }));
  const view = (await get('officer', 'plans/gdp')).body;
  expect([view.state, list(view.replies).length, list(view.countered).length]).toEqual(['issued', 2, 1]);
  const { rows } = (await get('officer', 'plans/gdp/years/2023')).body;
  expect(list(rows).map((row) => [row.units, row.attainmentShown, row.isReached])).toEqual([
    [[here], '100.95', true],
    [[there], '99.52', false],
  ]);
  const own = list((await get('here', 'plans/gdp/years/2023')).body.rows);
  expect(own.map(({ units }) => units)).toEqual([[here]]);
  const forecast = list((await get('officer', 'plans/gdp/forecast?until=2023')).body.rows);
  expect(forecast[0].forecast).toMatchObject({ state: 'refused' });
  expect((await post('approver', 'plans/gdp/acts', { act: 'close' })).status).toBe(409);
  const record = await made(post('officer', 'plans/gdp/years/2024/records'));
  expect(record.number).toBe(1);
  await made(post('checker', `progress/${String(record.id)}/acts`, { act: 'confirm' }));
  expect(list((await get('officer', 'plans/gdp/records')).body.items)).toMatchObject([
    { state: 'confirmed', round: 1 },
  ]);
  expect(list((await get('here', 'plans/gdp/records')).body.items ?? [])).toEqual([]);
  await made(post('approver', 'plans/gdp/acts', { act: 'close' }));
  expect((await get('officer', 'plans?code=gdp')).body).toMatchObject({ items: [{ code: 'gdp', editionNo: 1 }] });
  expect((await get('officer', 'plans/gdp')).body.state).toBe('closed');
});

const year = { place: city, period: '2024' };
const paper = { document: 'report.csv', documentDigest: 'b'.repeat(64) };
async function deliver(department: string, rows: object[], of: object = year): Promise<void> {
  const body = { ...of, department, supplier: city, rows, ...paper };
  const { id } = await made(post('statistics', 'scorecards/deliveries', body));
  await made(post('checker', `scorecards/deliveries/${String(id)}/acts`, { act: 'verify' }));
}
const act = (hand: string, run: unknown, body: object): Promise<Reply> =>
  post(hand, `scorecards/runs/${String(run)}/acts`, body);

it('scores two counties, answers an upheld appeal by the next version, and shows each county its own points', async () => {
  const policies = (hand: string, path: string, body: object): Promise<Reply> =>
    api.call('POST', `/api/v1/policies${path}`, { ...keyed(body), token: tokens.get(hand) });
  const { edition } = await made(policies('officer', '', { text: scorecardRule }));
  const adoption = { territory: city, from: '2020-01-01', reason: 'resolution 3' };
  await made(policies('approver', `/${String(edition)}/adoptions`, adoption));
  for (const period of ['2023', '2024'])
    await deliver(
      'water',
      [here, there].map((unit, at) => ({ unit, water: 100, dams: at })),
      { place: city, period },
    );
  await deliver(
    'forestry',
    [here, there].map((unit, at) => ({ unit, cover: 60 + 20 * at })),
  );
  const own = { ...year, department: 'forestry', supplier: here, rows: [{ unit: here, cover: 90 }], ...paper };
  expect((await post('statistics', 'scorecards/deliveries', own)).body.code).toBe('evaluation.delivery-refused');
  const status = (await get('officer', `scorecards/completeness?place=${city}&period=2024`)).body;
  expect(list(status.departments).map((one) => [one.department, one.isOverdue, one.dueOn])).toEqual([
    ['water', expect.any(Boolean), '2025-03-15'],
    ['forestry', expect.any(Boolean), '2025-02-28'],
  ]);
  const units = [here, there];
  const { id } = await made(post('officer', 'scorecards/runs', { ...year, units }));
  expect((await get('here', `scorecards/runs/${String(id)}/units/${here}`)).status).toBe(404);
  await made(act('checker', id, { act: 'verify' }));
  expect((await act('checker', id, { act: 'score' })).status).toBe(403);
  await made(act('approver', id, { act: 'score' }));
  await made(act('officer', id, { act: 'notify' }));
  expect((await act('approver', id, { act: 'finalise' })).body.code).toBe('evaluation.score-conflict');
  const points = (await get('here', `scorecards/runs/${String(id)}/units/${here}`)).body;
  expect(points).toMatchObject({ score: '75', rank: 2, grade: 'fair', vetoes: ['bindingMissed'] });
  // Nothing is published of the year: no hint is not the same as nothing found.
  expect(points).toMatchObject({ hints: [], notCompared: [{ en: expect.stringContaining('2024') }] });
  expect(list((await get('here', `scorecards/scores?within=${here}`)).body.items).map(({ unit }) => unit)).toEqual([
    here,
  ]);
  const appeal = {
    ...{ kind: 'score-run', id, figure: `${here}:cover`, party: here, territory: here },
    ...{ knownOn: new Date().toISOString().slice(0, 10), grounds: 'planted forest is left out' },
  };
  const filed = await made(api.call('POST', '/api/v1/appeals', { ...keyed(appeal), token: tokens.get('here') }));
  await deliver('forestry', [{ unit: here, cover: 80 }]);
  const rescore = (): Promise<Reply> => post('officer', `scorecards/runs/${String(id)}/versions`, { reason: 'upheld' });
  expect((await rescore()).status).toBe(409);
  const admitted = { ...keyed({ act: 'admit', reason: 'it counts' }), token: tokens.get('officer') };
  await made(api.call('POST', `/api/v1/appeals/${String(filed.id)}/acts`, admitted));
  const next = await made(rescore());
  expect(next.versionNo).toBe(2);
  const seen = (await get('officer', `scorecards/runs/${String(next.id)}`)).body;
  expect(list(seen.scores).map(({ unit, score, rank }) => [unit, score, rank])).toEqual([
    [there, '100', 1],
    [here, '85', 2],
  ]);
  expect((await get('officer', `scorecards/runs/${String(id)}/replay`)).body.isSame).toBe(true);
  const asked = await made(post('officer', 'scorecards/requests', { ...year, units }));
  expect((await get('officer', `scorecards/requests/${String(asked.id)}`)).body).toMatchObject({ runId: null });
  const { id: incident } = await made(post('officer', 'incidents', incidentOf(there)));
  expect((await post('officer', `incidents/${String(incident)}/acts`, { act: 'confirm' })).status).toBe(403);
  await made(post('checker', `incidents/${String(incident)}/acts`, { act: 'confirm' }));
  expect((await get('there', `incidents/${String(incident)}`)).body).toMatchObject({ state: 'confirmed' });
});
