/** What the database can refuse, and how its loss is told apart from a refusal. */
import { DomainError } from '@gep/kernel';

/** A row was written for a territory that the actor may not act for. */
export class OutOfScope extends DomainError {
  readonly code = 'platform.out-of-scope';
  readonly kind = 'forbidden';
  constructor(table: string) {
    super(
      {
        zh: '您无权为该地域写入记录；请核对地域代码，或请管理员授予该地域的角色',
        en: 'you may not write records for this territory; check its code, or ask an administrator for a role there',
      },
      { table },
    );
  }
}

/** The settings of the server or the rights of the role would break promises of the program. */
export class UnsafeDatabase extends DomainError {
  readonly code = 'platform.unsafe-database';
  readonly kind = 'invalid';
  constructor(readonly dangers: readonly DatabaseDanger[]) {
    super(
      {
        zh: `数据库有 ${dangers.length} 处不安全，程序未启动：\n${dangers.map((danger) => `  ${danger.zh}`).join('\n')}`,
        en: `the database is unsafe in ${dangers.length} way(s); nothing was started:\n${dangers.map((danger) => `  ${danger.en}`).join('\n')}`,
      },
      { dangers: dangers.map(({ what }) => what) },
    );
  }
}

/** One promise that would break, in both languages, with a stable word for it. */
export interface DatabaseDanger {
  readonly what: 'superuser' | 'bypass-row-security' | 'owner' | 'synchronous-commit' | 'fsync';
  readonly zh: string;
  readonly en: string;
}

/** Migrations cannot go on, for example because a role is missing and cannot be made. */
export class MigrationRefused extends DomainError {
  readonly code = 'platform.migration-refused';
  readonly kind = 'conflict';
}

/** The address in the settings leads to no database that lets us in. The reason is that of the server or the driver. */
export class DatabaseUnreachable extends DomainError {
  readonly code = 'platform.database-unreachable';
  readonly kind = 'invalid';
  constructor(key: string, reason: string) {
    super(
      {
        zh: `无法连接 ${key} 指定的数据库（${reason}）；请检查服务器是否在运行，以及地址、端口、用户、密码与数据库名`,
        en: `the database of ${key} cannot be used (${reason}); see whether the server runs, and check address, port, user, password and database name`,
      },
      { key, reason },
    );
  }
}

/**
 * The database could not be reached or was lost. Not a refusal: nothing is wrong with what was asked.
 * When `outcomeUnknown`, the loss came while committing: ask again with the same idempotency key. When `busy`, it is there,
 * and no connection to it became free in time.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  constructor(
    readonly outcomeUnknown: boolean,
    cause: unknown,
    readonly busy = false,
  ) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const what = `database ${busy ? 'busy' : 'unavailable'}${outcomeUnknown ? ', outcome of the last commit unknown' : ''}`;
    super(`${what}: ${reason}`, { cause });
  }
}
