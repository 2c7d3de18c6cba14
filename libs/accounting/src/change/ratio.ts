/** Quotients of integers that are never reduced: the common divisor would cost more than the longer digits. */
import { assert, Fraction } from '@gep/kernel';

/** `bottom` is above zero. */
export interface Ratio {
  readonly top: bigint;
  readonly bottom: bigint;
}

export const ratioOne: Ratio = { top: 1n, bottom: 1n };
export const ratioZero: Ratio = { top: 0n, bottom: 1n };

export const ratioOf = ({ numerator, denominator }: Fraction): Ratio => ({ top: numerator, bottom: denominator });

/** A double by its shortest decimal, as money is rounded from it. */
export function ratioOfNumber(value: number): Ratio {
  return Number.isSafeInteger(value) ? { top: BigInt(value), bottom: 1n } : ratioOfText(String(value));
}

/** Decimal or fraction text, exactly. */
export function ratioOfText(text: string): Ratio {
  const plain = /^(-?\d{1,30})(?:\.(\d{1,30}))?$/.exec(text);
  if (plain) return { top: BigInt(plain[1] + (plain[2] ?? '')), bottom: tens[plain[2]?.length ?? 0] };
  const read = Fraction.parse(text);
  assert(read, `not a finite number: ${text}`);
  return ratioOf(read);
}

const tens = Array.from({ length: 31 }, (_, places) => 10n ** BigInt(places));

export const timesRatio = (a: Ratio, b: Ratio): Ratio => ({ top: a.top * b.top, bottom: a.bottom * b.bottom });

/** @throws BrokenInvariant when `b` is zero */
export function overRatio(a: Ratio, b: Ratio): Ratio {
  assert(b.top !== 0n, 'division by a ratio of zero');
  const sign = b.top < 0n ? -1n : 1n;
  return { top: sign * a.top * b.bottom, bottom: sign * a.bottom * b.top };
}

export function plusRatio(a: Ratio, b: Ratio): Ratio {
  if (a.top === 0n) return b;
  if (b.top === 0n) return a;
  if (a.bottom === b.bottom) return { top: a.top + b.top, bottom: a.bottom };
  return { top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom };
}

export const isSameRatio = (a: Ratio, b: Ratio): boolean => a.top * b.bottom === b.top * a.bottom;
