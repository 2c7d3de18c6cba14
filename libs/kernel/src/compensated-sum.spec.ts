/** Compensated sums: small parts survive in large totals, and the same order gives the same bits. */
import fc from 'fast-check';
import { CompensatedSum, sumInOrder } from './compensated-sum';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`compensated-sum.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 300 });

it('keeps what a plain sum loses', () => {
  expect(sumInOrder([1e16, 1, -1e16])).toBe(1);
  expect(sumInOrder([1, 1e100, 1, -1e100])).toBe(2);
  expect(sumInOrder(Array.from({ length: 10 }, () => 0.1))).toBe(1);
  expect(sumInOrder([])).toBe(0);
});

it('is exact for integers whose partial sums pass 2^53', () => {
  const integers = fc.array(
    fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n * 2 ** 40),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(integers, fc.integer({ min: -1000, max: 1000 }), (large, small) => {
      const cancelled = [...large, small, ...large.map((n) => -n)];
      expect(sumInOrder(cancelled) + 0).toBe(small + 0);
    }),
  );
});

it('is as good as a sum in twice the precision', () => {
  const doubles = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-6, max: 1e9 }), { minLength: 1 });
  fc.assert(
    fc.property(doubles, (values) => {
      // Scaled by 2^80 every double of this range is an integer, so bigint adds them without any rounding.
      const exact = values.reduce((sum, value) => sum + BigInt(value * 2 ** 80), 0n);
      expect(Math.abs(sumInOrder(values) / (Number(exact) / 2 ** 80) - 1)).toBeLessThanOrEqual(2 ** -52);
    }),
  );
});

it('adding one by one is the same as adding in order, and a missing value stays visible', () => {
  const sum = new CompensatedSum();
  for (const value of [0.1, 0.2, 0.3]) sum.add(value);
  expect(sum.value).toBe(sumInOrder([0.1, 0.2, 0.3]));
  expect(sumInOrder([1, NaN, 2])).toBeNaN();
});
