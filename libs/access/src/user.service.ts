/** Administration of people: adding, granting, disabling; each administrator within their own territories. */
import type { EntityManager } from 'typeorm';
import { answerOnce, appendAudit, Database } from '@gep/platform';
import {
  closeLinks,
  insertGrant,
  insertUser,
  listGrants,
  lockAdministrators,
  revokeGrant,
  setUserStatus,
  type StoredUser,
  type UserPage,
} from './access.store';
import { grantWithin, isNationalAdministrator, mayManage } from './administration';
import type { GrantRequest, UserAccount, UserWithGrants } from './administration';
import { GrantDiffers, GrantMissing, LoginTaken, OutsideOwnTerritory, OwnGrant } from './errors';
import { coveringPath, nation, requirePermission, type Grant, type PermittedActor } from './grants';
import { LiveSessions } from './live-sessions.service';
import { foldLogin, parseDisplayName, parseLogin } from './login-name';
import { getKnownUser, keepAnAdministrator, listWithGrants, withGrants } from './managed-user.store';
import { hashPassword } from './password-hash.service';
import { checkPassword } from './password-policy';
import { PasswordLinks, type IssuedLink } from './password-links.service';
import { revokeSessions } from './session.store';

export interface NewUser {
  readonly login: string;
  readonly name: string;
  readonly grants: readonly GrantRequest[];
  /** Without one, a link is issued by which the person sets it. */
  readonly password?: string;
}

/** True when the same command had been carried out before, and this is its answer of that time. */
export interface Replayed {
  readonly replayed: boolean;
}

export interface ManagedUser extends Replayed {
  readonly user: UserWithGrants;
}

/** Names a command and its repetitions; without a key it is carried out each time. */
interface Deed {
  readonly key: string | undefined;
  readonly action: string;
  readonly body: unknown;
}

export class UserService {
  private readonly links: PasswordLinks;

  /** @param secret the configured secret; without it a link cannot be issued under an idempotency key */
  constructor(
    private readonly database: Database,
    private readonly liveSessions: LiveSessions = new LiveSessions(database),
    secret?: string,
  ) {
    this.links = new PasswordLinks(secret);
  }

  /**
   * Adds a person with their roles.
   * @throws Forbidden, LoginInvalid, NameInvalid, LoginTaken, GrantInvalid, OutsideOwnTerritory, PasswordWeak, IdempotencyConflict
   */
  async addUser(actor: PermittedActor, wish: NewUser, key?: string): Promise<ManagedUser & { link?: IssuedLink }> {
    const acting = requirePermission(actor, 'user.manage');
    const login = parseLogin(wish.login);
    const name = parseDisplayName(wish.name);
    const grants = wish.grants.map((grant) => grantWithin(acting, grant));
    if (grants.length === 0 && !acting.scope.includes(nation)) throw new OutsideOwnTerritory(login);
    if (wish.password !== undefined) checkPassword(wish.password, [login, name]);
    const passwordHash = wish.password === undefined ? null : await hashPassword(wish.password);
    const body = { login, name, grants, link: passwordHash === null };
    return this.database.transaction(acting, async (tx) => {
      const { response, replayed } = await this.once(tx, acting, { key, action: 'access.add-user', body }, async () => {
        const user = await insertUser(tx, { login, name, passwordHash });
        if (!user) throw new LoginTaken(login);
        for (const grant of grants) await insertGrant(tx, user.id, grant);
        const link = passwordHash === null ? await this.links.open(tx, user.id, key) : undefined;
        await appendAudit(tx, {
          actor,
          action: 'access.add-user',
          subject: `user:${user.id}`,
          territoryPath: coveringPath(grants),
          after: { login, name, grants, link: link !== undefined },
        });
        return { user: await withGrants(tx, user), link };
      });
      const { user, link } = response;
      return { replayed, user, ...(link && { link: this.links.linkOf(link) }) };
    });
  }

