/** SEEA accounts of what is recorded, over HTTP: the extent by patches and by types, supply and use to the fen, and who may see them. */
import { randomUUID } from 'node:crypto';
import { openQueues } from '@gep/platform';
import { startWorking, type Working } from '../../apps/worker/src/start-working.main';
import { publishChanged } from './changed-norm';
import { formOf, list, startApi, type ApiUnderTest, type Json, type Reply } from './api-under-test';

const norm = 'jinsha-mine-2026';

let api: ApiUnderTest;
let working: Working;
let token: string;
beforeAll(async () => {
  api = await startApi();
  const range = { value: 386, low: 200, high: 400, distribution: 'normal' };
  await publishChanged(api.database.db, norm, 'carbonPrice', range);
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
    expect([above.unmatched, above.extent.matrix, above.extent.total.closing]).toEqual(['2', null, '48.3']);
  });

  it('is put through a mapping table by way of HJ 1166, and says where that cannot be', async () => {
    const into = async (more: string) => (await extentOf('520523', '2021', more)).body;
    // The norm gives forest land the first level of HJ 1166; the table has the second.
    expect((await into('&crosswalk=hj1166-iucn-get')).code).toBe('crosswalk.class-unknown');
    expect((await into('&crosswalk=nowhere')).code).toBe('crosswalk.not-found');
    expect((await into('&crosswalk=hj1166-iucn-get&shares=11')).code).toBe('request.invalid');
    expect((await into('')).crosswalk).toBeNull();
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

describe('an account beside others of its kind', () => {
  const between = `from=2021&to=2024&norm=${norm}`;
  const at = (territory: string, more = '') => `territory=${territory}&period=2024&norm=${norm}${more}`;
  const fenOf = (json: Json): bigint => BigInt(String(json));

  it('is shown at the prices of the period before, with growth and the implied index', async () => {
    const { status, body } = await get(`changes?territory=520500&${between}&comparable=true`);
    expect(status).toBe(200);
    const { comparable } = body;
    expect([comparable.territory, comparable.basePeriod, String(comparable.baseFen)]).toEqual([
      ...['520500', '2021', String(body.beforeFen)],
    ]);
    const sum = list(comparable.lines).reduce((all, line) => all + fenOf(line.comparableFen), 0n);
    expect(sum).toBe(fenOf(comparable.comparableFen));
    const index = Number(fenOf(comparable.currentFen)) / Number(fenOf(comparable.comparableFen));
    expect(Number(comparable.impliedIndex)).toBeCloseTo(index, 9);
    const growth = Number(fenOf(comparable.comparableFen)) / Number(fenOf(comparable.baseFen)) - 1;
    expect(Number(comparable.comparableGrowth)).toBeCloseTo(growth, 9);
    const unsourced = await get(`changes?territory=520500&${between}&index=2015=1.12`);
    expect([unsourced.status, unsourced.body.code]).toEqual([422, 'accounting.price-index-refused']);
  });

  it('stands beside GDP and heads, and is never added to GDP', async () => {
    const facts = '&gdpYuan=52000000&gdpSource=yearbook&population=56&populationSource=census&since=2021';
    const { status, body } = await get(`indicators?${at('520523', facts)}`);
    expect(status).toBe(200);
    const account = await currentOf('520523');
    const yuan = Number(fenOf(account.totals.totalFen)) / 100;
    const of = (code: string) => list(body.indicators).find((one) => String(one.code) === code)!;
    expect(Number(of('greenGoldIndex').value)).toBeCloseTo(yuan / 52_000_000, 9);
    expect(Number(of('gepPerHead').value)).toBeCloseTo(yuan / 56, 6);
    expect(Number(of('gepPerHectare').value)).toBeCloseTo(yuan / 43.3, 6);
    expect(of('realisationRate')).toMatchObject({ value: null, missing: ['realised', 'possible'] });
    expect(list(body.dynamicDegrees).find(({ type }) => String(type) === 'forestLand')).toMatchObject({ before: 9.2 });
    const asked = async (more: string) => {
      const reply = await get(`indicators?${at('520523', more)}`);
      return [reply.status, reply.body.code];
    };
    expect(await asked(`&gdpYuan=1&gdpSource=x&define=${encodeURIComponent('sum=GEP + GDP')}`)).toEqual([
      ...[422, 'accounting.gep-is-not-added-to-gdp'],
    ]);
    expect(await asked('&gdpYuan=1')).toEqual([422, 'accounting.indicator-fact-refused']);
    expect(await asked('&since=2024')).toEqual([422, 'accounting.since-not-earlier']);
  });

  it('has an interval, which is the sum of its counties draw by draw', async () => {
    const path = `interval?${at('520500', '&draws=400&seed=7')}`;
    const [whole, again, ...counties] = await Promise.all([
      get(`${path}&targetFen=1`),
      get(path),
      ...['520523', '520524'].map((territory) => get(`interval?${at(territory, '&draws=400&seed=7')}`)),
    ]);
    expect([whole.status, again.status, counties[0].status]).toEqual([200, 200, 200]);
    const { total, drawn, target, byService } = whole.body;
    expect(target).toEqual({ fen: '1', probability: 1 });
    expect(list(drawn).map(({ kind, code }) => [kind, code])).toEqual([['parameter', 'carbonPrice']]);
    expect(list(drawn)[0].share).toBeCloseTo(1 as never, 9);
    expect(again.body.total).toEqual(total);
    const accounts = await Promise.all(['520500', '520523', '520524'].map(currentOf));
    expect(String(total.accountFen)).toBe(String(accounts[0].totals.totalFen));
    // One price moves both counties, so quantiles add up as well, but for the rounding of each.
    const high = counties.reduce((sum, { body }) => sum + Number(body.total.highFen), 0);
    expect(Math.abs(Number(total.highFen) - high)).toBeLessThan(10);
    expect(Number(byService.carbonFixation?.lowFen ?? total.lowFen)).toBeLessThan(Number(total.highFen));
    const other = await get(`interval?${at('520500', '&draws=400&seed=8')}`);
    expect(other.body.total.medianFen).not.toBe(total.medianFen);
    expect((await get(path, { 'if-none-match': again.headers.get('etag')! })).status).toBe(304);
    expect((await get(`interval?${at('520500', '&draws=99')}`)).status).toBe(422);
    expectMissing(await get(`interval?${at('520500', '&asOf=2020-01-01T00:00:00Z')}`));
  });

  it('is an asset whose opening, entries and closing agree to the fen', async () => {
    const wanted = `before=2021&after=2024&norm=${norm}&rate=0.02&horizon=30`;
    const { status, body } = await get(`asset-value?territory=520500&${wanted}`);
    expect(status).toBe(200);
    const { total, sensitivity, accounts } = body;
    expect(body).toMatchObject({ discount: { rate: '0.02', timing: 'end' }, terms: 'real' });
    const entries = Object.values(total.entries).reduce((sum, fen) => sum + fenOf(fen), 0n);
    expect(fenOf(total.openingFen) + entries).toBe(fenOf(total.closingFen));
    expect(list(sensitivity)).toHaveLength(9);
    expect(String(accounts.after)).toBe(String((await currentOf('520500')).id));
    const unclear = await get(`asset-value?territory=520500&${wanted}&condition=forestLand=up`);
    expect([unclear.status, unclear.body.code]).toEqual([404, 'accounting.asset-demand']);
    expect((await get(`asset-value?territory=520500&${wanted.replace('0.02', '2')}`)).status).toBe(422);
  });

  const rain = {
    ...{ code: 'precipitation', class: 'A1', unit: 'm/a', direction: 'higher-better' },
    ...{ low: '1', high: '1.5', reference: 'contemporary' },
  };
  const condition = (variables: readonly object[], more: object = {}) =>
    api.call('POST', '/api/v1/condition', {
      token,
      body: { territory: '520500', period: '2024', norm, variables, ...more },
    });

  it('has a condition, from what was observed of its patches, in the unit that is asked', async () => {
    const { status, body } = await condition([rain], { since: '2021' });
    expect(status).toBe(200);
    expect(list(body.periods).map(({ period, index }) => [String(period), Number(index).toFixed(6)])).toEqual([
      ['2021', '0.253420'],
      ['2024', '0.253420'],
    ]);
    expect(Object.keys(body.accounts)).toEqual(['2021', '2024']);
    const codes = await Promise.all([
      condition([{ ...rain, code: 'joy' }]),
      condition([{ ...rain, unit: 'hm2' }]),
      condition([rain, { ...rain, code: 'vegetationCover', reference: 'target' }]),
      condition([{ ...rain, low: '2' }]),
    ]);
    expect(codes.map((reply) => [reply.status, reply.body.code])).toEqual([
      [422, 'accounting.condition-variable-unknown'],
      [422, 'accounting.condition-unit'],
      [422, 'accounting.condition-variable-unknown'],
      [422, 'accounting.input-unreadable'],
    ]);
  });

  it('differs under another edition by the price that was changed, and by nothing else', async () => {
    const { edition } = (await currentOf('520500')).norm;
    const other = await publishChanged(api.database.db, norm, 'carbonPrice', { value: 193 });
    const to = `&to=${norm}&toEdition=${other.edition}`;
    const [whole, ...counties] = await Promise.all(
      ['520500', '520523', '520524'].map((territory) => get(`bridge?${at(territory, to)}`)),
    );
    expect(whole.status).toBe(200);
    expect(list(whole.body.steps).map(({ kind, code }) => [kind, code])).toEqual([['parameter', 'carbonPrice']]);
    expect(String(whole.body.from.norm.edition)).toBe(String(edition));
    const differences = counties.map(({ body }) => fenOf(body.differenceFen));
    expect(fenOf(whole.body.differenceFen)).toBe(differences[0] + differences[1]);
    expect(differences[0]).toBeLessThan(0n);
    const nowhere = await get(`bridge?${at('520500', `&to=${norm}&toEdition=${'0'.repeat(64)}`)}`);
    expect(nowhere.status).toBe(404);
  });

  it.each([
    `changes?territory=520523&${between}&comparable=true`,
    `indicators?${at('520523')}`,
    `interval?${at('520523', '&draws=100')}`,
    `asset-value?territory=520523&before=2024&norm=${norm}&rate=0.02`,
    `bridge?${at('520523', `&to=${norm}`)}`,
  ])('%s is shown to nobody else', async (path) => {
    const stranger = await api.person(`stranger-${randomUUID()}`, 'viewer', '520524');
    expectMissing(await get(path, {}, stranger));
  });
});
