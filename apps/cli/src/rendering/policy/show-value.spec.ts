/** Values of a rule as people read them: nothing is shown as a fraction, and what was cut says so. */
import fc from 'fast-check';
import { Fraction } from '@gep/kernel';
import { showFigure, showValue } from './show-value';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`show-value.spec seed ${seed} (repeat with GEP_TEST_SEED)`);

const long = '6368658572182050000/7258965366913';

it.each([
  [{ value: long, unit: 'yuan' }, '877,350.73 元', `877,350.73 元 (${long})`],
  [{ value: '1/3', unit: '1' }, '0.333333333333…', '0.333333333333… (1/3)'],
  [{ value: '12.5', unit: '%' }, '12.5 %', '12.5 %'],
  [{ value: '1200000', unit: 'hm2' }, '1,200,000 hm²', '1,200,000 hm²'],
])('shows %j', (plain, people, traced) => {
  expect(showValue(plain, undefined, false, 'zh').replace('公顷', 'hm²')).toBe(people);
  expect(showValue(plain, undefined, true, 'zh').replace('公顷', 'hm²')).toBe(traced);
});

it('says yes and no in words, and leaves a word alone that happens to be one', () => {
  expect(showValue({ value: 'no' }, { kind: 'yes-no' }, true, 'zh')).toBe('否');
  expect(showValue({ value: 'no' }, { kind: 'text' }, true, 'zh')).toBe('no');
});

it('shows any sum of yuan within half a fen, and no number as a quotient', () => {
  const part = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
  fc.assert(
    fc.property(part, fc.bigInt({ min: 1n, max: 10n ** 9n }), (top, bottom) => {
      const exact = Fraction.of(top, bottom);
      const value = exact.toExactText();
      const yuan = Fraction.parse(showFigure({ value, unit: 'yuan' }, undefined, 'en').replaceAll(',', ''))!;
      const off = yuan.minus(exact);
      expect(off.compare(Fraction.of(1n, 200n))).toBeLessThanOrEqual(0);
      expect(off.compare(Fraction.of(-1n, 200n))).toBeGreaterThanOrEqual(0);
      expect(showFigure({ value, unit: '1' }, undefined, 'en')).toMatch(/^-?[\d,]+(\.\d+)?…?$/);
    }),
    { seed, numRuns: 200 },
  );
});
