/** Administration of people: adding, granting, disabling; each administrator within their own territories. */
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { appendAudit, Database } from '@gep/platform';
import {
  closeLinks,
  countAdministrators,
  findUser,
  insertGrant,
  insertLink,
  insertUser,
  listGrants,
  listUsers,
  lockAdministrators,
  revokeGrant,
  setUserStatus,
  type StoredUser,
} from './access.store';
import { isNationalAdministrator, mayManage, type UserAccount } from './administration';
import { GrantInvalid, GrantMissing, LastAdministrator, LoginTaken, OutsideOwnTerritory, UserMissing } from './errors';
import { lieWithin, nation, requirePermission, type Grant, type PermittedActor } from './grants';
import { LiveSessions } from './live-sessions.service';
import { foldLogin, parseDisplayName, parseLogin } from './login-name';
import { hashPassword } from './password-hash.service';
import { checkPassword } from './password-policy';
import { lifetimes } from './refresh-rotation';
import { isRole } from './roles';
import { tokenDigest } from './secrets';
import { revokeSessions } from './session.store';

/** A role wished for a territory; the caller has looked the path up. */
export interface GrantRequest {
  readonly role: string;
  readonly territory: { readonly code: string; readonly path: string };
}

export interface NewUser {
  readonly login: string;
  readonly name: string;
  readonly grants: readonly GrantRequest[];
  /** Without one, a link is issued by which the person sets it. */
  readonly password?: string;
}

/** A link to be handed to one person; the token is shown this once and kept nowhere. */
export interface IssuedLink {
  readonly token: string;
  readonly expiresAt: Date;
}

export interface UserWithGrants extends UserAccount {
  readonly grants: readonly Grant[];
}

export class UserService {
  constructor(
    private readonly database: Database,
    private readonly liveSessions: LiveSessions = new LiveSessions(database),
  ) {}

  /**
   * Adds a person with their roles.
   * @throws Forbidden, LoginInvalid, NameInvalid, LoginTaken, GrantInvalid, OutsideOwnTerritory, PasswordWeak
   */
  async addUser(actor: PermittedActor, wish: NewUser): Promise<{ user: UserWithGrants; link?: IssuedLink }> {
    const acting = requirePermission(actor, 'user.manage');
    const login = parseLogin(wish.login);
    const name = parseDisplayName(wish.name);
    const grants = wish.grants.map((grant) => grantWithin(acting, grant));
    if (grants.length === 0 && !acting.scope.includes(nation)) throw new OutsideOwnTerritory(login);
    if (wish.password !== undefined) checkPassword(wish.password, [login, name]);
    const passwordHash = wish.password === undefined ? null : await hashPassword(wish.password);
    return this.database.transaction(acting, async (tx) => {
      const user = await insertUser(tx, { login, name, passwordHash });
      if (!user) throw new LoginTaken(login);
      for (const grant of grants) await insertGrant(tx, user.id, grant);
      const link = passwordHash === null ? await issueLink(tx, user.id) : undefined;
      await appendAudit(tx, {
        actor,
        action: 'access.add-user',
        subject: `user:${user.id}`,
        after: { login, name, grants, link: link !== undefined },
      });
      return { user: { ...shown(user), grants }, ...(link && { link }) };
    });
  }

  /**
   * Gives a role; giving it again changes nothing.
   * @throws Forbidden, UserMissing, GrantInvalid, OutsideOwnTerritory
   */
  async grantRole(actor: PermittedActor, login: string, wish: GrantRequest): Promise<Grant> {
    const acting = requirePermission(actor, 'user.manage');
    const grant = grantWithin(acting, wish);
    await this.database.transaction(acting, async (tx) => {
      const user = await getUser(tx, login);
      if (!(await insertGrant(tx, user.id, grant))) return;
      await appendAudit(tx, { actor, action: 'access.grant-role', subject: `user:${user.id}`, after: grant });
    });
    this.liveSessions.forget();
    return grant;
  }

  /** @throws Forbidden, UserMissing, GrantMissing (also for a grant outside the actor's territories), LastAdministrator */
  async revokeRole(
    actor: PermittedActor,
    login: string,
    held: { readonly role: string; readonly territoryCode: string },
  ): Promise<void> {
    const acting = requirePermission(actor, 'user.manage');
    await this.database.transaction(acting, async (tx) => {
      await lockAdministrators(tx);
      const user = await getUser(tx, login);
      const grants = await listGrants(tx, [user.id]);
      const found = grants.find(
        ({ role, territoryCode }) => role === held.role && territoryCode === held.territoryCode,
      );
      if (!found) throw new GrantMissing(user.login, held.role, held.territoryCode);
      await revokeGrant(tx, found.id);
      if (isNationalAdministrator([found])) await keepAnAdministrator(tx, user);
      const { role, territoryCode, territoryPath } = found;
      const before = { role, territoryCode, territoryPath };
      await appendAudit(tx, { actor, action: 'access.revoke-role', subject: `user:${user.id}`, before });
    });
    this.liveSessions.forget();
  }

