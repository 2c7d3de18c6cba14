/** Each invariant is found broken by the rows that break it, and by no others. */
import { type BookFacts, invariantNames, reportInvariants } from './report-invariants';

const account = {
  code: 'cash',
  signRule: 'debit',
  postedFen: 70n,
  reservedFen: 20n,
  summedFen: 70n,
  heldFen: 20n,
} as const;
const granted = {
  ...account,
  code: 'granted',
  signRule: 'credit',
  postedFen: -70n,
  summedFen: -70n,
  reservedFen: 0n,
  heldFen: 0n,
} as const;
const reservation = { id: 'r', amountFen: 30n, approvedFen: 20n, postedFen: 10n, releasedFen: 0n, samePerson: false };
const source = { fund: 'eco', code: 'province', receivedFen: 80n, reservedFen: 20n, paidFen: 10n };
const sent = { agreement: 's', party: '350100', paidFen: 10n, receivedFen: 0n };
const sound: BookFacts = {
  ...{ accounts: [account, granted], reservations: [reservation], sources: [source] },
  ...{ unsettled: [], inTransit: [], today: '2026-03-31' },
  ...{ unbalanced: [], unreserved: [], wrongParties: [], wrongReversals: [], excessClawbacks: [], unsealed: [] },
  chain: { head: { seals: 1, hash: 'f' } },
};
const broken = (facts: Partial<BookFacts>) =>
  reportInvariants({ ...sound, ...facts })
    .filter(({ holds }) => holds === false)
    .map(({ name, found }) => `${name}: ${found.join(', ')}`);

it('finds a sound book sound, and says what was not looked at', () => {
  expect(reportInvariants(sound).map(({ name, holds }) => [name, holds])).toEqual(
    invariantNames.map((name) => [name, true]),
  );
  const { chain: _, ...unfollowed } = sound;
  expect(reportInvariants(unfollowed).at(-1)).toMatchObject({ name: 'sealed', holds: null });
});

it.each<[string, Partial<BookFacts>, string[]]>([
  ['a voucher that does not balance', { unbalanced: ['v'] }, ['balanced: v']],
  ['a sum that is not zero', { accounts: [account] }, ['balanced: Σ 70']],
  ['a balance that was tampered with', { accounts: [{ ...account, postedFen: 71n }, granted] }, ['added-up: cash']],
  ['a reservation that is not counted', { accounts: [{ ...account, heldFen: 21n }, granted] }, ['added-up: cash']],
  [
    'more held than is there',
    { accounts: [{ ...account, reservedFen: 71n, heldFen: 71n }, granted] },
    ['on-its-side: cash'],
  ],
  ['a party that paid too much', { wrongParties: ['p / x'] }, ['on-its-side: p / x']],
  [
    'a source that gave more than it got',
    { sources: [{ ...source, paidFen: 61n }] },
    ['within-received: eco/province'],
  ],
  ['a payment without approval', { reservations: [{ ...reservation, postedFen: 21n }] }, ['approved: r']],
  ['an approval beyond the reservation', { reservations: [{ ...reservation, approvedFen: 31n }] }, ['approved: r']],
  ['one person for two', { reservations: [{ ...reservation, samePerson: true }] }, ['approved: r']],
  ['a payment without reservation', { unreserved: ['v'] }, ['matched: v']],
  ['a payment of what nobody was owed', { unsettled: ['v'] }, ['matched: v']],
  ['money that did not arrive', { inTransit: [{ ...sent, since: '2026-02-28' }] }, ['matched: s / 350100']],
  ['money on its way', { inTransit: [{ ...sent, since: '2026-03-01' }] }, []],
  ['more than was sent', { inTransit: [{ ...sent, receivedFen: 11n, since: '2026-03-30' }] }, ['matched: s / 350100']],
  ['a reversal that is not one', { wrongReversals: ['v'] }, ['corrected-once: v']],
  ['a clawback of too much', { excessClawbacks: ['v / x'] }, ['clawback: v / x']],
  ['a voucher without seal', { unsealed: ['v'] }, ['sealed: v']],
  [
    'a broken chain',
    { chain: { head: { seals: 1, hash: 'f' }, broken: { seq: 2, reason: 'wrong-link' } } },
    ['sealed: #2 wrong-link'],
  ],
])('finds %s', (_what, facts, found) => {
  expect(broken(facts)).toEqual(found);
});
