/** People who may sign in, for the tests of access: each test takes a fresh one, so that none spends the attempts of another. */
import { Client } from 'pg';
import { AccessService, operator, UserService, type SignedIn } from '@gep/access';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

export const jinsha = { code: '520523', path: 'CN.520000.520500.520523' };
export const dafang = { code: '520521', path: 'CN.520000.520500.520521' };
export const bijie = { code: '520500', path: 'CN.520000.520500' };
export const nation = { code: 'CN', path: 'CN' };
export const password = 'vW9#kq!mZ2rT-long';
export const secret = 'only-for-tests-only-for-tests-only-for-tests';

export interface Person {
  readonly login: string;
  /** Signs in from an address of the person's own; anything may be given otherwise. */
  signIn(otherwise?: { login?: string; password?: string; address?: string }): Promise<SignedIn>;
}

export interface AccessBench {
  readonly test: TestDatabase;
  readonly access: AccessService;
  readonly users: UserService;
  person(role?: string, territory?: { code: string; path: string }): Promise<Person>;
  sql<T>(text: string, values?: unknown[]): Promise<T[]>;
  /** Subjects of the trail's rows of one kind. */
  trail(action: string): Promise<string[]>;
  /** Opens every connection of the pool, so that what is begun at the same time runs at the same time. */
  warmUp(): Promise<void>;
  /** Runs one statement as the owner of the tables; gives the number of rows it touched. */
  asOwner(text: string): Promise<number | null>;
}

export async function openAccessBench(): Promise<AccessBench> {
  const test = await createTestDatabase();
  const access = new AccessService(test.db, secret);
  const users = new UserService(test.db);
  const sql = <T>(text: string, values: unknown[] = []): Promise<T[]> =>
    test.db.transaction(testActor(), (tx) => tx.query<T[]>(text, values));
  let people = 0;
  return {
    test,
    access,
    users,
    sql,
    async person(role = 'accountant', territory = jinsha) {
      const login = `clerk${++people}`;
      await users.addUser(operator, { login, name: `核算员${people}`, password, grants: [{ role, territory }] });
      const address = `10.0.0.${people}`;
      return { login, signIn: (otherwise = {}) => access.signIn({ login, password, address, ...otherwise }) };
    },
    async trail(action) {
      const rows = await sql<{ subject: string }>(`select subject from platform.audit where action = $1 order by seq`, [
        action,
      ]);
      return rows.map(({ subject }) => subject);
    },
    async warmUp() {
      await Promise.all(Array.from({ length: 5 }, () => sql('select pg_sleep(0.05)')));
    },
    async asOwner(text) {
      const client = new Client({ connectionString: test.ownerUrl });
      await client.connect();
      try {
        return (await client.query(text)).rowCount;
      } finally {
        await client.end();
      }
    },
  };
}
