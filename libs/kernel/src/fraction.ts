/** Exact rational numbers over bigint, for unit factors, rates and shares that must not lose a digit. */
import { assert } from './assert';

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** Bits of the absolute value. */
const bitsOf = (value: bigint): number => (value < 0n ? -value : value).toString(2).length;

/** Beyond any number of the field; keeps a hostile file from buying hours of big-number work. */
const longestText = 10_000;

/** An immutable rational in lowest terms with a positive denominator. */
export class Fraction {
  static readonly zero = new Fraction(0n, 1n);
  static readonly one = new Fraction(1n, 1n);

  private constructor(
    readonly numerator: bigint,
    readonly denominator: bigint,
  ) {}

  /** @throws BrokenInvariant when `denominator` is zero */
  static of(numerator: bigint, denominator = 1n): Fraction {
    assert(denominator !== 0n, 'fraction with a zero denominator');
    const sign = denominator < 0n ? -1n : 1n;
    const divisor = gcd(numerator, denominator) || 1n;
    return new Fraction((sign * numerator) / divisor, (sign * denominator) / divisor);
  }

  /**
   * Reads `12`, `-0.25`, `1.5e-3` or a quotient of two such numbers (`1/7`, `10000/15`).
   * @returns undefined when the text is none of these, or longer than 10,000 characters
   */
  static parse(text: string): Fraction | undefined {
    if (text.length > longestText) return undefined;
    if (!text.includes('/')) return parseDecimal(text);
    const [top, bottom, ...rest] = text.split('/').map(parseDecimal);
    if (rest.length > 0 || top === undefined) return undefined;
    if (bottom === undefined || bottom.numerator === 0n) return undefined;
    return top.dividedBy(bottom);
  }

  plus(other: Fraction): Fraction {
    return Fraction.of(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }
  minus(other: Fraction): Fraction {
    return this.plus(other.times(Fraction.of(-1n)));
  }
  times(other: Fraction): Fraction {
    return Fraction.of(this.numerator * other.numerator, this.denominator * other.denominator);
  }
  dividedBy(other: Fraction): Fraction {
    return Fraction.of(this.numerator * other.denominator, this.denominator * other.numerator);
  }
  /** Integer powers only; a negative exponent inverts. */
  power(exponent: number): Fraction {
    assert(Number.isInteger(exponent), 'fraction raised to a power that is not an integer');
    const size = BigInt(Math.abs(exponent));
    return exponent >= 0
      ? Fraction.of(this.numerator ** size, this.denominator ** size)
      : Fraction.of(this.denominator ** size, this.numerator ** size);
  }
  equals(other: Fraction): boolean {
    return this.numerator === other.numerator && this.denominator === other.denominator;
  }
  compare(other: Fraction): -1 | 0 | 1 {
    const difference = this.numerator * other.denominator - other.numerator * this.denominator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  /** The nearest double, ties to even, for every value that a normal double can hold. */
  toNumber(): number {
    if (this.denominator === 1n) return Number(this.numerator);
    const exactParts = bitsOf(this.numerator) <= 53 && bitsOf(this.denominator) <= 53;
    if (exactParts) return Number(this.numerator) / Number(this.denominator);
    // 64 bits of the quotient and one sticky bit below them: the conversion of the bigint rounds, the scaling is exact.
    const shift = 66 - (bitsOf(this.numerator) - bitsOf(this.denominator));
    const top = shift > 0 ? this.numerator << BigInt(shift) : this.numerator;
    const bottom = shift > 0 ? this.denominator : this.denominator << BigInt(-shift);
    const quotient = top / bottom;
    const sticky = top % bottom === 0n ? 0n : this.numerator < 0n ? -1n : 1n;
    const half = Math.trunc(-shift / 2);
    return Number(2n * quotient + sticky) * 2 ** half * 2 ** (-shift - 1 - half);
  }
  /** Decimal text with at most `digits` significant digits, rounded half away from zero. */
  toDecimalText(digits = 40): string {
    assert(Number.isInteger(digits) && digits > 0, `not a number of digits: ${digits}`);
    const negative = this.numerator < 0n;
    const top = negative ? -this.numerator : this.numerator;
    let exponent = top.toString().length - this.denominator.toString().length;
    let shift = digits - exponent;
    const scaled = (): bigint =>
      shift >= 0
        ? (2n * top * 10n ** BigInt(shift) + this.denominator) / (2n * this.denominator)
        : (2n * top + this.denominator * 10n ** BigInt(-shift)) / (2n * this.denominator * 10n ** BigInt(-shift));
    let mantissa = scaled();
    while (mantissa.toString().length > digits) {
      shift -= 1;
      exponent += 1;
      mantissa = scaled();
    }
    const text = shift <= 0 ? (mantissa * 10n ** BigInt(-shift)).toString() : withPoint(mantissa.toString(), shift);
    return `${negative && mantissa !== 0n ? '-' : ''}${text}`;
  }
  /** A decimal when it ends within `digits` significant digits, else the fraction itself (`1/7`); nothing is rounded. */
  toExactText(digits = 40): string {
    const places = decimalPlaces(this.denominator);
    if (places === undefined) return this.toString();
    if (places === 0) return `${this.numerator}`;
    const negative = this.numerator < 0n;
    const whole = ((negative ? -this.numerator : this.numerator) * 10n ** BigInt(places)) / this.denominator;
    const text = whole.toString();
    return text.length > digits ? this.toString() : `${negative ? '-' : ''}${withPoint(text, places)}`;
  }
  /** Its text, so that a digest or a message never depends on the inner fields. */
  toJSON(): string {
    return this.toString();
  }
  /** `3`, `-1/7`. */
  toString(): string {
    return this.denominator === 1n ? `${this.numerator}` : `${this.numerator}/${this.denominator}`;
  }
}

/** Places that a decimal with this denominator has; undefined when it never ends. */
function decimalPlaces(denominator: bigint): number | undefined {
  let rest = denominator;
  let [twos, fives] = [0, 0];
  for (; rest % 2n === 0n; rest /= 2n) twos += 1;
  for (; rest % 5n === 0n; rest /= 5n) fives += 1;
  return rest === 1n ? Math.max(twos, fives) : undefined;
}

function withPoint(digits: string, places: number): string {
  const padded = digits.padStart(places + 1, '0');
  const whole = padded.slice(0, -places);
  const part = padded.slice(-places).replace(/0+$/, '');
  return part === '' ? whole : `${whole}.${part}`;
}

function parseDecimal(text: string): Fraction | undefined {
  const match = /^\s*([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d{1,3}))?\s*$/.exec(text);
  if (!match) return undefined;
  const [whole = '', part = ''] = match[2].split('.');
  const places = part.length - Number(match[3] ?? 0);
  const digits = BigInt(`${match[1]}${whole}${part}`);
  return places >= 0 ? Fraction.of(digits, 10n ** BigInt(places)) : Fraction.of(digits * 10n ** BigInt(-places));
}
