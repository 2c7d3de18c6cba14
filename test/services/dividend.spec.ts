/** A dividend on a real database: from the register over plan, notice and vote to paid lines, what comes back, and who sees what. */
import { randomUUID } from 'node:crypto';
import { checkProof, DividendMissing, DividendRefused, HoldingRefused, listLines } from '@gep/procurement';
import { ClockRefused, ProcedureMissing } from '@gep/procedure';
import { listDependents } from '@gep/settlement';
import { Fraction } from '@gep/kernel';
import { approver, cashier, clerk, countyPath, digest, DividendTest, everything, household } from './dividend-setup';
import { objectsToOwn } from './own-objection';
import { PayingFund } from './settled-income';

let it_: DividendTest;
beforeAll(async () => {
  it_ = await DividendTest.start();
  await it_.company('forest');
  await it_.register(
    'forest',
    { a: '', b: '', c: '', d: '' },
    { 'p-1': ['500', { a: '' }], 'p-2': ['300', { b: '1/3', c: '2/3' }], 'p-3': ['100', { c: '50%', d: '1/2' }] },
  );
  const fund = await PayingFund.open(it_.test.db, countyPath);
  await it_.book('forest', 'income', 1_000n, '2025-03-01', await fund.pay('forest', 1_000, '2025-02-27'));
  await it_.book('forest', 'cost', 200n, '2025-06-01');
  for (const code of ['pasture', 'grove', 'meadow']) await it_.company(code);
  await it_.book('pasture', 'income', 60n, '2025-03-01');
  await it_.book('grove', 'income', 150n, '2025-04-20');
  await it_.book('meadow', 'income', 10n, '2025-08-01');
  await it_.closeBook('2025');
  await it_.book('forest', 'income', 5_000n, '2026-02-01');
}, 60_000);
afterAll(() => it_.close());

const on = (day: string) => ({ company: 'forest', on: day, reason: 'sold', documentDigest: digest });

it('goes from closed accounts to paid lines, by three persons, and every fen is somewhere', async () => {
  await it_.holdings.transfer(
    clerk,
    { ...on('2026-05-01'), parcel: 'p-1', giver: 'a', taker: 'd', share: Fraction.of(1n, 5n) },
    randomUUID(),
  );
  const id = await it_.plan('forest', '2025');
  const planned = await it_.dividends.show(clerk, id);
  // The worked line of the catalogue: 1,000 less 200 less a tenth.
  expect(planned).toMatchObject({ state: 'planned', incomeFen: 100_000n, costFen: 20_000n });
  expect(planned.plan).toMatchObject({ reserveFen: 8_000n, dividendFen: 72_000n, retainedFen: 0n });
  await expect(it_.runs.request(clerk, { id, act: 'allot' }, randomUUID())).rejects.toMatchObject({
    name: expect.stringMatching(/^Step/) as string,
  });
  await it_.dividends.notice(clerk, { id, on: '2026-04-01', documentDigest: digest }, randomUUID());
  const vote = { members: 9, attended: 7, inFavour: 6, against: 1, online: true, documentDigest: digest };
  const early = { id, ...vote, heldOn: '2026-04-09' };
  await expect(it_.dividends.vote(clerk, early, randomUUID())).rejects.toThrow(ClockRefused);
  const rejected = { id, ...vote, inFavour: 5, against: 2, heldOn: '2026-04-15' };
  await it_.dividends.vote(clerk, rejected, randomUUID());
  expect((await it_.dividends.show(clerk, id)).state).toBe('rejected');
  expect(await it_.plan('forest', '2025', { memo: 'second plan' })).toBe(id);
  expect((await it_.dividends.show(clerk, id)).vote).toBeNull();
  await it_.resolve(id);

  const allotted = await it_.work(id, 'allot', clerk);
  expect(allotted).toMatchObject({ state: 'allotted', task: { act: 'allot', failure: null, stage: 'done' } });
  // Base GEP 400 : 100 : 200 + 50 : 50 + 100, of 720 yuan.
  expect(await it_.lines(id)).toEqual({
    a: '32000 allotted',
    b: '8000 allotted',
    c: '20000 allotted',
    d: '12000 allotted',
  });
  await expect(it_.runs.request(clerk, { id, act: 'approve' }, randomUUID())).rejects.toMatchObject({
    name: expect.stringMatching(/^Step/) as string,
  });
  await it_.work(id, 'approve', approver);
  expect(await it_.owed('forest', 'payable')).toEqual({
    ...{ 'owner:a': -32_000n, 'owner:b': -8_000n, 'owner:c': -20_000n, 'owner:d': -12_000n },
  });
  await expect(it_.runs.request(approver, { id, act: 'pay' }, randomUUID())).rejects.toMatchObject({
    name: expect.stringMatching(/^Step/) as string,
  });
  const paid = await it_.work(id, 'pay', cashier);
  expect(paid).toMatchObject({ state: 'paid', apart: [] });
  const { reserveFen, dividendFen, retainedFen } = paid.allotment!;
  expect(reserveFen + dividendFen + retainedFen).toBe(paid.incomeFen - paid.costFen);
  expect([await it_.balance('forest', 'reserve'), await it_.balance('forest', 'appropriated')]).toEqual([
    -8_000n,
    80_000n,
  ]);
  expect(await it_.balance('forest', 'cash')).toBe(600_000n - 20_000n - 72_000n);
  expect(await it_.brokenInvariants()).toEqual([]);
  await expect(it_.plan('forest', '2026')).rejects.toThrow(DividendRefused);

  const [settlement] = await it_.test.db.snapshot(clerk, (tx) =>
    tx.query<[{ id: string }]>(`select upstream_id as id from procurement.company_entry where upstream_id is not null`),
  );
  const dependents = await it_.test.db.snapshot(clerk, (tx) =>
    listDependents(tx, { upstream: { kind: 'settlement', id: settlement.id } }),
  );
  expect(dependents).toMatchObject([
    { dependent: { kind: 'dividend', id }, amountFen: 72_000n },
    { dependent: { kind: 'payment' }, figure: 'company:forest', amountFen: 100_000n },
  ]);

  await it_.registers.link(clerk, { company: 'forest', owner: 'b', userId: 'user-b', linked: true }, randomUUID());
  await seesOnlyTheOwn(id, paid.allotment!.root);
});

