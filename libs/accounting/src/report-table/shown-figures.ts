/** Areas and quantities of an account as a report shows them: decimals of people, without the noise of doubles. */
import { Fraction } from '@gep/kernel';

/** Every decimal of so many significant digits survives a double, and a compensated sum of such decimals is off by less. */
const exactDigits = 15;

/**
 * An area of an account as the exact decimal that its patches add up to: what their sum in doubles has beyond fifteen
 * significant digits is noise (6349.740000000001 is 6349.74).
 */
export const exactArea = (area: number): Fraction => Fraction.parse(area.toPrecision(exactDigits))!;

export const sumExactly = (figures: readonly Fraction[]): Fraction =>
  figures.reduce((sum, one) => sum.plus(one), Fraction.zero);

const decimals = 4;
const significant = 6;

/** How quantities are cut, as their tables say it. */
export const quantityRule = {
  zh: `实物量取 ${decimals} 位小数，较小的至少取 ${significant} 位有效数字，末尾的零不写；核算用的是全部位数，见账户`,
  en: `Quantities have ${decimals} decimals, small ones at least ${significant} significant digits, without zeros at the end; values were computed with all digits, which the account keeps`,
};

/** A quantity with four decimals, or with more where six significant digits need them; zeros at the end are left out. */
export function shownQuantity(value: number): string {
  const size = Math.abs(value);
  const leading = size === 0 ? 0 : Math.floor(Math.log10(size)) + 1;
  const places = Math.max(decimals, significant - leading);
  const text = fixed(Fraction.parse(String(value))!, places);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Decimal text with so many places, rounded half away from zero. */
export function fixed(value: Fraction, places: number): string {
  const negative = value.numerator < 0n;
  const size = negative ? -value.numerator : value.numerator;
  const scaled = (2n * size * 10n ** BigInt(places) + value.denominator) / (2n * value.denominator);
  const digits = scaled.toString().padStart(places + 1, '0');
  const shown = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return negative && scaled !== 0n ? `-${shown}` : shown;
}
