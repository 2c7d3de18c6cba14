/** Lets people in by password, keeps them in by rotating refresh tokens, and says who a request comes from. */
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import type { EntityManager } from 'typeorm';
import { appendAudit, type Actor, type Database } from '@gep/platform';
import { algorithm, audience, issuer, parseClaims, type AccessClaims } from './access-claims';
import { findHomePath, findUser, setPasswordHash, type StoredUser } from './access.store';
import { LoginRefused, TokenRefused, TooManyAttempts } from './errors';
import { coveringPath, permittedActor, type PermittedActor } from './grants';
import { doorkeeper, LiveSessions } from './live-sessions.service';
import { foldLogin } from './login-name';
import { secondsToWait, throttleKeys, type ThrottleKey } from './login-throttle';
import { hashPassword, weighPassword } from './password-hash.service';
import { checkPassword } from './password-policy';
import { decideRefresh, lifetimes } from './refresh-rotation';
import { deriveKeys, successorOf, tokenDigest, type DerivedKeys } from './secrets';
import {
  countAttempts,
  insertRefreshToken,
  insertSession,
  replaceRefreshToken,
  revokeSessions,
  settleAttempts,
  takeRefreshToken,
  type FoundToken,
} from './session.store';

/** Longer input is no password of ours, and is not worth hashing. */
const longestPasswordInput = 1024;

/** Who somebody says they are, and from where. */
export interface Credentials {
  readonly login: string;
  readonly password: string;
  /** Network address of the caller, for counting attempts. */
  readonly address: string;
}

/** What a client holds after signing in or refreshing. */
export interface SignedIn {
  readonly accessToken: string;
  /** Seconds for which the access token is good. */
  readonly expiresIn: number;
  /** Good once; the next one comes with its use. */
  readonly refreshToken: string;
  readonly user: { readonly id: string; readonly login: string; readonly name: string };
}

/** The person behind a request. */
export interface SignedInActor extends PermittedActor {
  readonly login: string;
  readonly sessionId: string;
}

type Person = SignedIn['user'];

const actorFor = (person: Person): Actor => ({ id: person.id, name: person.name, scope: [] });

export class AccessService {
  private readonly keys: DerivedKeys;
  private readonly tokens: JwtService;

  /** @param secret the configured secret; keys for each purpose are derived from it */
  constructor(
    private readonly database: Database,
    secret: string,
    private readonly liveSessions: LiveSessions = new LiveSessions(database),
  ) {
    this.keys = deriveKeys(secret);
    // As bytes it would be tried as a public key first, at every request.
    this.tokens = new JwtService({ secret: createSecretKey(this.keys.accessToken) });
  }

  /**
   * Opens a session.
   * @throws LoginRefused without telling why, TooManyAttempts
   */
  async signIn({ login, password, address }: Credentials): Promise<SignedIn> {
    const { user, keys } = await this.beginAttempt(foldLogin(login), address, { login: foldLogin(login) });
    const { right, outdated } = await weighPassword(
      user?.passwordHash ?? null,
      password.slice(0, longestPasswordInput),
    );
    if (!user || !right || user.status !== 'active') return this.refuseAttempt(user);
    const freshHash = outdated ? await hashPassword(password) : undefined;
    const refreshToken = await this.database.transaction(doorkeeper, async (tx) => {
      if (!(await isUnchanged(tx, user))) return undefined;
      await settleAttempts(tx, keys);
      if (freshHash) await setPasswordHash(tx, user.id, freshHash);
      const { sessionId, token } = await openSession(tx, user.id);
      await appendAudit(tx, {
        actor: actorFor(user),
        action: 'access.sign-in',
        subject: `session:${sessionId}`,
        territoryPath: await findHomePath(tx, user.id),
      });
      return { sessionId, token };
    });
    if (!refreshToken) return this.refuseAttempt(user);
    return this.signedIn(user, refreshToken.sessionId, refreshToken.token);
  }

