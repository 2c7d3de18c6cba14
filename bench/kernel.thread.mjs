/** A thread of the kernel benchmark: computes the cells of a run of counties, or the partial sums of a run of blocks. */
import { parentPort, workerData } from 'node:worker_threads';
import { benchNorm, lib } from './built.mjs';
import { chunkOf } from './parcels.mjs';
import { compileServices } from './service-cells.mjs';

const { parcels, cells, emit } = workerData;
const { reducePartials, runKernel } = lib('formula');
const services = compileServices(await benchNorm());
const whole = chunkOf(parcels, 0, parcels.rows);
const chunks = Array.from({ length: parcels.counties }, (_, county) =>
  chunkOf(parcels, parcels.starts[county], parcels.starts[county + 1]),
);
// Once it has been emitted for many rows, the engine of a plan serves few rows too.
if (emit) runKernel(services.plan, [whole], { from: 0, to: 1 });

parentPort.on('message', ({ counties, blocks }) => {
  if (blocks) return parentPort.postMessage(runKernel(services.plan, [whole], blocks));
  for (let county = counties.from; county < counties.to; county++) {
    services.fill(cells, county, reducePartials(services.plan, [runKernel(services.plan, [chunks[county]])]));
  }
  parentPort.postMessage('done');
});
parentPort.postMessage('ready');
