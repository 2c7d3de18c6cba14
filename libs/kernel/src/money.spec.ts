/** Money: one rounding, half away from zero, and exact text both ways. */
import fc from 'fast-check';
import { BrokenInvariant } from './assert';
import { Decimal } from './decimal';
import { Fraction } from './fraction';
import { formatWanYuan, formatYuan, roundToFen, sumFen, unitValue } from './money';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`money.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 300 });

const amounts = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });

/** The straightforward way, in 40-digit decimals. */
const roundByDecimal = (quantity: number, yuan: Fraction): bigint => {
  const [top, bottom] = [yuan.numerator, yuan.denominator].map((part) => new Decimal(part.toString()));
  const fen = new Decimal(quantity).times(top).dividedBy(bottom).times(100);
  return BigInt(fen.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toFixed(0));
};
const round = (quantity: number, yuan: Fraction): bigint => roundToFen(quantity, unitValue(yuan));

describe('roundToFen', () => {
  it.each([
    [0.005, '1', 1n],
    [-0.005, '1', -1n],
    [0.00499999999999, '1', 0n],
    [1.005, '1', 101n],
    [2.675, '1', 268n],
    [2.675, '-1', -268n],
    [1e15, '12345.67890625', 1234567890625000000000n],
    [-0.001, '1', 0n],
    [-0, '3', 0n],
    [1 / 3, '0.03', 1n],
    [5e-324, '1e320', 0n],
    [1e300, '1e-302', 1n],
    [1e300, '1e-320', 0n],
    [1e-300, '1e299', 10n],
    [3, '1/600', 1n],
    [3, '0.00166666666666666666666', 0n],
  ])('%s at %s yuan is %s fen', (quantity, yuan, fen) => {
    expect(round(quantity, Fraction.parse(yuan)!)).toBe(fen);
  });

  it('is what 40-digit decimals give, symmetric, and at most half a fen away', () => {
    const quantities = fc.oneof(
      fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      fc.integer().map((thousandths) => thousandths / 1000),
    );
    const worths = fc.oneof(
      fc.tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 10n ** 7n })),
      fc.tuple(fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }), fc.constantFrom(1n, 2n, 4n, 12n, 100n, 3000n)),
    );
    fc.assert(
      fc.property(quantities, worths, (quantity, [top, bottom]) => {
        const yuan = Fraction.of(top, bottom);
        const fen = round(quantity, yuan);
        expect(fen).toBe(roundByDecimal(quantity, yuan));
        expect(round(-quantity, yuan)).toBe(-fen);
        const exact = Fraction.parse(String(quantity))!.times(yuan).times(Fraction.of(200n));
        const distance = exact.minus(Fraction.of(2n * fen));
        expect(Math.abs(distance.toNumber())).toBeLessThanOrEqual(1);
      }),
      { numRuns: 4000 },
    );
  });

  it('decides at, just above and just below half a fen as exact arithmetic does', () => {
    const nudges = fc.constantFrom(0, 1, -1, 2, -2).map((steps) => 1 + steps * 2 ** -52);
    fc.assert(
      fc.property(fc.nat(1e9), fc.integer({ min: 1, max: 1e6 }), nudges, (whole, hundredths, nudge) => {
        const yuan = Fraction.of(BigInt(hundredths), 100n);
        const quantity = ((whole + 0.5) / hundredths) * nudge;
        expect(round(quantity, yuan)).toBe(roundByDecimal(quantity, yuan));
        expect(round((whole + 0.5) / 100, Fraction.one)).toBe(BigInt(whole) + 1n);
      }),
      { numRuns: 4000 },
    );
  });

  it('stops on a quantity that is not finite', () => {
    expect(() => round(Infinity, Fraction.one)).toThrow(BrokenInvariant);
    expect(() => round(NaN, Fraction.one)).toThrow(BrokenInvariant);
  });
});

describe('text of money', () => {
  it('is the amount, to the fen', () => {
    fc.assert(fc.property(amounts, (fen) => expect(round(1, Fraction.parse(formatYuan(fen))!)).toBe(fen)));
  });

  it.each([
    [-123405n, '-1234.05'],
    [5n, '0.05'],
    [-5n, '-0.05'],
    [0n, '0.00'],
    [100n, '1.00'],
  ])('%s fen reads %s', (fen, text) => {
    expect(formatYuan(fen)).toBe(text);
  });

  it.each([
    [682_049_999n, 2, '682.05'],
    [5_000n, 2, '0.01'],
    [-5_000n, 2, '-0.01'],
    [-1n, 2, '0.00'],
    [1_212_900_000n, 1, '1212.9'],
  ])('%s fen in 10^4 yuan with %i places is %s', (fen, places, text) => {
    expect(formatWanYuan(fen, places)).toBe(text);
  });
});

describe('sumFen', () => {
  it('is exact and does not depend on order', () => {
    fc.assert(
      fc.property(fc.array(amounts), (parts) => {
        expect(sumFen(parts)).toBe(sumFen([...parts].reverse()));
        expect(sumFen([...parts, -sumFen(parts)])).toBe(0n);
      }),
    );
  });
});

it('Decimal keeps 40 digits', () => {
  expect(new Decimal('12345678901234567890.12').plus('0.01').toFixed()).toBe('12345678901234567890.13');
  expect(new Decimal('1e-20').toString()).toBe('0.00000000000000000001');
});
