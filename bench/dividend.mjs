/** How long does one dividend of a million households take, from the files of the register to paid lines, beside plain SQL? */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { checkout, lib, part, program } from './built.mjs';
import { compareCells, report } from './measure.mjs';
import { processorTime } from './postgres.mjs';

const question =
  'A dividend of a company from register files to paid lines of all households, every fen proved, beside plain SQL';
const county = 'CN.990000.990100.990101';
const villages = Array.from({ length: 300 }, (_, at) => String(990101001 + at));
const baseFen = (at) => BigInt(100_000 + ((at * 7_919) % 9_000_001));
const code = (at) => `h-${String(at).padStart(7, '0')}`;
const incomeFen = 50_000_000_000n;
const documentDigest = 'd'.repeat(64);
const officer = (id, ...permissions) => ({
  ...{ id, name: id, scope: ['CN'] },
  permissions: new Map(permissions.map((permission) => [permission, ['CN']])),
});
const clerk = officer('clerk', 'owner.manage');
const approver = officer('approver', 'settlement.approve');
const cashier = officer('cashier', 'settlement.pay');

/** Every tenth parcel has two holders, so that shares are no whole numbers. */
async function writeFiles(folder, rows) {
  const file = async (name, header, line) => {
    const stream = createWriteStream(join(folder, name));
    stream.write(header);
    for (let at = 0; at < rows; at++) if (!stream.write(line(at))) await once(stream, 'drain');
    stream.end();
    await once(stream, 'finish');
    return join(folder, name);
  };
  const owners = await file('owners.csv', 'code,name,kind,territory\n', (at) => {
    return `${code(at)},户主${at},household,${villages[at % villages.length]}\n`;
  });
  const parcels = await file('parcels.csv', 'code,territory,base_year,base_gep,owner,share\n', (at) => {
    const fen = baseFen(at).toString();
    const yuan = `${fen.slice(0, -2)}.${fen.slice(-2)}`;
    const row = (owner, share) => `p-${at},${villages[at % villages.length]},2020,${yuan},${owner},${share}\n`;
    return at % 10 === 0 ? row(code(at), '1/3') + row(code((at + 1) % rows), '2/3') : row(code(at), '');
  });
  return { owners, parcels };
}

async function prepare(db) {
  const { TerritoryService } = lib('territory');
  const { loadPolicy, PolicyService } = lib('rulebook');
  const { CompanyService, CompanyBookService } = lib('procurement');
  const { LedgerService } = lib('ledger');
  const row = (code_, level, parentCode) => ({
    ...{ code: code_, nameZh: `基准${code_}`, nameEn: null, level, parentCode },
    ...{ validFrom: '2000-01-01', validTo: null, source: 'bench' },
  });
  await new TerritoryService(db).importTerritories(clerk, [
    row('CN', 'nation', null),
    row('990000', 'province', 'CN'),
    row('990100', 'prefecture', '990000'),
    row('990101', 'county', '990100'),
    ...villages.map((village) => row(village, 'township', '990101')),
  ]);
  const policies = new PolicyService(db);
  const rule = await loadPolicy('two-mountains-dividend', `${checkout}/rulebook`);
  await policies.propose(clerk, rule, randomUUID());
  const adoption = { edition: rule.edition, territoryPath: county, from: '2020-01-01', slot: '', reason: 'bench' };
  await policies.adopt(approver, adoption, randomUUID());
  const company = {
    ...{ code: 'bench', territory: '990101', validFrom: '2020-01-01', nameZh: '基准公司', nameEn: 'bench' },
    ...{ legalForm: 'company', creditCode: null, payeeName: 'bench', bank: 'bank', accountNo: '99000001' },
    ...{ status: 'active', reason: 'bench', documentDigest: null },
  };
  await new CompanyService(db).record(clerk, company, randomUUID());
  const entry = { company: 'bench', kind: 'income', amountFen: incomeFen, on: '2025-05-01', period: '2025' };
  const about = { agreement: null, settlementId: null, memo: 'bench', documentDigest, evidence: 'slip-1' };
  await new CompanyBookService(db).record(clerk, { ...entry, ...about }, randomUUID());
  await new LedgerService(db).closePeriod(clerk, { territoryPath: county, period: '2025' }, randomUUID());
}

/** The same allotment from the same tables, the lines and two tables of postings with their keys: nothing is proved, sealed or hidden. */
const peerSql = (no) => `
  create table peer.line_${no} (owner text collate "C" primary key, fen bigint not null);
  create table peer.declared_${no} (no bigint, party text collate "C", fen bigint not null, primary key (no));
  create table peer.paid_${no} (no bigint, party text collate "C", fen bigint not null, primary key (no));
  insert into peer.line_${no}
    with held as (
      select h.owner, sum(p.base_gep_fen::numeric * h.part / g.whole) as weight
      from procurement.holding g join procurement.parcel p on (p.company_id, p.code) = (g.company_id, g.parcel), unnest(g.owners, g.parts) as h (owner, part)
      group by h.owner
    ), whole as materialized (select sum(weight) as weights from held),
    parts as (select owner, floor(${(incomeFen * 9n) / 10n} * weight / weights) as part, mod(${(incomeFen * 9n) / 10n} * weight, weights) as remainder from held, whole),
    ranked as (select owner, part, row_number() over (order by remainder desc, owner) as place, ${(incomeFen * 9n) / 10n} - sum(part) over () as leftover from parts)
    select owner, part + case when place <= leftover then 1 else 0 end from ranked;
  insert into peer.declared_${no} select row_number() over (), 'owner:' || owner, -fen from peer.line_${no};
  insert into peer.paid_${no} select row_number() over (), 'owner:' || owner, fen from peer.line_${no};
  create index on peer.declared_${no} (party);
  create index on peer.paid_${no} (party)`;

