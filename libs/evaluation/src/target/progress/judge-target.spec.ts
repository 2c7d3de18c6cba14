/** Attainment is exact and shown to two decimals; GEP and GDP stand beside each other; the gap closes the sum. */
import fc from 'fast-check';
import { Fraction } from '@gep/kernel';
import { gapsOf, judgeDual, judgeTarget, shownPercent } from './judge-target';

const amount = fc.bigInt({ min: 1n, max: 10n ** 14n });

it('states attainment exactly: times milestone it is the actual again', () => {
  fc.assert(
    fc.property(amount, amount, amount, (baseFen, milestoneFen, actualFen) => {
      const verdict = judgeTarget({ baseFen, milestoneFen, actualFen, previousFen: null });
      const again = Fraction.parse(verdict.attainment!)!.times(Fraction.of(milestoneFen, 100n));
      expect(again.equals(Fraction.of(actualFen))).toBe(true);
      expect(verdict.isReached).toBe(Fraction.parse(verdict.attainment!)!.compare(Fraction.of(100n)) >= 0);
      expect(verdict.yearlyGrowth).toBeNull();
    }),
  );
});

it('knows no rate after nothing', () => {
  expect(judgeTarget({ baseFen: 0n, milestoneFen: 0n, actualFen: 5n, previousFen: 0n })).toEqual({
    ...{ attainment: null, increment: null, growth: null, yearlyGrowth: null, isReached: true },
  });
});

it('shows two decimals, half away from zero', () => {
  expect(['98.125', '-98.125', '5200/53', '-0.004'].map(shownPercent)).toEqual(['98.13', '-98.13', '98.11', '0.00']);
});

it('tells the mandate of both, and nothing while one is unknown', () => {
  expect([judgeDual('1', '2'), judgeDual('1', '0'), judgeDual('-1', '1/3'), judgeDual('0', '-2')]).toEqual([
    ...['both', 'gep-only', 'gdp-only', 'neither'],
  ]);
  expect(judgeDual(null, '1')).toBeNull();
});

it('leaves of the whole what the units do not have, in every year', () => {
  fc.assert(
    fc.property(amount, fc.array(amount, { maxLength: 5 }), (whole, units) => {
      const [{ gapFen, unitsFen }] = gapsOf(
        [{ year: 2023, fen: whole }],
        units.map((fen) => [{ year: 2023, fen }]),
      );
      expect(unitsFen + gapFen).toBe(whole);
    }),
  );
});
