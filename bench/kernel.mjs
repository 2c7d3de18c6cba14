/** How long do eleven services over N parcels take, by county and type, beside DuckDB's own table and a loop by hand? */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { benchNorm, lib } from './built.mjs';
import { loopByHand } from './by-hand.mjs';
import { cellsOf, loadParcels, openDuckDb } from './duckdb.mjs';
import { compareCells, race, report } from './measure.mjs';
import { inventParcels, types } from './parcels.mjs';
import { numbersOf, statements } from './peer-sql.mjs';
import { compileServices } from './service-cells.mjs';

const question =
  'Eleven services over resident parcels, by county and type: our compiled plan beside DuckDB and a loop by hand';

async function startThread(parcels, engine) {
  const cells = new Float64Array(new SharedArrayBuffer(parcels.counties * types.length * 22 * 8));
  const worker = new Worker(new URL('./kernel.thread.mjs', import.meta.url), {
    workerData: { parcels, cells, engine },
  });
  worker.once('error', (error) => {
    throw error;
  });
  await once(worker, 'message');
  const ask = async (task) => {
    worker.postMessage(task);
    const [answer] = await once(worker, 'message');
    return answer;
  };
  return { worker, cells, ask };
}

/** Whole counties are shared out among threads. */
function countiesIn(name, threads, parcels) {
  const bounds = threads.map((_, i) => Math.floor((i * parcels.counties) / threads.length)).concat(parcels.counties);
  const run = () => Promise.all(threads.map(({ ask }, i) => ask({ counties: { from: bounds[i], to: bounds[i + 1] } })));
  const size = types.length * 22;
  const read = async () => {
    await run();
    const parts = threads.map(({ cells }, i) => cells.slice(bounds[i] * size, bounds[i + 1] * size));
    return Float64Array.from(parts.flatMap((part) => [...part]));
  };
  return { name, run, read };
}

/** One large county is shared out by blocks of rows. */
function blocksIn(name, threads, parcels, services) {
  const { blockRows, reducePartials } = lib('formula');
  const of = Math.ceil(parcels.rows / blockRows);
  const bounds = threads.map((_, i) => Math.floor((i * of) / threads.length)).concat(of);
  const read = async () => {
    const asked = threads.map(({ ask }, i) => ask({ blocks: { from: bounds[i], to: bounds[i + 1] } }));
    const cells = new Float64Array(types.length * 22);
    services.fill(cells, 0, reducePartials(services.plan, await Promise.all(asked)));
    return cells;
  };
  return { name, run: read, read };
}

async function duckDbVariants(parcels, threads, numbers) {
  const peer = await openDuckDb(threads);
  const sql = statements('duckdb', numbers);
  await loadParcels(peer, parcels);
  await peer.connection.run(`create table coefficient as ${sql.coefficient}`);
  const variant = (kind) => ({
    name: `DuckDB table, ${kind} SQL, ${threads} thread${threads > 1 ? 's' : ''}`,
    run: () => peer.connection.run(sql[kind]),
    read: async () => cellsOf(await peer.connection.run(sql[kind]), parcels.counties),
  });
  return [variant('factored'), variant('naive')];
}

export async function kernel({ rows = 1_000_000, counties = 3000, rounds = 7 }) {
  const norm = await benchNorm();
  const numbers = numbersOf(norm);
  const parcels = inventParcels(rows, counties);
  const [first, second] = [await startThread(parcels, 'in place'), await startThread(parcels, 'in place')];
  const pair = [first, second];
  const threads = [...pair];
  const reference = 'ours, WebAssembly, 1 thread';
  const variants = [countiesIn(reference, [first], parcels)];
  const inTwo = 'ours, WebAssembly, 2 threads';
  if (counties > 1) variants.push(countiesIn(inTwo, pair, parcels));
  else variants.push(blocksIn(inTwo, pair, parcels, compileServices(norm)));
  for (const engine of ['copies', 'vectors']) {
    const thread = await startThread(parcels, engine);
    threads.push(thread);
    variants.push(
      countiesIn(`ours, ${engine === 'copies' ? 'WebAssembly that copies' : engine}, 1 thread`, [thread], parcels),
    );
  }
  const byHand = () => loopByHand(parcels, numbers);
  variants.push({ name: 'loop by hand, JavaScript, 1 thread', run: byHand, read: byHand });
  for (const count of [1, 2]) variants.push(...(await duckDbVariants(parcels, count, numbers)));
  const expected = byHand();
  let worst = 0;
  for (const { name, read } of variants) worst = Math.max(worst, compareCells(name, await read(), expected));
  const times = await race(variants, rounds);
  const setting = { rows, counties, types: types.length, services: 11 };
  report(`kernel-${rows}-${counties}`, { question, setting, variants, times, worst, reference });
  await Promise.all(threads.map(({ worker }) => worker.terminate()));
}
