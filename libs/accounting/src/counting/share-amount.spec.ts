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
const share = fc.oneof(
  fc.constant(0),
  fc.double({ min: 1e-12, max: 1.1, noNaN: true }),
  // Next to all of it: parts have hardly any room below their supplies.
  fc.integer({ min: 1, max: 32 }).map((steps) => 1 - steps * 2 ** -53),
);
const supplies = fc.array(size, { minLength: 1, maxLength: 24 });

describe('shareAmount', () => {
  it('gives parts that add up to the amount to the bit, none above its supply, in proportion', () => {
    const property = fc.property(supplies, share, (given, of) => {
      const whole = sumInOrder(given);
      const amount = whole * of;
      const parts = shareAmount(amount, given);
      expect(sumInOrder(parts)).toBe(Math.min(amount, whole));
      const isWithin = parts.every((part, index) => part >= 0 && part <= given[index]);
      const ratio = whole === 0 ? 0 : Math.min(1, amount / whole);
      const strayed = parts.filter((part, index) => Math.abs(part - given[index] * ratio) > 1e-14 * amount);
      expect([isWithin, strayed]).toEqual([true, []]);
    });
    fc.assert(property, { seed, verbose: 1, numRuns: 5000 });
  });

  it('spreads what rounding leaves, where the largest part has no room for it', () => {
    const given = Array<number>(24).fill(1.5);
    const parts = shareAmount(36 - 2 ** -47, given);
    expect(sumInOrder(parts)).toBe(36 - 2 ** -47);
    expect(Math.max(...parts)).toBeLessThanOrEqual(1.5);
  });

  it('gives supplies back that come to no more than the amount, and nothing of nothing', () => {
    expect(shareAmount(3, [1, 2])).toEqual([1, 2]);
    expect(shareAmount(Infinity, [1, 2])).toEqual([1, 2]);
    expect(shareAmount(0, [1, 2])).toEqual([0, 0]);
    expect(shareAmount(1.5, [1, 2])).toEqual([0.5, 1]);
    expect(shareAmount(5, [])).toEqual([]);
  });
});
