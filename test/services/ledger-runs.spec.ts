/** A run of a great many postings: in the book whole or not at all, proved as every voucher is, and in no time worth naming. */
import { randomUUID } from 'node:crypto';
import {
  BalanceInsufficient,
  balancesAt,
  listVouchers,
  PeriodClosed,
  postRun,
  readBookFacts,
  reportInvariants,
  ReversalRefused,
  type RunDraft,
  verifyBook,
  VoucherDiffers,
  VoucherRefused,
} from '@gep/ledger';
import { Client } from 'pg';
import { testActor } from '../fixtures/test-database';
import { approver, basis, county, LedgerTest, payer, preparer } from './ledger-setup';

let book: LedgerTest;
beforeAll(async () => {
  book = await LedgerTest.start(6);
  await book.openFund('eco', { province: [2025, 10n ** 12n] });
});
afterAll(() => book.close());

const villages = Array.from({ length: 50 }, (_, at) => `${county}.${990101001 + at}`);

/** What households are owed (`settlement`), or are paid out of a reservation. */
async function run(businessKey: string, households: number, kind: 'settlement' | 'payment'): Promise<RunDraft> {
  const [own, other] = [`eco.${kind === 'settlement' ? 'spent' : 'source.province'}`, 'eco.payable'];
  const sign = kind === 'settlement' ? -1n : 1n;
  const amountsFen = BigInt64Array.from({ length: households + 1 }, (_, at) =>
    at === 0 ? 0n : sign * BigInt(100 + (at % 977)),
  );
  amountsFen[0] = -amountsFen.reduce((sum, fen) => sum + fen, 0n);
  const rows = Array.from({ length: households + 1 }, (_, at) => at);
  return {
    ...{ businessKey, kind, effectiveDate: '2025-11-30', territoryPath: county, memo: 'households' },
    accounts: [await book.account(own), await book.account(other)],
    territories: [county, ...villages],
    bases: [{ ...basis, territoryPath: county }],
    postings: {
      accountAt: Uint16Array.from(rows, (at) => Math.min(at, 1)),
      territoryAt: Uint32Array.from(rows, (at) => (at === 0 ? 0 : 1 + (at % villages.length))),
      basisAt: new Uint16Array(households + 1),
      parties: rows.map((at) => (at === 0 ? null : `户-${at}`)),
      amountsFen,
    },
  };
}
const post = (draft: RunDraft, actor = payer) => book.test.db.transaction(actor, (tx) => postRun(tx, actor, draft));
const verify = () => book.test.db.snapshot(preparer, (tx) => verifyBook(tx));

it('posts what households are owed and pays them, once, under one seal each', async () => {
  const households = 9000;
  const owed = await run('households:2025', households, 'settlement');
  const total = owed.postings.amountsFen[0];
  const { id } = await post(owed);
  expect(await post(owed)).toEqual({ id, replayed: true });
  await expect(post({ ...owed, memo: 'other' })).rejects.toThrow(VoucherDiffers);
  expect((await book.balance('eco.payable')).postedFen).toBe(-total);

  const pay = await run('households:2025:pay', households, 'payment');
  await expect(post(pay)).rejects.toThrow(VoucherRefused);
  const held = await book.reserve('eco.source.province', 'hold:households', total);
  await book.approve(held.id);
  await post({ ...pay, draws: [{ reservationId: held.id }] });
  expect((await book.balance('eco.payable')).postedFen).toBe(0n);
  expect(await book.balance('eco.source.province')).toEqual({ postedFen: 10n ** 12n - total, reservedFen: 0n });
  const [voucher] = await book.test.db.snapshot(preparer, (tx) => listVouchers(tx, { ids: [id] }));
  expect(voucher).toMatchObject({ postingCount: households + 1, postings: [] });
  expect((await verify()).broken).toBeUndefined();
});

it('shows each village its own rows', async () => {
  const village = testActor([villages[3]], 'village');
  const payable = await book.account('eco.payable');
  const rows = await book.test.db.snapshot(village, (tx) =>
    tx.query<{ path: string }[]>('select distinct territory_path::text as path from ledger.posting'),
  );
  expect(rows).toEqual([{ path: villages[3] }]);
  expect((await book.test.db.snapshot(village, (tx) => balancesAt(tx, [payable], {}))).get(payable)).toBe(0n);
});