  /**
   * Trades a refresh token for the next one. The use of an old token ends the session for whoever holds it.
   * @throws TokenRefused
   */
  async refresh(refreshToken: string): Promise<SignedIn> {
    const next = successorOf(refreshToken, this.keys);
    const found = await this.database.transaction(doorkeeper, async (tx) => {
      const token = await takeRefreshToken(tx, tokenDigest(refreshToken));
      if (!token) return undefined;
      switch (decideRefresh(token, token.now)) {
        case 'refuse':
          return undefined;
        case 'reuse':
          // Committed, not thrown: the session must stay ended.
          await revokeFamily(tx, token);
          this.liveSessions.forget();
          return undefined;
        case 'repeat':
          return token;
        case 'rotate': {
          const successor = await issueRefreshToken(tx, token.sessionId, next);
          await replaceRefreshToken(tx, token.id, successor);
          await appendAudit(tx, {
            actor: actorFor({ ...token, id: token.userId }),
            action: 'access.refresh',
            subject: `session:${token.sessionId}`,
            territoryPath: await findHomePath(tx, token.userId),
          });
          return token;
        }
      }
    });
    if (!found) throw new TokenRefused();
    return this.signedIn({ id: found.userId, login: found.login, name: found.name }, found.sessionId, next);
  }

  /** Ends the session that the actor came by. */
  async signOut(actor: SignedInActor): Promise<void> {
    await this.database.transaction({ ...actor, scope: [] }, async (tx) => {
      const ended = await revokeSessions(tx, { sessionId: actor.sessionId }, 'sign-out');
      if (ended.length === 0) return;
      const subject = `session:${actor.sessionId}`;
      await appendAudit(tx, { actor, action: 'access.sign-out', subject, territoryPath: homeOf(actor) });
    });
    this.liveSessions.forget();
  }

  /**
   * Changes the actor's own password. Every session of theirs ends, and a new one is opened.
   * @throws LoginRefused when the current password is wrong, PasswordWeak, TooManyAttempts
   */
  async changePassword(
    actor: SignedInActor,
    change: { readonly current: string; readonly next: string; readonly address: string },
  ): Promise<SignedIn> {
    const { user, keys } = await this.beginAttempt(actor.login, change.address, { id: actor.id });
    const { right } = await weighPassword(user?.passwordHash ?? null, change.current.slice(0, longestPasswordInput));
    if (!user || !right) return this.refuseAttempt(user);
    checkPassword(change.next, [user.login, user.name]);
    const passwordHash = await hashPassword(change.next);
    const opened = await this.database.transaction(doorkeeper, async (tx) => {
      if (!(await isUnchanged(tx, user))) return undefined;
      await settleAttempts(tx, keys);
      await setPasswordHash(tx, user.id, passwordHash);
      const ended = await revokeSessions(tx, { userId: user.id }, 'password-changed');
      const session = await openSession(tx, user.id);
      await appendAudit(tx, {
        actor,
        action: 'access.change-password',
        subject: `user:${user.id}`,
        territoryPath: homeOf(actor),
        after: { endedSessions: ended.length },
      });
      return session;
    });
    this.liveSessions.forget();
    if (!opened) return this.refuseAttempt(user);
    return this.signedIn(user, opened.sessionId, opened.token);
  }

  /**
   * The person behind an access token, with what they may do at this moment (a change elsewhere shows within a second).
   * @throws TokenRefused when it is forged, expired, for somebody else, or its session is over
   */
  async authenticate(accessToken: string): Promise<SignedInActor> {
    let payload: unknown;
    try {
      payload = await this.tokens.verifyAsync(accessToken, { algorithms: [algorithm], issuer, audience });
    } catch {
      throw new TokenRefused();
    }
    const claims = parseClaims(payload);
    if (!claims) throw new TokenRefused();
    return this.actorOf(claims);
  }

