/** One byte sequence for one value, and its digest: the ground of editions, batches, vintages and the audit chain. */
import { createHash } from 'node:crypto';
import { assert } from './assert';

/**
 * JSON with sorted keys and no spaces. `undefined` members are left out; bigint is written as a decimal string; a value
 * with `toJSON` (Date, Decimal, Fraction) is written as that. What JSON would silently turn into null or `{}` (non-finite
 * numbers, Map, Set, typed arrays, functions, symbols) is a bug of the caller.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'bigint') return JSON.stringify(value.toString());
  if (typeof value === 'number') assert(Number.isFinite(value), `not a JSON number: ${value}`);
  assert(typeof value !== 'function' && typeof value !== 'symbol', `not a JSON value: ${typeof value}`);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const record = value as Record<string, unknown>;
  if (typeof record.toJSON === 'function') return canonicalJson((record as { toJSON(): unknown }).toJSON());
  const opaque =
    value instanceof Map || value instanceof Set || ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
  assert(!opaque, `not a JSON value: ${value.constructor?.name}`);
  const members = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key])}`);
  return `{${members.join(',')}}`;
}

/** SHA-256 in lower-case hex. */
export function digestOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Digest of the canonical JSON of a value. */
export function digestOfValue(value: unknown): string {
  return digestOf(canonicalJson(value));
}
