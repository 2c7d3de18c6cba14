/** Real roles and settings that must stop the program, and the rights that every table must have. */
import { assertSafeDatabase, openDatabase, UnsafeDatabase } from '@gep/platform';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../fixtures/test-database';

let test: TestDatabase;
let superuser: Client;
const roles = ['t_bypass', 't_may_become', 't_plain', 't_careless'];

beforeAll(async () => {
  test = await createTestDatabase();
  superuser = new Client({ connectionString: test.superuserUrl });
  await superuser.connect();
  await superuser.query(`
    create role t_bypass login bypassrls password 'x' in role gep_app;
    create role t_may_become login password 'x' in role t_bypass, gep_owner;
    create role t_plain login password 'x' in role gep_app;
    create role t_careless login password 'x' in role gep_app;
    alter role t_careless set synchronous_commit = off`);
});
afterAll(async () => {
  for (const role of roles.reverse()) await superuser.query(`drop role if exists ${role}`);
  await superuser.end();
  await test.drop();
});

const dangersFor = async (databaseUrl: string, throwAway = true): Promise<string[]> => {
  const db = await openDatabase({ databaseUrl });
  try {
    await assertSafeDatabase(db, { throwAway });
    return [];
  } catch (error) {
    if (error instanceof UnsafeDatabase) return error.dangers.map(({ what }) => what);
    throw error;
  } finally {
    await db.close();
  }
};
const urlOf = (role: string) => Object.assign(new URL(test.superuserUrl), { username: role, password: 'x' }).toString();

describe('assertSafeDatabase', () => {
  it('accepts the application role', async () => {
    expect(await dangersFor(test.config.databaseUrl!)).toEqual([]);
    expect(await dangersFor(urlOf('t_plain'))).toEqual([]);
  });

  it('refuses superuser, owner, and whoever bypasses row security or may come to', async () => {
    expect(await dangersFor(test.superuserUrl)).toEqual(['superuser']);
    expect(await dangersFor(test.ownerUrl)).toEqual(['owner']);
    expect(await dangersFor(urlOf('t_bypass'))).toEqual(['bypass-row-security']);
    expect(await dangersFor(urlOf('t_may_become'))).toEqual(['bypass-row-security', 'owner']);
  });

  it('refuses synchronous_commit=off, wherever it is set, and fsync=off', async () => {
    expect(await dangersFor(urlOf('t_careless'))).toEqual(['synchronous-commit']);
    expect(await dangersFor(test.config.databaseUrl!, false)).toEqual(['fsync']);
  });
});

describe('the catalogue', () => {
  it('has row security, forced, with a policy for reading and writing, on every table with a territory path', async () => {
    const { rows } = await superuser.query(`
      select c.oid::regclass::text as "table" from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relkind in ('r', 'p') and a.attname = 'territory_path' and not a.attisdropped
        and not (c.relrowsecurity and c.relforcerowsecurity and exists
          (select from pg_policy p where p.polrelid = c.oid and p.polcmd = '*' and p.polqual is not null and p.polwithcheck is not null))
      order by 1`);
    // A part of the book has no policy, so nobody reaches it but through the whole. The trail is read by territory, but
    // every deed leaves its row there (decision 0013).
    expect(rows).toEqual([{ table: 'ledger.posting_single' }, { table: 'platform.audit' }]);
    const { rows: parts } = await superuser.query(`
      select c.relrowsecurity as enabled, c.relforcerowsecurity as forced, has_table_privilege('gep_app', c.oid, 'SELECT') as read
      from pg_class c where c.oid = 'ledger.posting_single'::regclass`);
    expect(parts).toEqual([{ enabled: true, forced: true, read: false }]);
    const { rows: trail } = await superuser.query(`
      select p.polcmd as command, pg_get_expr(p.polqual, p.polrelid) as "using", c.relforcerowsecurity as forced
      from pg_policy p join pg_class c on c.oid = p.polrelid where c.oid = 'platform.audit'::regclass order by p.polcmd`);
    expect(trail).toEqual([
      { command: 'a', using: null, forced: true },
      { command: 'r', using: expect.stringContaining('platform.scope()'), forced: true },
    ]);
  });

  it('has no way around it: no security definer, no materialised view, no view with the rights of its owner', async () => {
    const { rows } = await superuser.query(`
      select p.oid::regprocedure::text as way from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')
      union all
      select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname not in ('pg_catalog', 'information_schema')
        and (c.relkind = 'm' or c.relkind = 'v' and not coalesce(c.reloptions @> '{security_invoker=true}', false))`);
    // Triggers that keep the trail and the book: nobody may call them, and they give back nothing but the row being written.
    const triggers = ['seal_audit', 'hold_reservation', 'open_balance', 'seal_voucher', 'take_statement', 'take_step'];
    // What a run of the book is made with; policies bind these functions, since they bind the owner of the tables.
    const called = ['close_run', 'lock_accounts', 'open_run'];
    const inside = ['take_postings'];
    const names = rows.map(({ way }: { way: string }) => /\.(\w+)\(/.exec(way)?.[1] ?? way);
    expect(names.toSorted()).toEqual([...triggers, ...called, ...inside].toSorted());
    const { rows: callers } = await superuser.query(`
      select distinct p.proname as name from pg_roles r, pg_proc p where p.prosecdef and not r.rolsuper and r.rolname like 'gep%'
        and has_function_privilege(r.oid, p.oid, 'EXECUTE') and not pg_has_role(r.oid, p.proowner, 'MEMBER') order by 1`);
    expect(callers.map(({ name }: { name: string }) => name)).toEqual(called);
  });

  it('gives the application no right to remove or truncate in the schemas of the subjects', async () => {
    const { rows } = await superuser.query(`
      select c.oid::regclass::text as "table" from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname in ('platform', 'rulebook', 'territory', 'observation', 'accounting')
        and (has_table_privilege('gep_app', c.oid, 'TRUNCATE') or has_table_privilege('gep_app', c.oid, 'DELETE'))`);
    expect(rows).toEqual([]);
  });
});
