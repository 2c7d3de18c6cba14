/** How long does it take to share a fund out to a million, to the fen, beside whole numbers of any size and plain SQL? */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { lib, part, program } from './built.mjs';
import { compareCells, race, report } from './measure.mjs';
import { processorTime } from './postgres.mjs';

const question = 'A fund shared out by weights, largest remainder, ties to the smaller code; parts sum to the fund';
const total = 123_456_789_01;

/** Hectares in hundredths, from fixed numbers. */
function inventWeights(rows) {
  let state = 20_240_601;
  return Float64Array.from({ length: rows }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % 100_000;
  });
}

const sql = `
  with whole as (select sum(weight)::numeric as weights from share),
  parts as (
    select id, div(${total} * weight, weights) as part, mod(${total} * weight, weights) as remainder
    from share, whole
  ),
  ranked as (
    select id, part, row_number() over (order by remainder desc, id) as place, ${total} - sum(part) over () as leftover
    from parts
  )
  select (part + case when place <= leftover then 1 else 0 end)::float8 from ranked order by id`;

export async function allocate({ rows = 1_000_000, rounds = 7 }) {
  const { Fraction, allocateWithin } = lib('kernel');
  const { allocateColumn } = part('kernel/src/allocate-column.js');
  const { allocate: byBigInt } = part('kernel/src/allocate.js');
  const weights = inventWeights(rows);
  const shares = Array.from(weights, (weight, at) => ({
    code: String(at).padStart(8, '0'),
    weight: Fraction.of(BigInt(weight)),
  }));
  const policy = { leftover: 'largest-remainder', zeroWeights: 'refuse', floorsBeyond: 'refuse', capsBelow: 'refuse' };
  const capped = shares.map((share) => ({ ...share, floor: 100n, cap: 1_000_000n }));
  const { startEmbeddedPostgres } = lib('platform');
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'gep-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, test: true });
  try {
    const client = new (program('pg').Client)({ connectionString: server.superuserUrl });
    await client.connect();
    await client.query('create table share (id int primary key, weight numeric not null)');
    for (let from = 0; from < rows; from += 100_000)
      await client.query(
        'insert into share select $1::int + at - 1, w from unnest($2::numeric[]) with ordinality as t(w, at)',
        [from, Array.from(weights.subarray(from, from + 100_000))],
      );
    await client.query('vacuum (analyze) share');
    const query = () => client.query({ text: sql, rowMode: 'array' });
    const whole = BigInt(total);
    const column = allocateColumn(total, weights);
    const plain = (parts) => Float64Array.from(parts.values(), Number);
    const worst = Math.max(
      compareCells('objects', plain(allocateWithin(whole, shares, policy).parts), column, 0),
      compareCells('BigInt', plain(byBigInt(whole, shares)), column, 0),
      compareCells('SQL', Float64Array.from((await query()).rows.flat()), column, 0),
    );
    const cpu = () => processorTime(server.pid);
    const variants = [
      { name: 'ours, columns', run: () => allocateColumn(total, weights) },
      { name: 'ours, from codes and fractions', run: () => allocateWithin(whole, shares, policy) },
      { name: 'ours, with a floor and a cap for each', run: () => allocateWithin(whole, capped, policy) },
      { name: 'BigInt and sort', run: () => byBigInt(whole, shares) },
      { name: 'PostgreSQL, numeric and window', run: query, cpu },
    ];
    const times = await race(variants, rounds);
    report('allocate', { question, setting: { rows, total }, variants, times, worst, reference: 'ours, columns' });
    await client.end();
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
