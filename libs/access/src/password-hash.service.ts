/** Hashes passwords with argon2id and weighs them, taking as long for a login that does not exist. */
import { randomBytes } from 'node:crypto';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { foldPassword } from './password-policy';

/** OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane. About 30 ms of one core. */
export const argon2Parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The outcome of weighing a password. */
export interface Weighed {
  readonly right: boolean;
  /** True when the stored hash was made with other parameters and should be replaced now that the password is at hand. */
  readonly outdated: boolean;
}

let decoy: Promise<string> | undefined;

/** PHC text with its own salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(foldPassword(password), argon2Parameters);
}

/**
 * @param stored null for an unknown login or an account without a password: a decoy is weighed in its place, so that
 *   the time of the answer does not tell which logins exist
 */
export async function weighPassword(stored: string | null, password: string): Promise<Weighed> {
  decoy ??= hashPassword(randomBytes(24).toString('base64url'));
  const right = await verify(stored ?? (await decoy), foldPassword(password));
  if (stored === null) return { right: false, outdated: false };
  const made = parseOptions(stored);
  const outdated = (['algorithm', 'memoryCost', 'timeCost', 'parallelism'] as const).some(
    (key) => Number(made[key]) !== argon2Parameters[key],
  );
  return { right, outdated };
}
