/** Refuses to work with a database that could lose acknowledged records or show rows to the wrong people. */
import type { Database } from './database.service';
import { findDangers, type DatabaseFacts } from './dangers';
import { UnsafeDatabase } from './errors';

/**
 * Asks the server as the application itself.
 * @param options.throwAway true for the throw-away server of the tests, which does without fsync
 * @throws UnsafeDatabase naming every danger at once
 */
export async function assertSafeDatabase(db: Database, options: { throwAway?: boolean } = {}): Promise<void> {
  const [facts] = (await db.dataSource.query(
    `select current_user::text as role,
            bool_or(r.rolsuper) as superuser,
            bool_or(r.rolbypassrls) as "bypassesRowSecurity",
            (select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')
               and pg_has_role(current_user, c.relowner, 'MEMBER') order by 1 limit 1) as "ownedTable",
            current_setting('synchronous_commit') as "synchronousCommit",
            current_setting('fsync') as fsync
     from pg_roles r where pg_has_role(current_user, r.oid, 'MEMBER')`,
  )) as [DatabaseFacts];
  const dangers = findDangers(options.throwAway ? { ...facts, fsync: 'on' } : facts);
  if (dangers.length > 0) throw new UnsafeDatabase(dangers);
}
