/** Shares sum to one at every date (I11), whatever is transferred, split, merged or inherited. */
import { createHash } from 'node:crypto';
import { Fraction, sumFen } from '@gep/kernel';
import { claimants, type OwnerSuccession } from './claim-share';
import { divideBase } from './divide-base';
import {
  afterSuccession,
  afterTransfer,
  holderSet,
  readShare,
  sharesOf,
  type HolderFault,
  type HolderSet,
} from './holder-set';

const seed = Number(process.env['GEP_TEST_SEED'] ?? Date.now());
const cases = process.env['GEP_MANY_CASES'] ? 100_000 : 2_000;
let turn = 0;
const drawn = (below: number): number =>
  createHash('sha256').update(`${seed} ${turn++}`).digest().readUIntBE(0, 6) % below;

const whole = (set: HolderSet): Fraction => sharesOf(set).reduce((sum, { share }) => sum.plus(share), Fraction.zero);
const setOf = (...shares: readonly [string, string][]): HolderSet => {
  const set = holderSet(shares.map(([owner, share]) => ({ owner, share: readShare(share)! })));
  if (typeof set === 'string') throw new Error(set);
  return set;
};
const shown = (set: HolderSet | HolderFault) =>
  typeof set === 'string' ? set : sharesOf(set).map(({ owner, share }) => `${owner}:${share.toString()}`);

it('reads shares as people write them', () => {
  expect(['1/3', '0.25', '25%', '1', '33.3%'].map((text) => readShare(text)?.toString())).toEqual([
    ...['1/3', '1/4', '1/4', '1', '333/1000'],
  ]);
  for (const wrong of ['0', '-1/2', '4/3', '150%', 'half', '', '1/0', '%'])
    expect([wrong, readShare(wrong)]).toEqual([wrong, undefined]);
});

it('takes shares that sum to one, and says what is wrong with others', () => {
  expect(setOf(['b', '1/2'], ['a', '1/3'], ['c', '1/6'])).toEqual({
    whole: 6n,
    owners: ['a', 'b', 'c'],
    parts: [2n, 3n, 1n],
  });
  const faulty = (...shares: [string, Fraction][]) => holderSet(shares.map(([owner, share]) => ({ owner, share })));
  const half = Fraction.of(1n, 2n);
  expect(faulty()).toBe('nobody');
  expect(faulty(['a', half])).toBe('not-one');
  expect(faulty(['a', half], ['a', half])).toBe('twice');
  expect(faulty(['a', Fraction.one], ['b', Fraction.zero])).toBe('not-above-zero');
});

it('transfers what the giver holds, and no more', () => {
  const holders = setOf(['a', '1/2'], ['b', '1/2']);
  const give = (giver: string, taker: string, share: string) =>
    shown(afterTransfer(holders, { giver, taker, share: readShare(share)! }));
  expect(give('a', 'c', '1/6')).toEqual(['a:1/3', 'b:1/2', 'c:1/6']);
  expect(give('a', 'b', '1/2')).toEqual(['b:1']);
  for (const refused of [give('a', 'b', '2/3'), give('x', 'b', '1/9'), give('a', 'a', '1/9')])
    expect(refused).toBe('not-held');
});

it('passes an estate on by shares, and its unclaimed money to who came after, and after them', () => {
  const heirs = [
    { owner: 'c', share: Fraction.of(2n, 3n) },
    { owner: 'b', share: Fraction.of(1n, 3n) },
  ];
  expect(shown(afterSuccession(setOf(['a', '1/2'], ['b', '1/2']), 'a', heirs))).toEqual(['b:2/3', 'c:1/3']);
  const successions: OwnerSuccession[] = [
    { owner: 'a', effectiveOn: '2026-03-01', successors: heirs },
    { owner: 'c', effectiveOn: '2027-01-01', successors: [{ owner: 'b', share: Fraction.one }] },
  ];
  const by = (on: string) => claimants('a', successions, on).map(({ owner, share }) => `${owner}:${share.toString()}`);
  expect([by('2026-02-28'), by('2026-03-01'), by('2027-01-01')]).toEqual([['a:1'], ['b:1/3', 'c:2/3'], ['b:1']]);
});

it('divides base GEP by the account of the base year, to the fen, and by no other year', () => {
  const old = [{ code: 'p', baseYear: 2020, baseGepFen: 1_000_01n }];
  const into = (a: bigint, b: bigint) => [
    { code: 'p-1', accountFen: a },
    { code: 'p-2', accountFen: b },
  ];
  // The account of the two new parcels sums to less than the base, which stays what it was.
  expect(divideBase(old, into(3n, 1n), 2020)).toEqual(
    new Map([
      ['p-1', 75_001n],
      ['p-2', 25_000n],
    ]),
  );
  expect(divideBase(old, into(3n, 1n), 2025)).toBe('other-year');
  expect(divideBase(old, into(0n, 0n), 2020)).toBe('nothing');
  expect(divideBase(old, into(-1n, 2n), 2020)).toBe('negative');
  const merged = divideBase(
    [...old, { code: 'q', baseYear: 2020, baseGepFen: 5n }],
    [{ code: 'r', accountFen: 9n }],
    2020,
  );
  expect(merged).toEqual(new Map([['r', 100_006n]]));
});

it(`keeps the sum at one through ${cases} random transfers, successions and splits (seed ${seed})`, () => {
  let holders = setOf(['o0', '1']);
  const day = 20_000;
  const history: [number, HolderSet][] = [[day, holders]];
  for (let at = 1; at <= cases; at++) {
    // Denominators would grow for ever; families start anew now and then, as parcels do.
    if (holders.whole > 10n ** 15n) holders = setOf(['o0', '1/7'], ['o1', '6/7']);
    const { owners } = holders;
    const owner = owners[drawn(owners.length)];
    const share = Fraction.of(BigInt(1 + drawn(6)), BigInt(7 + drawn(5)));
    if (drawn(3) === 0 && owners.length > 1) {
      const rest = Fraction.one.minus(share);
      const heirs = [
        { owner: `o${drawn(30)}x`, share },
        { owner: `o${drawn(30)}y`, share: rest },
      ];
      const next = afterSuccession(holders, owner, heirs);
      holders = next === 'too-fine' ? holders : (next as HolderSet);
    } else {
      const next = afterTransfer(holders, { giver: owner, taker: `o${drawn(30)}`, share });
      holders = typeof next === 'string' ? holders : next;
    }
    history.push([day + at, holders]);
    expect(holders.parts.every((part) => part > 0n)).toBe(true);
    const parent = { code: 'p', baseYear: 2020, baseGepFen: BigInt(drawn(1e9)) };
    const parts = [1, 2, 3].map((no) => ({ code: `p-${no}`, accountFen: BigInt(1 + drawn(1e6)) }));
    expect(sumFen((divideBase([parent], parts, 2020) as Map<string, bigint>).values())).toBe(parent.baseGepFen);
  }
  for (const [, each] of history) expect(whole(each).equals(Fraction.one)).toBe(true);
});