  /**
   * Gives a role to somebody else; giving it again changes nothing.
   * @throws Forbidden, UserMissing, OwnGrant, GrantInvalid, SheetsInvalid, GrantDiffers, OutsideOwnTerritory, IdempotencyConflict
   */
  async grantRole(actor: PermittedActor, login: string, wish: GrantRequest, key?: string): Promise<ManagedUser> {
    const acting = requirePermission(actor, 'user.manage');
    const { role, dataSheets } = wish;
    const body = { login: foldLogin(login), role, territory: wish.territory.code, ...(dataSheets && { dataSheets }) };
    return this.change(acting, { key, action: 'access.grant-role', body }, async (tx) => {
      const user = await getKnownUser(tx, acting.scope, login);
      const grant = grantWithin(acting, wish);
      if (user.id === actor.id) throw new OwnGrant(user.login, grant.role, grant.territoryCode);
      if (await insertGrant(tx, user.id, grant)) {
        const { territoryPath } = grant;
        const subject = `user:${user.id}`;
        await appendAudit(tx, { actor, action: 'access.grant-role', subject, territoryPath, after: grant });
      } else await refuseOtherSheets(tx, user, grant);
      return withGrants(tx, user);
    });
  }

  /**
   * Takes a role away.
   * @throws Forbidden, UserMissing, GrantMissing (also for a grant outside the actor's territories), LastAdministrator, IdempotencyConflict
   */
  async revokeRole(
    actor: PermittedActor,
    login: string,
    held: { readonly role: string; readonly territoryCode: string },
    key?: string,
  ): Promise<ManagedUser> {
    const acting = requirePermission(actor, 'user.manage');
    const body = { login: foldLogin(login), ...held };
    return this.change(acting, { key, action: 'access.revoke-role', body }, async (tx) => {
      await lockAdministrators(tx);
      const user = await getKnownUser(tx, acting.scope, login);
      const grants = await listGrants(tx, [user.id]);
      const found = grants.find(
        ({ role, territoryCode }) => role === held.role && territoryCode === held.territoryCode,
      );
      if (!found) throw new GrantMissing(user.login, held.role, held.territoryCode);
      await revokeGrant(tx, found.id);
      if (isNationalAdministrator([found])) await keepAnAdministrator(tx, user);
      const { role, territoryCode, territoryPath } = found;
      const before = { role, territoryCode, territoryPath };
      const subject = `user:${user.id}`;
      await appendAudit(tx, { actor, action: 'access.revoke-role', subject, territoryPath, before });
      return withGrants(tx, user);
    });
  }

  /**
   * Shuts a person out, at once, or lets them in again. All their sessions end.
   * @throws Forbidden, UserMissing, OutsideOwnTerritory, LastAdministrator, IdempotencyConflict
   */
  async setStatus(
    actor: PermittedActor,
    login: string,
    status: UserAccount['status'],
    key?: string,
  ): Promise<ManagedUser> {
    const deed = { key, action: 'access.set-status', body: { login: foldLogin(login), status } };
    const { response, replayed } = await this.manage(actor, login, deed, async (tx, user, grants) => {
      if (user.status !== status) {
        await setUserStatus(tx, user.id, status);
        const ended = status === 'disabled' ? await revokeSessions(tx, { userId: user.id }, 'user-disabled') : [];
        if (status === 'disabled' && isNationalAdministrator(grants)) await keepAnAdministrator(tx, user);
        await appendAudit(tx, {
          actor,
          action: status === 'disabled' ? 'access.disable-user' : 'access.enable-user',
          subject: `user:${user.id}`,
          territoryPath: coveringPath(grants),
          before: { status: user.status },
          after: { status, endedSessions: ended.length },
        });
      }
      return withGrants(tx, { ...user, status });
    });
    return { user: response, replayed };
  }

  /**
   * A link by which a person sets a new password; earlier links of theirs become void, the old password works until then.
   * @throws Forbidden, UserMissing, OutsideOwnTerritory, IdempotencyConflict
   */
  async issuePasswordLink(actor: PermittedActor, login: string, key?: string): Promise<IssuedLink & Replayed> {
    const deed = { key, action: 'access.issue-password-link', body: { login: foldLogin(login) } };
    const { response, replayed } = await this.manage(actor, login, deed, async (tx, user, grants) => {
      await closeLinks(tx, user.id);
      const link = await this.links.open(tx, user.id, key);
      await appendAudit(tx, {
        actor,
        action: 'access.issue-password-link',
        subject: `user:${user.id}`,
        territoryPath: coveringPath(grants),
        after: { expiresAt: link.expiresAt },
      });
      return link;
    });
    return { ...this.links.linkOf(response), replayed };
  }

