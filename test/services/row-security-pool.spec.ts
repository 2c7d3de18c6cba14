/** Pooled connections: many actors at the same time, with failures among them, never see each other's rows. */
import { Client } from 'pg';
import { enableRowSecurity, grantToApp, OutOfScope, type Actor } from '@gep/platform';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

const counties = Array.from({ length: 40 }, (_, index) => `CN.52.${index + 1}`);
const rowsPerCounty = 3;
/** More in a long run; 100,000 is the aim there. */
const requests = Number(process.env.GEP_TEST_LEAK_REQUESTS ?? 2000);
const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  await asSuperuser(`
    create schema leak;
    create table leak.parcel (id uuid primary key default gen_random_uuid(), territory_path ltree not null, owner text);
    insert into leak.parcel (territory_path, owner)
      select ('CN.52.' || county)::ltree, 'CN.52.' || county from generate_series(1, ${counties.length}) county, generate_series(1, ${rowsPerCounty});
    grant usage on schema leak to gep_app;
    ${grantToApp('leak.parcel', 'select, insert, update')};
    ${enableRowSecurity('leak.parcel')}`);
});
afterAll(() => test.drop());

async function asSuperuser(sql: string): Promise<void> {
  const client = new Client({ connectionString: test.superuserUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A small generator with a seed, so that a failing run can be repeated. */
function dice(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const select = `select territory_path::text as path, owner from leak.parcel`;
class Planned extends Error {}

/** One request of an actor: reads, sometimes reads again after others had their turn, sometimes fails half way. */
async function request(actor: Actor, roll: () => number): Promise<number> {
  const kind = roll();
  const again = roll() < 0.3;
  let foreign = 0;
  const look = async (rows: { path: string; owner: string }[]) => {
    foreign += rows.filter(({ path, owner }) => !actor.scope.includes(path) || owner !== path).length;
    if (rows.length !== actor.scope.length * rowsPerCounty) foreign += 1;
  };
  const run = kind < 0.5 ? test.db.transaction.bind(test.db) : test.db.snapshot.bind(test.db);
  await run(actor, async (tx) => {
    await look(await tx.query(select));
    if (again) {
      await tx.query('select pg_sleep(0.002)');
      await look(await tx.query(select));
    }
    if (kind < 0.05) throw new Planned();
    if (kind < 0.08) await tx.query('select 1 / 0');
  }).catch((error: unknown) => {
    if (!(error instanceof Planned) && !/division by zero/.test(String(error))) throw error;
  });
  return foreign;
}

async function leaks(): Promise<number> {
  const roll = dice(seed);
  const jobs = Array.from({ length: requests }, (_, index) => {
    const scope = [...new Set([counties[index % counties.length], counties[Math.floor(roll() * counties.length)]])];
    return testActor(scope, `county-${index}`);
  });
  let foreign = 0;
  const lane = async () => {
    for (let actor = jobs.pop(); actor; actor = jobs.pop()) foreign += await request(actor, roll);
  };
  await Promise.all(Array.from({ length: 25 }, lane));
  return foreign;
}

it(`no row of another county is seen in ${requests} requests over 5 connections (seed ${seed})`, async () => {
  expect(await leaks()).toBe(0);
});

it('work that forgets the transaction sees nothing at all', async () => {
  const bare = () => test.db.dataSource.query<unknown[]>(select);
  const counts = await Promise.all(Array.from({ length: 50 }, bare));
  expect(counts.every((rows) => rows.length === 0)).toBe(true);
  const nobody = await test.db.snapshot(testActor([]), (tx) => tx.query<unknown[]>(select));
  expect(nobody).toEqual([]);
});

it('even a connection on which somebody set the scope for the session shows a request its own rows only', async () => {
  const poison = () => test.db.dataSource.query(`select set_config('gep.scope', '{CN}', false), pg_sleep(0.01)`);
  await Promise.all(Array.from({ length: 20 }, poison));
  const poisoned = await test.db.dataSource.query<unknown[]>(select);
  // The control: the poison works, so it is the transaction's own setting that holds it off.
  expect(poisoned).toHaveLength(counties.length * rowsPerCounty);
  expect(await leaks()).toBe(0);
});

it('rows of others cannot be written, moved or touched', async () => {
  const actor = testActor([counties[0]]);
  const write = (sql: string, values: unknown[] = []) =>
    test.db.transaction(actor, (tx) => tx.query<unknown>(sql, values));
  const insert = `insert into leak.parcel (territory_path) values ($1::ltree)`;
  await expect(write(insert, [counties[1]])).rejects.toThrow(OutOfScope);
  await expect(write(insert, ['CN'])).rejects.toThrow(OutOfScope);
  await expect(write(`update leak.parcel set territory_path = $1::ltree`, [counties[1]])).rejects.toThrow(OutOfScope);
  const [, touched] = (await write(`update leak.parcel set owner = owner`)) as [unknown, number];
  expect(touched).toBe(rowsPerCounty);
});

it('a prepared plan follows the actor of each run', async () => {
  const client = new Client({ connectionString: test.config.databaseUrl });
  await client.connect();
  try {
    for (let run = 0; run < 200; run++) {
      const county = counties[run % counties.length];
      await client.query('begin');
      await client.query(`select set_config('gep.scope', $1, true)`, [`{${county}}`]);
      // After five runs PostgreSQL may keep one plan for all of them; a sub-select is planned with its own policy.
      const { rows } = await client.query<{ path: string }>({
        name: 'parcels',
        text: `select territory_path::text as path from leak.parcel where id in (select id from leak.parcel where owner <> $1)`,
        values: ['nobody'],
      });
      await client.query('commit');
      expect(rows.map(({ path }) => path)).toEqual(Array(rowsPerCounty).fill(county));
    }
  } finally {
    await client.end();
  }
});
