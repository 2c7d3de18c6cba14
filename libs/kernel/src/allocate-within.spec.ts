/** Sharing out within bounds: what every sharing must keep, on random cases, and each policy by hand. */
import fc from 'fast-check';
import { allocate } from './allocate';
import { allocateWithin, AllocationInfeasible, leftoverPolicies, type BoundedShare } from './allocate-within';
import { Fraction } from './fraction';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
/** All of them with GEP_MANY_CASES; a twentieth elsewhere, so that nobody waits minutes for one file. */
const cases = (all: number): number => (process.env.GEP_MANY_CASES ? all : all / 20);
console.info(`allocate-within.spec seed ${seed} (repeat with GEP_TEST_SEED)`);

const usual = {
  leftover: 'largest-remainder',
  zeroWeights: 'refuse',
  floorsBeyond: 'refuse',
  capsBelow: 'carry',
} as const;

/** `a 5 10..40` or `b 3`, parted by commas. */
const read = (text: string): BoundedShare[] =>
  text.split(', ').map((one) => {
    const [code, weight, bounds = ''] = one.split(' ');
    const [floor, cap] = bounds.split('..').map((bound) => (bound ? BigInt(bound) : undefined));
    return { code, weight: Fraction.parse(weight)!, floor, cap };
  });
const shown = (parts: Map<string, bigint>): string => [...parts].map(([code, part]) => `${code} ${part}`).join(', ');

it.each([
  ['floors lift, and the rest is shared by the others', 100n, 'a 1 30..., b 1, c 8', 'a 30, b 8, c 62'],
  ['caps hold down, and the rest is shared by the others', 100n, 'a 8 ..40, b 1, c 1', 'a 40, b 30, c 30'],
  // Fixing the floor first and never looking back would give a 50, b 10, c 40.
  ['a floor and a cap that pull at each other', 100n, 'a 10 ..50, b 1 10..., c 6', 'a 50, b 10, c 40'],
  ['a weight of zero gets its floor', 100n, 'a 0 7..., b 1, c 2', 'a 7, b 31, c 62'],
])('%s', (_what, total, shares, expected) => {
  const { parts, carry } = allocateWithin(total, read(shares.replaceAll('...', '..')), usual);
  expect([shown(parts), carry]).toEqual([expected, 0n]);
});

it('gives what rounding leaves by the policy', () => {
  const by = (leftover: (typeof leftoverPolicies)[number]) =>
    shown(allocateWithin(11n, read('c 3, b 3, a 2, d 1/1'), { ...usual, leftover }).parts);
  // Exact shares: c and b 3 6/9, a 2 4/9, d 1 2/9.
  expect(leftoverPolicies.map(by)).toEqual([
    'c 4, b 4, a 2, d 1',
    'c 3, b 4, a 3, d 1',
    'c 3, b 3, a 2, d 3',
    'c 3, b 5, a 2, d 1',
  ]);
  // 1/6, 2/6 and 3/6 of 100: the last and the largest has an exact half, and gets what the others leave all the same.
  const exact = (leftover: (typeof leftoverPolicies)[number]) =>
    shown(allocateWithin(100n, read('a 1, b 2, c 3'), { ...usual, leftover }).parts);
  expect(leftoverPolicies.map(exact)).toEqual([
    'a 17, b 33, c 50',
    'a 17, b 33, c 50',
    'a 16, b 33, c 51',
    'a 16, b 33, c 51',
  ]);
  const capped = read('a 1, b 1 ..4, c 1');
  expect(shown(allocateWithin(11n, capped, { ...usual, leftover: 'last' }).parts)).toBe('a 3, b 3, c 5');
});

