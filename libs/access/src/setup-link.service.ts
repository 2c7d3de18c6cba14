/** One-time links: the first administrator of a new installation, and passwords that people set for themselves. */
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { appendAudit, type Database } from '@gep/platform';
import {
  closeLinks,
  countAdministrators,
  findHomePath,
  findOpenLink,
  findUser,
  insertGrant,
  insertLink,
  insertUser,
  lockAdministrators,
  setPasswordHash,
  type StoredLink,
  type StoredUser,
} from './access.store';
import type { UserAccount } from './administration';
import { AdministratorExists, LoginTaken, SetupLinkRefused } from './errors';
import { nation } from './grants';
import { doorkeeper, LiveSessions } from './live-sessions.service';
import { parseDisplayName, parseLogin } from './login-name';
import { hashPassword } from './password-hash.service';
import { checkPassword } from './password-policy';
import { lifetimes } from './refresh-rotation';
import { tokenDigest } from './secrets';
import { revokeSessions } from './session.store';
import type { IssuedLink } from './password-links.service';

/** What the page behind a link asks for. */
export interface LinkPurpose {
  readonly kind: StoredLink['kind'];
  /** Whose password is set; null for the first administrator, who chooses a login. */
  readonly login: string | null;
  readonly expiresAt: Date;
}

export interface LinkAnswer {
  readonly token: string;
  readonly password: string;
  /** For the first administrator only. */
  readonly login?: string;
  readonly name?: string;
}

interface Person {
  readonly login: string;
  readonly name: string;
}

export class SetupLinkService {
  constructor(
    private readonly database: Database,
    private readonly liveSessions: LiveSessions = new LiveSessions(database),
  ) {}

  /** True while nobody can sign in as administrator of the nation. */
  async needsAdministrator(): Promise<boolean> {
    return this.database.snapshot(doorkeeper, async (tx) => (await countAdministrators(tx)) === 0);
  }

  /** A link for the first administrator; earlier ones become void. @throws AdministratorExists */
  async issueFirstAdministratorLink(): Promise<IssuedLink> {
    const token = randomBytes(32).toString('base64url');
    return this.database.transaction(doorkeeper, async (tx) => {
      await refuseIfAdministered(tx);
      await closeLinks(tx, null);
      const kind = 'first-administrator';
      const expiresAt = await insertLink(tx, {
        kind,
        userId: null,
        tokenHash: tokenDigest(token),
        seconds: lifetimes.setupLink,
      });
      await appendAudit(tx, {
        actor: doorkeeper,
        action: 'access.issue-first-administrator-link',
        subject: 'access',
        after: { expiresAt },
      });
      return { token, expiresAt };
    });
  }

  /** @throws SetupLinkRefused */
  async lookAtLink(token: string): Promise<LinkPurpose> {
    const { link, person } = await this.open(token);
    return { kind: link.kind, login: person?.login ?? null, expiresAt: link.expiresAt };
  }

  /**
   * Uses a link up: makes the first administrator, or sets the person's password and ends their sessions.
   * @throws SetupLinkRefused, AdministratorExists, LoginInvalid, NameInvalid, LoginTaken, PasswordWeak; the link stays good
   */
  async redeemLink(answer: LinkAnswer): Promise<Pick<UserAccount, 'id' | 'login' | 'name'>> {
    const { link, person } = await this.open(answer.token);
    const who: Person = person ?? {
      login: parseLogin(answer.login ?? ''),
      name: parseDisplayName(answer.name ?? answer.login ?? ''),
    };
    checkPassword(answer.password, [who.login, who.name]);
    const passwordHash = await hashPassword(answer.password);
    const user = await this.database.transaction(doorkeeper, async (tx) => {
      if (link.kind === 'first-administrator') await refuseIfAdministered(tx);
      const still = await findOpenLink(tx, tokenDigest(answer.token), true);
      if (!still) throw new SetupLinkRefused();
      return still.userId === null
        ? makeFirstAdministrator(tx, who, passwordHash)
        : setOwnPassword(tx, still.userId, passwordHash);
    });
    this.liveSessions.forget();
    return { id: user.id, login: user.login, name: user.name };
  }

  private async open(token: string): Promise<{ link: StoredLink; person?: Person }> {
    const opened = await this.database.snapshot(doorkeeper, async (tx) => {
      const link = await findOpenLink(tx, tokenDigest(token));
      if (!link) return undefined;
      if (link.userId === null) return { link };
      const person = await findUser(tx, { id: link.userId });
      return person?.status === 'active' ? { link, person } : undefined;
    });
    if (!opened) throw new SetupLinkRefused();
    return opened;
  }
}

async function refuseIfAdministered(tx: EntityManager): Promise<void> {
  await lockAdministrators(tx);
  if ((await countAdministrators(tx)) > 0) throw new AdministratorExists();
}

async function makeFirstAdministrator(tx: EntityManager, who: Person, passwordHash: string): Promise<StoredUser> {
  const user = await insertUser(tx, { ...who, passwordHash });
  if (!user) throw new LoginTaken(who.login);
  await insertGrant(tx, user.id, { role: 'admin', territoryCode: nation, territoryPath: nation });
  await closeLinks(tx, null);
  await appendAudit(tx, {
    actor: { id: user.id, name: user.name, scope: [] },
    action: 'access.make-first-administrator',
    subject: `user:${user.id}`,
    after: { login: user.login, name: user.name },
  });
  return user;
}

async function setOwnPassword(tx: EntityManager, userId: string, passwordHash: string): Promise<StoredUser> {
  const user = await findUser(tx, { id: userId }, true);
  if (user?.status !== 'active') throw new SetupLinkRefused();
  await setPasswordHash(tx, userId, passwordHash);
  await closeLinks(tx, userId);
  const ended = await revokeSessions(tx, { userId }, 'password-changed');
  await appendAudit(tx, {
    actor: { id: user.id, name: user.name, scope: [] },
    action: 'access.set-password',
    subject: `user:${userId}`,
    territoryPath: await findHomePath(tx, userId),
    after: { endedSessions: ended.length },
  });
  return user;
}