export async function dividend({ rows = 1_000_000, rounds = 1 }) {
  const { startEmbeddedPostgres, migrate, openDatabase } = lib('platform');
  const { ClockBooks } = lib('procedure');
  const { RulebookFolder } = lib('rulebook');
  const { DividendRuns, DividendService, RegisterService, OwnDividends } = lib('procurement');
  const { checkProof } = part('procurement/src/sum-tree/line-proof.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'gep-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, test: true });
  try {
    await migrate(server.ownerUrl, { redis: false });
    const db = await openDatabase({ databaseUrl: server.appUrl }, { poolSize: 5 });
    const client = new (program('pg').Client)({ connectionString: server.superuserUrl });
    await client.connect();
    await prepare(db);
    const files = await writeFiles(dataDir, rows);
    const clocks = new ClockBooks(new RulebookFolder(`${checkout}/rulebook`));
    const [dividends, runs] = [new DividendService(db, clocks), new DividendRuns(db, clocks)];
    const stages = {};
    const timed = async (name, work) => {
      globalThis.gc?.();
      const [used, others, begun] = [process.cpuUsage(), processorTime(server.pid), performance.now()];
      const result = await work();
      const { user, system } = process.cpuUsage(used);
      const cpuMs = Math.round((user + system) / 1000 + processorTime(server.pid) - others);
      stages[name] = {
        wallMs: Math.round(performance.now() - begun),
        cpuMs,
        peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
      };
      console.log(name, JSON.stringify(stages[name]));
      return result;
    };
    await timed('register', () =>
      new RegisterService(db).import(clerk, { company: 'bench', files, since: '2020-12-31' }, randomUUID()),
    );
    await client.query('analyze procurement.owner; analyze procurement.parcel; analyze procurement.holding');
    const plan = { company: 'bench', period: '2025', policy: 'two-mountains-dividend', reserveShare: '0.1', memo: '' };
    const dates = { counting: 'record-date', recordDate: '2026-05-31', unclaimedAfter: 90 };
    const { id } = await dividends.plan(clerk, { ...plan, ...dates }, randomUUID());
    await dividends.notice(clerk, { id, on: '2026-04-01', documentDigest }, randomUUID());
    const vote = { members: 9, attended: 9, inFavour: 9, against: 0, online: true, heldOn: '2026-04-15' };
    await dividends.vote(clerk, { id, ...vote, documentDigest }, randomUUID());
    const work = async (act, by) => {
      const { taskId } = await runs.request(by, { id, act }, randomUUID());
      await runs.run(taskId);
      const { task } = await dividends.show(clerk, id);
      if (task.failure) throw new Error(JSON.stringify(task.failure));
    };
    await timed('allot', () => work('allot', clerk));
    await timed('declare', () => work('approve', approver));
    await timed('pay', () => work('pay', cashier));
    const { allotment } = await dividends.show(clerk, id);
    const own = new OwnDividends(db);
    await timed('proof of one line', async () => {
      const proof = await own.proveFor(clerk, id, code(4711 % rows));
      const fault = checkProof(proof, { root: allotment.root, totalFen: allotment.dividendFen });
      if (fault) throw new Error(fault);
    });
    await client.query('create schema peer');
    const peer = { wall: [], cpu: [] };
    for (let round = 0; round < rounds; round++) {
      const [others, begun] = [processorTime(server.pid), performance.now()];
      await client.query(peerSql(round));
      peer.wall.push(performance.now() - begun);
      peer.cpu.push(processorTime(server.pid) - others);
    }
    const cells = async (sql) => (await client.query({ text: sql, rowMode: 'array' })).rows.map(([fen]) => Number(fen));
    const ours = await cells(
      `select amount_fen from procurement.dividend_line where dividend_id = '${id}' order by owner`,
    );
    const worst = compareCells('plain SQL', await cells('select fen from peer.line_0 order by owner'), ours, 0);
    const cycle = ['allot', 'declare', 'pay'].map((name) => stages[name]);
    const sum = (key) => cycle.reduce((total, stage) => total + stage[key], 0);
    const reference = 'ours: allot, prove, hide, declare, pay, seal';
    report('dividend', {
      ...{ question, setting: { rows, villages: villages.length, stages }, worst, reference },
      variants: [{ name: reference }, { name: 'plain SQL: allot, insert lines and two tables of postings' }],
      times: [{ wall: [sum('wallMs')], cpu: [sum('cpuMs')] }, peer],
    });
    await client.end();
    await db.close();
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