it('refuses what cannot be, with the sums that prove it, or does what the policy says', () => {
  const refused = (total: bigint, shares: string, policy = {}): unknown => {
    try {
      return allocateWithin(total, read(shares), { ...usual, ...policy });
    } catch (error) {
      if (!(error instanceof AllocationInfeasible)) throw error;
      return error.facts;
    }
  };
  expect(refused(9n, 'a 1 5.., b 1 5..')).toEqual({ total: '9', floors: '10' });
  expect(refused(9n, 'a 1 5.., b 1 10..', { floorsBeyond: 'scale' })).toMatchObject({
    parts: new Map([
      ['a', 3n],
      ['b', 6n],
    ]),
    carry: 0n,
  });
  expect(refused(9n, 'a 1 ..2, b 1 ..3', { capsBelow: 'refuse' })).toEqual({ total: '9', caps: '5' });
  expect(refused(9n, 'a 1 ..2, b 1 ..3')).toMatchObject({ carry: 4n });
  expect(refused(9n, 'a 1 5..2')).toEqual({ code: 'a', floor: '5', cap: '2' });
  expect(refused(9n, 'a 0, b 0')).toEqual({ total: '9', entries: '2' });
  expect(refused(9n, 'a 0, b 0', { zeroWeights: 'carry' })).toMatchObject({ carry: 9n });
  expect(refused(9n, 'a 0, b 0', { zeroWeights: 'equal' })).toMatchObject({
    parts: new Map([
      ['a', 5n],
      ['b', 4n],
    ]),
  });
});

const share = fc
  .record({ top: fc.nat(60), bottom: fc.integer({ min: 1, max: 6 }), floor: fc.nat(80), room: fc.nat(200) })
  .map(({ top, bottom, floor, room }) => ({
    weight: Fraction.of(BigInt(top), BigInt(bottom)),
    // Of four kinds: free, with a floor, with a cap, with both.
    floor: floor % 2 ? BigInt(floor) : undefined,
    cap: room % 2 ? BigInt(floor + room) : undefined,
  }));
const shareLists = fc
  .array(share, { minLength: 1, maxLength: 8 })
  .map((all) => all.map((one, at) => ({ ...one, code: `u${at}` })));

it('keeps sum, bounds, order and level on 100,000 random cases', () => {
  const policies = fc.record({
    leftover: fc.constantFrom(...leftoverPolicies),
    zeroWeights: fc.constantFrom('equal' as const, 'carry' as const),
    floorsBeyond: fc.constant('scale' as const),
    capsBelow: fc.constant('carry' as const),
  });
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 900n }), shareLists, policies, (total, shares, policy) => {
      const { parts, carry } = allocateWithin(total, shares, policy);
      expect([...parts.values()].reduce((sum, part) => sum + part, carry)).toBe(total);
      const floors = shares.reduce((sum, { floor = 0n }) => sum + floor, 0n);
      for (const { code, floor = 0n, cap } of shares) {
        const part = parts.get(code)!;
        expect(part >= (floors > total ? 0n : floor) && (cap === undefined || part <= cap)).toBe(true);
      }
      expect(new Map(allocateWithin(total, shares.toReversed(), policy).parts)).toEqual(parts);
      if (floors > total || carry > 0n || policy.leftover !== 'largest-remainder') return;
      // Of two that stand between their bounds, the one of more weight has no less, but for the one unit of rounding.
      const free = shares.filter(
        ({ code, floor = 0n, cap }) =>
          parts.get(code)! > floor + 1n && (cap === undefined || parts.get(code)! < cap - 1n),
      );
      for (const a of free)
        for (const b of free)
          if (a.weight.compare(b.weight) >= 0) expect(parts.get(a.code)! >= parts.get(b.code)! - 1n).toBe(true);
    }),
    { seed, numRuns: cases(100_000) },
  );
}, 300_000);

it('is the plain sharing where nobody has bounds, however many there are', () => {
  const many = Array.from({ length: 3_000 }, (_, at) => ({
    code: `u${String((at * 7919) % 3_000).padStart(4, '0')}`,
    weight: Fraction.of(BigInt((at * 31) % 101), 7n),
  }));
  expect(allocateWithin(123_456_789n, many, usual).parts).toEqual(allocate(123_456_789n, many));
});
