/** People as an administrator meets them: with the roles that the scope of the transaction shows, or not at all. */
import type { EntityManager } from 'typeorm';
import {
  countAdministrators,
  findUser,
  hasHadGrant,
  listGrants,
  listUsers,
  type StoredGrant,
  type StoredUser,
  type UserPage,
} from './access.store';
import type { UserAccount, UserWithGrants } from './administration';
import { LastAdministrator, UserMissing } from './errors';
import { nation, type Grant } from './grants';
import { foldLogin } from './login-name';
import type { Role } from './roles';

/**
 * A person who has or had a role within these paths; anybody for the nation. One who had is found, so that a role taken
 * away by mistake can be given back.
 * @throws UserMissing also for people of other territories
 */
export async function getKnownUser(
  tx: EntityManager,
  paths: readonly string[],
  login: string,
  { lock }: { readonly lock: boolean } = { lock: true },
): Promise<StoredUser> {
  const user = await findUser(tx, { login: foldLogin(login) }, lock);
  if (!user || !(paths.includes(nation) || (await hasHadGrant(tx, user.id, paths))))
    throw new UserMissing(foldLogin(login).slice(0, 64));
  return user;
}

/** Without what only signing in needs. */
export async function withGrants(tx: EntityManager, user: UserAccount): Promise<UserWithGrants> {
  const { id, login, name, status, hasPassword } = user;
  return { id, login, name, status, hasPassword, grants: (await listGrants(tx, [id])).map(plain) };
}

/** A page of people with their roles, by login. */
export async function listWithGrants(tx: EntityManager, page: UserPage): Promise<UserWithGrants[]> {
  const users = await listUsers(tx, page);
  const held = new Map(users.map(({ id }) => [id, [] as Grant[]]));
  for (const grant of await listGrants(tx, [...held.keys()])) held.get(grant.userId)!.push(plain(grant));
  return users.map((user) => ({ ...user, grants: held.get(user.id)! }));
}

/** Call after the change, under the lock of administrators. Somebody who could not sign in anyway is no loss. */
export async function keepAnAdministrator(tx: EntityManager, changed: StoredUser): Promise<void> {
  if (changed.status !== 'active' || !changed.hasPassword) return;
  if ((await countAdministrators(tx)) === 0) throw new LastAdministrator();
}

function plain({ role, territoryCode, territoryPath, dataSheets }: StoredGrant): Grant {
  return { role, territoryCode, territoryPath, ...(dataSheets && { dataSheets }) };
}

/** Id of a person with this role in the scope of the transaction, by login. @throws UserMissing */
export async function getHolder(tx: EntityManager, login: string, role: Role): Promise<string> {
  const folded = foldLogin(login);
  const user = await findUser(tx, { login: folded });
  const held = user ? await listGrants(tx, [user.id]) : [];
  if (!held.some((grant) => grant.role === role)) throw new UserMissing(login);
  return user!.id;
}
