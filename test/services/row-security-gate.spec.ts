/** The catalogue gate: no table, view, function or role of the migrated database lets the application past row security. */
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../fixtures/test-database';
import { rowSecurityGaps, type AllowedOpenings } from './row-security-catalogue';

/** A table may be listed here only when nothing in it belongs to a territory. Say why. */
const allowed: AllowedOpenings = {
  openTables: [
    'access.login_attempt', // counts under digests
    'access.refresh_token', // belongs to a session
    'access.request_count', // counts under digests
    'access.session', // belongs to a person, who may have roles in many places
    'access.setup_link', // belongs to a person, or to nobody yet
    'access.user_account', // people; their roles are in role_grant, which is guarded
    'ledger.chain_head', // only the trigger reaches it
    'ledger.closing', // which days are closed is no secret
    'ledger.voucher_seal', // seals tell nothing of amounts or places
    'platform.idempotency', // answers given to an actor, found by a key only that actor knows
    'platform.migration', // names of migrations
    'platform.outbox', // events on their way inside the program
    'rulebook.norm_edition', // norms are public
    'rulebook.norm_publication', // norms are public
    'rulebook.policy_adoption', // rules are public law; who adopts one does so at home, by a policy of its own
    'rulebook.policy_confirmation', // likewise
    'rulebook.policy_edition', // likewise
    'rulebook.policy_withdrawal', // likewise
    'territory.succession', // what became of a place is public
    'territory.territory', // names of places are public
    'territory.tree', // which land lies in which basin or reserve is public
    'territory.tree_membership',
    'territory.tree_node',
  ],
  guardedOtherwise: [
    'observation.batch.covering_path', // a batch speaks of many territories; whoever imported it sees it too
  ],
  publishedReads: [
    'accounting.account',
    'accounting.account_child',
    'accounting.account_line',
    'accounting.disclosed_input',
    'accounting.disclosure',
    'accounting.flow_declaration',
    'accounting.flow_withdrawal',
    // Once it is sealed, what a year was is for everybody.
    'evaluation.disclosure_seal',
    'evaluation.yearly_disclosure',
    'observation.chunk',
    'observation.piece',
    'procedure.publication',
  ],
  respondentReads: [
    // Whoever is asked in an appeal sees it, though the party that asks may lie elsewhere.
    ...['procedure.appeal', 'procedure.appeal_end', 'procedure.appeal_pause'],
  ],
  ownReads: [
    ...['procurement.dividend_line', 'credit.score_notice'], // a household its own line; a credit user its own notices
  ],
  openInserts: [
    'platform.audit', // every deed leaves its row, also that of somebody who may see none
  ],
  definerFunctions: [
    'ledger.close_run', // joins a run to the book when all its postings are proved; policies bind it, since they bind the owner
    'ledger.lock_accounts', // keeps balances that the actor sees
    'ledger.open_run', // makes an empty table for a run
  ],
  uniqueKeys: [
    'accounting.recompute_run_scheduled_once', // only the schedule of the program itself sets it
    'platform.audit_hash_key', // place and seals of a row are given by the database
    'platform.audit_pkey',
    'platform.audit_prev_hash_key',
    // Sold, paid and used once wherever that is: that it is taken is what the key is there to tell.
    'procurement.invoice_pkey',
    'procurement.market_receipt_bank_reference_key',
    'procurement.sold_gain_credit',
    'procurement.spending_evidence_key',
    // Public names: of a party in the book, of a published contract (ocid), of a credit that a market purchase retires.
    'procurement.company_code_key',
    'procurement.contract_code_key',
    'procurement.market_purchase_code_key',
  ],
};

let standing: string[];
let test: TestDatabase;
let superuser: Client;
let appUser: string;
beforeAll(async () => {
  test = await createTestDatabase();
  superuser = new Client({ connectionString: test.superuserUrl });
  await superuser.connect();
  appUser = new URL(test.config.databaseUrl!).username;
  standing = await gaps();
});
afterAll(async () => {
  await superuser.end();
  await test.drop();
});

