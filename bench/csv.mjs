/** How long does the check of a CSV file of parcels take, beside DuckDB reading the same file? */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchNorm, lib } from './built.mjs';
import { openDuckDb } from './duckdb.mjs';
import { compareCells, race, report } from './measure.mjs';
import { columnNames, countyCode, inventParcels, types } from './parcels.mjs';

const question = 'A CSV file of parcels, checked and turned into columns, beside DuckDB reading the same file';

function writeParcels(file, { counties, starts, type, columns }) {
  const open = openSync(file, 'w');
  writeSync(open, `territory,period,type,patch,${columnNames.join(',')}\n`);
  const lists = columnNames.map((name) => columns[name]);
  let bytes = 0;
  for (let county = 0; county < counties; county++) {
    let text = '';
    for (let row = starts[county]; row < starts[county + 1]; row++) {
      text += `${countyCode(county)},2024,${types[type[row]]},p${row},${lists.map((list) => list[row]).join(',')}\n`;
    }
    bytes += writeSync(open, text);
  }
  closeSync(open);
  return bytes;
}

const limits = {
  ...{ bytes: { csv: 2 ** 31, json: 0, xlsx: 0 }, workbookParts: 0, unpackedBytes: 0, unpackedRatio: 0 },
  ...{ rows: 2 ** 31, columns: 500, sheets: 1, milliseconds: 600_000, heapMegabytes: 4096 },
};

/** Our check; what it accepts, or an error when it finds anything. */
async function ours(file, norm) {
  const { checkFile, vocabularyOf } = lib('observation');
  const given = { bytes: await readFile(file), fileName: 'extent.csv' };
  const { accepted, problems } = await checkFile(given, vocabularyOf(norm), limits);
  if (problems.length > 0) throw new Error(JSON.stringify(problems[0]));
  return accepted;
}

const columnsOf = (accepted) =>
  columnNames.map((name) => Float64Array.from(accepted.flatMap(({ chunk }) => [...chunk.columns[name]])));

function peerSql(file) {
  const shapes = [...['territory', 'period', 'type', 'patch'].map((name) => [name, 'varchar'])];
  const columns = [...shapes, ...columnNames.map((name) => [name, 'double'])];
  const from = `read_csv('${file}', header = true, columns = {${columns.map(([n, t]) => `'${n}': '${t}'`).join(', ')}})`;
  const sums = columnNames.map((name) => `sum(${name})`).join(', ');
  const known = types.map((type) => `'${type}'`).join(', ');
  const bounds = columnNames.map((name) => `count(*) filter (where not ${name} between 0 and 1e6)`).join(' + ');
  return {
    scan: `select count(*), count(distinct type), max(patch), max(territory), max(period), ${sums} from ${from}`,
    table: `create or replace table parcel as select * from ${from}`,
    checked: [
      `create or replace table parcel as select * from ${from}`,
      `select ${bounds} + count(*) filter (where type not in (${known}))
         + count(*) filter (where not regexp_full_match(territory, '\\d{6}') or not regexp_full_match(period, '\\d{4}'))
       from parcel`,
      'select territory, period, patch from parcel group by all having count(*) > 1',
    ],
  };
}

/** Peak memory of a process that does one variant once, in MiB. */
function peakOf(kind, file) {
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), kind, file], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  return Number(child.stdout);
}

async function peerOnce(kind, file, threads = 2) {
  const peer = await openDuckDb(threads);
  for (const sql of [peerSql(file)[kind]].flat()) await peer.connection.run(sql);
  return peer;
}

export async function csv({ rows = 500_000, counties = 500, rounds = 5 }) {
  const norm = await benchNorm();
  const parcels = inventParcels(rows, counties);
  const folder = mkdtempSync(join(tmpdir(), 'gep-bench-'));
  try {
    const file = join(folder, 'extent.csv');
    const bytes = writeParcels(file, parcels);
    const peers = [await openDuckDb(1), await openDuckDb(2)];
    const sql = peerSql(file);
    const peer = (kind, threads) => ({
      name: `DuckDB read_csv, ${kind}, ${threads} thread${threads > 1 ? 's' : ''}`,
      run: async () => {
        for (const text of [sql[kind]].flat()) await peers[threads - 1].connection.run(text);
      },
    });
    const reference = 'ours, checkFile, 1 thread';
    const variants = [
      { name: reference, run: () => ours(file, norm) },
      ...[1, 2].flatMap((threads) => ['scan', 'table', 'checked'].map((kind) => peer(kind, threads))),
    ];
    await peers[0].connection.run(sql.table);
    const select = `select ${columnNames.join(', ')} from parcel`;
    const theirs = await (await peers[0].connection.run(select)).getColumns();
    const worst = columnsOf(await ours(file, norm)).reduce(
      (most, column, i) => Math.max(most, compareCells(columnNames[i], column, theirs[i])),
      0,
    );
    const times = await race(variants, rounds);
    const peaks = {
      [reference]: peakOf('ours', file),
      'DuckDB read_csv, scan, 2 threads': peakOf('scan', file),
      'DuckDB read_csv, checked, 2 threads': peakOf('checked', file),
    };
    const setting = { rows, counties, columns: columnNames.length + 4, mebibytes: Math.round(bytes / 2 ** 20) };
    report(`csv-${rows}`, { question, setting, variants, times, worst, reference, peaks });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , kind, file] = process.argv;
  await (kind === 'ours' ? ours(file, await benchNorm()) : peerOnce(kind, file));
  const [, kibibytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
  console.log(Math.round(Number(kibibytes) / 1024));
  process.exit(0);
}