  /**
   * Ends every session of a person, who may sign in again; for a lost device.
   * @returns how many there were
   * @throws Forbidden, UserMissing, OutsideOwnTerritory, IdempotencyConflict
   */
  async endSessions(actor: PermittedActor, login: string, key?: string): Promise<Replayed & { ended: number }> {
    const deed = { key, action: 'access.end-sessions', body: { login: foldLogin(login) } };
    const { response, replayed } = await this.manage(actor, login, deed, async (tx, user, grants) => {
      const ended = (await revokeSessions(tx, { userId: user.id }, 'ended-by-administrator')).length;
      if (ended > 0) {
        await appendAudit(tx, {
          actor,
          action: 'access.end-sessions',
          subject: `user:${user.id}`,
          territoryPath: coveringPath(grants),
          after: { endedSessions: ended },
        });
      }
      return ended;
    });
    return { ended: response, replayed };
  }

  /**
   * People with a role in the actor's territories, with those roles, by login; everybody for the nation.
   * @throws Forbidden
   */
  async listUsers(actor: PermittedActor, page: Omit<UserPage, 'all'> = {}): Promise<UserWithGrants[]> {
    const acting = requirePermission(actor, 'user.manage');
    return this.database.snapshot(acting, (tx) => listWithGrants(tx, { ...page, all: acting.scope.includes(nation) }));
  }

  /** One person, with the roles in the actor's territories. @throws Forbidden, UserMissing */
  async getUser(actor: PermittedActor, login: string): Promise<UserWithGrants> {
    const acting = requirePermission(actor, 'user.manage');
    return this.database.snapshot(acting, async (tx) =>
      withGrants(tx, await getKnownUser(tx, acting.scope, login, { lock: false })),
    );
  }

  private async change(
    acting: PermittedActor,
    deed: Deed,
    work: (tx: EntityManager) => Promise<UserWithGrants>,
  ): Promise<ManagedUser> {
    const { response, replayed } = await this.database.transaction(acting, (tx) =>
      this.once(tx, acting, deed, () => work(tx)),
    );
    this.liveSessions.forget();
    return { user: response, replayed };
  }

  /** Runs `work` on a person all of whose grants the actor manages; that takes sight of every grant. */
  private async manage<T>(
    actor: PermittedActor,
    login: string,
    deed: Deed,
    work: (tx: EntityManager, user: StoredUser, grants: readonly Grant[]) => Promise<T>,
  ): Promise<Replayed & { response: T }> {
    const { scope } = requirePermission(actor, 'user.manage');
    const doer = { ...actor, scope: [nation] };
    const done = await this.database.transaction(doer, (tx) =>
      this.once(tx, doer, deed, async () => {
        await lockAdministrators(tx);
        const user = await getKnownUser(tx, scope, login);
        const grants = await listGrants(tx, [user.id]);
        if (!mayManage(actor, grants)) throw new OutsideOwnTerritory(user.login);
        return work(tx, user, grants);
      }),
    );
    this.liveSessions.forget();
    return done;
  }

  private async once<T>(
    tx: EntityManager,
    actor: PermittedActor,
    { key, action, body }: Deed,
    work: () => Promise<T>,
  ): Promise<Replayed & { response: T }> {
    if (key === undefined) return { replayed: false, response: await work() };
    return answerOnce(tx, { actor, key, action, body }, work);
  }
}

/** @throws GrantDiffers where the same role is held for other data sheets */
async function refuseOtherSheets(tx: EntityManager, { id, login }: StoredUser, wished: Grant): Promise<void> {
  const { role, territoryCode, dataSheets } = wished;
  const grants = await listGrants(tx, [id]);
  const held = grants.find((one) => one.role === role && one.territoryCode === territoryCode);
  if (held && held.dataSheets?.join(' ') !== dataSheets?.join(' '))
    throw new GrantDiffers(login, role, territoryCode, held.dataSheets);
}
