/** Whatever is done in whatever order: the book balances, nothing is paid that was not approved and received, nothing is edited. */
import * as fc from 'fast-check';
import { DomainError, type Fen, sumFen } from '@gep/kernel';
import { type AccountBalance, availableFen, type BookAccount, emptyBalance } from '../book/book-account';
import { placeInTime } from '../closing/place-in-time';
import { heldFen, judgeReservation, postedFen, type Reservation, stateOf } from '../reservation/reservation';
import { checkVoucher } from './check-voucher';
import { checkClawback, debitsByParty, type PostedVoucher, reverseOf } from './correct-voucher';
import { type DeedKind, digestOfDraft, noBasis, type Posting, type VoucherDraft } from './voucher';

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const numRuns = process.env['GEP_MANY_CASES'] ? 100_000 : 400;
const path = 'CN.990000';
const account = (id: string, more: Partial<BookAccount>): BookAccount => ({
  ...{ id: id.padEnd(36, '-'), code: id, nameZh: id, nameEn: id, signRule: 'debit', byParty: false },
  ...{ byReservation: false, territoryPath: path },
  ...more,
});
const cash = account('cash', { byReservation: true });
const granted = account('granted', { signRule: 'credit' });
const spent = account('spent', {});
const payable = account('payable', { signRule: 'credit', byParty: true });
const clawback = account('clawback', { byParty: true });
const accounts = [cash, granted, spent, payable, clawback];
const parties = ['village-a', 'village-b'];

interface Voucher extends PostedVoucher {
  reversedBy: string | null;
  readonly digest: string;
  readonly reverses: string | null;
  readonly about: string | null;
  readonly day: string;
  /** What it said when it was posted. */
  readonly written: string;
}

/** Who reversed it is told by the reversal. */
const textOf = ({ reversedBy: _, written: __, ...rest }: Omit<Voucher, 'written'> & { written?: string }): string =>
  JSON.stringify(rest, (___, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));

/** A book in memory, moved by the pure rules alone, as the stores move the one in the database. */
class Book {
  readonly balances = new Map<string, AccountBalance>(accounts.map(({ id }) => [id, emptyBalance]));
  readonly ofParty = new Map<string, Fen>();
  readonly vouchers: Voucher[] = [];
  readonly reservations: Reservation[] = [];
  closedThrough: string | null = null;
  clock = 0;

  states() {
    return new Map(
      accounts.map((one) => [
        one.id,
        {
          account: one,
          balance: this.balances.get(one.id)!,
          parties: new Map(parties.map((party) => [party, this.ofParty.get(`${one.id}|${party}`) ?? 0n])),
        },
      ]),
    );
  }

  post(draft: VoucherDraft & { readonly draw?: readonly [number, Fen, string] }): string {
    const digest = digestOfDraft(draft);
    const earlier = this.vouchers.find(({ businessKey }) => businessKey === draft.businessKey);
    if (earlier?.digest === digest) return earlier.id;
    expect(earlier).toBeUndefined();
    const { effectiveDate } = placeInTime(draft.kind, draft.effectiveDate, this.closedThrough, '2026-01-01');
    const paid = this.vouchers.find(({ id }) => id === draft.aboutVoucher);
    if (draft.kind === 'clawback' && paid) checkClawback(paid, this.clawed(paid.id), debitsByParty(draft.postings));
    const drawnFen = new Map<string, Fen>();
    const states = this.states();
    const [which, amountFen, actorId] = draft.draw ?? [];
    const reservation = which === undefined ? undefined : this.reservations[which];
    const step =
      reservation &&
      judgeReservation(reservation, { act: 'post', amountFen, actorId: actorId!, at: new Date(this.clock) });
    if (step) {
      drawnFen.set(cash.id, step.amountFen);
      const { balance } = states.get(cash.id)!;
      states.set(cash.id, {
        ...states.get(cash.id)!,
        balance: { ...balance, reservedFen: balance.reservedFen - step.amountFen },
      });
    }
    const after = checkVoucher({ ...draft, drawnFen }, states);
    if (step) this.reservations[which!] = { ...reservation, steps: [...reservation.steps, step] };
    return this.write(draft, digest, effectiveDate, after, null);
  }

  reverse(id: string): void {
    const original = this.vouchers.find((voucher) => voucher.id === id)!;
    const draft = reverseOf(original);
    if (this.clawed(id).size > 0) return;
    const { effectiveDate } = placeInTime('reversal', original.day, this.closedThrough, '2026-01-01');
    const after = checkVoucher(draft, this.states());
    original.reversedBy = this.write(draft, '', effectiveDate, after, id);
  }

