/** Tells whether the schema is as far as the program, for readiness checks. */
import type { Database } from './database.service';
import { loadMigrations } from './migrate.service';

let expected: readonly string[] | undefined;

/**
 * Names of migrations that the program has and the database has not run.
 * @throws DatabaseUnavailable or the error of the server when it cannot be asked
 */
export async function pendingMigrations(db: Database): Promise<string[]> {
  expected ??= loadMigrations().map(({ name }) => name);
  const rows = (await db.dataSource.query('select name from platform.migration')) as { name: string }[];
  const done = new Set(rows.map(({ name }) => name));
  return expected.filter((name) => !done.has(name));
}
