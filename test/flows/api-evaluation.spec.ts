/** Evaluation over HTTP: a plan of targets from draft to close, each step by its hand, each unit with what is its own. */
import { keyed } from './api-matrix';
import { list, startApi, type ApiUnderTest, type Json, type Reply } from './api-under-test';
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
