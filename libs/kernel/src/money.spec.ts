/** Money: one rounding, half away from zero, and exact text both ways. */
import fc from 'fast-check';
import { BrokenInvariant } from './assert';
import { Decimal } from './decimal';
import { formatWanYuan, formatYuan, roundToFen, sumFen } from './money';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`money.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 300 });

const amounts = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });

describe('roundToFen', () => {
  it.each([
    ['0.005', 1n],
    ['-0.005', -1n],
    ['0.00499999999999999999999', 0n],
    ['1.005', 101n],
    ['2.675', 268n],
    ['-2.675', -268n],
    ['12345678901234567890.125', 1234567890123456789013n],
    ['-0.001', 0n],
  ])('%s yuan is %s fen', (yuan, fen) => {
    expect(roundToFen(new Decimal(yuan))).toBe(fen);
  });

  it('is half away from zero, symmetric, and at most half a fen away', () => {
    fc.assert(
      fc.property(amounts, (tenthsOfMilli) => {
        const yuan = new Decimal(tenthsOfMilli.toString()).dividedBy(100_000);
        const size = tenthsOfMilli < 0n ? -tenthsOfMilli : tenthsOfMilli;
        const expected = (size + 500n) / 1000n;
        expect(roundToFen(yuan)).toBe(tenthsOfMilli < 0n ? -expected : expected);
        expect(roundToFen(yuan.negated())).toBe(-roundToFen(yuan));
      }),
    );
  });

  it('stops on an amount that is not finite', () => {
    expect(() => roundToFen(new Decimal('Infinity'))).toThrow(BrokenInvariant);
    expect(() => roundToFen(new Decimal('NaN'))).toThrow(BrokenInvariant);
  });
});

describe('text of money', () => {
  it('is the amount, to the fen', () => {
    fc.assert(fc.property(amounts, (fen) => expect(roundToFen(new Decimal(formatYuan(fen)))).toBe(fen)));
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
