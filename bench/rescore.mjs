/** How long does it take to score everybody of a territory anew, and in how much memory, beside plain SQL that counts the same? */
import { mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lib, program } from './built.mjs';
import { compareCells, report } from './measure.mjs';
import { processorTime } from './postgres.mjs';

const question = 'All scores of a territory made anew from their entries, what changed stored, beside plain SQL';
const county = 'CN.990000.990100.990101';
const villages = 300;
const paper = 'a'.repeat(64);
const officer = (id) => ({ id, name: id, scope: ['CN'], permissions: new Map([['credit.manage', ['CN']]]) });

/** Code, points of the first and the second edition, yearly cap, decay, years. */
const items = [
  ['sorting', 1, 1.5, 12, [1, 0.8, 0.5], null],
  ['planting', 3, 4, 9, [1], 3],
  ['patrol', 2, 2, null, [1, 0.5], null],
  ['project', 6, 8, 20, [1], null],
  ['frontage', -2, -2.5, 10, [1], 5],
  ['discharge', -3, -4, null, [1, 0.9, 0.6], 5],
  ['chemicals', -3, -3, 15, [1], 4],
  ['burning', -1, -1, null, [1, 0.5], 2],
];
const [base, lowest, highest] = [100, 0, 200];
const grades = [
  ['D', 0],
  ['C', 80],
  ['B', 100],
  ['A', 120],
];

const ruleOf = (edition) => `
id: bench-credit-${edition}
title: { zh: 基准, en: Bench }
mechanism: credit
status: usable
valid: { from: 2020-01-01 }
sources: [{ id: A, text: made up, standing: A }]
credit:
  score: { base: ${base}, lowest: ${lowest}, highest: ${highest}, source: A }
  behaviours:
${items
  .map(([code, first, second, cap, decay, years]) =>
    [
      `    - { code: ${code}, name: { zh: ${code}, en: ${code} }, subjects: [person], source: A`,
      `points: ${edition === 1 ? first : second}, decay: [${decay.join(', ')}]`,
      ...(cap === null ? [] : [`yearlyCap: ${cap}`]),
      ...(years === null ? [] : [`years: ${years}`]),
    ].join(', '),
  )
  .map((line) => `${line} }`)
  .join('\n')}
  grades:
${grades.map(([code, from]) => `    - { code: ${code}, name: { zh: ${code}, en: ${code} }, from: ${from} }`).join('\n')}
`;

/** Two editions, the second in force. @returns their digests */
async function adopt(db) {
  const { PolicyService, readPolicyText } = lib('rulebook');
  const policies = new PolicyService(db);
  const digests = [];
  for (const edition of [1, 2]) {
    const rule = await readPolicyText({ path: 'list.yaml', text: ruleOf(edition) }, 'rulebook');
    await policies.propose(officer('clerk'), rule, randomUUID());
    digests.push(rule.edition);
  }
  const wish = { edition: digests[1], territoryPath: county, from: '2020-01-01', reason: 'bench' };
  await policies.adopt(officer('approver'), wish, randomUUID());
  return digests;
}

/**
 * 1 to 19 entries each over six years, 10 on average, in the order of months, so that those of one subject lie far apart. Indexes are
 * made when all is loaded, but for those by place of entries: neither side uses them.
 */
