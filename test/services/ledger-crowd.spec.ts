/** A crowd at the book: every deed once, however often and by however many it is asked for at the same moment. */
import { randomUUID } from 'node:crypto';
import {
  listAccounts,
  listVouchers,
  postVoucher,
  readBookFacts,
  reportInvariants,
  ReversalRefused,
  verifyBook,
} from '@gep/ledger';
import { answerOnce, appendAudit } from '@gep/platform';
import { sumFen } from '@gep/kernel';
import { Client } from 'pg';
import { testActor } from '../fixtures/test-database';
import { county, LedgerTest, preparer } from './ledger-setup';

let book: LedgerTest;
beforeAll(async () => {
  book = await LedgerTest.start(connections);
  await book.openFund('eco', { province: [2025, 1_000_000_000n] });
  await book.openFund('forest', { province: [2025, 1_000_000_000n] });
});
afterAll(() => book.close());

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const shuffled = <T>(list: readonly T[]): T[] => {
  let state = seed % 2_147_483_647;
  const next = (): number => (state = (state * 48_271) % 2_147_483_647);
  return list
    .map((item) => [next(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
};
const isThorough = process.env['GEP_MANY_CASES'] !== undefined;
const settlements = isThorough ? 200 : 60;
const vouchersToUndo = isThorough ? 150 : 50;
/** As many at once as there are connections; who comes later waits, as at any server. */
const connections = 40;
async function inFlight<T>(calls: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < calls.length; at = next++) results[at] = await calls[at]();
  };
  await Promise.all(Array.from({ length: connections }, work));
  return results;
}
const deadlocks = async (): Promise<number> => {
  const [{ n }] = await book.test.db.snapshot(preparer, (tx) =>
    tx.query<[{ n: string }]>(`select deadlocks as n from pg_stat_database where datname = current_database()`),
  );
  return Number(n);
};

it(`turns ${settlements} settlements, each called 20 times at once, into as many vouchers`, async () => {
  const before = await deadlocks();
  const drafts = await Promise.all(
    Array.from({ length: settlements }, async (_, at) => {
      // Two funds in either order, so that locks taken as they come would meet crosswise.
      const [one, other] = at % 2 === 0 ? ['eco', 'forest'] : ['forest', 'eco'];
      const [a, b] = [await book.settlement(one, '', `v${at}`, 100n), await book.settlement(other, '', `v${at}`, 7n)];
      return { ...a, businessKey: `settlement:${at}:2025`, postings: [...a.postings, ...b.postings] };
    }),
  );
  const timesTwenty = (list: typeof drafts) => list.flatMap((draft) => Array.from({ length: 20 }, () => draft));
  // Half of them all twenty at the same moment, half of them among all others.
  const half = settlements / 2;
  const calls = [...timesTwenty(drafts.slice(0, half)), ...shuffled(timesTwenty(drafts.slice(half)))];
  const started = Date.now();
  // As a mechanism does it: its own deed, the voucher and the trail in one transaction; every caller has a key of his own.
  const answers = await inFlight(
    calls.map((draft, at) => async () => {
      const actor = testActor(['CN'], `caller-${at % 20}`);
      return book.test.db.transaction(actor, (tx) =>
        answerOnce(tx, { actor, key: randomUUID(), action: 'settle', body: draft }, async () => {
          const { id, replayed } = await postVoucher(tx, actor, draft);
          if (!replayed) await appendAudit(tx, { actor, action: 'settle', subject: id, territoryPath: county });
          return { id, replayed };
        }),
      );
    }),
  );
  const seconds = (Date.now() - started) / 1000;
  expect(new Set(answers.map(({ response }) => response.id)).size).toBe(settlements);
  expect(answers.filter(({ response }) => !response.replayed)).toHaveLength(settlements);
  const vouchers = await book.test.db.snapshot(preparer, (tx) => listVouchers(tx, { kind: 'settlement' }));
  expect(vouchers).toHaveLength(settlements);
  const [eco, forest] = [await book.balance('eco.payable'), await book.balance('forest.payable')];
  expect([eco.postedFen + forest.postedFen]).toEqual([-107n * BigInt(settlements)]);
  process.stdout.write(
    `${calls.length} calls on ${settlements} settlements: ${seconds} s, ${(await deadlocks()) - before} deadlocks\n`,
  );
  expect((await deadlocks()) - before).toBe(0);
});

it('lets exactly one of several reversals of a voucher through, for many vouchers at once', async () => {
  const ids = await inFlight(
    Array.from({ length: vouchersToUndo }, (_, at) => async () => {
      const draft = await book.settlement('eco', `undo:${at}`, `u${at}`, 10n);
      return (await book.post({ ...draft, kind: 'adjustment' })).id;
    }),
  );
  const calls = shuffled(ids.flatMap((voucherId) => [voucherId, voucherId, voucherId]));
  const results = await inFlight(
    calls.map((voucherId) => async () => {
      const [result] = await Promise.allSettled([book.undo(voucherId)]);
      return result;
    }),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(vouchersToUndo);
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  expect(refused.filter((reason) => !(reason instanceof ReversalRefused))).toEqual([]);
});

it('pays out of one reservation no more than it holds, whoever pays at the same time', async () => {
  await book.post(await book.settlement('eco', 'settle:crowd', 'crowd', 1000n));
  const { id } = await book.reserve('eco.source.province', 'hold:crowd', 1000n);
  await book.approve(id);
  const results = await Promise.allSettled(
    Array.from({ length: 30 }, async (_, at) =>
      book.post(await book.payment('eco', 'province', `crowd:${at}`, ['crowd', 90n], id), testActor(['CN'], `p${at}`)),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(11);
  expect((await book.balance('eco.source.province')).reservedFen).toBe(10n);
});

it('stands whole afterwards, by every invariant', async () => {
  const chain = await book.test.db.snapshot(preparer, (tx) => verifyBook(tx));
  expect(chain.head.seals).toBe(2 + settlements + 2 * vouchersToUndo + 1 + 11);
  const facts = await book.test.db.snapshot(preparer, (tx) => readBookFacts(tx));
  const results = reportInvariants({ ...facts, chain });
  expect(results.filter(({ holds }) => !holds)).toEqual([]);
  const accounts = await book.test.db.snapshot(preparer, (tx) => listAccounts(tx));
  expect(sumFen(accounts.map(({ balance }) => balance.postedFen))).toBe(0n);
});

it('shows in the report what somebody with all rights did to the rows', async () => {
  const superuser = new Client({ connectionString: book.test.superuserUrl });
  await superuser.connect();
  const brokenBy = async (sql: string): Promise<string[]> => {
    await superuser.query(`begin; set local session_replication_role = replica; ${sql}; commit`);
    const facts = await book.test.db.snapshot(preparer, (tx) => readBookFacts(tx));
    return reportInvariants(facts).flatMap(({ name, holds }) => (holds === false ? [name] : []));
  };
  const paid = `(select voucher_id from ledger.reservation_step where act = 'post' order by voucher_id limit 1)`;
  expect(
    await brokenBy(`update ledger.balance set posted_fen = posted_fen + 1 where posted_fen = -1000000000`),
  ).toEqual(['added-up']);
  expect(await brokenBy(`delete from ledger.voucher_seal where voucher_id = ${paid}`)).toEqual(['added-up', 'sealed']);
  expect(await brokenBy(`update ledger.reservation_step set actor_id = 'preparer' where act = 'approve'`)).toEqual([
    ...['added-up', 'approved', 'sealed'],
  ]);
  expect(await brokenBy(`update ledger.posting set amount_fen = amount_fen * 2 where voucher_id = ${paid}`)).toEqual(
    expect.arrayContaining(['matched']),
  );
  await superuser.end();
});