async function seesOnlyTheOwn(id: string, root: string): Promise<void> {
  const b = household('user-b');
  expect(await it_.own.list(b)).toMatchObject([{ line: { owner: 'b', amountFen: 8_000n, state: 'paid' } }]);
  const [proof] = await it_.own.prove(b, id);
  expect(checkProof(proof, { root, totalFen: 72_000n })).toBeUndefined();
  expect(checkProof({ ...proof, amountFen: '8001' }, { root, totalFen: 72_000n })).toBe('amount');
  const seen = (actor: typeof b) => it_.test.db.snapshot(actor, (tx) => listLines(tx, id, 'paid'));
  expect((await seen(b)).map(({ owner }) => owner)).toEqual(['b']);
  const stranger = household('user-x');
  expect([await seen(stranger), await it_.own.list(stranger)]).toEqual([[], []]);
  await expect(it_.own.prove(stranger, id)).rejects.toThrow(DividendMissing);
  for (const table of ['dividend_allotment', 'dividend_stretch', 'owner', 'holding', 'dividend_payment'])
    expect(await it_.test.db.snapshot(b, (tx) => tx.query(`select * from procurement.${table}`))).toEqual([]);
  await it_.registers.link(clerk, { company: 'forest', owner: 'b', userId: 'user-b', linked: false }, randomUUID());
  expect(await seen(b)).toEqual([]);
}

it('holds back a disputed line alone, and pays it when the dispute has ended', async () => {
  await it_.register('pasture', { a: '3', b: '2', c: '1' });
  const id = await it_.plan('pasture', '2025', {
    policy: 'two-mountains-shares',
    reserveShare: '0',
    unclaimedAfter: 30,
  });
  await it_.resolve(id);
  await it_.work(id, 'allot', clerk);
  const appeal = await objectsToOwn(it_, id);
  await it_.work(id, 'approve', approver);
  const paid = await it_.work(id, 'pay', cashier);
  expect(paid.apart).toEqual([{ state: 'held', lines: 1, leftFen: 2_000n }]);
  expect(await it_.lines(id, 'paid')).toEqual({ a: '3000 paid', b: '2000 held', c: '1000 paid' });
  const again = await it_.work(id, 'pay', cashier);
  expect(again.task?.failure?.code).toBe('procurement.dividend-refused');
  const withdrawn = { id, appeal, act: 'withdraw', reason: '已协商一致 agreed' } as const;
  await expect(it_.ownAppeals.act(household('user-c'), withdrawn, randomUUID())).rejects.toThrow(ProcedureMissing);
  await it_.ownAppeals.act(household('user-b'), withdrawn, randomUUID());
  expect(await it_.ownAppeals.list(household('user-b'), id)).toMatchObject([{ id: appeal, state: 'withdrawn' }]);
  await it_.work(id, 'pay', cashier);
  expect(await it_.lines(id, 'paid')).toEqual({ a: '3000 paid', b: '2000 paid', c: '1000 paid' });
  await comesBack(id);
});