const loadSql = (rows, [first, second]) => `
  set session_replication_role = replica;
  set maintenance_work_mem = '1GB';
  drop index credit.event_path; drop index credit.standing_path;
  update pg_index set indisready = false where indrelid in ('credit.event'::regclass, 'credit.standing'::regclass);
  create unlogged table made as
    select gen_random_uuid() as id, ('${county}.v' || n % ${villages})::ltree as path, n, 1 + abs(hashint4(n)) % 19 as entries
    from generate_series(1, ${rows}) n;
  insert into credit.subject (id, territory_path, kind, since, consent_digest, registered_by)
    select id, path, 'person', '2020-01-01', '${paper}', 'made' from made;
  create unlogged table entry as
    select gen_random_uuid() as id, m.id as subject_id, m.path, k, h, date '2020-06-01' + k * 115 + h % 115 as day
    from generate_series(1, 19) k, lateral (select made.*, abs(hashint4(n * 31 + k)) as h from made where entries >= k offset 0) m;
  insert into credit.event (id, subject_id, territory_path, behaviour, edition, day, times, negative, severity, evidence, evidence_digest, reference, reported_by, reported_name)
    select id, subject_id, path, (array['${items.map(([code]) => code).join("', '")}'])[1 + h / 7 % ${items.length}],
      case when h / 5 % 3 = 0 then '${first}' else '${second}' end, day, 1 + h / 11 % 3, h / 7 % ${items.length} > 3, 'ordinary', 'x',
      '${paper}', k::text, 'made', 'made' from entry;
  insert into credit.standing (event_id, subject_id, territory_path, state, effective_from, objections)
    select id, subject_id, path, case when h / 13 % 20 = 0 then 'voided' else 'effective' end, day + 20, case when h / 17 % 50 = 0 then 1 else 0 end
    from entry;
  drop table entry, made;
  update pg_index set indisready = true where indrelid in ('credit.event'::regclass, 'credit.standing'::regclass);
  set session_replication_role = origin;
  reindex table credit.event;
  reindex table credit.standing`;

/** The same counting in one statement; caps of an item are the same in both editions, or it could not be said so simply. */
const peerSql = (no, asOf, [first]) => `
  create table peer.score_${no} (subject_id uuid primary key, score numeric not null, grade text);
  insert into peer.score_${no}
    with item (code, first, second, cap, decay, years) as (values ${items
      .map(
        ([code, one, two, cap, decay, years]) =>
          `('${code}', ${one}::numeric, ${two}::numeric, ${cap ?? 'null'}::numeric, array[${decay.join(', ')}]::numeric[], ${years ?? 'null'}::int)`,
      )
      .join(', ')}),
    live as (
      select e.subject_id, e.behaviour, e.day, i.cap, sign(i.first) as sign, extract(year from e.day) as year,
        e.times * abs(case when e.edition = '${first}' then i.first else i.second end) as nominal,
        i.decay[least((select count(*) from generate_series(1, cardinality(i.decay) - 1) k where e.day + make_interval(years => k::int) < '${asOf}') + 1, cardinality(i.decay))] as factor,
        row_number() over same as place, e.edition
      from credit.event e join credit.standing t on t.event_id = e.id join item i on i.code = e.behaviour
      where t.state = 'effective' and t.objections = 0 and t.effective_from <= '${asOf}' and e.day <= '${asOf}'
        and (i.years is null or e.day + make_interval(years => i.years) >= '${asOf}')
      window same as (partition by e.subject_id, e.behaviour, extract(year from e.day) order by e.day, e.edition)
    ),
    capped as (
      select subject_id, sign * factor * case when cap is null then nominal
          else least(cap, sum(nominal) over before) - least(cap, sum(nominal) over before - nominal) end as points
      from live window before as (partition by subject_id, behaviour, year order by place)
    ),
    summed as (
      select s.id, least(greatest(${base} + coalesce(c.points, 0), ${lowest}), ${highest}) as score
      from credit.subject s left join (select subject_id, sum(points) as points from capped group by subject_id) c on c.subject_id = s.id
    )
    select id, score, case ${[...grades]
      .reverse()
      .map(([code, from]) => `when score >= ${from} then '${code}'`)
      .join(' ')} end from summed`;

/** Highest resident memory of this process while `work` runs, in MiB. */
async function peakOf(work) {
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  try {
    return { result: await work(), peakMiB: Math.round(most / 2 ** 20) };
  } finally {
    clearInterval(timer);
  }
}

