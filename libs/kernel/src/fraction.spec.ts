/** Laws of exact fractions, checked on random values against bigint arithmetic done the long way. */
import fc from 'fast-check';
import { BrokenInvariant } from './assert';
import { Fraction } from './fraction';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`fraction.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 300 });

const wide = 10n ** 30n;
const fractions = fc
  .tuple(fc.bigInt({ min: -wide, max: wide }), fc.bigInt({ min: 1n, max: wide }))
  .map(([top, bottom]) => Fraction.of(top, bottom));
const nonZero = fractions.filter((value) => value.numerator !== 0n);

describe('Fraction laws', () => {
  it('is a commutative field', () => {
    fc.assert(
      fc.property(fractions, fractions, fractions, (a, b, c) => {
        expect(a.plus(b)).toEqual(b.plus(a));
        expect(a.times(b)).toEqual(b.times(a));
        expect(a.plus(b).plus(c)).toEqual(a.plus(b.plus(c)));
        expect(a.times(b).times(c)).toEqual(a.times(b.times(c)));
        expect(a.times(b.plus(c))).toEqual(a.times(b).plus(a.times(c)));
        expect(a.minus(a).equals(Fraction.zero)).toBe(true);
      }),
    );
  });

  it('divides back what it multiplied, and powers are repeated products', () => {
    fc.assert(
      fc.property(fractions, nonZero, fc.integer({ min: 0, max: 6 }), (a, b, n) => {
        expect(a.times(b).dividedBy(b)).toEqual(a);
        const product = Array.from({ length: n }).reduce<Fraction>((sum) => sum.times(b), Fraction.one);
        expect(b.power(n)).toEqual(product);
        expect(b.power(-n)).toEqual(Fraction.one.dividedBy(product));
      }),
    );
  });

  it('orders like the sign of the difference', () => {
    fc.assert(
      fc.property(fractions, fractions, (a, b) => {
        const { numerator } = a.minus(b);
        expect(a.compare(b)).toBe(numerator < 0n ? -1 : numerator > 0n ? 1 : 0);
        expect(a.equals(b)).toBe(numerator === 0n);
      }),
    );
  });

  it('keeps lowest terms and a positive denominator', () => {
    expect(Fraction.of(6n, -4n).toString()).toBe('-3/2');
    expect(Fraction.of(0n, -5n)).toEqual(Fraction.zero);
    expect(() => Fraction.of(1n, 0n)).toThrow(BrokenInvariant);
    expect(() => Fraction.one.power(0.5)).toThrow(BrokenInvariant);
  });
});

describe('Fraction and text', () => {
  it('reads its own text', () => {
    fc.assert(fc.property(fractions, (a) => expect(Fraction.parse(a.toString())).toEqual(a)));
    expect(JSON.stringify({ rate: Fraction.of(44n, 12n) })).toBe('{"rate":"11/3"}');
  });

  it('decimal text is the round trip of every decimal number', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -wide, max: wide }), fc.integer({ min: -20, max: 20 }), (digits, exponent) => {
        const value = Fraction.parse(`${digits}e${exponent}`)!;
        expect(Fraction.parse(value.toDecimalText(60))).toEqual(value);
      }),
    );
  });

  it('exact text is the decimal of 40 digits where that is exact, else the fraction', () => {
    const near = fc
      .tuple(fc.bigInt({ min: -wide, max: wide }), fc.nat(60), fc.nat(60))
      .map(([top, twos, fives]) => Fraction.of(top, 2n ** BigInt(twos) * 5n ** BigInt(fives)));
    fc.assert(
      fc.property(fc.oneof(fractions, near), (a) => {
        const decimal = a.toDecimalText(40);
        expect(a.toExactText()).toBe(Fraction.parse(decimal)!.equals(a) ? decimal : a.toString());
      }),
    );
    expect(['1/7', '1e45', '-0.05', '0', '1e-50'].map((text) => Fraction.parse(text)!.toExactText())).toEqual([
      '1/7',
      `1${'0'.repeat(45)}`,
      '-0.05',
      '0',
      `0.${'0'.repeat(49)}1`,
    ]);
  });

  it('decimal text is at most half a last digit away', () => {
    fc.assert(
      fc.property(nonZero, fc.integer({ min: 1, max: 30 }), (a, digits) => {
        const near = Fraction.parse(a.toDecimalText(digits))!;
        const error = near.minus(a).dividedBy(a);
        const bound = Fraction.of(1n, 2n * 10n ** BigInt(digits - 1));
        expect(error.compare(bound)).not.toBe(1);
        expect(error.compare(bound.times(Fraction.of(-1n)))).not.toBe(-1);
      }),
    );
  });

  it.each([
    ['2/3', 5, '0.66667'],
    ['-2/3', 2, '-0.67'],
    ['0.125', 2, '0.13'],
    ['-0.125', 2, '-0.13'],
    ['9.996', 3, '10'],
    ['99999', 3, '100000'],
    ['12345678', 3, '12300000'],
    ['1e-30', 5, '0.000000000000000000000000000001'],
    ['0', 5, '0'],
  ])('%s with %i digits is %s', (text, digits, expected) => {
    expect(Fraction.parse(text)!.toDecimalText(digits)).toBe(expected);
  });

  it.each([
    ['12', '12'],
    ['-0.25', '-1/4'],
    ['+.5', '1/2'],
    ['5.', '5'],
    ['1.5e3', '1500'],
    ['1e-3', '1/1000'],
    ['44/12', '11/3'],
    [' 1 / 7 ', '1/7'],
    ['1/-7', '-1/7'],
    ['10000/15', '2000/3'],
  ])('reads %s as %s', (text, expected) => {
    expect(Fraction.parse(text)!.toString()).toBe(expected);
  });

  it.each(['', ' ', '.', '1/0', '1/2/3', '1,000', '0x10', 'NaN', '1e1000', '--1', '１２', '9'.repeat(10_001)])(
    'does not read %j',
    (text) => {
      expect(Fraction.parse(text)).toBeUndefined();
    },
  );
});

describe('Fraction.toNumber', () => {
  it('gives back every double from its exact value', () => {
    const doubles = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 });
    fc.assert(
      fc.property(doubles, (value) => {
        fc.pre(value === 0 || Math.abs(value) > 1e-290);
        expect(exactly(value).toNumber()).toBe(value + 0);
      }),
    );
  });

  it('is the nearest double: no neighbour is nearer', () => {
    fc.assert(
      fc.property(nonZero, (a) => {
        const near = a.toNumber();
        const distance = (x: number) => abs(exactly(x).minus(a));
        for (const neighbour of [near * (1 + 2 ** -52), near * (1 - 2 ** -53)])
          expect(distance(near).compare(distance(neighbour))).not.toBe(1);
      }),
    );
  });

  it('rounds ties to even even when the denominator is large', () => {
    const odd = 2n ** 53n + 1n;
    expect(Fraction.of(odd, 3n ** 0n * 2n ** 80n).toNumber()).toBe(2 ** -27);
    expect(Fraction.of(-odd, 2n ** 80n).toNumber()).toBe(-(2 ** -27));
    expect(Fraction.of(10n ** 400n, 3n * 10n ** 399n).toNumber()).toBe(10 / 3);
  });
});

const abs = (a: Fraction): Fraction => (a.numerator < 0n ? a.times(Fraction.of(-1n)) : a);

/** The exact value of a double, by halving until it is an integer. */
function exactly(value: number): Fraction {
  let scaled = value;
  let halvings = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    halvings += 1;
  }
  return Fraction.of(BigInt(scaled), 2n ** BigInt(halvings));
}