/** What the bank sends back is owed again, set aside by name after its days, and paid to who came after, for ever. */
async function comesBack(id: string): Promise<void> {
  const back = { id, owners: ['a', 'c'], reason: '账户已销 account closed', on: '2026-06-01' };
  await it_.money.takeBack(cashier, back, 'returned-once');
  await it_.money.takeBack(cashier, back, 'returned-once');
  await expect(it_.money.takeBack(cashier, back, randomUUID())).rejects.toThrow(DividendRefused);
  expect(await it_.owed('pasture', 'payable')).toMatchObject({ 'owner:a': -3_000n, 'owner:c': -1_000n });
  expect(await it_.money.setAside(cashier, { id, on: '2026-06-30' }, randomUUID())).toMatchObject({ lines: 0 });
  await expect(it_.dividends.close(clerk, id, randomUUID())).rejects.toThrow(DividendRefused);
  expect(await it_.money.setAside(cashier, { id, on: '2026-07-01' }, randomUUID())).toMatchObject({
    lines: 2,
    amountFen: '4000',
  });
  expect(await it_.owed('pasture', 'unclaimed')).toEqual({ 'owner:a': -3_000n, 'owner:c': -1_000n });
  await it_.dividends.close(clerk, id, randomUUID());

  await it_.register('pasture', { e: '', f: '' });
  const heirs = [
    { owner: 'e', share: Fraction.of(1n, 3n) },
    { owner: 'f', share: Fraction.of(2n, 3n) },
  ];
  const death = { company: 'pasture', on: '2026-08-01', reason: '继承 inherited', documentDigest: digest };
  await it_.holdings.succeed(
    clerk,
    { ...death, kind: 'inheritance', predecessors: ['a'], successors: heirs },
    randomUUID(),
  );
  const claim = (owner: string, claimant: string, day: string) =>
    it_.money.claim(cashier, { id, owner, claimant, reason: '本人领取 claimed', on: day }, randomUUID());
  await expect(claim('a', 'a', '2026-08-02')).rejects.toThrow(DividendRefused);
  await expect(claim('a', 'b', '2026-08-02')).rejects.toThrow(DividendRefused);
  expect(await claim('a', 'e', '2026-08-02')).toMatchObject({ amountFen: '1000' });
  await expect(claim('a', 'e', '2026-08-03')).rejects.toThrow();
  expect(await claim('a', 'f', '2026-08-04')).toMatchObject({ amountFen: '2000' });
  expect(await claim('c', 'c', '2026-08-04')).toMatchObject({ amountFen: '1000' });
  expect(await it_.lines(id, 'paid')).toEqual({ a: '3000 claimed', b: '2000 paid', c: '1000 claimed' });
  expect([await it_.balance('pasture', 'unclaimed'), await it_.balance('pasture', 'cash')]).toEqual([0n, 0n]);
  expect(await it_.brokenInvariants()).toEqual([]);
}

