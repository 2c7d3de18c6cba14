/** Funds on the real database: merged sources, order of use, who gets what of too little, and races for the last of it. */
import { randomUUID } from 'node:crypto';
import { type FundClaim, FundRefused, listGrants, listInTransit, listReservations } from '@gep/ledger';
import { approver, LedgerTest, payer, preparer } from './ledger-setup';

let book: LedgerTest;
beforeAll(async () => {
  book = await LedgerTest.start();
});
afterAll(() => book.close());

const later = () => new Date(Date.now() + 3_600_000);
const decide = (fundId: string, decisionKey: string, claims: readonly FundClaim[], purpose = 'water') =>
  book.funds.reserveClaims(
    preparer,
    { fundId, decisionKey, purpose, period: '2025', claims, expiresAt: later() },
    randomUUID(),
  );
const granted = async (...of: Parameters<typeof decide>) =>
  (await decide(...of)).map(({ code, grantedFen, shortfallFen }) => [code, grantedFen, shortfallFen]);

it('shares 100.00 between claims of 80 and 60, and records what each went short of', async () => {
  const fund = await book.openFund('r4', { all: [2025, 100_00n] });
  const claims = [
    { code: 'b', amountFen: 60_00n },
    { code: 'a', amountFen: 80_00n },
  ];
  expect(await granted(fund, 'year', claims)).toEqual([
    ['a', 57_14n, 22_86n],
    ['b', 42_86n, 17_14n],
  ]);
  const record = await book.test.db.snapshot(preparer, (tx) => listGrants(tx, fund));
  expect(record.map(({ code, shortfallFen, policy }) => [code, shortfallFen, policy])).toEqual([
    ['a', 22_86n, 'pro-rata'],
    ['b', 17_14n, 'pro-rata'],
  ]);
  expect(await book.sources(fund)).toMatchObject([
    { receivedFen: 100_00n, reservedFen: 100_00n, paidFen: 0n, availableFen: 0n },
  ]);
  await expect(decide(fund, 'year', [])).rejects.toThrow(FundRefused);
});

it('uses bound and older money first, pays, and shows received less reserved less paid', async () => {
  const fund = await book.openFund('merged', {
    ...{ free25: [2025, 500n], water25: [2025, 300n, 'water'], free24: [2024, 200n] },
    ...{ forest24: [2024, 900n, 'forest'], lapsed23: [2023, 900n] },
  });
  const [claim] = await decide(fund, 'first', [{ code: 'village-m', amountFen: 600n }]);
  const held = await book.test.db.snapshot(preparer, (tx) => listReservations(tx, { ids: claim.reservationIds }));
  const amounts = new Map(held.map(({ id, amountFen }) => [id, amountFen]));
  expect(claim.reservationIds.map((id) => amounts.get(id))).toEqual([200n, 300n, 100n]);
  await book.post(await book.settlement('merged', 'merged-settled', 'village-m', 600n));
  await book.approve(claim.reservationIds[0], undefined, approver);
  const paying = await book.payment('merged', 'free24', 'merged-paid', ['village-m', 150n], claim.reservationIds[0]);
  const { id } = await book.post(paying, payer);
  const money = async () =>
    (await book.sources(fund)).map(({ code, receivedFen, reservedFen, paidFen, availableFen }) =>
      [code, receivedFen, reservedFen, paidFen, availableFen].join(' '),
    );
  expect(await money()).toEqual([
    ...['forest24 900 0 0 900', 'free24 200 50 150 0', 'free25 500 100 0 400', 'lapsed23 900 0 0 900'],
    'water25 300 300 0 0',
  ]);
  await book.undo(id);
  expect((await money())[1]).toBe('free24 200 50 0 150');
});

it('lets what waits in the queue go first in the next decision', async () => {
  const fund = await book.openFund('queued', { all: [2025, 100n] }, 'queue');
  expect(
    await granted(fund, 'one', [
      { code: 'a', amountFen: 70n },
      { code: 'b', amountFen: 60n },
    ]),
  ).toEqual([
    ['a', 0n, 70n],
    ['b', 0n, 60n],
  ]);
  const receipt = { fundId: fund, source: 'all', amountFen: 100n, effectiveDate: '2025-05-01', memo: 'more' };
  await book.funds.receive(preparer, { ...receipt, businessKey: 'more' }, randomUUID());
  const waiting = await book.test.db.snapshot(preparer, (tx) => listGrants(tx, fund, { queued: true }));
  const claims = waiting.map(({ code, shortfallFen, period: since }) => ({ code, amountFen: shortfallFen, since }));
  const next = [{ code: 'c', amountFen: 71n, since: '2026' }, ...claims];
  expect(await granted(fund, 'two', next)).toEqual([
    ['a', 70n, 0n],
    ['b', 60n, 0n],
    ['c', 0n, 71n],
  ]);
  const still = await book.test.db.snapshot(preparer, (tx) => listGrants(tx, fund, { queued: true }));
  expect(still.map(({ code }) => code)).toEqual(['c']);
});

