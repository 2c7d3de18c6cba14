/** A person at the terminal, by login and password: for deeds that must be somebody's, not the operator's. */
import { randomBytes } from 'node:crypto';
import { text as readAll } from 'node:stream/consumers';
import { AccessService, type SignedInActor } from '@gep/access';
import type { Database } from '@gep/platform';
import { PasswordNotGiven } from '../errors';

/** Who acts, and whether the password comes on stdin. */
export interface ActingOptions {
  readonly as?: string;
  readonly passwordStdin?: true;
}

/** The one way by which a password reaches the terminal, wherever one is needed. */
export const passwordOption = [
  '--password-stdin',
  'read the password from the first line of stdin · 从标准输入的第一行读取密码',
] as const;

/** The first line of stdin. Read it before the database is opened: a person may take their time. */
export async function readPassword(): Promise<string> {
  return (await readAll(process.stdin)).split(/\r?\n/)[0];
}

/** The password of whoever acts; nothing where nobody is named. @throws PasswordNotGiven */
export async function passwordOf({ as: login, passwordStdin }: ActingOptions): Promise<string> {
  if (login === undefined) return '';
  if (!passwordStdin) throw new PasswordNotGiven(login);
  return readPassword();
}

/**
 * Signs the person in for the length of `work`, with the permissions they hold.
 * @throws LoginRefused, TooManyAttempts
 */
export async function actingAs<T>(
  database: Database,
  { login, password }: { readonly login: string; readonly password: string },
  work: (actor: SignedInActor) => Promise<T>,
): Promise<T> {
  // Tokens of this session are made and read here alone, so no other process needs the key.
  const access = new AccessService(database, randomBytes(32).toString('hex'));
  const { accessToken } = await access.signIn({ login, password, address: 'terminal' });
  const actor = await access.authenticate(accessToken);
  try {
    return await work(actor);
  } finally {
    await access.signOut(actor);
  }
}
