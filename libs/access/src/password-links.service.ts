/** One-time links for passwords: the token is given once to whoever issues it, and its digest is kept. */
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { assert } from '@gep/kernel';
import { insertLink } from './access.store';
import { lifetimes } from './refresh-rotation';
import { deriveKeys, linkTokenOf, tokenDigest } from './secrets';

/** A link to be handed to one person; the token is shown this once and kept nowhere. */
export interface IssuedLink {
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * What an idempotent command keeps of its link. Only with the secret does the seed give the token again, so that a
 * repeated command has the same answer although no token is stored.
 */
export interface LinkTrace {
  readonly seed: string;
  readonly expiresAt: string;
}

export class PasswordLinks {
  private readonly key: Buffer | undefined;

  /** @param secret the configured secret; without it a link serves this process only, so no command may be repeated */
  constructor(secret?: string) {
    this.key = secret === undefined ? undefined : deriveKeys(secret).setupLink;
  }

  /** Opens a link of a person. @param idempotencyKey of the command, when it may be repeated */
  async open(tx: EntityManager, userId: string, idempotencyKey: string | undefined): Promise<LinkTrace> {
    assert(this.key || idempotencyKey === undefined, 'a link of a repeatable command takes the secret');
    const seed = randomBytes(32).toString('base64url');
    const tokenHash = tokenDigest(this.tokenOf(seed));
    const expiresAt = await insertLink(tx, { kind: 'password', userId, tokenHash, seconds: lifetimes.setupLink });
    return { seed, expiresAt: expiresAt.toISOString() };
  }

  linkOf({ seed, expiresAt }: LinkTrace): IssuedLink {
    return { token: this.tokenOf(seed), expiresAt: new Date(expiresAt) };
  }

  private tokenOf(seed: string): string {
    return this.key ? linkTokenOf(seed, this.key) : seed;
  }
}
