/** The audit chain under many writers, and every way to tamper with it. */
import { appendAudit, listAudit, openDatabase, verifyAuditChain, type AuditHead } from '@gep/platform';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { ScopeAndActor1790000001000 } from '../../migrations/0001-scope-and-actor';
import { Audit1790000002000 } from '../../migrations/0002-audit';
import { AuditByTerritory1790000005000 } from '../../migrations/0005-audit-by-territory';
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
const append = (subject: string, after?: object) =>
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
    ['look at the end of the chain', `select * from platform.audit_head`],
    ['move the end of the chain', `update platform.audit_head set seq = 0`],
    [
      'choose an older seal',
      `insert into platform.audit (actor_id, actor_name, action, subject, seal_format) values ('x', 'x', 'x', 'x', 1)`,
    ],
    ['call the seal by itself', `select platform.seal_audit()`],
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

describe('what a deed is about', () => {
  const bijie = testActor(['CN.520000.520500'], 'bijie');
  const trailOf = (reader: ReturnType<typeof testActor>) =>
    test.db.snapshot(reader, (tx) => listAudit(tx, { action: 'about' }, { limit: 100 }));

  beforeAll(async () => {
    const paths = ['CN.520000.520500.520523', 'CN.520000.520500', 'CN.520000', 'CN.330000.331100.331125', undefined];
    for (const [place, territoryPath] of paths.entries()) {
      // A person who sees nothing leaves rows like anybody else.
      const blind = testActor([], 'blind');
      await test.db.transaction(place % 2 ? blind : bijie, (tx) =>
        appendAudit(tx, { actor: bijie, action: 'about', subject: territoryPath ?? 'no territory', territoryPath }),
      );
    }
  });

  it('is seen from there and from above, and the whole chain stays whole', async () => {
    const seen = (await trailOf(bijie)).map(({ subject, territoryPath }) => [subject, territoryPath]);
    expect(seen).toEqual([
      ['CN.520000.520500', 'CN.520000.520500'],
      ['CN.520000.520500.520523', 'CN.520000.520500.520523'],
    ]);
    expect(await trailOf(testActor([], 'nobody'))).toEqual([]);
    expect((await trailOf(actor)).map(({ territoryPath }) => territoryPath)).toEqual([
      ...['CN', 'CN.330000.331100.331125', 'CN.520000', 'CN.520000.520500', 'CN.520000.520500.520523'],
    ]);
    const { broken, rows } = await verify();
    const [{ count }] = (await superuser.query('select count(*)::int as count from platform.audit')).rows as [
      { count: number },
    ];
    expect([broken, rows]).toEqual([undefined, count]);
  });

  it('limits a page by a territory wherever it lies in the tree', async () => {
    const within = (label: string) =>
      test.db.snapshot(actor, (tx) => listAudit(tx, { action: 'about', within: label }, { limit: 100 }));
    expect((await within('520500')).map(({ subject }) => subject)).toHaveLength(2);
    expect((await within('331125')).map(({ subject }) => subject)).toEqual(['CN.330000.331100.331125']);
    expect(await within('999999')).toEqual([]);
  });

  it('goes on from a chain whose rows were sealed before they had a territory', async () => {
    const name = `upgraded_${randomBytes(6).toString('hex')}`;
    await superuser.query(`create database ${name} owner ${new URL(test.ownerUrl).username}`);
    const placed = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).toString();
    const owner = new Client({ connectionString: placed(test.ownerUrl) });
    try {
      await owner.connect();
      await owner.query('create schema platform; grant usage on schema platform to gep_app');
      // A migration asks nothing of its runner but to run SQL.
      const runner = { query: (sql: string) => owner.query(sql) } as unknown as QueryRunner;
      await new ScopeAndActor1790000001000().up(runner);
      await new Audit1790000002000().up(runner);
      const before = `insert into platform.audit (actor_id, actor_name, action, subject, after_json) values ('a', '甲', 'x', 's', '"旧"')`;
      for (let row = 0; row < 3; row++) await owner.query(before);
      await new AuditByTerritory1790000005000().up(runner);
      const db = await openDatabase({ databaseUrl: placed(test.config.databaseUrl!) }, { poolSize: 2 });
      try {
        await db.transaction(actor, (tx) =>
          appendAudit(tx, { actor, action: 'x', subject: 's', territoryPath: 'CN.52' }),
        );
        const { rows, broken } = await db.snapshot(actor, (tx) => verifyAuditChain(tx));
        expect([rows, broken]).toEqual([4, undefined]);
        const kept = await db.snapshot(actor, (tx) =>
          tx.query<{ told: string }[]>(
            `select seal_format || ' ' || territory_path::text as told from platform.audit order by seq`,
          ),
        );
        expect(kept.map(({ told }) => told)).toEqual(['1 CN', '1 CN', '1 CN', '2 CN.52']);
      } finally {
        await db.close();
      }
    } finally {
      await owner.end();
      await superuser.query(`drop database ${name} with (force)`);
    }
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
    ['changed territory', `update platform.audit set territory_path = 'CN.520000' where seq = 8`, 8, 'altered'],
    ['row that claims to be old', `update platform.audit set seal_format = 1 where seq = 8`, 8, 'altered'],
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
