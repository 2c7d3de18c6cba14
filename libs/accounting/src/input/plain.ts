/** Puts exact results into the form they have in JSON: fractions as decimal text, fen as decimal text, maps as objects. */
import { Fraction } from '@gep/kernel';

export type Plain<T> = T extends Fraction | bigint
  ? string
  : T extends ReadonlyMap<string, infer V>
    ? Record<string, Plain<V>>
    : T extends readonly (infer U)[]
      ? Plain<U>[]
      : T extends object
        ? { [K in keyof T]: Plain<T[K]> }
        : T;

/** Significant digits of a decimal that does not end, such as a share or an index. */
const endlessDigits = 20;

/** A copy that JSON can hold: decimals that end are whole, the others have twenty digits. */
export function plain<T>(value: T): Plain<T> {
  return convert(value) as Plain<T>;
}

function convert(value: unknown): unknown {
  if (value instanceof Fraction) {
    const exact = value.toExactText();
    return exact.includes('/') ? value.toDecimalText(endlessDigits) : exact;
  }
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(convert);
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, member]) => [key, convert(member)]));
}