  private write(
    draft: { businessKey: string; kind: DeedKind; postings: readonly Posting[]; aboutVoucher?: string | null },
    digest: string,
    day: string,
    after: ReadonlyMap<string, AccountBalance>,
    reverses: string | null,
  ): string {
    const { businessKey, kind, postings, aboutVoucher: about = null } = draft;
    for (const [one, balance] of after) this.balances.set(one, balance);
    for (const { accountId, party, amountFen } of postings)
      if (party !== null)
        this.ofParty.set(`${accountId}|${party}`, (this.ofParty.get(`${accountId}|${party}`) ?? 0n) + amountFen);
    const id = `v${this.vouchers.length}`;
    const voucher = {
      id,
      businessKey,
      kind,
      territoryPath: path,
      reversedBy: null,
      digest,
      reverses,
      about,
      day,
      postings,
    };
    this.vouchers.push({ ...voucher, written: textOf(voucher) });
    return id;
  }

  clawed(about: string): Map<string, Fen> {
    const standing = this.vouchers.filter(
      (voucher) => voucher.kind === 'clawback' && voucher.about === about && voucher.reversedBy === null,
    );
    return debitsByParty(standing.flatMap(({ postings }) => postings));
  }
}

type Deed = (book: Book) => void;
const amount = fc.bigInt({ min: 1n, max: 300n });
const index = fc.nat(7);
const basis = { ...noBasis, period: '2025', ruleEdition: 'r', agreement: 'g' };
const days = fc.constantFrom('2025-01-10', '2025-04-10', '2025-08-10');
const people = fc.constantFrom('preparer', 'approver', 'payer');
const line = (one: BookAccount, amountFen: Fen, party: string | null = null): Posting => ({
  ...{ accountId: one.id, party, amountFen, territoryPath: path, basis },
});
const deed = (kind: VoucherDraft['kind'], businessKey: string, effectiveDate: string, ...postings: Posting[]) => ({
  ...{ kind, businessKey, effectiveDate, territoryPath: path, memo: 'm', postings },
});
const party = fc.constantFrom(...parties);
let key = 0;
const nextKey = (): string => `k${key++}`;
const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(list.length, 1)];

const deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc.tuple(amount, days).map(([fen, day]): Deed => (book) => {
    const draft = deed('receipt', nextKey(), day, line(cash, fen), line(granted, -fen));
    expect(book.post(draft)).toBe(book.post(draft));
  }),
  fc.tuple(amount, party, days).map(([fen, who, day]): Deed => (book) => {
    book.post(deed('settlement', nextKey(), day, line(spent, fen), line(payable, -fen, who)));
  }),
  fc.tuple(amount, fc.nat(400)).map(([fen, time]): Deed => (book) => {
    const balance = book.balances.get(cash.id)!;
    if (fen > availableFen('debit', balance)!) return;
    book.balances.set(cash.id, { ...balance, reservedFen: balance.reservedFen + fen });
    const expiresAt = new Date(book.clock + 1 + time);
    book.reservations.push({
      ...{ id: `r${book.reservations.length}`, amountFen: fen, reservedBy: 'preparer', expiresAt, steps: [] },
    });
  }),
  fc
    .tuple(index, fc.constantFrom('approve' as const, 'void' as const, 'expire' as const), fc.option(amount), people)
    .map(([at, act, fen, actorId]): Deed => (book) => {
      const reservation = pick(book.reservations, at);
      if (!reservation) return;
      const wish = { act, amountFen: fen ?? undefined, actorId, at: new Date(book.clock) };
      const step = judgeReservation(reservation, wish);
      if (act !== 'approve') {
        const balance = book.balances.get(cash.id)!;
        book.balances.set(cash.id, { ...balance, reservedFen: balance.reservedFen - step.amountFen });
      }
      book.reservations[book.reservations.indexOf(reservation)] = {
        ...reservation,
        steps: [...reservation.steps, step],
      };
    }),
  fc.tuple(index, amount, party, people, days).map(([at, fen, who, actorId, day]): Deed => (book) => {
    const which = at % Math.max(book.reservations.length, 1);
    const draw = book.reservations.length > 0 ? ([which, fen, actorId] as const) : undefined;
    book.post({ ...deed('payment', nextKey(), day, line(payable, fen, who), line(cash, -fen)), draw });
  }),
  // All the way from money received to money paid, which single deeds seldom come to.
  fc.tuple(amount, amount, party).map(([fen, part, who]): Deed => (book) => {
    const day = '2025-08-10';
    book.post(deed('receipt', nextKey(), day, line(cash, fen), line(granted, -fen)));
    book.post(deed('settlement', nextKey(), day, line(spent, fen), line(payable, -fen, who)));
    const balance = book.balances.get(cash.id)!;
    book.balances.set(cash.id, { ...balance, reservedFen: balance.reservedFen + fen });
    const steps = [{ act: 'approve' as const, amountFen: fen, actorId: 'approver' }];
    const which = book.reservations.length;
    const expiresAt = new Date(book.clock + 500);
    book.reservations.push({ id: `r${which}`, amountFen: fen, reservedBy: 'preparer', expiresAt, steps });
    const paid = part < fen ? part : fen;
    const draft = deed('payment', nextKey(), day, line(payable, paid, who), line(cash, -paid));
    book.post({ ...draft, draw: [which, paid, 'payer'] });
  }),
  fc.tuple(index, amount, party).map(([at, fen, who]): Deed => (book) => {
    const paid = pick(
      book.vouchers.filter(({ kind }) => kind === 'payment'),
      at,
    );
    if (!paid) return;
    const draft = deed('clawback', nextKey(), '2025-01-10', line(clawback, fen, who), line(spent, -fen));
    book.post({ ...draft, aboutVoucher: paid.id });
  }),
  index.map((at): Deed => (book) => {
    const voucher = pick(book.vouchers, at);
    if (voucher) book.reverse(voucher.id);
  }),
  fc.constantFrom('2025-03-31', '2025-06-30').map((day): Deed => (book) => {
    if (book.closedThrough === null || day > book.closedThrough) book.closedThrough = day;
  }),
  fc.nat(200).map((time): Deed => (book) => {
    book.clock += time;
  }),
);

