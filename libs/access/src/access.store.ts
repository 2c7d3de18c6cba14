/** SQL of users, grants and links. Time is the database's. */
import type { EntityManager } from 'typeorm';
import type { UserAccount } from './administration';
import { coveringPath, nation, type Grant } from './grants';

/** A user with what is needed to weigh a password. */
export interface StoredUser extends UserAccount {
  readonly passwordHash: string | null;
}

/** A grant as it is recorded. */
export interface StoredGrant extends Grant {
  readonly id: string;
  readonly userId: string;
}

export interface StoredLink {
  readonly id: string;
  readonly kind: 'first-administrator' | 'password';
  readonly userId: string | null;
  readonly expiresAt: Date;
}

const userColumns = `id, login, name, status, password_hash is not null as "hasPassword", password_hash as "passwordHash"`;
const grantColumns = `id, user_id as "userId", role, territory_code as "territoryCode", territory_path::text as "territoryPath",
  data_sheets as "dataSheets"`;
const linkColumns = `id, kind, user_id as "userId", expires_at as "expiresAt"`;

/** @param lock keeps the row as it is until the end of the transaction */
export async function findUser(
  tx: EntityManager,
  by: { readonly login: string } | { readonly id: string },
  lock = false,
): Promise<StoredUser | undefined> {
  const [column, value] = 'login' in by ? ['login', by.login] : ['id', by.id];
  const rows = await tx.query<StoredUser[]>(
    `select ${userColumns} from access.user_account where ${column} = $1 ${lock ? 'for update' : ''}`,
    [value],
  );
  return rows[0];
}

export interface UserPage {
  /** Everybody, with or without a role. */
  readonly all: boolean;
  /** The last login of the page before. */
  readonly after?: string;
  /** Most rows; all when left out. */
  readonly limit?: number;
  /** Label of a territory in the tree, for example `520523`: people with a role for it or below. */
  readonly within?: string;
}

/** Users by login who have a current grant in the scope of the transaction; all users when the scope is the nation. */
export async function listUsers(tx: EntityManager, { all, after, limit, within }: UserPage): Promise<UserAccount[]> {
  return tx.query<UserAccount[]>(
    `select id, login, name, status, password_hash is not null as "hasPassword" from access.user_account as person
     where (($1 and $4::text is null) or exists (
              select 1 from access.role_grant as held where held.user_id = person.id and held.revoked_at is null
                and ($4::text is null or held.territory_path ~ ('*.' || $4 || '.*')::lquery)))
       and ($2::text is null or login collate "C" > $2)
     order by login collate "C" limit $3`,
    [all, after ?? null, limit ?? null, within ?? null],
  );
}

/** Names by id, for those who have dealings with them. */
export async function namesOfUsers(tx: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ id: string; name: string }[]>(
    `select id, name from access.user_account where id = any ($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Whether the user has a grant within these paths, or had one. */
export async function hasHadGrant(tx: EntityManager, userId: string, paths: readonly string[]): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `select 1 from access.role_grant where user_id = $1 and territory_path <@ any ($2::ltree[]) limit 1`,
    [userId, paths],
  );
  return rows.length > 0;
}

/** @returns undefined when the login is taken */
export async function insertUser(
  tx: EntityManager,
  user: { readonly login: string; readonly name: string; readonly passwordHash: string | null },
): Promise<StoredUser | undefined> {
  const rows = await tx.query<StoredUser[]>(
    `insert into access.user_account (login, name, password_hash, password_changed_at)
     values ($1, $2, $3, case when $3::text is null then null else now() end)
     on conflict (login) do nothing returning ${userColumns}`,
    [user.login, user.name, user.passwordHash],
  );
  return rows[0];
}

export async function setPasswordHash(tx: EntityManager, userId: string, passwordHash: string): Promise<void> {
  await tx.query(`update access.user_account set password_hash = $2, password_changed_at = now() where id = $1`, [
    userId,
    passwordHash,
  ]);
}

export async function setUserStatus(tx: EntityManager, userId: string, status: UserAccount['status']): Promise<void> {
  await tx.query(`update access.user_account set status = $2 where id = $1`, [userId, status]);
}

/** Current grants of these users, as far as the scope of the transaction shows them. */
export async function listGrants(tx: EntityManager, userIds: readonly string[]): Promise<StoredGrant[]> {
  const rows = await tx.query<(Omit<StoredGrant, 'dataSheets'> & { dataSheets: string[] | null })[]>(
    `select ${grantColumns} from access.role_grant
     where user_id = any ($1::uuid[]) and revoked_at is null order by territory_path, role`,
    [userIds],
  );
  return rows.map(({ dataSheets, ...grant }) => ({ ...grant, ...(dataSheets && { dataSheets }) }));
}

/** The path that all current grants of the user lie within; needs the nation as scope. */
export async function findHomePath(tx: EntityManager, userId: string): Promise<string> {
  return coveringPath(await listGrants(tx, [userId]));
}

/** @returns false when the user has this grant already */
export async function insertGrant(tx: EntityManager, userId: string, grant: Grant): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into access.role_grant (user_id, role, territory_code, territory_path, data_sheets)
     values ($1, $2, $3, $4::ltree, $5)
     on conflict (user_id, role, territory_code) where revoked_at is null do nothing returning id`,
    [userId, grant.role, grant.territoryCode, grant.territoryPath, grant.dataSheets ?? null],
  );
  return rows.length === 1;
}

export async function revokeGrant(tx: EntityManager, grantId: string): Promise<void> {
  await tx.query(
    `update access.role_grant set revoked_at = now(), revoked_by = platform.actor() where id = $1 and revoked_at is null`,
    [grantId],
  );
}

/** Changes of who administers the nation wait for one another, so that two of them cannot both take the last one. */
export async function lockAdministrators(tx: EntityManager): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('access.administrators', 0))`);
}

/** Active administrators of the nation who can sign in. Needs the nation as scope. */
export async function countAdministrators(tx: EntityManager): Promise<number> {
  const rows = await tx.query<{ count: number }[]>(
    `select count(distinct person.id)::int as count
     from access.user_account as person join access.role_grant as held on held.user_id = person.id
     where person.status = 'active' and person.password_hash is not null
       and held.role = 'admin' and held.territory_path = $1::ltree and held.revoked_at is null`,
    [nation],
  );
  return rows[0].count;
}

export async function insertLink(
  tx: EntityManager,
  link: {
    readonly kind: StoredLink['kind'];
    readonly userId: string | null;
    readonly tokenHash: string;
    readonly seconds: number;
  },
): Promise<Date> {
  const rows = await tx.query<{ expiresAt: Date }[]>(
    `insert into access.setup_link (kind, user_id, token_hash, expires_at)
     values ($1, $2, $3, now() + make_interval(secs => $4)) returning expires_at as "expiresAt"`,
    [link.kind, link.userId, link.tokenHash, link.seconds],
  );
  return rows[0].expiresAt;
}

/** A link that is open still. */
export async function findOpenLink(
  tx: EntityManager,
  tokenHash: string,
  lock = false,
): Promise<StoredLink | undefined> {
  const rows = await tx.query<StoredLink[]>(
    `select ${linkColumns} from access.setup_link
     where token_hash = $1 and closed_at is null and expires_at > now() ${lock ? 'for update' : ''}`,
    [tokenHash],
  );
  return rows[0];
}

/** Closes every open link of the person; of the first administrator when `userId` is null. */
export async function closeLinks(tx: EntityManager, userId: string | null): Promise<void> {
  await tx.query(
    `update access.setup_link set closed_at = now() where closed_at is null and user_id is not distinct from $1::uuid`,
    [userId],
  );
}