const gaps = () => rowSecurityGaps(superuser, appUser, allowed);

it('finds no gap in the migrated database', async () => {
  expect(standing).toEqual([]);
});

it('lists no opening that is not there', async () => {
  const { rows } = await superuser.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables where schemaname || '.' || tablename = any ($1)`,
    [allowed.openTables],
  );
  expect(rows.map(({ name }) => name).sort()).toEqual([...allowed.openTables].sort());
});

/** Makes a sound table `gate.t` as a migration would, then breaks it by `sql`; gives what that adds, and takes it back. */
async function gapsAfter(sql: string): Promise<string[]> {
  const owner = new URL(test.ownerUrl).username;
  const scope = `territory_path <@ any ((select platform.scope())::public.ltree[])`;
  await superuser.query('begin');
  try {
    await superuser.query(`
      set local role ${owner};
      create schema gate;
      grant usage on schema gate to gep_app;
      create table gate.t (id uuid primary key, territory_code text, territory_path ltree not null, number int);
      grant select, insert on gate.t to gep_app;
      alter table gate.t enable row level security;
      alter table gate.t force row level security;
      create policy territory_scope on gate.t for all using (${scope}) with check (${scope});
      reset role;
      ${sql}`);
    const found = (await gaps()).filter((line) => !standing.includes(line));
    return [...new Set(found.map((line) => line.replaceAll(appUser, 'gep_app')))].sort();
  } finally {
    await superuser.query('rollback');
  }
}

it('lets a sound table and a sound view pass', async () => {
  expect(await gapsAfter('')).toEqual([]);
  expect(
    await gapsAfter(
      `create view gate.v with (security_invoker = true) as select * from gate.t; grant select on gate.v to gep_app`,
    ),
  ).toEqual([]);
  expect(
    await gapsAfter(
      `create view gate.v as select * from gate.t; create materialized view gate.m as select * from gate.t`,
    ),
  ).toEqual([]);
});

const policy = (text: string) => `drop policy territory_scope on gate.t; ${text}`;
const good = `territory_path <@ any ((select platform.scope())::public.ltree[])`;
const published = good.replace('platform.scope', 'platform.published_scope');
const definer = (extra = '') =>
  `create function gate.f() returns bigint language sql security definer as 'select count(*) from gate.t'; ${extra}`;

it.each<[string, string, string[]]>([
  ['security off', `alter table gate.t disable row level security`, ['row security off: gate.t']],
  ['owner not bound', `alter table gate.t no force row level security`, ['row security not forced: gate.t']],
  ['no policy', policy(''), ['no policy for insert: gate.t', 'no policy for select: gate.t']],
  [
    'a command without policy',
    policy(`create policy p on gate.t for select using (${good})`),
    ['no policy for insert: gate.t'],
  ],
  [
    'a later grant without policy',
    policy(
      `create policy p on gate.t for select using (${good}); create policy q on gate.t for insert with check (${good}); grant update (number), delete on gate.t to gep_app`,
    ),
    ['no policy for delete: gate.t', 'no policy for update: gate.t'],
  ],
  [
    'a policy that lets all pass',
    `create policy p on gate.t for select using (true)`,
    ['policy for select does not look at the scope: gate.t'],
  ],
  [
    'a policy with a way around',
    policy(`create policy p on gate.t for all using (${good} or number is null)`),
    ['policy for insert does not look at the scope: gate.t', 'policy for select does not look at the scope: gate.t'],
  ],
  [
    'a policy that lets all be written',
    policy(`create policy p on gate.t for all using (${good}) with check (true)`),
    ['policy for insert does not look at the scope: gate.t'],
  ],
  [
    'a policy by another setting',
    policy(`create policy p on gate.t for all using (territory_path <@ any (current_setting('gep.county')::ltree[]))`),
    ['policy for insert does not look at the scope: gate.t', 'policy for select does not look at the scope: gate.t'],
  ],
  [
    'published figures of a table that has none',
    `create policy p on gate.t for select using (${published})`,
    ['policy for select does not look at the scope: gate.t'],
  ],
  [
    'published figures with a way around',
    `create policy p on accounting.account for select using (${published} and (exists (select from accounting.disclosure d where d.account_id = account.id) or true))`,
    ['policy for select does not look at the scope: accounting.account'],
  ],
  [
    'own rows with a way around',
    `create policy p on procurement.dividend_line for select using (exists (select from procurement.owner_link l
       where (l.company_id, l.owner) = (dividend_line.company_id, dividend_line.owner)))`,
    ['policy for select does not look at the scope: procurement.dividend_line'],
  ],
  [
    'published figures that could be written',
    `create policy p on accounting.disclosure for all using (${published})`,
    [
      'policy for insert does not look at the scope: accounting.disclosure',
      'policy for select does not look at the scope: accounting.disclosure',
    ],
  ],
  [
    'respondents of a table that has none',
    `alter table gate.t add respondent_path ltree; create policy p on gate.t for select using (${good.replace('territory_path', 'respondent_path')})`,
    ['policy for select does not look at the scope: gate.t'],
  ],
  [
    'respondents who could write',
    `create policy p on procedure.appeal for all using (${good.replace('territory_path', 'respondent_path')})`,
    [
      'policy for insert does not look at the scope: procedure.appeal',
      'policy for select does not look at the scope: procedure.appeal',
    ],
  ],
  [
    'truncate, which no policy binds',
    `grant truncate on gate.t to gep_app`,
    ['truncate, references or trigger granted: gate.t'],
  ],
  [
    'a partition reached by itself',
    `create table gate.p (territory_path ltree) partition by list (territory_path); create table gate.p1 partition of gate.p default; grant select on gate.p1 to gep_app`,
    [
      'no policy for select: gate.p1',
      'row security not forced: gate.p',
      'row security not forced: gate.p1',
      'row security off: gate.p',
      'row security off: gate.p1',
    ],
  ],
  [
    'a table that lost its territory',
    `create table gate.u (id int); grant select on gate.u to gep_app`,
    ['table without territory_path: gate.u'],
  ],
  [
    'a table open to all roles',
    `create table gate.u (id int); grant select on gate.u to public`,
    ['table without territory_path: gate.u'],
  ],
  [
    'a plain view',
    `create view gate.v as select * from gate.t; grant select on gate.v to gep_app`,
    ['view without security_invoker: gate.v'],
  ],
  [
    'a view that says no',
    `create view gate.v with (security_invoker = false) as select * from gate.t; grant select (number) on gate.v to gep_app`,
    ['view without security_invoker: gate.v'],
  ],
  [
    'a materialised view',
    `create materialized view gate.m as select * from gate.t; grant select on gate.m to gep_app`,
    ['materialised view: gate.m'],
  ],
  ['a function with its owner’s rights', definer(), ['security definer function: gate.f']],
  [
    'something owned by the application',
    `alter table gate.t owner to gep_app`,
    ['owned by gep_app: gate.t', 'truncate, references or trigger granted: gate.t'],
  ],
  [
    'a schema where the application may make things',
    `grant create on schema gate to gep_app`,
    ['may create in schema gate: gep_app'],
  ],
  [
    'a unique key that tells of foreign rows',
    `create unique index told on gate.t (number)`,
    ['unique key without territory or random id: gate.told'],
  ],
])('catches %s', async (_what, sql, expected) => {
  expect(await gapsAfter(sql)).toEqual(expected);
});

it('lets a function pass that the application may not call, or that is listed', async () => {
  expect(await gapsAfter(definer('revoke execute on function gate.f() from public'))).toEqual([]);
});

it('catches a role of the application that is more than it should be', async () => {
  expect(await gapsAfter(`alter role gep_app bypassrls`)).toContain('superuser or bypasses row security: gep_app');
  expect(await gapsAfter(`grant ${new URL(test.ownerUrl).username} to gep_app`)).toContain(
    'member of an owner of guarded tables: gep_app',
  );
});
