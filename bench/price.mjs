/** How long does a changed price take, from base sums that accounts have kept, beside a recompute from all parcels? */
import { benchNorm, lib, part } from './built.mjs';
import { loopByHand } from './by-hand.mjs';
import { cellsOf, loadParcels, openDuckDb } from './duckdb.mjs';
import { compareCells, race, report } from './measure.mjs';
import { chunkOf, countyCode, inventParcels, types } from './parcels.mjs';
import { numbersOf, statements } from './peer-sql.mjs';
import { compileServices } from './service-cells.mjs';

const question = 'A changed price: accounts from kept base sums beside accounts from all parcels, and beside DuckDB';
const servicesTwice = 22;

/** Observations of every county, as the program reads them from its chunks. */
export function observePeriods(parcels) {
  return Array.from({ length: parcels.counties }, (_, county) => {
    const chunk = chunkOf(parcels, parcels.starts[county], parcels.starts[county + 1]);
    const rows = { patchIds: null, sourceRow: new Int32Array(chunk.rows), sourceSheet: 'bench' };
    const territory = countyCode(county);
    return {
      territory,
      period: '2024',
      places: [territory, 'CN'],
      chunks: [{ ...chunk, ...rows }],
      statistics: [],
      digest: `bench ${county}`,
    };
  });
}

/** Quantities and values in yuan of accounts, as `[county][type][q0, v0, …]`; values are rounded to the fen. */
export function cellsOfAccounts(accounts, norm) {
  const services = norm.services.map(({ code }) => code);
  const cells = new Float64Array(accounts.length * types.length * servicesTwice);
  accounts.forEach((account, county) => {
    for (const { service, type, quantity, valueFen } of account.lines) {
      const cell = (county * types.length + types.indexOf(type)) * servicesTwice + services.indexOf(service) * 2;
      cells[cell] = quantity;
      cells[cell + 1] = Number(valueFen) / 100;
    }
  });
  return cells;
}

/** Puts the value of our account where it is that of the peer, rounded to the fen. */
export function roundedLike(cells, expected) {
  return cells.map((value, i) =>
    i % 2 === 1 && Math.abs(value - expected[i]) <= 0.005 + 1e-9 * value ? expected[i] : value,
  );
}

async function duckDbVariants(parcels, numbers) {
  const peer = await openDuckDb(2);
  const sql = statements('duckdb', numbers);
  await loadParcels(peer, parcels);
  await peer.connection.run(`create table coefficient as ${sql.coefficient}`);
  await peer.connection.run(`create table kept as ${sql.bases}`);
  const variant = (name, text) => ({
    name,
    run: () => peer.connection.run(text),
    read: async () => cellsOf(await peer.connection.run(text), parcels.counties),
  });
  return [
    variant('DuckDB, numbers from a table of base sums, 2 threads', sql.fromBases('kept')),
    variant('DuckDB, numbers from all parcels, 2 threads', sql.factored),
  ];
}

export async function price({ rows = 1_000_000, counties = 3000, rounds = 7 }) {
  const { computeAccount, recomputeFromSums } = part('accounting/src/account/compute-account.js');
  const { reducePartials, reuseBaseSums, runKernel } = lib('formula');
  const before = await benchNorm();
  const after = await benchNorm((text) => text.replace('value: 2.4,', 'value: 2.5,'));
  if (after === before) throw new Error('the price was not changed');
  const parcels = inventParcels(rows, counties);
  const observed = observePeriods(parcels);
  const kept = observed.map((period) => computeAccount(before, period).baseSums);
  const [earlier, services] = [compileServices(before), compileServices(after)];
  const sums = observed.map(({ chunks }) => reducePartials(earlier.plan, [runKernel(earlier.plan, chunks)]));
  const numbers = () => {
    const cells = new Float64Array(counties * types.length * servicesTwice);
    sums.forEach((one, county) => services.fill(cells, county, reuseBaseSums(services.plan, one)));
    return cells;
  };
  const expected = loopByHand(parcels, numbersOf(after));
  const fromSums = () => observed.map((period, county) => recomputeFromSums(after, period, kept[county]));
  const fromParcels = () => observed.map((period) => computeAccount(after, period));
  const accounts = (make) => ({ run: make, read: () => roundedLike(cellsOfAccounts(make(), after), expected) });
  const reference = 'ours, whole accounts from kept sums';
  const variants = [
    { name: reference, ...accounts(fromSums) },
    { name: 'ours, whole accounts from all parcels', ...accounts(fromParcels) },
    { name: 'ours, numbers from kept sums', run: numbers, read: numbers },
    ...(await duckDbVariants(parcels, numbersOf(after))),
  ];
  let worst = 0;
  for (const { name, read } of variants) worst = Math.max(worst, compareCells(name, await read(), expected));
  const digests = fromParcels().map(({ digest }) => digest);
  if (fromSums().some(({ digest }, i) => digest !== digests[i])) throw new Error('accounts differ in their digests');
  const times = await race(variants, rounds);
  const setting = { rows, counties, types: types.length, services: 11, lines: counties * types.length * 11 };
  report(`price-${rows}-${counties}`, { question, setting, variants, times, worst, reference });
}
