/** Sharing out by columns: the parts of `allocate` to the last unit, also where doubles would round. */
import fc from 'fast-check';
import { allocate } from './allocate';
import { allocateColumn, fitsColumn } from './allocate-column';
import { BrokenInvariant } from './assert';
import { Fraction } from './fraction';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`allocate-column.spec seed ${seed} (repeat with GEP_TEST_SEED)`);

const expected = (total: number, weights: readonly number[]): number[] =>
  [
    ...allocate(
      BigInt(total),
      weights.map((weight, at) => ({ code: String(at).padStart(6, '0'), weight: Fraction.of(BigInt(weight)) })),
    ).values(),
  ].map(Number);

const total = fc.oneof(
  fc.integer({ min: 0, max: 200 }),
  fc.integer({ min: Number.MAX_SAFE_INTEGER - 1_000, max: Number.MAX_SAFE_INTEGER }),
  fc.maxSafeNat(),
);
const most = Math.floor(2 ** 51 / 40) - 1;
const weight = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: most - 50, max: most }), fc.nat(most));
const weights = fc.array(weight, { minLength: 1, maxLength: 40 }).filter((all) => all.some((one) => one > 0));

it('gives the parts of allocate', () => {
  fc.assert(
    fc.property(total, weights, (whole, all) => {
      expect([...allocateColumn(whole, Float64Array.from(all))]).toEqual(expected(whole, all));
    }),
    { seed, numRuns: 3_000 },
  );
});

it('gives ties to the smaller places, among many', () => {
  const parts = allocateColumn(250_000, new Float64Array(1_000_000).fill(3));
  expect([parts[0], parts[249_999], parts[250_000], parts[999_999]]).toEqual([1, 1, 0, 0]);
});

it('stops on what would not be exact', () => {
  for (const [whole, all] of [
    [2 ** 53, [1]],
    [-1, [1]],
    [0.5, [1]],
    [5, [0]],
    [5, []],
    [5, [2 ** 51]],
    [5, [0.5]],
    [5, [-1, 2]],
    [5, [NaN]],
  ] as const) {
    expect(() => allocateColumn(whole, Float64Array.from(all))).toThrow(BrokenInvariant);
  }
  expect([fitsColumn(5n, 1n), fitsColumn(-5n, 1n), fitsColumn(5n, 0n), fitsColumn(2n ** 53n, 1n)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
