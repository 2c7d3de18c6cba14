/** Worked examples of the rules of the book, one for each thing that is refused. */
import type { BookAccount } from '../book/book-account';
import { dayAfter, placeInTime } from '../closing/place-in-time';
import { BalanceInsufficient, PeriodClosed, VoucherRefused } from '../errors';
import { type AccountState, checkVoucher } from './check-voucher';
import { commonPath, digestOfDraft, missingBasis, noBasis, type Posting } from './voucher';

const at = (id: string, posted: bigint, more: Partial<BookAccount> = {}): AccountState => ({
  account: {
    ...{ id: id.padEnd(36, '-'), code: id, nameZh: id, nameEn: id, signRule: 'debit', byParty: false },
    ...{ byReservation: false, territoryPath: 'CN.990000' },
    ...more,
  },
  balance: { postedFen: posted, reservedFen: 0n },
  parties: new Map(),
});
const states = (...list: AccountState[]) => new Map(list.map((state) => [state.account.id, state]));
const line = (id: string, amountFen: bigint, more: Partial<Posting> = {}): Posting => ({
  ...{ accountId: id.padEnd(36, '-'), party: null, amountFen, territoryPath: 'CN.990000' },
  basis: { ...noBasis, period: '2025' },
  ...more,
});
const voucher = (...postings: Posting[]) =>
  ({ businessKey: 'k', kind: 'transfer', territoryPath: 'CN.990000', postings }) as const;
const faults = (...of: Parameters<typeof checkVoucher>): string[] => {
  try {
    checkVoucher(...of);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(VoucherRefused);
    return (error as VoucherRefused).problems.map(({ posting, en }) => `${posting ?? '-'} ${en.split(' ')[0]}`);
  }
};

it('gives the balances that follow', () => {
  const after = checkVoucher(voucher(line('a', -40n), line('b', 40n)), states(at('a', 100n), at('b', 0n)));
  expect([...after.values()].map(({ postedFen }) => postedFen)).toEqual([60n, 40n]);
});

it('refuses what does not balance, says nothing, or is too large', () => {
  const both = states(at('a', 100n), at('b', 0n));
  expect(faults(voucher(line('a', -40n), line('b', 41n)), both)).toEqual(['- debits']);
  expect(faults(voucher(line('a', 0n), line('b', 0n)), both)).toEqual(['1 the', '2 the']);
  expect(faults(voucher(line('a', -(2n ** 64n)), line('b', 2n ** 64n)), both)).toEqual(['1 the', '2 the']);
  expect(faults(voucher(line('a', 0n)), both)).toEqual(['- a']);
});

it('keeps each account, and each party, on its side', () => {
  const a = at('a', 30n);
  const overdrawn = () => checkVoucher(voucher(line('a', -40n), line('b', 40n)), states(a, at('b', 0n)));
  expect(overdrawn).toThrow(BalanceInsufficient);
  expect(overdrawn).toThrow('0.30 yuan available, not 0.40');
  const held = { ...at('a', 50n), balance: { postedFen: 50n, reservedFen: 20n } };
  expect(() => checkVoucher(voucher(line('a', -40n), line('b', 40n)), states(held, at('b', 0n)))).toThrow(/0\.30/);
  const owed = { ...at('p', -90n, { signRule: 'credit', byParty: true }), parties: new Map([['x', -30n]]) };
  const pay = (fen: bigint) => voucher(line('p', fen, { party: 'x' }), line('b', -fen));
  expect(checkVoucher(pay(30n), states(owed, at('b', 100n))).size).toBe(2);
  expect(() => checkVoucher(pay(31n), states(owed, at('b', 100n)))).toThrow('account p / x has 0.30 yuan');
});

it('asks of each kind what its amount rests on', () => {
  expect(missingBasis('purchase', noBasis)).toEqual(['ruleEdition', 'vintageId', 'agreement', 'period']);
  expect(missingBasis('receipt', noBasis)).toEqual(['period']);
  expect(missingBasis('reversal', noBasis)).toEqual([]);
  const settlement = { ...voucher(line('a', -4n), line('b', 4n)), kind: 'settlement' } as const;
  expect(faults(settlement, states(at('a', 9n), at('b', 0n)))).toEqual(['1 a', '2 a']);
});

it('lets money leave a guarded account by reservation only, and by no more and no less than it takes', () => {
  const guarded = states(at('a', 90n, { byReservation: true }), at('b', 0n));
  const out = voucher(line('a', -40n), line('b', 40n));
  const id = 'a'.padEnd(36, '-');
  expect(faults(out, guarded)).toEqual(['- 40']);
  expect(faults({ ...out, drawnFen: new Map([[id, 39n]]) }, guarded)).toEqual(['- 40']);
  expect(faults({ ...out, drawnFen: new Map([[id, 40n]]) }, guarded)).toEqual([]);
  expect(faults({ ...out, kind: 'reversal' }, guarded)).toEqual([]);
});

it('puts a correction of a closed period into the open one', () => {
  expect(placeInTime('settlement', '2025-07-01', '2025-06-30', '2025-09-01')).toEqual({
    effectiveDate: '2025-07-01',
    aboutDate: null,
  });
  expect(placeInTime('adjustment', '2025-06-30', '2025-06-30', '2025-09-01')).toEqual({
    effectiveDate: '2025-09-01',
    aboutDate: '2025-06-30',
  });
  expect(placeInTime('reversal', '2025-05-01', '2025-12-31', '2025-09-01').effectiveDate).toBe('2026-01-01');
  expect(() => placeInTime('payment', '2025-06-30', '2025-06-30', '2025-09-01')).toThrow(PeriodClosed);
  expect(dayAfter('2024-02-28')).toBe('2024-02-29');
});

it('knows the same draft by its digest, and the territory above others', () => {
  const draft = { ...voucher(line('a', 1n), line('b', -1n)), effectiveDate: '2025-01-01', memo: 'm' };
  expect(digestOfDraft({ ...draft, aboutVoucher: null })).toBe(digestOfDraft(draft));
  expect(digestOfDraft({ ...draft, memo: 'n' })).not.toBe(digestOfDraft(draft));
  expect(commonPath(['CN.1.2', 'CN.1.3'])).toBe('CN.1');
  expect(commonPath(['CN.1.2'])).toBe('CN.1.2');
  expect(commonPath(['CN.1', 'CN.1.2'])).toBe('CN.1');
});
