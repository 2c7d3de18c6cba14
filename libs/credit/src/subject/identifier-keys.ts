/** The keys of identifiers: one pair for sealing and one for looking for, under an id; the first pair is the one in use. */
import { createHmac } from 'node:crypto';
import { CreditKeysMissing } from '../errors';
import type { IdentifierField } from './read-identifier';

export interface IdentifierKey {
  readonly id: string;
  /** 32 bytes for AES-256-GCM. */
  readonly seal: Buffer;
  /** 32 bytes for HMAC-SHA-256; never the same as `seal`. */
  readonly index: Buffer;
}

/** Reads `id:seal:index[,…]`, each key 32 bytes as base64url; undefined when it is not that. */
export function readKeys(text: string): readonly IdentifierKey[] | undefined {
  const keys = text.split(',').map((entry): IdentifierKey | undefined => {
    const [id, seal, index, ...rest] = entry.trim().split(':');
    if (rest.length > 0 || !/^[a-z0-9-]{1,20}$/.test(id ?? '') || !seal || !index || seal === index) return undefined;
    const [one, other] = [seal, index].map((each) => Buffer.from(each, 'base64url'));
    return one.length === 32 && other.length === 32 ? { id, seal: one, index: other } : undefined;
  });
  const whole = keys.filter((key) => key !== undefined);
  const ids = new Set(whole.map(({ id }) => id));
  return whole.length === keys.length && ids.size === keys.length ? whole : undefined;
}

/** What stands in for an identifier when it is looked for: the same text of the same field gives the same bytes. */
export function blindIndexOf({ index }: IdentifierKey, field: IdentifierField, text: string): Buffer {
  return createHmac('sha256', index).update(`${field}\0${text}`, 'utf8').digest();
}

/** @throws CreditKeysMissing */
export function keyOfId(keys: readonly IdentifierKey[], id: string): IdentifierKey {
  const found = keys.find((key) => key.id === id);
  if (!found) throw new CreditKeysMissing(id);
  return found;
}