it('gives the last of a fund to exactly one of two who race for it, or to both by their share when decided together', async () => {
  for (let round = 0; round < 15; round++) {
    const fund = await book.openFund(`race-${round}`, { all: [2025, 100n] }, 'all-or-nothing');
    const both = await Promise.all(['x', 'y'].map((code) => decide(fund, code, [{ code, amountFen: 80n }])));
    expect(
      both
        .flat()
        .map(({ grantedFen }) => grantedFen)
        .sort(),
    ).toEqual([0n, 80n]);
    const account = `race-${round}.source.all`;
    const rush = await Promise.allSettled(
      Array.from({ length: 10 }, (_, at) => book.reserve(account, `rush-${round}-${at}`, 20n)),
    );
    expect(rush.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await book.balance(account)).toEqual({ postedFen: 100n, reservedFen: 100n });
  }
  const shared = await book.openFund('shared', { all: [2025, 100n] });
  expect(
    await granted(
      shared,
      'both',
      ['x', 'y'].map((code) => ({ code, amountFen: 80n })),
    ),
  ).toEqual([
    ['x', 50n, 30n],
    ['y', 50n, 30n],
  ]);
});

it('knows what was paid to a fund and has not arrived there, and payments of what nobody was owed', async () => {
  const upper = await book.openFund('upper', { all: [2025, 1000n] });
  const lower = 'CN.990000.990100.990101.990101001';
  const names = { nameZh: '乡资金', nameEn: 'fund of a town', shortfallPolicy: 'pro-rata' } as const;
  const { id: town } = await book.funds.openFund(
    preparer,
    { code: 'town', territoryPath: lower, ...names },
    randomUUID(),
  );
  await book.funds.addSource(
    preparer,
    { fundId: town, code: 'passed', department: 'county', purposes: [], budgetYear: 2025 },
    randomUUID(),
  );
  const [claim] = await decide(upper, 'pass', [{ code: '990101001', amountFen: 400n }]);
  await book.post(await book.settlement('upper', 'upper-settled', '990101001', 400n));
  for (const id of claim.reservationIds) await book.approve(id, undefined, approver);
  await book.post(
    await book.payment('upper', 'all', 'upper-paid', ['990101001', 400n], ...claim.reservationIds),
    payer,
  );
  const transit = () => book.test.db.snapshot(preparer, (tx) => listInTransit(tx));
  const line = { agreement: 'agreement-1', party: '990101001', paidFen: 400n, since: '2025-07-15' };
  expect(await transit()).toEqual([{ ...line, receivedFen: 0n }]);
  expect(await book.invariants()).toEqual([['matched', 'agreement-1 / 990101001']]);
  const arrived = (amountFen: bigint, businessKey: string) => ({
    ...{ fundId: town, source: 'passed', amountFen, businessKey, effectiveDate: '2025-07-20', memo: 'from above' },
    agreement: 'agreement-1',
  });
  await book.funds.receive(preparer, arrived(150n, 'part-1'), randomUUID());
  expect(await transit()).toEqual([{ ...line, receivedFen: 150n }]);
  await book.funds.receive(preparer, arrived(250n, 'part-2'), randomUUID());
  expect([await transit(), await book.invariants()]).toEqual([[], []]);

  const [loose] = await decide(upper, 'loose', [{ code: 'x', amountFen: 5n }]);
  for (const id of loose.reservationIds) await book.approve(id, undefined, approver);
  const unowed = await book.payment('upper', 'all', 'unowed', ['x', 5n], ...loose.reservationIds);
  const postings = [await book.posting('upper.spent', 5n), unowed.postings[1]];
  const { id } = await book.post({ ...unowed, postings }, payer);
  expect(await book.invariants()).toEqual([['matched', id]]);
});
