/** Targets of merged units add up, or are weighed by area; after nothing there is no growth. */
import fc from 'fast-check';
import { type TargetRow, jointRow, lacksBase, milestonesFor } from './target-row';
import type { TargetEntry } from './plan-terms';

const none = { target: null, growth: null, yearly: null, years: null };
const entry = (of: Partial<TargetEntry>): TargetEntry => ({
  indicator: 'gep',
  unit: null,
  path: 'linear',
  ...none,
  ...of,
});
const row = (unit: string, fen: bigint, areaHectare: string | null = null): TargetRow => ({
  ...{ unit, indicator: 'gep', path: 'linear' },
  base: { fen, areaHectare, normEdition: 'e', boundaryDay: '2022-12-31', pricesOf: null, parts: [] },
  milestones: [{ year: 2023, fen: 2n * fen }],
});

it('adds what units are to reach, fen for fen', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 14n }), { minLength: 2, maxLength: 6 }), (amounts) => {
      const joint = jointRow(
        'gep',
        amounts.map((fen, at) => row(String(at), fen)),
      );
      const sum = amounts.reduce((all, fen) => all + fen, 0n);
      expect([joint.base.fen, joint.milestones[0].fen]).toEqual([sum, 2n * sum]);
    }),
  );
});

it('weighs amounts for a hectare by area', () => {
  expect(jointRow('gep-per-area', [row('a', 100n, '1'), row('b', 400n, '2')]).base).toMatchObject({
    ...{ fen: 300n, areaHectare: '3' },
  });
});

it('knows no growth after nothing, and takes an amount instead', () => {
  expect(lacksBase(entry({ growth: '0.1' }), 0n)).toBe(true);
  expect(lacksBase(entry({ path: 'compound', target: '5' }), 0n)).toBe(true);
  expect(lacksBase(entry({ path: 'compound', growth: '-1' }), 10n)).toBe(true);
  expect(lacksBase(entry({ target: '5' }), 0n)).toBe(false);
  const terms = { term: { first: 2023, last: 2024 } } as Parameters<typeof milestonesFor>[2];
  expect(milestonesFor(entry({ target: '5' }), 0n, terms).map(({ fen }) => fen)).toEqual([250n, 500n]);
  const yearly = milestonesFor(entry({ path: 'compound', yearly: '0.1' }), 10000n, terms);
  expect(yearly.map(({ fen }) => fen)).toEqual([11000n, 12100n]);
});
