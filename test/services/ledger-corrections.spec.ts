/** Corrections on the real database: what was posted stays, and what comes after it says what it corrects; balances know two times. */
import { randomUUID } from 'node:crypto';
import {
  actOnReservation,
  balancesAt,
  ClawbackExceedsPaid,
  ClosingRefused,
  listReservations,
  listVouchers,
  PeriodClosed,
  postVoucher,
  reserve,
  reverseVoucher,
  ReversalRefused,
  stateOf,
  verifyBook,
} from '@gep/ledger';
import type { Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { approver, county, LedgerTest, payer, preparer } from './ledger-setup';

let book: LedgerTest;
let fundId: string;
beforeAll(async () => {
  book = await LedgerTest.start();
  fundId = await book.openFund('eco', { province: [2025, 100_000n] });
});
afterAll(() => book.close());
afterEach(async () => {
  const { broken } = await book.test.db.snapshot(preparer, (tx) => verifyBook(tx));
  expect(broken).toBeUndefined();
});

const voucher = async (id: string) =>
  (await book.test.db.snapshot(preparer, (tx) => listVouchers(tx, { ids: [id] })))[0];
const reservation = async (id: string) =>
  (await book.test.db.snapshot(preparer, (tx) => listReservations(tx, { ids: [id] })))[0];

/** A payment of a party, from the settlement on. */
async function pay(key: string, fen: bigint, party = key) {
  await book.post(await book.settlement('eco', `settle:${key}`, party, fen));
  const { id } = await book.reserve('eco.source.province', `hold:${key}`, fen);
  await book.approve(id);
  return { reservation: id, ...(await book.post(await book.payment('eco', 'province', key, [party, fen], id))) };
}

describe('a correction', () => {
  it('reverses a voucher once, by the opposite of each posting', async () => {
    const { id, reservation: held } = await pay('undo', 700n);
    const before = await book.balance('eco.source.province');
    const undo = await book.undo(id);
    const [original, reversal] = [await voucher(id), await voucher(undo.id)];
    expect(original.reversedBy).toBe(undo.id);
    expect(reversal).toMatchObject({ kind: 'reversal', reverses: id, effectiveDate: original.effectiveDate });
    expect(reversal.postings).toEqual(original.postings.map((line) => ({ ...line, amountFen: -line.amountFen })));
    expect((await book.balance('eco.source.province')).postedFen).toBe(before.postedFen + 700n);
    expect(stateOf(await reservation(held))).toBe('posted');
    for (const again of [id, undo.id]) await expect(book.undo(again)).rejects.toThrow(ReversalRefused);
  });

  it('by hand is of what was done by hand, and by another person', async () => {
    const byHand = (voucherId: string, by: Actor) =>
      book.ledger.reverse(by, { voucherId, memo: 'typed wrongly' }, randomUUID());
    const { id: paid } = await pay('by-hand', 10n);
    await expect(byHand(paid, approver)).rejects.toThrow(/where they were made/);
    const receipt = { fundId, source: 'province', amountFen: 5n, effectiveDate: '2025-09-01', memo: 'typed twice' };
    const { id } = await book.funds.receive(preparer, { ...receipt, businessKey: 'twice' }, randomUUID());
    await expect(byHand(id, preparer)).rejects.toThrow(/whoever posted it/);
    expect(await byHand(id, approver)).toMatchObject({ replayed: false });
  });

  it('claws back what was paid, and no more', async () => {
    const { id } = await pay('claw', 900n);
    const clawback = async (businessKey: string, fen: bigint) => ({
      ...({ businessKey, kind: 'clawback', effectiveDate: '2025-09-01', territoryPath: county } as const),
      ...{ memo: 'fraud', aboutVoucher: id },
      postings: [await book.posting('eco.clawback', fen, { party: 'claw' }), await book.posting('eco.spent', -fen)],
    });
    const first = await book.post(await clawback('claw-1', 600n));
    await expect(book.post(await clawback('claw-2', 301n))).rejects.toThrow(ClawbackExceedsPaid);
    await expect(book.undo(id)).rejects.toThrow(ReversalRefused);
    await book.undo(first.id);
    await book.post(await clawback('claw-3', 900n));
  });

  it('of a closed period goes to the open one and says which day it is about; nothing else gets in', async () => {
    const toBeClosed = {
      ...(await book.settlement('eco', 'to-be-closed', 'village-c', 40n)),
      kind: 'adjustment' as const,
    };
    const { id } = await book.post(toBeClosed);
    const close = (period: string) =>
      book.ledger.closePeriod(approver, { territoryPath: 'CN.990000', period }, randomUUID());
    await close('2025-06');
    await expect(close('2025-06')).rejects.toThrow(ClosingRefused);
    await expect(close('2199')).rejects.toThrow(ClosingRefused);
    await expect(book.post(await book.settlement('eco', 'too-late', 'village-c', 1n))).rejects.toThrow(PeriodClosed);
    const { id: undo } = await book.undo(id);
    const late = await voucher(undo);
    expect(late.aboutDate).toBe('2025-06-30');
    expect(late.effectiveDate > '2025-06-30').toBe(true);
    // What had been posted before is answered as before.
    expect(await book.post(toBeClosed)).toEqual({ id, replayed: true });
  });
});

it('tells balances as of a day and as known at a time', async () => {
  const account = await book.account('eco.spent');
  const at = (moment: object) =>
    book.test.db.snapshot(preparer, async (tx) => (await balancesAt(tx, [account], moment)).get(account) ?? 0n);
  const postOn = async (effectiveDate: string, fen: bigint) =>
    book.post({ ...(await book.settlement('eco', `as-of-${effectiveDate}-${fen}`, 'village-t', fen)), effectiveDate });
  await postOn('2025-08-10', 100n);
  const [{ now }] = await book.test.db.snapshot(preparer, (tx) =>
    tx.query<{ now: string }[]>('select clock_timestamp()::text as now'),
  );
  const [early, known] = [await at({ effectiveThrough: '2025-08-05' }), await at({ effectiveThrough: '2025-08-10' })];
  await new Promise((done) => setTimeout(done, 5));
  await postOn('2025-08-01', 7n);
  expect(known).toBeGreaterThanOrEqual(early + 100n);
  expect(await at({ effectiveThrough: '2025-08-05' })).toBe(early + 7n);
  expect(await at({ effectiveThrough: '2025-08-05', knownAt: now })).toBe(early);
  expect(await at({ effectiveThrough: '2025-08-10', knownAt: now })).toBe(known);
  expect(await at({})).toBe((await book.balance('eco.spent')).postedFen);
});

it('posts with the deed: what is undone was never posted', async () => {
  const draft = await book.settlement('eco', 'undone', 'village-u', 5n);
  const deed = book.test.db.transaction(payer, async (tx) => {
    await postVoucher(tx, payer, { ...draft, effectiveDate: '2025-10-01' });
    throw new Error('the deed failed');
  });
  await expect(deed).rejects.toThrow('the deed failed');
  expect(await book.test.db.snapshot(preparer, (tx) => listVouchers(tx, { businessKey: 'undone' }))).toEqual([]);
});

it('goes with the deeds of a mechanism, each of them one transaction of its own', async () => {
  const deed = <T>(actor: Actor, work: (tx: EntityManager) => Promise<T>) => book.test.db.transaction(actor, work);
  const settled = await book.settlement('eco', 'deed:settled', 'village-d', 60n);
  const paid = { effectiveDate: '2025-11-01' };
  const hold = { businessKey: 'deed:hold', accountId: await book.account('eco.source.province'), amountFen: 60n };
  const expiresAt = new Date(Date.now() + 60_000);
  const reserved = await deed(preparer, async (tx) => {
    await postVoucher(tx, preparer, { ...settled, ...paid });
    return reserve(tx, preparer, { ...hold, expiresAt, memo: 'deed' });
  });
  await deed(approver, (tx) => actOnReservation(tx, approver, reserved.id, { act: 'approve', reason: 'in order' }));
  const payment = await book.payment('eco', 'province', 'deed:paid', ['village-d', 60n], reserved.id);
  const { id } = await deed(payer, (tx) => postVoucher(tx, payer, { ...payment, ...paid }));
  const { id: undo } = await deed(payer, (tx) =>
    reverseVoucher(tx, payer, { voucherId: id, memo: 'bank returned it' }),
  );
  expect((await voucher(id)).reversedBy).toBe(undo);
});
