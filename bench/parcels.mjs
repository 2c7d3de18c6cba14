/** Invents parcels, the same on every machine: rows in county order, eleven columns, each value a short decimal. */
import { performance } from 'node:perf_hooks';
import { lib } from './built.mjs';

export const types = 'forest shrub grassland wetland cropland orchard urbanGreen bareLand water'.split(' ');

/** Least value, number of steps and decimals of each column. */
const ranges = {
  area: [9, 20_000, 2],
  precipitation: [40_000, 160_000, 2],
  runoff: [0, 5000, 4],
  evapotranspiration: [20_000, 70_000, 2],
  erosivity: [100_000, 900_000, 2],
  erodibility: [50, 700, 4],
  slopeFactor: [10, 4500, 2],
  coverFactor: [1, 9000, 4],
  practiceFactor: [20, 80, 2],
  npp: [5000, 150_000, 2],
  slope: [0, 4500, 2],
};
export const columnNames = Object.keys(ranges);

/** A number that depends on row and salt only. */
function scramble(row, salt) {
  let x = Math.imul(row ^ Math.imul(salt, 0x9e3779b1), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  x = Math.imul(x ^ (x >>> 16), 0x27d4eb2f);
  return (x ^ (x >>> 15)) >>> 0;
}

/** A column in shared memory, in the arena as long as it lasts. */
function sharedColumn(arena, Type, rows) {
  const bytes = rows * Type.BYTES_PER_ELEMENT;
  const { buffer, byteOffset } = arena.take(bytes) ?? new Uint8Array(new SharedArrayBuffer(bytes));
  return new Type(buffer, byteOffset, rows);
}

/**
 * Parcels in an arena.
 * @returns its memory, rows, counties, `starts` (first row of each county, and the end), `type` per row and `columns` by name
 */
export function inventParcels(rows, counties) {
  const begun = performance.now();
  const arena = lib('formula').Arena.open();
  const type = sharedColumn(arena, Uint16Array, rows);
  for (let row = 0; row < rows; row++) type[row] = scramble(row, 2) % types.length;
  const columns = {};
  columnNames.forEach((name, index) => {
    const [least, steps, decimals] = ranges[name];
    const column = sharedColumn(arena, Float64Array, rows);
    for (let row = 0; row < rows; row++) column[row] = (least + (scramble(row, 10 + index) % steps)) / 10 ** decimals;
    columns[name] = column;
  });
  const starts = Float64Array.from({ length: counties + 1 }, (_, county) => Math.floor((county * rows) / counties));
  console.error(`${rows} parcels in ${counties} counties invented in ${Math.round(performance.now() - begun)} ms`);
  return { memory: arena.memory, rows, counties, starts, type, columns };
}

/** The same parcels in another thread, as columns of an arena that this thread knows: kernels read them in place. */
export function inPlace({ memory, columns, ...rest }) {
  const arena = lib('formula').Arena.over(memory);
  const place = ([name, { byteOffset, byteLength, length }]) => {
    return [name, new Float64Array(arena.view(byteOffset, byteLength).buffer, byteOffset, length)];
  };
  return { ...rest, columns: Object.fromEntries(Object.entries(columns).map(place)) };
}

/** Rows `from`..`to` as the kernel takes them; views, not copies. */
export function chunkOf({ type, columns }, from, to) {
  const parts = columnNames.map((name) => [name, columns[name].subarray(from, to)]);
  return { rows: to - from, types, typeIndex: type.subarray(from, to), columns: Object.fromEntries(parts) };
}

/** Code of a county by its number; six digits, as the program wants them. */
export const countyCode = (county) => String(100_001 + county);
