/** The audit chain under many writers, and every way to tamper with it. */
import { appendAudit, verifyAuditChain, type AuditHead } from '@gep/platform';
import { Client } from 'pg';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

let test: TestDatabase;
let superuser: Client;
const writers = 64;
const actor = testActor();

beforeAll(async () => {
  test = await createTestDatabase({ poolSize: 20 });
  superuser = new Client({ connectionString: test.superuserUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await test.drop();
});

const verify = (published?: AuditHead) => test.db.snapshot(actor, (tx) => verifyAuditChain(tx, published));
const append = (subject: string, after?: unknown) =>
  test.db.transaction(actor, (tx) => appendAudit(tx, { actor, action: 'plot.change', subject, before: null, after }));

describe('the audit chain', () => {
  it('is whole when empty', async () => {
    expect(await verify()).toEqual({ rows: 0, head: { rows: 0, hash: '0'.repeat(64) } });
  });

  it(`does not fork under ${writers} writers at once`, async () => {
    const write = async (writer: number) => {
      for (let turn = 0; turn < 3; turn++) await append(`plot-${writer}`, { 面积: 1.5, turn, note: 'é\u{1f33f}"\\' });
    };
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    const verdict = await verify();
    expect(verdict).toMatchObject({ rows: writers * 3 });
    expect(verdict.broken).toBeUndefined();
    const [{ links, times }] = (
      await superuser.query(
        `select count(distinct prev_hash)::int as links, count(*) filter (where at ~ '\\.\\d{6}Z$')::int as times from platform.audit`,
      )
    ).rows as [{ links: number; times: number }];
    expect([links, times]).toEqual([writers * 3, writers * 3]);
  });

  it('leaves no row of a deed that was rolled back', async () => {
    const { rows } = await verify();
    const failing = test.db.transaction(actor, async (tx) => {
      await appendAudit(tx, { actor, action: 'plot.change', subject: 'ghost' });
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect((await verify()).rows).toBe(rows);
  });

  it('chains several rows of one transaction and of one statement', async () => {
    const { rows } = await verify();
    await test.db.transaction(actor, async (tx) => {
      await appendAudit(tx, { actor, action: 'a', subject: 's' });
      await appendAudit(tx, { actor, action: 'b', subject: 's' });
      await tx.query(
        `insert into platform.audit (actor_id, actor_name, action, subject) values ('x', 'x', 'c', 's'), ('x', 'x', 'd', 's')`,
      );
    });
    expect(await verify()).toMatchObject({ rows: rows + 4, head: { rows: rows + 4 } });
  });

  it.each([
    [
      'forged seal',
      `insert into platform.audit (seq, at, actor_id, actor_name, action, subject, prev_hash, hash) values (1, '', '', '', '', '', '', '')`,
    ],
    ['update', `update platform.audit set action = 'x' where seq = 1`],
    ['delete', `delete from platform.audit where seq = 1`],
    ['truncate', `truncate platform.audit`],
  ])('gives the application no right to %s', async (_, sql) => {
    await expect(test.db.transaction(actor, (tx) => tx.query(sql))).rejects.toThrow('permission denied');
  });

  it.each([
    ['update', `update platform.audit set action = 'x' where seq = 1`],
    ['delete', `delete from platform.audit where seq = 1`],
    ['truncate', `truncate platform.audit`],
  ])('refuses %s to the superuser too', async (_, sql) => {
    await expect(superuser.query(sql)).rejects.toThrow('append-only');
  });
});

describe('tampering behind the triggers', () => {
  const tamper = async (sql: string, published?: AuditHead) => {
    await superuser.query('begin');
    await superuser.query(`set local session_replication_role = replica`);
    await superuser.query(sql);
    // The checker looks through the tampering session's eyes: a manager-shaped wrapper around this one client.
    const eyes = { query: async (text: string, values: unknown[]) => (await superuser.query(text, values)).rows };
    const verdict = await verifyAuditChain(eyes as unknown as Parameters<typeof verifyAuditChain>[0], published);
    await superuser.query('rollback');
    return verdict;
  };

  it.each([
    ['changed value', `update platform.audit set after_json = '{}' where seq = 7`, 7, 'altered'],
    ['changed time', `update platform.audit set at = replace(at, 'T', ' ') where seq = 7`, 7, 'altered'],
    ['changed person', `update platform.audit set actor_id = 'other' where seq = 9`, 9, 'altered'],
    ['removed row', `delete from platform.audit where seq = 5`, 5, 'row-missing'],
    ['removed first row', `delete from platform.audit where seq = 1`, 1, 'row-missing'],
    ['two rows changed about', `update platform.audit set seq = 300 - seq where seq in (2, 298)`, 2, 'row-missing'],
    [
      'removed and renumbered row',
      `delete from platform.audit where seq = 5; update platform.audit set seq = -seq where seq > 5;
       update platform.audit set seq = -seq - 1 where seq < 0`,
      5,
      'wrong-link',
    ],
  ])('finds a %s', async (_, sql, seq, reason) => {
    expect((await tamper(sql)).broken).toEqual({ seq, reason });
  });

  it('finds rows cut off at the end, and a history rewritten with right seals, by a published head', async () => {
    const { head } = await verify();
    const cut = `delete from platform.audit where seq > ${head.rows - 2}`;
    expect((await tamper(cut)).broken).toBeUndefined();
    expect((await tamper(cut, head)).broken).toEqual({ seq: head.rows - 1, reason: 'row-missing' });
    const other = { ...head, hash: 'f'.repeat(64) };
    expect((await tamper('select 1', other)).broken).toEqual({ seq: head.rows, reason: 'head-differs' });
    expect((await tamper('select 1', head)).broken).toBeUndefined();
  });
});