it('counts by who held on the record date, or by the days held, through transfers, splits and merges', async () => {
  await it_.register('grove', { a: '', b: '', c: '' }, { x: ['100', { a: '' }], y: ['50', { b: '' }] });
  const deed = (day: string) => ({ ...on(day), company: 'grove' });
  const half = Fraction.of(1n, 2n);
  await it_.holdings.transfer(
    clerk,
    { ...deed('2025-04-16'), parcel: 'x', giver: 'a', taker: 'c', share: half },
    randomUUID(),
  );
  const split = {
    ...{ predecessors: ['x'], accountYear: 2020 },
    successors: [
      { code: 'x-1', accountFen: 3n },
      { code: 'x-2', accountFen: 1n },
    ],
  };
  const wrongYear = { ...deed('2025-05-01'), ...split, accountYear: 2025 };
  await expect(it_.holdings.changeParcels(clerk, wrongYear, randomUUID())).rejects.toThrow(HoldingRefused);
  await it_.holdings.changeParcels(clerk, { ...deed('2025-05-01'), ...split }, randomUUID());
  const whole = { parcel: 'x-2', giver: 'a', taker: 'b', share: half };
  await it_.holdings.transfer(clerk, { ...deed('2025-05-16'), ...whole }, randomUUID());
  const merge = { predecessors: ['x-2', 'y'], successors: [{ code: 'z', accountFen: 1n }], accountYear: 2020 };
  await it_.holdings.changeParcels(clerk, { ...deed('2025-06-01'), ...merge }, randomUUID());
  const weights = async (counting: 'record-date' | 'days-held', recordDate: string) => {
    const plan = { reserveShare: '0', counting, recordDate };
    const id = await it_.plan('grove', '2025', plan);
    await it_.resolve(id);
    await it_.work(id, 'allot', clerk);
    const lines = await it_.lines(id);
    await it_.dividends.withdraw(clerk, { id, reason: '另行测算 another count' }, randomUUID());
    return Object.values(lines).map((line) => Number(line.split(' ')[0]) / 100);
  };
  // All of 150: before the sale, after it, after the half of x-2 went to b, and after the merge, which moves nothing.
  expect(await weights('record-date', '2025-04-01')).toEqual([100, 50]);
  expect(await weights('record-date', '2025-04-30')).toEqual([50, 50, 50]);
  for (const day of ['2025-05-20', '2025-06-30']) expect(await weights('record-date', day)).toEqual([37.5, 62.5, 50]);
  // Of 365 days a held all of x for 105, half of it for 30, and half of x-1 alone for 230.
  const days = [100 * 105 + 50 * 30 + 37.5 * 230, 50 * 135 + 62.5 * 230, 50 * 260];
  const expected = days.map((each) => each / 365);
  (await weights('days-held', '2025-12-31')).forEach((each, at) =>
    expect(Math.abs(each - expected[at])).toBeLessThan(0.01),
  );
});

it('is proved by the database alone that shares sum to one and persons of one dividend are apart', async () => {
  const insert = (sql: string) => it_.test.db.transaction(clerk, (tx) => tx.query(sql));
  const holding = (parts: string, owners: string, no = 9) =>
    insert(`insert into procurement.holding (company_id, parcel, no, effective_from, whole, owners, parts, reason, territory_path)
      select company_id, code, ${no}, date '2030-01-01', 6, ${owners}, ${parts}, 'x', territory_path from procurement.parcel where code = 'p-1'`);
  await expect(holding(`'{3,2}'`, `'{a,b}'`)).rejects.toThrow(/shares_sum_to_one/);
  await expect(holding(`'{3,3}'`, `'{a,a}'`)).rejects.toThrow(/twice/);
  await expect(holding(`'{3,3}'`, `'{a,ghost}'`)).rejects.toThrow(/not there/);
  await expect(holding(`'{3,3}'`, `'{a,b}'`)).rejects.toThrow(/order of their days/);
  const id = (
    await it_.test.db.snapshot(clerk, (tx) =>
      tx.query<{ id: string }[]>(`select id from procurement.dividend where round = 1 limit 1`),
    )
  )[0].id;
  await expect(
    insert(`update procurement.dividend_line set amount_fen = 0 where dividend_id = '${id}'`),
  ).rejects.toThrow();
  await it_.register('meadow', { a: '1' });
  const wish = { policy: 'two-mountains-shares', recordDate: '2026-09-30' } as const;
  const plan = {
    company: 'meadow',
    period: '2025',
    reserveShare: '0',
    counting: 'record-date',
    unclaimedAfter: 9,
    memo: '',
  } as const;
  const { id: own } = await it_.dividends.plan(everything, { ...plan, ...wish }, randomUUID());
  await it_.resolve(own);
  await it_.work(own, 'allot', clerk);
  for (const act of ['approve', 'pay'] as const)
    await expect(it_.runs.request(everything, { id: own, act }, randomUUID())).rejects.toMatchObject({
      name: expect.stringMatching(/^Step/) as string,
    });
  // A worker that was taken for dead, and another: one deed.
  const { taskId } = await it_.runs.request(approver, { id: own, act: 'approve' }, randomUUID());
  await Promise.all([it_.runs.run(taskId), it_.runs.run(taskId), it_.runs.run(taskId)]);
  await it_.runs.run(taskId);
  expect(await it_.dividends.show(clerk, own)).toMatchObject({ state: 'declared', task: { failure: null } });
  expect(await it_.balance('meadow', 'payable')).toBe(-1_000n);
});