it('takes in nothing of a run that breaks a rule', async () => {
  const before = await book.balance('eco.payable');
  const good = await run('bad', 100, 'settlement');
  const change = (more: Partial<RunDraft['postings']>): RunDraft => ({
    ...good,
    businessKey: randomUUID(),
    postings: { ...good.postings, ...more },
  });
  const amountsFen = good.postings.amountsFen.map((fen, at) => (at === 5 ? fen - 1n : fen));
  await expect(post(change({ amountsFen }))).rejects.toThrow(/differ by -1 fen/);
  await expect(post(change({ parties: good.postings.parties.map(() => null) }))).rejects.toThrow(
    /row 2 names no party/,
  );
  await expect(post(change({ parties: good.postings.parties.map(() => 'a|b') }))).rejects.toThrow(VoucherRefused);
  const abroad = { ...change({}), territories: ['CN.980000', ...good.territories.slice(1)] };
  await expect(post(abroad)).rejects.toThrow();
  const unpaid = await run('unowed', 50, 'payment');
  const held = await book.reserve('eco.source.province', 'hold:unowed', -unpaid.postings.amountsFen[0]);
  await book.approve(held.id);
  await expect(post({ ...unpaid, draws: [{ reservationId: held.id }] })).rejects.toThrow();
  await book.ledger.closePeriod(approver, { territoryPath: villages[9], period: '2025' }, randomUUID());
  await expect(post(change({}))).rejects.toThrow(PeriodClosed);
  expect(await book.balance('eco.payable')).toEqual(before);
  expect((await verify()).broken).toBeUndefined();
});

it('undoes a run by an opposite run, once, and only what the parties still have', async () => {
  // So many that the database adds up all parties of the account instead of looking up each.
  const households = 20_100;
  const before = await book.balance('eco.payable');
  const owed = await run('undone', households, 'settlement');
  const { id: voucherId } = await post({ ...owed, kind: 'adjustment' });
  const undo = () => book.undo(voucherId);
  const { id } = await undo();
  await expect(undo()).rejects.toThrow(ReversalRefused);
  expect(await book.balance('eco.payable')).toEqual(before);
  const [reversal] = await book.test.db.snapshot(preparer, (tx) => listVouchers(tx, { ids: [id] }));
  expect(reversal).toMatchObject({ kind: 'reversal', reverses: voucherId, postingCount: households + 1, postings: [] });
  expect(reversal.runNo).not.toBe('0');
  // One household has been paid, so that the list cannot be taken back as a whole.
  const again = await post({ ...owed, kind: 'adjustment', businessKey: 'undone-2' });
  const held = await book.reserve('eco.source.province', 'hold:one', 101n);
  await book.approve(held.id);
  await book.post(await book.payment('eco', 'province', 'one-paid', ['户-1', 101n], held.id));
  const undoAgain = () => book.undo(again.id);
  await expect(undoAgain()).rejects.toThrow(BalanceInsufficient);
  // As much is owed to others, who do not pay for it.
  await book.post(await book.settlement('eco', 'owed-to-others', 'others', 101n));
  await expect(undoAgain()).rejects.toThrow(VoucherRefused);
  await book.test.db.snapshot(preparer, async (tx) => {
    const chain = await verifyBook(tx);
    expect(reportInvariants({ ...(await readBookFacts(tx)), chain }).filter(({ holds }) => !holds)).toEqual([]);
  });
});

it('leaves the rows of a run to nobody who would change them', async () => {
  const superuser = new Client({ connectionString: book.test.superuserUrl });
  await superuser.connect();
  superuser.on('error', () => undefined);
  const { rows } = await superuser.query<{ name: string; open: boolean; secured: boolean }>(
    `select relname as name, relrowsecurity and relforcerowsecurity as secured,
       has_table_privilege('gep_app', oid, 'insert, update, delete, truncate') as open
     from pg_class where relname ~ '^posting_run_[0-9]+$' order by relname`,
  );
  expect(rows.map(({ open, secured }) => [open, secured])).toEqual(rows.map(() => [false, true]));
  expect(rows.length).toBe(5);
  for (const deed of ['delete from', 'truncate'])
    await expect(superuser.query(`${deed} ledger.${rows[0].name}`)).rejects.toThrow(/append-only/);
  await superuser.query(`begin; set local session_replication_role = replica`);
  await superuser.query(
    `update ledger.${rows[0].name} set amount_fen = amount_fen + 1 where posting_no = 8500; commit`,
  );
  expect((await verify()).broken).toMatchObject({ reason: 'altered-voucher' });
  await superuser.end();
});
