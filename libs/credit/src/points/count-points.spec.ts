/** Points through random histories: nothing is below zero, nothing is made or lost, and the cap of a year holds in any order. */
import fc from 'fast-check';
import { Fraction } from '@gep/kernel';
import { duePoints, earnedPoints, payDebt, takeBack } from './count-points';

const amount = fc.bigInt({ min: 0n, max: 1000n });

it('earns whole points, never more than the cap of the year, and reaches it in any order', () => {
  const item = { points: Fraction.parse('1.5')!, yearlyCap: Fraction.parse('10.9')! };
  expect([earnedPoints(item, 1, 0n), earnedPoints(item, 3, 0n), earnedPoints(item, 9, 0n)]).toEqual([1n, 4n, 10n]);
  expect([earnedPoints(item, 1, 10n), earnedPoints(item, 1, 99n)]).toEqual([0n, 0n]);
  expect(earnedPoints({ points: Fraction.of(-3n) }, 2, 0n)).toBe(0n);
  expect(earnedPoints({}, 2, 0n)).toBe(0n);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 12 }), (times) => {
      const earned = times.reduce((sum, one) => sum + earnedPoints(item, one, sum), 0n);
      const whole = times.reduce((sum, one) => sum + earnedPoints({ points: item.points }, one, 0n), 0n);
      expect(earned).toBe(whole < 10n ? whole : 10n);
    }),
  );
});

it('pays what is owed first, and a correction takes each point from one place only', () => {
  fc.assert(
    fc.property(amount, amount, amount, (points, held, other) => {
      const paid = payDebt(points, other);
      expect(paid.paid + paid.held).toBe(points);
      expect(paid.held === 0n || paid.paid === other).toBe(true);
      const back = takeBack(points, held, other);
      expect(back.held + back.owed + back.expired).toBe(points);
      expect(back.held <= held && back.expired <= other && back.owed >= 0n).toBe(true);
      // Debt is the last resort: it arises only where nothing else is left.
      expect(back.owed === 0n || (back.held === held && back.expired === other)).toBe(true);
    }),
  );
});

it('lets expire only what nobody spent, the oldest first, and nothing a second time', () => {
  const day = fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01', null);
  const lots = fc.array(fc.record({ points: amount, expiresOn: day }), { maxLength: 8 });
  fc.assert(
    fc.property(lots, fc.nat(100), (all, part) => {
      const total = all.reduce((sum, { points }) => sum + points, 0n);
      let gone = (total * BigInt(part)) / 100n;
      for (const on of ['2026-01-01', '2026-02-01', '2026-03-01']) {
        const due = duePoints(all, gone, on);
        expect(due >= 0n && gone + due <= total).toBe(true);
        gone += due;
        expect(duePoints(all, gone, on)).toBe(0n);
      }
      const lasting = all.filter(({ expiresOn }) => expiresOn === null).reduce((sum, { points }) => sum + points, 0n);
      expect(total - gone).toBeLessThanOrEqual(lasting);
    }),
  );
  expect(duePoints([{ points: 6n, expiresOn: '2026-01-01' }], 4n, '2025-12-31')).toBe(0n);
  expect(duePoints([{ points: 6n, expiresOn: '2026-01-01' }], 4n, '2026-01-01')).toBe(2n);
});
