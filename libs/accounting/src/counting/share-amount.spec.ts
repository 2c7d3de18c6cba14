/** Shares of an amount over supplies, on random supplies of every size. */
import * as fc from 'fast-check';
import { sumInOrder } from '@gep/kernel';
import { shareAmount } from './share-amount';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
const size = fc.oneof(
  fc.constant(0),
  fc.double({ min: 1e-9, max: 1e12, noNaN: true }),
  fc.integer({ min: 1, max: 1000 }).map((n) => n / 7),
);
const supplies = fc.array(size, { minLength: 1, maxLength: 24 });

describe('shareAmount', () => {
  it('gives parts that add up to the amount to the bit, none above its supply, in proportion', () => {
    const property = fc.property(supplies, fc.double({ min: 0, max: 1.1, noNaN: true }), (given, share) => {
      const whole = sumInOrder(given);
      const amount = whole * share;
      const parts = shareAmount(amount, given);
      expect(sumInOrder(parts)).toBe(Math.min(amount, whole));
      for (const [index, part] of parts.entries()) {
        expect(part).toBeGreaterThanOrEqual(0);
        expect(part).toBeLessThanOrEqual(given[index]);
        const wanted = whole === 0 ? 0 : given[index] * Math.min(1, amount / whole);
        expect(Math.abs(part - wanted)).toBeLessThanOrEqual(1e-14 * amount);
      }
    });
    fc.assert(property, { seed, verbose: 1, numRuns: 20_000 });
  });

  it('gives supplies back that come to no more than the amount, and nothing of nothing', () => {
    expect(shareAmount(3, [1, 2])).toEqual([1, 2]);
    expect(shareAmount(Infinity, [1, 2])).toEqual([1, 2]);
    expect(shareAmount(0, [1, 2])).toEqual([0, 0]);
    expect(shareAmount(1.5, [1, 2])).toEqual([0.5, 1]);
    expect(shareAmount(5, [])).toEqual([]);
  });
});
