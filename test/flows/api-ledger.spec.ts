/** The book over HTTP: balances of now and of then, the journal page by page, and invariants that anybody signed in may see. */
import { randomUUID } from 'node:crypto';
import { FundService } from '@gep/ledger';
import { testActor } from '../fixtures/test-database';
import { list, pathOf, startApi, type ApiUnderTest } from './api-under-test';

let api: ApiUnderTest;
let token: string;
beforeAll(async () => {
  api = await startApi();
  token = await api.person('viewer-of-county', 'viewer', '520523');
  const funds = new FundService(api.database.db);
  const names = { nameZh: '县资金', nameEn: 'county fund', shortfallPolicy: 'pro-rata' } as const;
  const draft = { code: 'county', territoryPath: pathOf('520523'), ...names };
  const { id: fundId } = await funds.openFund(testActor(), draft, randomUUID());
  const source = { fundId, code: 'province', department: 'finance', purposes: [], budgetYear: 2024 };
  await funds.addSource(testActor(), source, randomUUID());
  for (const [at, effectiveDate] of ['2024-03-01', '2024-06-01', '2024-09-01'].entries()) {
    const receipt = { fundId, source: 'province', amountFen: 100n, memo: 'received', businessKey: `receipt:${at}` };
    await funds.receive(testActor(), { ...receipt, effectiveDate }, randomUUID());
  }
  const expiresAt = new Date(Date.now() + 600_000);
  const decision = { fundId, decisionKey: 'one', purpose: 'any', period: '2024', expiresAt };
  await funds.reserveClaims(testActor(), { ...decision, claims: [{ code: 'a', amountFen: 120n }] }, randomUUID());
});
afterAll(() => api.stop());

const get = (path: string, by = token) => api.call('GET', `/api/v1/ledger/${path}`, { token: by });

it('tells balances of now, of a day, and as known before', async () => {
  const now = await get('balances?code=county.source');
  expect(list(now.body.items)).toMatchObject([
    { code: 'county.source.province', territory: '520523', postedFen: '300', reservedFen: '120', availableFen: '180' },
  ]);
  const then = await get('balances?code=county.source&on=2024-06-01');
  expect(list(then.body.items)).toMatchObject([{ postedFen: '200', reservedFen: null, availableFen: null }]);
  const unknown = await get('balances?code=county.source&known=2024-12-31T00:00:00Z');
  expect(list(unknown.body.items)).toMatchObject([{ postedFen: '0' }]);
  expect((await get('balances?on=2024-02-30')).status).toBe(422);
});

it('goes through accounts and journal page by page, without end or gap', async () => {
  for (const [path, total] of Object.entries({ balances: 11, vouchers: 3 })) {
    const seen: unknown[] = [];
    for (let cursor = '', turn = 0; turn < 10; turn++) {
      const page = await get(`${path}?limit=2${cursor}`);
      expect(page.status).toBe(200);
      seen.push(...list(page.body.items).map(({ id }) => id));
      if (page.body.next === null) break;
      cursor = `&cursor=${String(page.body.next)}`;
    }
    expect([path, seen.length, new Set(seen).size]).toEqual([path, total, total]);
  }
  const [latest] = list((await get('vouchers?kind=receipt&from=2024-06-01&within=520523')).body.items);
  expect(latest).toMatchObject({ businessKey: 'receipt:2', effectiveDate: '2024-09-01', postingCount: 2 });
  const one = await get(`vouchers/${String(latest.id)}`);
  expect(list(one.body.postings)).toMatchObject([{ amountFen: '100', period: '2024' }, { amountFen: '-100' }]);
  for (const cursor of ['x', Buffer.from('["a","b"]').toString('base64url')])
    expect((await get(`vouchers?cursor=${cursor}`)).status).toBe(422);
});

it('tells everybody whether the book holds, in counts alone, its chain followed to the last seal', async () => {
  const reader = await api.person('reader', 'public-reader', '331125');
  const report = await api.call('GET', '/api/v1/ledger/invariants');
  const items = list(report.body.items);
  expect(items.map(({ holds, found }) => [holds, found])).toEqual(Array<unknown>(9).fill([true, 0]));
  expect(report.body).toMatchObject({ head: { seals: 3 }, followed: 3 });
  expect((await get('balances', reader)).status).toBe(403);
});
