/** Sharing out: what every sharing must keep, on random cases, and the ties by hand. */
import fc from 'fast-check';
import { allocate, type ShareWeight } from './allocate';
import { BrokenInvariant } from './assert';
import { Fraction } from './fraction';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`allocate.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 1_000 });

const weighted = (entries: readonly (readonly [string, string])[]): ShareWeight[] =>
  entries.map(([code, weight]) => ({ code, weight: Fraction.parse(weight)! }));
const parts = (total: bigint, entries: readonly (readonly [string, string])[]): [string, bigint][] => [
  ...allocate(total, weighted(entries)),
];

const totals = fc.oneof(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: -12n, max: 12n }));
const anyWeights = fc
  .uniqueArray(fc.tuple(fc.string({ maxLength: 3 }), fc.nat(1_000_000), fc.integer({ min: 1, max: 5_000 })), {
    selector: ([code]) => code,
    minLength: 1,
    maxLength: 12,
  })
  .map((rows) => rows.map(([code, top, bottom]) => ({ code, weight: Fraction.of(BigInt(top), BigInt(bottom)) })))
  .filter((rows) => rows.some(({ weight }) => weight.compare(Fraction.zero) > 0));
const sum = (shared: Map<string, bigint>): bigint => [...shared.values()].reduce((total, part) => total + part, 0n);

describe('allocate', () => {
  it('sums to the total, and no part is a whole unit away from its exact share', () => {
    fc.assert(
      fc.property(totals, anyWeights, (total, weights) => {
        const shared = allocate(total, weights);
        expect(sum(shared)).toBe(total);
        const whole = weights.reduce((all, { weight }) => all.plus(weight), Fraction.zero);
        for (const { code, weight } of weights) {
          const exact = Fraction.of(total).times(weight).dividedBy(whole);
          const away = exact.minus(Fraction.of(shared.get(code)!));
          expect(away.compare(Fraction.one)).toBe(-1);
          expect(away.compare(Fraction.of(-1n))).toBe(1);
          if (weight.equals(Fraction.zero)) expect(shared.get(code)).toBe(0n);
        }
      }),
    );
  });

  it('depends neither on order nor on scale, and mirrors negative totals', () => {
    const arranged = anyWeights.chain((weights) =>
      fc.tuple(
        fc.constant(weights),
        fc.shuffledSubarray(weights, { minLength: weights.length }),
        fc.integer({ min: 1, max: 999 }),
      ),
    );
    fc.assert(
      fc.property(totals, arranged, (total, [weights, shuffled, scale]) => {
        const shared = allocate(total, weights);
        const scaled = shuffled.map(({ code, weight }) => ({
          code,
          weight: weight.times(Fraction.of(7n, BigInt(scale))),
        }));
        for (const [code, part] of allocate(total, scaled)) expect(part).toBe(shared.get(code));
        for (const [code, part] of allocate(-total, weights)) expect(-part).toBe(shared.get(code));
      }),
    );
  });

  it('gives what is left to the largest remainders', () => {
    expect(
      parts(10n, [
        ['a', '1'],
        ['b', '2.4'],
        ['c', '2.6'],
      ]),
    ).toEqual([
      ['a', 2n],
      ['b', 4n],
      ['c', 4n],
    ]);
    expect(
      parts(100n, [
        ['x', '1/3'],
        ['y', '1/3'],
        ['z', '1/3'],
      ]),
    ).toEqual([
      ['x', 34n],
      ['y', 33n],
      ['z', 33n],
    ]);
  });

  it('gives a tie to the smaller code, wherever it stands', () => {
    expect(
      parts(1n, [
        ['b', '1'],
        ['a', '1'],
      ]),
    ).toEqual([
      ['b', 0n],
      ['a', 1n],
    ]);
    expect(
      parts(-1n, [
        ['b', '1'],
        ['a', '1'],
      ]),
    ).toEqual([
      ['b', 0n],
      ['a', -1n],
    ]);
  });

  it('shares nothing as nothing, even where nobody has a weight', () => {
    expect(
      parts(0n, [
        ['a', '0'],
        ['b', '0'],
      ]),
    ).toEqual([
      ['a', 0n],
      ['b', 0n],
    ]);
    expect(parts(0n, [])).toEqual([]);
  });

  it('stops on what cannot be shared', () => {
    expect(() => parts(5n, [['a', '0']])).toThrow(BrokenInvariant);
    expect(() => parts(5n, [])).toThrow(BrokenInvariant);
    expect(() =>
      parts(5n, [
        ['a', '-1'],
        ['b', '2'],
      ]),
    ).toThrow(BrokenInvariant);
    expect(() =>
      parts(5n, [
        ['a', '1'],
        ['a', '2'],
      ]),
    ).toThrow(BrokenInvariant);
  });
});
