/** Puts values into the form they have in JSON: bigint as decimal text, moments as ISO 8601 text, maps as objects. */

export type Wire<T> = T extends bigint | Date
  ? string
  : T extends ReadonlyMap<string, infer V>
    ? Record<string, Wire<V>>
    : T extends readonly (infer U)[]
      ? Wire<U>[]
      : T extends object
        ? { [K in keyof T]: Wire<T[K]> }
        : T;

/** A copy of the value that JSON can hold without losing a digit. */
export function wire<T>(value: T): Wire<T> {
  return convert(value) as Wire<T>;
}

function convert(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(convert);
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, member]) => [key, convert(member)]));
}
