/** SQL of sessions, refresh tokens, counted attempts and counted requests. Time is the database's. */
import type { EntityManager } from 'typeorm';
import type { Grant } from './grants';
import type { CountedAttempt, ThrottleKey } from './login-throttle';
import type { PresentedToken } from './refresh-rotation';

export type RevocationReason =
  | 'sign-out'
  | 'password-changed'
  | 'user-disabled'
  | 'refresh-token-reused'
  | 'ended-by-administrator';

/** A live session: whose it is and what they may do. */
export interface LiveSession {
  readonly userId: string;
  readonly login: string;
  readonly name: string;
  readonly grants: readonly Grant[];
}

/** Needs the nation as scope, because the grants of the person are what decides their own scope. */
export async function findLiveSession(
  tx: EntityManager,
  sessionId: string,
  userId: string,
): Promise<LiveSession | undefined> {
  const rows = await tx.query<LiveSession[]>(
    `select person.id as "userId", person.login, person.name,
       (select coalesce(json_agg(json_strip_nulls(json_build_object('role', held.role,
                                   'territoryCode', held.territory_code, 'territoryPath', held.territory_path::text,
                                   'dataSheets', held.data_sheets))
                                 order by held.territory_path, held.role), '[]')
        from access.role_grant as held where held.user_id = person.id and held.revoked_at is null) as grants
     from access.session join access.user_account as person on person.id = session.user_id
     where session.id = $1 and person.id = $2 and session.revoked_at is null and session.expires_at > now()
       and person.status = 'active'`,
    [sessionId, userId],
  );
  return rows[0];
}

export async function insertSession(tx: EntityManager, userId: string, seconds: number): Promise<string> {
  const rows = await tx.query<{ id: string }[]>(
    `insert into access.session (user_id, expires_at) values ($1, now() + make_interval(secs => $2)) returning id`,
    [userId, seconds],
  );
  return rows[0].id;
}

/** @returns ids of the sessions that were live */
export async function revokeSessions(
  tx: EntityManager,
  of: { readonly userId: string } | { readonly sessionId: string },
  because: RevocationReason,
): Promise<string[]> {
  const [column, value] = 'userId' in of ? ['user_id', of.userId] : ['id', of.sessionId];
  const [rows] = await tx.query<[{ id: string }[], number]>(
    `update access.session set revoked_at = now(), revoked_because = $2 where ${column} = $1 and revoked_at is null returning id`,
    [value, because],
  );
  return rows.map(({ id }) => id);
}

/** @returns id of the token's row; its end never lies after that of the session */
export async function insertRefreshToken(
  tx: EntityManager,
  token: { readonly sessionId: string; readonly tokenHash: string; readonly seconds: number },
): Promise<string> {
  const rows = await tx.query<{ id: string }[]>(
    `insert into access.refresh_token (session_id, token_hash, expires_at)
     select id, $2, least(expires_at, now() + make_interval(secs => $3)) from access.session where id = $1 returning id`,
    [token.sessionId, token.tokenHash, token.seconds],
  );
  return rows[0].id;
}

/** A presented token with its session and user; `now` is the database's clock. */
export interface FoundToken extends PresentedToken {
  readonly id: string;
  readonly sessionId: string;
  readonly userId: string;
  readonly login: string;
  readonly name: string;
  readonly now: Date;
}

/** Locks the token and its session, so that of two uses at once the second sees what the first did. */
export async function takeRefreshToken(tx: EntityManager, tokenHash: string): Promise<FoundToken | undefined> {
  // The lock comes in a statement of its own: a statement that waited for it would go on seeing the state before.
  const locked = await tx.query<{ id: string }[]>(
    `select token.id from access.refresh_token as token join access.session on session.id = token.session_id
     where token.token_hash = $1 for update of token, session`,
    [tokenHash],
  );
  if (locked.length === 0) return undefined;
  const rows = await tx.query<FoundToken[]>(
    `select token.id, token.session_id as "sessionId", token.expires_at as "expiresAt", token.used_at as "usedAt",
       coalesce(next.used_at is not null, false) as "successorUsed", session.expires_at as "sessionExpiresAt",
       session.revoked_at is not null as "sessionRevoked", person.status = 'active' as "userActive",
       person.id as "userId", person.login, person.name, clock_timestamp() as now
     from access.refresh_token as token
       join access.session on session.id = token.session_id
       join access.user_account as person on person.id = session.user_id
       left join access.refresh_token as next on next.id = token.replaced_by
     where token.id = $1`,
    [locked[0].id],
  );
  return rows[0];
}