/** Plain, for it is asked millions of times. */
function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`broken: ${what}`);
}

function expectSound(book: Book): void {
  for (const { postings } of book.vouchers)
    must(sumFen(postings.map(({ amountFen }) => amountFen)) === 0n, 'I1: a voucher sums to zero');
  must(sumFen([...book.balances.values()].map(({ postedFen: fen }) => fen)) === 0n, 'I1: the book sums to zero');
  const { postedFen: left, reservedFen } = book.balances.get(cash.id)!;
  must(left - reservedFen >= 0n, 'I4: reserved and paid are no more than received');
  must(reservedFen === sumFen(book.reservations.map(heldFen)), 'I4: what is held is what reservations hold');
  for (const reservation of book.reservations) {
    const approvals = reservation.steps.filter(({ act }) => act === 'approve');
    const approved = sumFen(approvals.map(({ amountFen }) => amountFen));
    must(postedFen(reservation) <= approved, 'I5: paid is no more than approved');
    must(approved <= reservation.amountFen, 'I5: approved is no more than reserved');
    must(heldFen(reservation) >= 0n, 'I5: nothing is held twice');
    must(
      (heldFen(reservation) === 0n) === !['reserved', 'approved'].includes(stateOf(reservation)),
      'I5: the state tells',
    );
    const payers = reservation.steps.filter(({ act }) => act === 'post').map(({ actorId }) => actorId);
    const others = ['preparer', ...approvals.map(({ actorId }) => actorId)];
    must(!payers.some((payer) => others.includes(payer)), 'I5: three persons');
  }
  const reversals = book.vouchers.flatMap(({ reverses }) => reverses ?? []);
  must(new Set(reversals).size === reversals.length, 'I6: one reversal');
  must(
    book.vouchers.every((voucher) => textOf(voucher) === voucher.written),
    'I6: what was posted stays',
  );
  must(new Set(book.vouchers.map(({ businessKey }) => businessKey)).size === book.vouchers.length, 'I7: one per key');
  for (const paid of book.vouchers.filter(({ kind }) => kind === 'payment')) {
    const given = debitsByParty(paid.reversedBy === null ? paid.postings : []);
    for (const [who, fen] of book.clawed(paid.id))
      must(fen <= (given.get(who) ?? 0n), 'I9: clawed back is no more than paid');
  }
  for (const [pair, fen] of book.ofParty)
    must((pair.startsWith('payable') ? -fen : fen) >= 0n, 'no party on the wrong side');
}

it('keeps I1, I4, I5, I6, I7 and I9 through any sequence of deeds', () => {
  const seen = new Map<string, number>();
  const property = fc.property(fc.array(deeds, { maxLength: 60 }), (sequence) => {
    const book = new Book();
    for (const act of sequence) {
      try {
        act(book);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        seen.set(error.code, (seen.get(error.code) ?? 0) + 1);
      }
      expectSound(book);
    }
    for (const { kind } of book.vouchers) seen.set(kind, (seen.get(kind) ?? 0) + 1);
  });
  fc.assert(property, { seed, numRuns, verbose: 1 });
  if (process.env.GEP_FEWER_CASES) return;
  // The sequences reach every deed and every refusal, or they prove little.
  expect([...seen.keys()].sort()).toEqual(
    expect.arrayContaining(['clawback', 'ledger.clawback-exceeds-paid', 'ledger.period-closed', 'payment', 'reversal']),
  );
}, 3_600_000);
