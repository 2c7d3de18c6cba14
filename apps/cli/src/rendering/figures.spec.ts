/** Figures as people read them: nothing lost that matters, no sign of nought, no exponent, no forty digits. */
import { formatQuantity, partAmounts, partThousands, shorten, showDecimal, showSigned, showUnit } from './figures';
import { formatDeviation } from './render-reproduction';

it('shows quantities with seven digits and no exponent', () => {
  expect([0, 0.95, 218943.14796961544, 3660246.4, 1234567890123.4].map(formatQuantity)).toEqual([
    '0',
    '0.95',
    '218,943.1',
    '3,660,246',
    '1,234,568,000,000',
  ]);
});

describe('shorten', () => {
  it.each([
    ['3.666666666666666666666666666666666666667', '3.66666666666…'],
    ['-0.000123456789012345678', '-0.000123456789012…'],
    ['123456789012345678.5', '123456789012345678'],
    ['12.62947644000000000001', '12.62947644…'],
    ['100.0000000000000001', '100…'],
    ['257.242128', '257.242128'],
    ['0', '0'],
    ['1234567890123', '1234567890123'],
  ])('shows %s as %s', (value, shown) => expect(shorten(value)).toBe(shown));
});

it('parts thousands before the point only, and leaves what is no decimal', () => {
  expect(['1234567.891', '-1234', '999.9999', '1/7', 'true', '0.1234567'].map(partThousands)).toEqual([
    '1,234,567.891',
    '-1,234',
    '999.9999',
    '1/7',
    'true',
    '0.1234567',
  ]);
  expect(showDecimal('12345.6666666666666666666')).toBe('12,345.6666666…');
});

it('writes units with exponents, and in Chinese with the words of the field', () => {
  expect(['m3/a', 'yuan/(hm2*a)', '10^4 m3', '1', '万元'].map((unit) => showUnit(unit, 'en'))).toEqual([
    'm³/a',
    'yuan/(hm²·a)',
    '10^4 m³',
    '',
    '10⁴ yuan',
  ]);
  expect(['yuan/(hm2*a)', 'yuan/visit', 'kWh/a', 't*hm2*h/(hm2*MJ*mm)'].map((unit) => showUnit(unit, 'zh'))).toEqual([
    '元/(hm²·a)',
    '元/人次',
    'kWh/a',
    't·hm²·h/(hm²·MJ·mm)',
  ]);
});

it('gives deviations their sign, but nought none', () => {
  expect([showSigned(0.004, 2), showSigned(-0.004, 2), showSigned(1.5, 1), showSigned(-2, 0)]).toEqual([
    '0.00',
    '0.00',
    '+1.5',
    '-2',
  ]);
  expect(formatDeviation({ measure: 'value', deviation: -0.00428 }, 'en')).toBe('-0.428 %');
  expect(formatDeviation({ measure: 'value', deviation: -0.000001 }, 'en')).toBe('0.000 %');
  expect(formatDeviation({ measure: 'share', deviation: 0.1 }, 'en')).toBe('+0.10 pt');
  expect(formatDeviation({ measure: 'share', deviation: 0.1 }, 'zh')).toBe('+0.10 百分点');
  expect(formatDeviation({ measure: 'rank', deviation: 0 }, 'en')).toBe('0');
  expect(formatDeviation({ measure: 'rank', deviation: null }, 'en')).toBe('');
});

it('parts the thousands of amounts in a sentence, and of no year, code, day or rate', () => {
  const said = '2024 年应付 383044.58 元（已付 -1234.50），规则 1.2345.67、991105.2024，2024-12-31，0.123456，v2024.10';
  expect(partAmounts(said)).toBe(said.replace('383044.58', '383,044.58').replace('-1234.50', '-1,234.50'));
  expect(partAmounts('383,044.58 yuan of 999.00.')).toBe('383,044.58 yuan of 999.00.');
});