  /**
   * Shuts a person out, at once, or lets them in again. All their sessions end.
   * @throws Forbidden, UserMissing, OutsideOwnTerritory, LastAdministrator
   */
  async setStatus(actor: PermittedActor, login: string, status: UserAccount['status']): Promise<void> {
    await this.manage(actor, login, async (tx, user, grants) => {
      if (user.status === status) return;
      await setUserStatus(tx, user.id, status);
      const ended = status === 'disabled' ? await revokeSessions(tx, { userId: user.id }, 'user-disabled') : [];
      if (status === 'disabled' && isNationalAdministrator(grants)) await keepAnAdministrator(tx, user);
      await appendAudit(tx, {
        actor,
        action: status === 'disabled' ? 'access.disable-user' : 'access.enable-user',
        subject: `user:${user.id}`,
        before: { status: user.status },
        after: { status, endedSessions: ended.length },
      });
    });
  }

  /**
   * A link by which a person sets a new password; earlier links of theirs become void, the old password works until then.
   * @throws Forbidden, UserMissing, OutsideOwnTerritory
   */
  async issuePasswordLink(actor: PermittedActor, login: string): Promise<IssuedLink> {
    return this.manage(actor, login, async (tx, user) => {
      await closeLinks(tx, user.id);
      const link = await issueLink(tx, user.id);
      const after = { expiresAt: link.expiresAt };
      await appendAudit(tx, { actor, action: 'access.issue-password-link', subject: `user:${user.id}`, after });
      return link;
    });
  }

  /** People with a role in the actor's territories, with those roles; everybody for the nation. @throws Forbidden */
  async listUsers(actor: PermittedActor): Promise<UserWithGrants[]> {
    const acting = requirePermission(actor, 'user.manage');
    return this.database.snapshot(acting, async (tx) => {
      const users = await listUsers(tx, acting.scope.includes(nation));
      const grants = await listGrants(
        tx,
        users.map(({ id }) => id),
      );
      return users.map((user) => ({
        ...user,
        grants: grants
          .filter(({ userId }) => userId === user.id)
          .map(({ role, territoryCode, territoryPath }) => ({ role, territoryCode, territoryPath })),
      }));
    });
  }

  /** Runs `work` on a person all of whose grants the actor manages; that takes sight of every grant. */
  private async manage<T>(
    actor: PermittedActor,
    login: string,
    work: (tx: EntityManager, user: StoredUser, grants: readonly Grant[]) => Promise<T>,
  ): Promise<T> {
    requirePermission(actor, 'user.manage');
    const done = await this.database.transaction({ ...actor, scope: [nation] }, async (tx) => {
      await lockAdministrators(tx);
      const user = await getUser(tx, login);
      const grants = await listGrants(tx, [user.id]);
      if (!mayManage(actor, grants)) throw new OutsideOwnTerritory(user.login);
      return work(tx, user, grants);
    });
    this.liveSessions.forget();
    return done;
  }
}

async function getUser(tx: EntityManager, login: string): Promise<StoredUser> {
  const user = await findUser(tx, { login: foldLogin(login) }, true);
  if (!user) throw new UserMissing(foldLogin(login).slice(0, 64));
  return user;
}

function shown({ id, login, name, status, hasPassword }: StoredUser): UserAccount {
  return { id, login, name, status, hasPassword };
}

function grantWithin(acting: PermittedActor, { role, territory }: GrantRequest): Grant {
  const fits = territory.path.split('.').at(-1) === territory.code.replaceAll('-', '_');
  if (!isRole(role) || !fits) throw new GrantInvalid(role, territory.code);
  if (!lieWithin(territory.path, acting.scope)) throw new OutsideOwnTerritory(territory.code);
  return { role, territoryCode: territory.code, territoryPath: territory.path };
}

/** Call after the change, under the lock of administrators. Somebody who could not sign in anyway is no loss. */
async function keepAnAdministrator(tx: EntityManager, changed: StoredUser): Promise<void> {
  if (changed.status !== 'active' || !changed.hasPassword) return;
  if ((await countAdministrators(tx)) === 0) throw new LastAdministrator();
}

async function issueLink(tx: EntityManager, userId: string): Promise<IssuedLink> {
  const token = randomBytes(32).toString('base64url');
  const link = { kind: 'password', userId, tokenHash: tokenDigest(token), seconds: lifetimes.setupLink } as const;
  return { token, expiresAt: await insertLink(tx, link) };
}
