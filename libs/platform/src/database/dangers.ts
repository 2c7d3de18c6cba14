/** Which settings and rights of a database would break a promise of the program. */
import type { DatabaseDanger } from './errors';

/** What the server says about the session of the application. */
export interface DatabaseFacts {
  readonly role: string;
  /** The role is a superuser, or may become one. */
  readonly superuser: boolean;
  /** The role bypasses row security, or may become one that does. */
  readonly bypassesRowSecurity: boolean;
  /** A table of ours that belongs to the role, or to a role it may become. */
  readonly ownedTable: string | null;
  readonly synchronousCommit: string;
  readonly fsync: string;
}

/** Everything that is wrong, in a fixed order; nothing when the database may be used. */
export function findDangers(facts: DatabaseFacts): DatabaseDanger[] {
  const { role, ownedTable } = facts;
  const dangers: (DatabaseDanger | false)[] = [
    facts.superuser && {
      what: 'superuser',
      zh: `应用用户 ${role} 是（或可切换为）超级用户，行级安全对其无效；请在 DATABASE_URL 中使用只属于 gep_app 的普通用户`,
      en: `the application's role ${role} is a superuser or may become one, and row security does not bind it; give DATABASE_URL a plain role that belongs to gep_app only`,
    },
    !facts.superuser &&
      facts.bypassesRowSecurity && {
        what: 'bypass-row-security',
        zh: `应用用户 ${role} 可绕过行级安全；请执行：alter role ${role} nobypassrls;`,
        en: `the application's role ${role} bypasses row security or may become a role that does; run: alter role ${role} nobypassrls;`,
      },
    !facts.superuser &&
      ownedTable !== null && {
        what: 'owner',
        zh: `应用用户 ${role} 拥有表 ${ownedTable}（或可切换为其所有者），能够解除行级安全；迁移请使用 DATABASE_OWNER_URL 的另一个用户`,
        en: `the application's role ${role} owns table ${ownedTable} or may become its owner, and could lift row security; migrate with another role in DATABASE_OWNER_URL`,
      },
    facts.synchronousCommit === 'off' && {
      what: 'synchronous-commit',
      zh: 'synchronous_commit 为 off，断电会丢失已确认的记录；请设为 on（检查服务器、数据库与用户三级设置）',
      en: 'synchronous_commit is off, and a crash would lose acknowledged records; set it to on (look at server, database and role)',
    },
    facts.fsync === 'off' && {
      what: 'fsync',
      zh: 'fsync 为 off，断电会损坏数据库；请在服务器设置中改为 on',
      en: 'fsync is off, and a power loss would corrupt the database; set it to on in the settings of the server',
    },
  ];
  return dangers.filter((danger): danger is DatabaseDanger => danger !== false);
}
