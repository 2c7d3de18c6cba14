/** The peer PostgreSQL: the server that comes with the program, the parcels as a table of doubles, and its processor time. */
import { readFileSync, readdirSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { program } from './built.mjs';
import { columnNames, types } from './parcels.mjs';

const servicesTwice = 22;
const millisecondsPerTick = 10;

/** Processor milliseconds that a server and its processes have used so far, the ended ones included. */
export function processorTime(pid) {
  const ticks = (process, ...fields) => {
    try {
      const stat = readFileSync(`/proc/${process}/stat`, 'latin1');
      const list = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(list[1]) === pid || process === String(pid)
        ? fields.reduce((sum, field) => sum + Number(list[field - 3]), 0)
        : 0;
    } catch {
      return 0;
    }
  };
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(pid));
  const used = children.reduce((sum, child) => sum + ticks(child, 14, 15), ticks(String(pid), 14, 15, 16, 17));
  return used * millisecondsPerTick;
}

function* copyLines({ counties, starts, type, columns }) {
  const lists = columnNames.map((name) => columns[name]);
  for (let county = 0; county < counties; county++) {
    let text = '';
    for (let row = starts[county]; row < starts[county + 1]; row++) {
      text += `${county}\t${type[row]}\t${lists.map((list) => list[row]).join('\t')}\n`;
    }
    yield text;
  }
}

/** Makes and fills the table `parcel`, frozen and analysed, and the table of parameters by type. */
export async function loadParcels(client, parcels, sql) {
  const { from: copyFrom } = program('pg-copy-streams');
  const list = columnNames.map((name) => `${name} float8 not null`).join(', ');
  await client.query(`create table parcel (county int not null, type int not null, ${list})`);
  await pipeline(Readable.from(copyLines(parcels)), client.query(copyFrom('copy parcel from stdin')));
  await client.query(`create table coefficient as ${sql.coefficient}`);
  await client.query('vacuum (analyze, freeze) parcel');
  await client.query('analyze coefficient');
}

/** A result `county, type, q0, v0, …` as `[county][type][q0, v0, …]`. */
export function cellsOfRows(rows, counties) {
  const cells = new Float64Array(counties * types.length * servicesTwice);
  for (const [county, type, ...values] of rows) cells.set(values, (county * types.length + type) * servicesTwice);
  return cells;
}