export async function replaceRefreshToken(tx: EntityManager, id: string, replacedBy: string): Promise<void> {
  await tx.query(`update access.refresh_token set used_at = clock_timestamp(), replaced_by = $2 where id = $1`, [
    id,
    replacedBy,
  ]);
}

/** Counts one attempt under each key, beginning a new window where the last one is over. */
export async function countAttempts(tx: EntityManager, keys: readonly ThrottleKey[]): Promise<CountedAttempt[]> {
  return tx.query<CountedAttempt[]>(
    `insert into access.login_attempt as counted (key, attempts, window_started_at, window_ends_at)
     select key, 1, now(), now() + make_interval(secs => seconds) from unnest($1::text[], $2::int[]) as given (key, seconds)
     on conflict (key) do update set
       attempts = case when counted.window_ends_at <= now() then 1 else counted.attempts + 1 end,
       window_started_at = case when counted.window_ends_at <= now() then now() else counted.window_started_at end,
       window_ends_at = case when counted.window_ends_at <= now() then excluded.window_ends_at else counted.window_ends_at end
     returning key, attempts as count, extract(epoch from window_ends_at - now())::float8 as "secondsLeft"`,
    [keys.map(({ key }) => key), keys.map(({ windowSeconds }) => windowSeconds)],
  );
}

/** Takes back attempts that succeeded: the pair's count starts anew, the others lose one. Sweeps some past windows. */
export async function settleAttempts(tx: EntityManager, keys: readonly ThrottleKey[]): Promise<void> {
  await tx.query(
    `update access.login_attempt as counted set attempts = case when given.kind = 'pair' then 0 else greatest(counted.attempts - 1, 0) end
     from (select key, kind from unnest($1::text[], $2::text[]) as wanted (key, kind)
             join access.login_attempt using (key) order by key for update of login_attempt) as given
     where counted.key = given.key`,
    [keys.map(({ key }) => key), keys.map(({ kind }) => kind)],
  );
  await tx.query(
    `delete from access.login_attempt where key in (
       select key from access.login_attempt where window_ends_at < now() - interval '1 hour' limit 100 for update skip locked)`,
  );
}

/** One counted request: which one it is within the running window, and when that window ends. */
export interface CountedRequest {
  readonly count: number;
  readonly secondsLeft: number;
}

/** Counts one request, beginning a new window where the last one is over. */
export async function countRequest(tx: EntityManager, key: string, windowSeconds: number): Promise<CountedRequest> {
  const rows = await tx.query<CountedRequest[]>(
    `insert into access.request_count as counted (key, requests, window_ends_at)
     values ($1, 1, now() + make_interval(secs => $2))
     on conflict (key) do update set
       requests = case when counted.window_ends_at <= now() then 1 else counted.requests + 1 end,
       window_ends_at = case when counted.window_ends_at <= now() then excluded.window_ends_at else counted.window_ends_at end
     returning requests as count, extract(epoch from window_ends_at - now())::float8 as "secondsLeft"`,
    [key, windowSeconds],
  );
  return rows[0];
}

/** Clears away some windows that are past. */
export async function sweepRequestCounts(tx: EntityManager): Promise<void> {
  await tx.query(
    `delete from access.request_count where key in (
       select key from access.request_count where window_ends_at < now() order by window_ends_at limit 20 for update skip locked)`,
  );
}
