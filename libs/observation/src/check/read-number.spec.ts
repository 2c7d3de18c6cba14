/** Numbers as people write them, and conversions that round once. */
import fc from 'fast-check';
import { Fraction } from '@gep/kernel';
import { convertExactly, convertToDouble, readNumber } from './read-number';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
const isUnit = (text: string): boolean => ['亩', 'hm2', '千克', '万吨', 't', '%'].includes(text);

describe('readNumber', () => {
  it.each([
    ['12', '12'],
    [' 12.50 ', '12.50'],
    ['-.5', '-.5'],
    ['1.5e3', '1.5e3'],
    ['１２３．４', '123.4'],
    ['−3', '-3'],
    ['1,234,567.8', '1234567.8'],
    ['１，２３４', '1234'],
    ['12 345', '12345'],
    ['12\u00a0345', '12345'],
    ['3万', '3e4'],
    ['1.2 亿', '1.2e8'],
  ])('reads %j as %s', (text, decimal) => expect(readNumber(text, { isUnit })).toEqual({ decimal }));

  it.each([
    ['12.5 亩', { decimal: '12.5', unit: '亩' }],
    ['3万亩', { decimal: '3e4', unit: '亩' }],
    ['2千克', { decimal: '2', unit: '千克' }],
    ['2万吨', { decimal: '2', unit: '万吨' }],
    ['1,200 hm2', { decimal: '1200', unit: 'hm2' }],
    ['35%', { decimal: '35', unit: '%' }],
    ['1e9999', { decimal: '1', unit: 'e9999' }],
    ['0x1F', { decimal: '0', unit: 'x1F' }],
    ['7 furlongs', { decimal: '7', unit: 'furlongs' }],
  ])('reads the unit in %j', (text, read) => expect(readNumber(text, { isUnit })).toEqual(read));

  it.each(['', '  ', 'NA', 'n/a', 'null', '无数据', undefined, null])('%j is no value', (cell) =>
    expect(readNumber(cell)).toBeUndefined(),
  );

  it.each([
    ['1.234,5', 'ambiguous'],
    ['12,34', 'ambiguous'],
    ['1,2345', 'ambiguous'],
    ['1 2', 'ambiguous'],
    ['1,234 567', 'ambiguous'],
    ['1.2.3', 'ambiguous'],
    ['-', 'dash'],
    ['—', 'dash'],
    ['…', 'dash'],
    ['=A1*2', 'formula-without-result'],
    ['#DIV/0!', 'sheet-error'],
    ['十二', 'number-invalid'],
    ['约12', 'number-invalid'],
    ['>5', 'number-invalid'],
    ['(12)', 'number-invalid'],
    ['1万亿', 'number-invalid'],
    ['Infinity', 'number-invalid'],
    [Infinity, 'number-invalid'],
    [true, 'number-invalid'],
  ])('refuses %j', (cell, code) => {
    expect(readNumber(cell, { isUnit })).toMatchObject({ code: expect.stringContaining(code) });
  });

  it('refuses a comma where it may be a decimal comma', () => {
    expect(readNumber('1,234', { commaIsAmbiguous: true })).toMatchObject({ code: 'observation.number-ambiguous' });
    expect(readNumber('1 234', { commaIsAmbiguous: true })).toEqual({ decimal: '1234' });
  });
});

describe('convertToDouble', () => {
  it('is exact where floats are not', () => {
    const mu = Fraction.of(1n, 15n);
    expect(convertToDouble('15', mu)).toBe(1);
    expect(convertToDouble('0.3', Fraction.of(10_000n))).toBe(3000);
    expect(convertToDouble('1.1', Fraction.of(1000n))).toBe(1100);
    expect(Object.is(convertToDouble('-0', Fraction.one), 0)).toBe(true);
    expect(convertToDouble('1e308', Fraction.of(100n))).toBeUndefined();
  });

  it(`rounds once, like the exact fraction (seed ${seed})`, () => {
    const decimal = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }).map(String),
      fc.tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.nat(12)).map(([n, places]) => `${n}e-${places}`),
      fc.tuple(fc.nat(), fc.nat(999_999)).map(([n, part]) => `${n}.${String(part).padStart(6, '0')}`),
    );
    const factor = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 8n }), fc.bigInt({ min: 1n, max: 10n ** 8n }));
    fc.assert(
      fc.property(decimal, factor, (text, [top, bottom]) => {
        const exact = convertExactly(text, Fraction.of(top, bottom));
        expect(convertToDouble(text, Fraction.of(top, bottom))).toBe(exact.toNumber() + 0);
      }),
      { seed, verbose: 1 },
    );
  });
});
