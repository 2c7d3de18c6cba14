/** Transactions know their actor, see only their scope, and leave nothing on the connection. */
import { DatabaseUnavailable, openDatabase, OutOfScope, enableRowSecurity, grantToApp } from '@gep/platform';
import { Client } from 'pg';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase({ poolSize: 2 });
  const owner = new Client({ connectionString: test.ownerUrl });
  await owner.connect();
  await owner.query(
    `create table platform.plot (name text primary key, territory_path public.ltree not null, day date)`,
  );
  await owner.query(enableRowSecurity('platform.plot') + grantToApp('platform.plot', 'select, insert'));
  await owner.end();
});
afterAll(() => test.drop());

const names = (scope: string[]) =>
  test.db.transaction(testActor(scope), async (tx) =>
    (await tx.query('select name from platform.plot order by name')).map((row: { name: string }) => row.name),
  );
const insert = (scope: string[], name: string, territory: string) =>
  test.db.transaction(testActor(scope), (tx) =>
    tx.query(`insert into platform.plot values ($1, $2, '2024-02-29')`, [name, territory]),
  );

describe('Database', () => {
  it('shows rows below the scope only, and nothing without a scope', async () => {
    await insert(['CN'], 'north', 'CN.110000');
    await insert(['CN'], 'south', 'CN.520000.520500');
    expect(await names(['CN'])).toEqual(['north', 'south']);
    expect(await names(['CN.520000'])).toEqual(['south']);
    expect(await names(['CN.520000', 'CN.110000'])).toEqual(['north', 'south']);
    expect(await names([])).toEqual([]);
    expect(await names(['CN.520000.520500.520523'])).toEqual([]);
  });

  it('refuses rows outside the scope', async () => {
    await expect(insert(['CN.520000'], 'stray', 'CN.110000')).rejects.toThrow(OutOfScope);
    await expect(insert(['CN.520000'], 'stray', 'CN.5200001')).rejects.toThrow(OutOfScope);
  });

  it('leaves neither actor nor scope on the pooled connection', async () => {
    const read = (tx: { query(sql: string): Promise<{ actor: string | null; scope: string[] }[]> }) =>
      tx.query(`select platform.actor() as actor, platform.scope()::text as scope`);
    await Promise.all(Array.from({ length: 8 }, () => test.db.transaction(testActor(['CN'], 'a'), read)));
    const after = await Promise.all(Array.from({ length: 4 }, () => read(test.db.dataSource.manager)));
    expect(after.flat()).toEqual(Array.from({ length: 4 }, () => ({ actor: null, scope: '{}' })));
  });

  it('keeps the scope from being injected', async () => {
    await expect(test.db.transaction(testActor(['CN},{x']), async () => 1)).rejects.toThrow('not a territory path');
  });

  it('gives one unchanging, read-only view in a snapshot', async () => {
    await test.db.snapshot(testActor(), async (tx) => {
      const before = await tx.query('select count(*) from platform.plot');
      await insert(['CN'], 'east', 'CN.310000');
      expect(await tx.query('select count(*) from platform.plot')).toEqual(before);
    });
    await expect(
      test.db.snapshot(testActor(), (tx) => tx.query(`insert into platform.plot values ('x', 'CN')`)),
    ).rejects.toThrow('read-only');
  });

  it('keeps days as text and big numbers exact', async () => {
    const [row] = await test.db.transaction(testActor(), (tx) =>
      tx.query(`select day, array[day] as days, 9007199254740993::bigint as big from platform.plot limit 1`),
    );
    expect(row).toEqual({ day: '2024-02-29', days: ['2024-02-29'], big: '9007199254740993' });
  });

  it('rolls back what fails', async () => {
    const failing = test.db.transaction(testActor(), async (tx) => {
      await tx.query(`insert into platform.plot values ('ghost', 'CN')`);
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await names(['CN'])).not.toContain('ghost');
  });

  it('runs a transaction again that lost a deadlock', async () => {
    await insert(['CN'], 'd1', 'CN');
    let runs = 0;
    const lockBoth = (first: number, second: number) =>
      test.db.transaction(testActor(), async (tx) => {
        runs++;
        await tx.query('select pg_advisory_xact_lock($1)', [first]);
        await new Promise((done) => setTimeout(done, 100));
        await tx.query('select pg_advisory_xact_lock($1)', [second]);
      });
    await Promise.all([lockBoth(1, 2), lockBoth(2, 1)]);
    expect(runs).toBe(3);
  });
});

describe('a lost connection', () => {
  const cut = async () => {
    const superuser = new Client({ connectionString: test.superuserUrl });
    await superuser.connect();
    await superuser.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'gep_app'`,
    );
    await superuser.end();
  };

  it('is told apart from a refusal, and the next transaction works', async () => {
    const lost = test.db.transaction(testActor(), async (tx) => {
      await cut();
      await tx.query('select 1');
    });
    await expect(lost).rejects.toMatchObject({ name: 'DatabaseUnavailable', outcomeUnknown: false });
    await cut();
    expect(await names(['CN.520000'])).toEqual(['south']);
  });

  it('while committing says that the outcome is unknown', async () => {
    const lost = test.db.transaction(testActor(), async (tx) => {
      await tx.query('select 1');
      await cut();
    });
    await expect(lost).rejects.toMatchObject({ outcomeUnknown: true });
  });

  it('is told apart from a server that is there and has no connection free', async () => {
    const one = await openDatabase(test.config, { poolSize: 1 });
    const pool = (one.dataSource.driver as unknown as { master: { options: { connectionTimeoutMillis: number } } })
      .master;
    pool.options.connectionTimeoutMillis = 100;
    const actor = testActor();
    const slow = one.transaction(actor, (tx) => tx.query('select pg_sleep(0.5)'));
    const waiting = one.transaction(actor, (tx) => tx.query('select 1'));
    await expect(waiting).rejects.toMatchObject({ name: 'DatabaseUnavailable', busy: true, outcomeUnknown: false });
    await slow;
    await one.transaction(actor, (tx) => tx.query('select 1'));
    await one.close();
  });

  it('at the start is reported without the password', async () => {
    const failure = await openDatabase({ databaseUrl: 'postgres://gep_app:hunter2@127.0.0.1:9/gep' }).catch(
      (error) => error,
    );
    expect(failure).toBeInstanceOf(DatabaseUnavailable);
    expect(String(failure.message)).not.toContain('hunter2');
  });
});
