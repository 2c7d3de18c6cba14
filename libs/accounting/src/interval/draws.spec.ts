/** The stream of random numbers against published answers, and quantiles against known ones. */
import { normalQuantile } from './normal-quantile';
import { philox, uniformAt } from './philox';
import { quantileOf } from './spread-quantile';
import { varianceShares } from './variance-shares';

const hex = (words: readonly number[]): string => words.map((word) => word.toString(16).padStart(8, '0')).join(' ');

describe('philox', () => {
  it.each([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [
      [2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1],
      [2 ** 32 - 1, 2 ** 32 - 1],
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
    ],
    [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ] as const)('gives the known answers of Random123 for %j', (counter, key, answer) => {
    expect(hex(philox(counter, key))).toBe(answer);
  });

  it('gives numbers inside 0 and 1, evenly, and others for another seed, stream or draw', () => {
    const numbers = Array.from({ length: 20000 }, (_, draw) => uniformAt(7, [1, 2], draw));
    expect(Math.min(...numbers)).toBeGreaterThan(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    const deciles = Array.from({ length: 10 }, (_, at) => numbers.filter((n) => Math.floor(n * 10) === at).length);
    for (const count of deciles) expect(Math.abs(count - 2000)).toBeLessThan(200);
    const others = [uniformAt(7, [1, 2], 0), uniformAt(8, [1, 2], 0), uniformAt(7 + 2 ** 32, [1, 2], 0)];
    expect(new Set([...others, uniformAt(7, [1, 3], 0), uniformAt(7, [1, 2], 2 ** 32), numbers[1]]).size).toBe(6);
  });
});

describe('quantiles', () => {
  it.each([
    [0.25, -0.6744897501960817],
    [0.95, 1.6448536269514722],
    [0.001, -3.090232306167814],
    [1e-20, -9.262340089798408],
  ])('of the normal distribution at %p', (probability, expected) => {
    expect(normalQuantile(probability)).toBeCloseTo(expected, 13);
  });

  it('of spreads: bounds, and 90% intervals', () => {
    const spread = { low: 2, value: 3, high: 8 };
    const at = (distribution: 'uniform' | 'triangular' | 'normal' | 'lognormal', p: number): number =>
      quantileOf({ ...spread, distribution })(p);
    expect(at('uniform', 0.25)).toBe(3.5);
    expect(at('triangular', 1 / 6)).toBeCloseTo(3, 12);
    expect(at('triangular', 0.5)).toBeCloseTo(8 - Math.sqrt(15), 12);
    for (const distribution of ['normal', 'lognormal'] as const) {
      expect(at(distribution, 0.05)).toBeCloseTo(2, 12);
      expect(at(distribution, 0.95)).toBeCloseTo(8, 12);
    }
    expect([at('normal', 0.5), at('lognormal', 0.5)]).toEqual([5, expect.closeTo(4, 12)]);
  });
});

describe('shares of the variance', () => {
  const [a, b, c] = [1, 2, 3].map((stream) =>
    Float64Array.from({ length: 4000 }, (_, draw) => uniformAt(11, [stream, 0], draw)),
  );

  it('add up to 1 with what is unexplained, and follow the squares of the coefficients', () => {
    const { shares, unexplained } = varianceShares(
      a.map((x, at) => 3 * x + 4 * b[at]),
      [a, b, c],
    )!;
    expect(shares[0]).toBeCloseTo(9 / 25, 1);
    expect(shares[1]).toBeCloseTo(16 / 25, 1);
    expect(Math.abs(shares[2])).toBeLessThan(1e-9);
    expect(Math.abs(unexplained)).toBeLessThan(1e-9);
  });

  it('leave what is not linear unexplained, and say nothing of what does not vary', () => {
    const { shares, unexplained } = varianceShares(
      a.map((x) => (x - 0.5) ** 2),
      [a],
    )!;
    expect(unexplained).toBeGreaterThan(0.95);
    expect(shares[0] + unexplained).toBeCloseTo(1, 12);
    expect(
      varianceShares(
        a.map(() => 5),
        [a],
      ),
    ).toBeUndefined();
  });

  it('give twins of one input a single share', () => {
    const { shares, unexplained } = varianceShares(a, [a, a])!;
    expect(shares).toEqual([expect.closeTo(1, 9), 0]);
    expect(unexplained).toBeCloseTo(0, 9);
  });
});
