/** How long does a run of household lines take to post, proved, sealed and indexed, beside plain SQL into indexed tables? */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { lib, part, program } from './built.mjs';
import { compareCells, race, report } from './measure.mjs';
import { processorTime } from './postgres.mjs';

const question = 'A run of postings through the book, with proof, balances, seal and indexes, beside plain SQL';
const county = 'CN.990000.990100.990101';
const villages = Array.from({ length: 300 }, (_, at) => `${county}.${990101001 + at}`);
const villageOf = (at) => at % villages.length;
const fenOf = (at) => BigInt(10_000 + ((at * 7919) % 90_001));
const household = (at) => `household-${at}`;
const actor = (id) => ({ id, name: id, scope: ['CN'] });

/** The fund spends the sum, each household is owed its line. */
function draftOf(rows, accounts, businessKey) {
  const amountsFen = new BigInt64Array(rows + 1);
  const [accountAt, basisAt, territoryAt] = [
    new Uint16Array(rows + 1).fill(1, 1),
    new Uint16Array(rows + 1),
    new Uint32Array(rows + 1),
  ];
  const parties = Array.from({ length: rows + 1 }, (_, at) => (at === 0 ? null : household(at)));
  for (let at = 1; at <= rows; at++) {
    amountsFen[at] = -fenOf(at);
    amountsFen[0] += fenOf(at);
    territoryAt[at] = 1 + villageOf(at);
  }
  const basis = { ruleEdition: 'a'.repeat(64), vintageId: null, agreement: 'bench', period: '2025' };
  return {
    ...{ businessKey, kind: 'dividend', effectiveDate: '2025-12-01', territoryPath: county, memo: 'bench' },
    ...{ accounts, territories: [county, ...villages], bases: [{ ...basis, territoryPath: county }] },
    postings: { accountAt, territoryAt, basisAt, parties, amountsFen },
  };
}

const columns = `run_no bigint not null, amount_fen bigint not null, recorded_at timestamptz not null, posting_no int not null,
  effective_date date not null, basis_no smallint not null, voucher_id uuid not null, account_id uuid not null,
  party text collate "C", territory_path ltree not null`;

/** The same rows as a table of claims, and tables that plain SQL posts them into. */
async function loadPeer(client, rows) {
  await client.query(`create schema peer;
    create table peer.claim (no int primary key, party text, fen bigint, path ltree);
    insert into peer.claim select at, 'household-' || at, 10000 + (at::bigint * 7919) % 90001, ('${county}.' || 990101001 + at % 300)::ltree
      from generate_series(1, ${rows}) as at;
    create table peer.posting (${columns}, primary key (run_no, voucher_id, posting_no));
    create index on peer.posting (account_id, party);
    create table peer.heap (${columns});
    create table peer.balance (party text collate "C" primary key, posted_fen bigint not null);
    insert into peer.balance select party, 0 from peer.claim;`);
  await client.query('vacuum (analyze, freeze) peer.claim');
}

const insertSelect = (run, table) => `insert into peer.${table}
  select ${run}, -fen, now(), no + 1, date '2025-12-01', 1, '00000000-0000-4000-8000-000000000001'::uuid, '00000000-0000-4000-8000-000000000002'::uuid, party, path
  from peer.claim
  union all select ${run}, sum(fen)::bigint, now(), 1, date '2025-12-01', 1, '00000000-0000-4000-8000-000000000001'::uuid, '00000000-0000-4000-8000-000000000003'::uuid, null, '${county}'::ltree
  from peer.claim`;

