/** One byte sequence for one value, and its digest: the ground of editions, batches, vintages and the audit chain. */
import { createHash } from 'node:crypto';
import { assert } from './assert';

/**
 * JSON with sorted keys and no spaces. `undefined` members are left out; bigint is written as a decimal string.
 * Non-finite numbers are a bug of the caller, because JSON would turn them into null.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'bigint') return JSON.stringify(value.toString());
  if (typeof value === 'number') assert(Number.isFinite(value), `not a JSON number: ${value}`);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  const record = value as Record<string, unknown>;
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
