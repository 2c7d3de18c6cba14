/** The peer DuckDB in this process: a connection, the parcels as its own table, and results as one list of numbers. */
import { createRequire } from 'node:module';
import { columnNames, types } from './parcels.mjs';

const servicesTwice = 22;

/** @throws with what to do when the peer is not installed */
export async function openDuckDb(threads) {
  const require = createRequire(import.meta.url);
  let duckdb;
  try {
    duckdb = require('@duckdb/node-api');
  } catch {
    throw new Error('the peer is not installed: npm ci --prefix bench');
  }
  const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: String(threads) });
  return { duckdb, connection: await instance.connect() };
}

/** Makes the table `parcel` from columns, without text in between. */
export async function loadParcels({ duckdb, connection }, { rows, counties, starts, type, columns }) {
  const list = columnNames.map((name) => `${name} double`).join(', ');
  await connection.run(`create table parcel (county integer, type integer, ${list})`);
  const appender = await connection.createAppender('parcel');
  const county = new Int32Array(rows);
  for (let i = 0; i < counties; i++) county.fill(i, starts[i], starts[i + 1]);
  const each = 2048;
  const shapes = [duckdb.INTEGER, duckdb.INTEGER, ...columnNames.map(() => duckdb.DOUBLE)];
  for (let from = 0; from < rows; from += each) {
    const to = Math.min(from + each, rows);
    const chunk = duckdb.DuckDBDataChunk.create(shapes, to - from);
    const parts = [county, type, ...columnNames.map((name) => columns[name])];
    chunk.setColumns(parts.map((part) => Array.from(part.subarray(from, to))));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** A result `county, type, q0, v0, …` as `[county][type][q0, v0, …]`; what has no row is nought. */
export async function cellsOf(result, counties) {
  const [county, type, ...values] = await result.getColumns();
  const cells = new Float64Array(counties * types.length * servicesTwice);
  for (let row = 0; row < county.length; row++) {
    const at = (county[row] * types.length + type[row]) * servicesTwice;
    values.forEach((column, i) => (cells[at + i] = column[row]));
  }
  return cells;
}
