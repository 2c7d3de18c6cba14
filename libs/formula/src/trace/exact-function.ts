/** Functions and powers in exact fractions or 40-digit decimals; shared by constants, coefficients and the audit walker. */
import { Decimal, Fraction } from '@gep/kernel';
import { ComparisonOperator } from '../syntax/syntax-tree';
import { UnaryFunction } from '../checking/typed-tree';

const unaryFunctions: Readonly<Record<UnaryFunction, (x: Decimal) => Decimal>> = {
  exp: (x) => x.exp(),
  ln: (x) => x.ln(),
  log10: (x) => x.log(10),
  sqrt: (x) => x.sqrt(),
  abs: (x) => x.abs(),
  sin: (x) => x.sin(),
  cos: (x) => x.cos(),
};

/** A function of a pure number; NaN outside its domain (`ln(-1)`). */
export function applyExactly(name: UnaryFunction, x: Decimal): Decimal {
  return unaryFunctions[name](x);
}

/** 40 significant digits of a fraction. */
export function toDecimal(value: Fraction): Decimal {
  return new Decimal(value.numerator.toString()).dividedBy(value.denominator.toString());
}

/** Whether a fraction has a finite decimal text. */
export function isDecimal({ denominator }: Fraction): boolean {
  let rest = denominator;
  for (const prime of [2n, 5n]) while (rest % prime === 0n) rest /= prime;
  return rest === 1n;
}

/** `0.25` or `1/7`. */
export function exactText(value: Fraction): string {
  return isDecimal(value) ? value.toDecimalText() : value.toString();
}

/** The fraction that a decimal is; undefined for NaN, infinity and numbers beyond 10^±400. */
export function toFraction(value: Decimal): Fraction | undefined {
  if (!value.isFinite() || Math.abs(value.e) > 400) return undefined;
  return Fraction.parse(value.toFixed());
}

/** Fractions grow without bound under repeated powers; beyond this many digits a power is rounded to 40 digits. */
const longestExactPower = 2000;

/** base^exponent, exact for small whole exponents; undefined where the power has no finite real value. */
export function powerExactly(base: Fraction, exponent: Fraction): Fraction | undefined {
  const n = Number(exponent.numerator);
  const digits = Math.max(base.numerator.toString().length, base.denominator.toString().length);
  if (exponent.denominator === 1n && Math.abs(n) * digits <= longestExactPower) {
    return n < 0 && base.numerator === 0n ? undefined : base.power(n);
  }
  return toFraction(toDecimal(base).pow(toDecimal(exponent)));
}

/** The truth of a comparison from the sign of left - right. */
export function compareExactly(operator: ComparisonOperator, order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
  }
}
