/** Keys and one-time tokens derived from what is given: what is stored is only ever a digest. */
import { createHmac, hkdfSync } from 'node:crypto';
import { assert, digestOf } from '@gep/kernel';

/** Keys for separate purposes out of the one configured secret, so that none can stand in for another. */
export interface DerivedKeys {
  readonly accessToken: Buffer;
  readonly refreshChain: Buffer;
  readonly setupLink: Buffer;
}

/** @param secret at least 32 characters, as the configuration demands */
export function deriveKeys(secret: string): DerivedKeys {
  assert(secret.length >= 32, 'tokens would be signed with a short secret');
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `gep ${purpose}`, 32));
  return {
    accessToken: derive('access token'),
    refreshChain: derive('refresh chain'),
    setupLink: derive('setup link'),
  };
}

/**
 * The token that follows `token`. It is a function of the one before and a key, so that the same use repeated within
 * the grace gets the same answer although only digests are stored.
 */
export function successorOf(token: string, keys: DerivedKeys): string {
  return createHmac('sha256', keys.refreshChain).update(token).digest('base64url');
}

/** The token of a link out of 256 random bits that are worth nothing without the key. */
export function linkTokenOf(seed: string, key: Buffer): string {
  return createHmac('sha256', key).update(seed).digest('base64url');
}

/** What is stored of a refresh or link token: they are 256 random bits, so a plain digest gives nothing away. */
export function tokenDigest(token: string): string {
  return digestOf(token);
}