export async function rescore({ rows = 1_000_000, rounds = 2 }) {
  const { startEmbeddedPostgres, migrate, openDatabase } = lib('platform');
  const { CreditEditions, RescoreService } = lib('credit');
  const dataDir = mkdtempSync(join(tmpdir(), 'gep-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, test: true });
  try {
    await migrate(server.ownerUrl, { redis: false });
    const db = await openDatabase({ databaseUrl: server.appUrl }, { poolSize: 3 });
    const client = new (program('pg').Client)({ connectionString: server.superuserUrl });
    // When something fails, that is what has to be told, not that the server was stopped.
    client.on('error', () => undefined);
    await client.connect();
    const editions = await adopt(db);
    await client.query(loadSql(rows, editions));
    await client.query('vacuum (analyze, freeze) credit.subject, credit.event, credit.standing');
    const {
      rows: [loaded],
    } = await client.query(`select count(*)::int as entries from credit.event`);
    console.log('loaded', JSON.stringify(loaded));
    const service = new RescoreService(db, new CreditEditions());
    const [stages, times] = [{}, { first: { wall: [], cpu: [] }, again: { wall: [], cpu: [] } }];
    let asOf;
    const ours = async (name) => {
      globalThis.gc?.();
      const [used, others, begun] = [process.cpuUsage(), processorTime(server.pid), performance.now()];
      const { result, peakMiB } = await peakOf(async () => {
        const { result: asked } = await service.request(officer('clerk'), { territoryPath: county }, randomUUID());
        return service.run(asked.id);
      });
      if (result.refusal || result.subjects !== rows) throw new Error(JSON.stringify(result));
      const { user, system } = process.cpuUsage(used);
      const [nodeMs, serverMs] = [(user + system) / 1000, processorTime(server.pid) - others];
      times[name].wall.push(performance.now() - begun);
      times[name].cpu.push(nodeMs + serverMs);
      const { parts, subjects, changed } = result;
      stages[name] = { parts, subjects, changed, nodeMs: Math.round(nodeMs), serverMs, peakMiB };
      console.log(name, Math.round(times[name].wall.at(-1)), JSON.stringify(stages[name]));
      asOf = result.asOf;
    };
    await ours('first');
    await client.query('create schema peer');
    const peer = { wall: [], cpu: [] };
    for (let round = 0; round < rounds; round++) {
      const [others, begun] = [processorTime(server.pid), performance.now()];
      await client.query(peerSql(round, asOf, editions));
      peer.wall.push(performance.now() - begun);
      peer.cpu.push(processorTime(server.pid) - others);
      console.log('plain SQL', Math.round(peer.wall.at(-1)), peer.cpu.at(-1));
    }
    const { rows: differing } = await client.query(`
      select p.subject_id, p.score as peer, l.score as ours, p.grade as peer_grade, l.grade from peer.score_0 p left join lateral (
        select score, grade from credit.score where subject_id = p.subject_id order by no desc limit 1) l on true
      where l.score is distinct from p.score or l.grade is distinct from p.grade limit 5`);
    if (differing.length > 0) throw new Error(JSON.stringify(differing));
    const cells = async (sql) =>
      (await client.query({ text: sql, rowMode: 'array' })).rows.map(([score]) => Number(score));
    const worst = compareCells(
      'plain SQL',
      await cells('select score from peer.score_0 order by subject_id'),
      await cells('select score from credit.score order by subject_id'),
      0,
    );
    await ours('again');
    const reference = 'ours, every score new: read in columns, counted, stored under row security';
    const again = 'ours, again: nothing has changed, nothing is stored';
    const sql = 'plain SQL, one statement into a table with a key';
    report('rescore', {
      ...{ question, setting: { rows, villages, ...loaded, stages }, worst, reference },
      variants: [{ name: reference }, { name: again }, { name: sql }],
      times: [
        times.first,
        { wall: times.again.wall, cpu: times.again.cpu },
        { wall: [least(peer.wall)], cpu: [least(peer.cpu)] },
      ],
      peaks: { [reference]: stages.first.peakMiB, [again]: stages.again.peakMiB },
    });
    await client.end();
    await db.close();
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The best round of the peer: the shared machine makes the others longer. */
const least = (list) => Math.min(...list);
