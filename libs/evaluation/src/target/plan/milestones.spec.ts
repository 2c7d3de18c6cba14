/** Milestones never turn back, end at the target itself, and lie between base and target. */
import fc from 'fast-check';
import { Fraction } from '@gep/kernel';
import { grownFen, milestonesOf } from './milestones';

const amount = fc.bigInt({ min: 1n, max: 10n ** 15n });
const span = fc.record({
  baseFen: amount,
  targetFen: amount,
  firstYear: fc.constant(2021),
  lastYear: fc.integer({ min: 2021, max: 2035 }),
});

it('goes one way, from the base to the target', () => {
  fc.assert(
    fc.property(span, fc.constantFrom('linear' as const, 'compound' as const), (one, path) => {
      const milestones = milestonesOf(path, one);
      expect(milestones.map(({ year }) => year)).toEqual(
        Array.from({ length: one.lastYear - 2020 }, (_, at) => 2021 + at),
      );
      expect(milestones.at(-1)!.fen).toBe(one.targetFen);
      const way = [one.baseFen, ...milestones.map(({ fen }) => fen)];
      const rises = one.targetFen >= one.baseFen;
      expect(way.every((fen, at) => at === 0 || (rises ? fen >= way[at - 1] : fen <= way[at - 1]))).toBe(true);
    }),
  );
});

it('on a curve lies at or below the line, which the mean of two numbers says', () => {
  fc.assert(
    fc.property(span, (one) => {
      const [line, curve] = [milestonesOf('linear', one), milestonesOf('compound', one)];
      expect(curve.every(({ fen }, at) => fen <= line[at].fen)).toBe(true);
    }),
  );
});

it('mirrors a line that falls, to the fen', () => {
  const up = milestonesOf('linear', { baseFen: 100n, targetFen: 105n, firstYear: 2021, lastYear: 2030 });
  const down = milestonesOf('linear', { baseFen: -100n, targetFen: -105n, firstYear: 2021, lastYear: 2030 });
  expect(down.map(({ fen }) => -fen)).toEqual(up.map(({ fen }) => fen));
});

it('grows by a proportion, rounded once', () => {
  expect(grownFen(333n, Fraction.parse('0.1')!)).toBe(366n);
  expect(grownFen(335n, Fraction.parse('0.1')!)).toBe(369n);
});
