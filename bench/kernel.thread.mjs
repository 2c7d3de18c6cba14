/** A thread of the kernel benchmark: computes the cells of a run of counties, or the partial sums of a run of blocks. */
import { parentPort, workerData } from 'node:worker_threads';
import { benchNorm, lib, part } from './built.mjs';
import { chunkOf, inPlace } from './parcels.mjs';
import { compileServices } from './service-cells.mjs';

const { cells, engine } = workerData;
// Without its arena the kernel has to copy the columns into a memory of its own.
const parcels = engine === 'in place' ? inPlace(workerData.parcels) : workerData.parcels;
const { blockRows, reducePartials, runKernel } = lib('formula');
const { VectorEngine } = part('formula/src/kernel/vector-engine.js');
const services = compileServices(await benchNorm());
const { plan } = services;
const whole = chunkOf(parcels, 0, parcels.rows);
const chunks = Array.from({ length: parcels.counties }, (_, county) =>
  chunkOf(parcels, parcels.starts[county], parcels.starts[county + 1]),
);
const vectors = new VectorEngine(plan);

/** What `runKernel` does when it chooses vectors; with so many rows it chooses WebAssembly. */
function runVectors({ rows, typeIndex, columns }) {
  const size = plan.types.length * plan.bases.length * 2;
  const of = Math.ceil(rows / blockRows);
  const sums = { from: 0, to: of, of, blocks: new Float64Array(of * size), rows: new Float64Array(plan.types.length) };
  const inOrder = plan.columns.map((name) => columns[name]);
  for (let block = 0; block < of; block++) {
    const end = Math.min((block + 1) * blockRows, rows);
    vectors.begin();
    for (let at = block * blockRows; at < end; at += vectors.tileRows) {
      const to = Math.min(at + vectors.tileRows, end);
      vectors.types.set(typeIndex.subarray(at, to));
      vectors.add(inOrder, at, to);
    }
    vectors.finish(sums.blocks.subarray(block * size, (block + 1) * size), sums.rows);
  }
  return sums;
}

// So many rows make the module that serves few rows afterwards too.
if (engine !== 'vectors') runKernel(plan, [whole], { from: 0, to: 1 });
const run = engine !== 'vectors' ? (chunk) => runKernel(plan, [chunk]) : runVectors;

parentPort.on('message', ({ counties, blocks }) => {
  if (blocks) return parentPort.postMessage(runKernel(plan, [whole], blocks));
  for (let county = counties.from; county < counties.to; county++) {
    services.fill(cells, county, reducePartials(plan, [run(chunks[county])]));
  }
  parentPort.postMessage('done');
});
parentPort.postMessage('ready');