function peerVariants(client, draft) {
  const { from: copyFrom } = program('pg-copy-streams');
  const { copiedColumns, postingRows } = part('ledger/src/run/posting-rows.js');
  let run = 0;
  const whole = async (work) => {
    await client.query('begin');
    await work(++run);
    await client.query('commit');
    return run;
  };
  const proved = async (table, no) => {
    const { rows } = await client.query(`select sum(amount_fen) as sum from peer.${table} where run_no = ${no}`);
    if (rows[0].sum !== '0') throw new Error('not balanced');
  };
  return [
    {
      name: 'plain SQL, insert-select, keys in place',
      table: 'peer.posting',
      run: () =>
        whole(async (no) => {
          await client.query(insertSelect(no, 'posting'));
          await proved('posting', no);
        }),
    },
    {
      name: 'plain SQL, the same and a balance for each household',
      table: 'peer.posting',
      run: () =>
        whole(async (no) => {
          await client.query(insertSelect(no, 'posting'));
          await proved('posting', no);
          await client.query(`update peer.balance b set posted_fen = b.posted_fen + p.amount_fen
            from peer.posting p where p.run_no = ${no} and p.party = b.party`);
        }),
    },
    {
      name: 'COPY of the same bytes, no key, nothing proved',
      table: 'peer.heap',
      run: () =>
        whole(async (no) => {
          await client.query('truncate peer.heap');
          const voucher = { id: '00000000-0000-4000-8000-000000000001', recordedAt: new Date(), runNo: String(no) };
          await pipeline(
            Readable.from(postingRows(draft, voucher), { objectMode: false }),
            client.query(copyFrom(`copy peer.heap (${copiedColumns.join(', ')}) from stdin (format binary, freeze)`)),
          );
        }),
    },
  ];
}

export async function ledger({ rows = 1_000_000, rounds = 3 }) {
  const { migrate, openDatabase, readConfig, startEmbeddedPostgres } = lib('platform');
  const { FundService, listAccounts, listVouchers, postRun, reverseVoucher, verifyBook } = lib('ledger');
  const { Client } = program('pg');
  const dataDir = mkdtempSync(join(tmpdir(), 'gep-bench-'));
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    await migrate(server.ownerUrl, { redis: true });
    const db = await openDatabase(readConfig({ DATABASE_URL: server.appUrl, GEP_SECRET: 'x'.repeat(40) }));
    const client = new Client({ connectionString: server.superuserUrl });
    client.on('error', () => undefined);
    await client.connect();
    const funds = new FundService(db);
    const names = { nameZh: '基准', nameEn: 'bench', shortfallPolicy: 'pro-rata' };
    await funds.openFund(actor('bench'), { code: 'bench', territoryPath: county, ...names }, 'open');
    const accounts = await db.snapshot(actor('bench'), (tx) => listAccounts(tx, {}));
    const idOf = (code) => accounts.find(({ account }) => account.code === code).account.id;
    const ids = [idOf('bench.spent'), idOf('bench.payable')];
    await loadPeer(client, rows);
    const draft = draftOf(rows, ids, 'bench:0');
    let turn = 0;
    const ours = {
      name: 'ours, a run of the book',
      table: 'ledger.posting',
      run: async () => {
        const businessKey = `bench:${++turn}`;
        await db.transaction(actor('bench'), (tx) => postRun(tx, actor('bench'), { ...draft, businessKey }));
        const { rows: last } = await client.query('select max(run_no) as no from ledger.posting');
        return last[0].no;
      },
    };
    const variants = [ours, ...peerVariants(client, draft)].map((variant) => ({
      ...variant,
      cpu: () => processorTime(server.pid),
    }));
    const expected = Float64Array.from(villages, () => 0);
    for (let at = 1; at <= rows; at++) expected[villageOf(at)] += Number(fenOf(at));
    let worst = 0;
    for (const { name, run, table } of variants) {
      const no = await run();
      const cells = await client.query(
        `select -sum(amount_fen)::float8 as fen from ${table} where run_no = ${no} and party is not null group by territory_path order by territory_path`,
      );
      worst = Math.max(
        worst,
        compareCells(
          name,
          cells.rows.map(({ fen }) => fen),
          [...expected],
          0,
        ),
      );
    }
    const times = await race(variants, rounds);
    const undoing = performance.now();
    await db.transaction(actor('bench'), async (tx) => {
      const [{ id: voucherId }] = await listVouchers(tx, { businessKey: 'bench:1' });
      await reverseVoucher(tx, actor('bench'), { voucherId, memo: 'bench' });
    });
    const reversalMs = Math.round(performance.now() - undoing);
    const begun = performance.now();
    const verdict = await db.snapshot(actor('bench'), (tx) => verifyBook(tx));
    if (verdict.broken) throw new Error(JSON.stringify(verdict.broken));
    const setting = {
      rows,
      villages: villages.length,
      checkOfAllRunsMs: Math.round(performance.now() - begun),
      ...{ reversalMs, runs: turn },
    };
    report('ledger', { question, setting, variants, times, worst, reference: ours.name });
    await client.end();
    await db.close();
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
