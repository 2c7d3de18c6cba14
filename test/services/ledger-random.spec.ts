/** Random deeds on the real database: what the pure rules let through, the database takes; what they refuse leaves no trace. */
import { randomUUID } from 'node:crypto';
import { DomainError, sumFen } from '@gep/kernel';
import {
  balancesAt,
  listReservations,
  listVouchers,
  readBookFacts,
  reportInvariants,
  verifyBook,
  type VoucherDraft,
} from '@gep/ledger';
import { approver, county, LedgerTest, payer, preparer } from './ledger-setup';

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const sequences = 6;
const deeds = 60;
const people = [preparer, approver, payer];
const days = ['2025-01-10', '2025-04-10', '2025-08-10', '2025-12-20'];

/** Numbers that the seed alone decides (Lehmer, 2^31 - 1). */
class Dice {
  private state: number;
  constructor(from: number) {
    this.state = (from % 2_147_483_646) + 1;
  }
  below(limit: number): number {
    this.state = (this.state * 48_271) % 2_147_483_647;
    return this.state % limit;
  }
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }
}

let book: LedgerTest;
// What one sequence closes must not bind the next.
beforeEach(async () => {
  book = await LedgerTest.start(4);
});
afterEach(() => book.close());

async function act(fund: string, dice: Dice): Promise<unknown> {
  const key = randomUUID();
  const fen = BigInt(1 + dice.below(200));
  const party = dice.pick(['village-a', 'village-b']);
  const actor = dice.pick(people);
  const effectiveDate = dice.pick(days);
  const cash = await book.account(`${fund}.source.cash`);
  const { db } = book.test;
  const reservations = await db.snapshot(preparer, (tx) => listReservations(tx, { accountIds: [cash] }));
  const accountId = await book.account(`${fund}.granted`);
  const vouchers = (await db.snapshot(preparer, (tx) => listVouchers(tx, { within: county }))).filter(({ postings }) =>
    postings.some((posting) => posting.accountId === accountId || posting.accountId === cash),
  );
  const post = (draft: VoucherDraft) => book.post({ ...draft, effectiveDate }, actor);
  switch (dice.below(9)) {
    case 0:
    case 1: {
      const postings = [await book.posting(`${fund}.source.cash`, fen), await book.posting(`${fund}.granted`, -fen)];
      return post({ businessKey: key, kind: 'receipt', effectiveDate, territoryPath: county, memo: 'in', postings });
    }
    case 2:
      return post(await book.settlement(fund, key, party, fen));
    case 3:
      return book.reserve(
        `${fund}.source.cash`,
        key,
        fen,
        new Date(Date.now() + (dice.below(4) === 0 ? 30 : 3_600_000)),
      );
    case 4:
      return reservations.length > 0 && book.approve(dice.pick(reservations).id, fen, actor);
    case 5: {
      const ids = reservations.length > 0 ? [dice.pick(reservations).id] : [];
      return post(await book.payment(fund, 'cash', key, [party, fen], ...ids));
    }
    case 6:
      return dice.below(2) === 0
        ? reservations.length > 0 && book.void(dice.pick(reservations).id, actor)
        : book.ledger.expireReservations(actor);
    case 7: {
      const paid = vouchers.filter(({ kind }) => kind === 'payment');
      if (paid.length === 0 || dice.below(2) === 0)
        return vouchers.length > 0 && book.undo(dice.pick(vouchers).id, actor);
      const postings = [
        await book.posting(`${fund}.clawback`, fen, { party }),
        await book.posting(`${fund}.spent`, -fen),
      ];
      const head = { businessKey: key, kind: 'clawback', effectiveDate, territoryPath: county, memo: 'back' } as const;
      return post({ ...head, aboutVoucher: dice.pick(paid).id, postings });
    }
    default: {
      if (dice.below(6) > 0) return undefined;
      const period = dice.pick(['2025-01', '2025-Q2', '2025-09']);
      return book.ledger.closePeriod(approver, { territoryPath: county, period }, key);
    }
  }
}

it.each(Array.from({ length: sequences }, (_, at) => seed + at * 7919))(
  'seed %i',
  async (from) => {
    const dice = new Dice(from);
    const fund = 'random';
    await book.openFund(fund, { cash: [2025, 500n] });
    for (let at = 0; at < deeds; at++) {
      await act(fund, dice).catch((error: unknown) => {
        // A refusal has a reason that a person can read; an error of the database would be a rule that the program forgot.
        if (!(error instanceof DomainError)) throw new Error(`seed ${from}, deed ${at}`, { cause: error });
      });
    }
    await book.test.db.snapshot(preparer, async (tx) => {
      const chain = await verifyBook(tx);
      const broken = reportInvariants({ ...(await readBookFacts(tx)), chain }).filter(({ holds }) => !holds);
      expect(broken).toEqual([]);
      // Balances at any pair of times are the replay of the journal up to it.
      const cash = await book.account(`${fund}.source.cash`);
      const vouchers = await listVouchers(tx, { accountId: cash });
      for (const day of [...days, '2030-01-01']) {
        const known = dice.pick([...vouchers.map(({ recordedAt }) => recordedAt), new Date()]);
        const replayed = vouchers
          .filter(({ effectiveDate, recordedAt }) => effectiveDate <= day && recordedAt <= known)
          .flatMap(({ postings }) => postings.filter(({ accountId }) => accountId === cash));
        const told = await balancesAt(tx, [cash], { effectiveThrough: day, knownAt: known.toISOString() });
        expect(told.get(cash) ?? 0n).toBe(sumFen(replayed.map(({ amountFen }) => amountFen)));
      }
    });
  },
  60_000,
);