  /** @throws TokenRefused when the session is over or the user may not be here any more */
  async actorOf(claims: AccessClaims): Promise<SignedInActor> {
    const live = await this.liveSessions.find(claims.sid, claims.sub);
    if (!live) throw new TokenRefused();
    return { ...permittedActor(live.userId, live.name, live.grants), login: live.login, sessionId: claims.sid };
  }

  private async signedIn(person: Person, sessionId: string, refreshToken: string): Promise<SignedIn> {
    const accessToken = await this.tokens.signAsync(
      { sid: sessionId },
      { algorithm, issuer, audience, subject: person.id, jwtid: randomUUID(), expiresIn: lifetimes.accessToken },
    );
    const { id, login, name } = person;
    return { accessToken, expiresIn: lifetimes.accessToken, refreshToken, user: { id, login, name } };
  }

  /** Counts the attempt before the password is weighed, so that attempts at the same time cannot slip through. */
  private async beginAttempt(
    login: string,
    address: string,
    by: { readonly login: string } | { readonly id: string },
  ): Promise<{ user: StoredUser | undefined; keys: readonly ThrottleKey[] }> {
    const { wait, ...begun } = await this.database.transaction(doorkeeper, async (tx) => {
      const found = await findUser(tx, by);
      const keys = throttleKeys(login, address, found?.passwordHash ?? null);
      const counted = await countAttempts(tx, keys);
      const limits = new Map(keys.map(({ key, attempts }) => [key, attempts]));
      const crossing = counted.some(({ key, count }) => count === limits.get(key)! + 1);
      if (crossing) await recordDoor(tx, 'access.throttle', found);
      return { wait: secondsToWait(keys, counted), user: found, keys };
    });
    if (wait > 0) throw new TooManyAttempts(wait);
    return begun;
  }

  private async refuseAttempt(user: StoredUser | undefined): Promise<never> {
    await this.database.transaction(doorkeeper, (tx) => recordDoor(tx, 'access.refuse-sign-in', user));
    throw new LoginRefused();
  }
}

/** A mistyped login may be a password: only logins that exist are named in the trail. */
async function recordDoor(tx: EntityManager, action: string, user: StoredUser | undefined): Promise<void> {
  const about = user && { subject: `user:${user.id}`, territoryPath: await findHomePath(tx, user.id) };
  await appendAudit(tx, { actor: doorkeeper, action, ...(about ?? { subject: 'user:unknown' }) });
}

/** Where somebody belongs, for the auditors there. */
function homeOf({ scope }: Actor): string {
  return coveringPath(scope.map((territoryPath) => ({ territoryPath })));
}

/** Between weighing the password and acting on it the account may have been disabled or given another password. */
async function isUnchanged(tx: EntityManager, weighed: StoredUser): Promise<boolean> {
  const now = await findUser(tx, { id: weighed.id }, true);
  return now !== undefined && now.status === 'active' && now.passwordHash === weighed.passwordHash;
}

async function openSession(tx: EntityManager, userId: string): Promise<{ sessionId: string; token: string }> {
  const sessionId = await insertSession(tx, userId, lifetimes.session);
  const token = randomBytes(32).toString('base64url');
  await issueRefreshToken(tx, sessionId, token);
  return { sessionId, token };
}

function issueRefreshToken(tx: EntityManager, sessionId: string, token: string): Promise<string> {
  return insertRefreshToken(tx, { sessionId, tokenHash: tokenDigest(token), seconds: lifetimes.refreshToken });
}

async function revokeFamily(tx: EntityManager, token: FoundToken): Promise<void> {
  const ended = await revokeSessions(tx, { sessionId: token.sessionId }, 'refresh-token-reused');
  if (ended.length === 0) return;
  await appendAudit(tx, {
    actor: doorkeeper,
    action: 'access.revoke-session',
    subject: `session:${token.sessionId}`,
    territoryPath: await findHomePath(tx, token.userId),
    after: { because: 'refresh-token-reused', user: token.userId },
  });
}
