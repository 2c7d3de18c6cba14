/** How long do the row sums of eleven services take over a million patches, beside a loop written by hand? Needs `npm run build`. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const built = (path) => require(fileURLToPath(new URL(`../../dist/libs/${path}`, import.meta.url)));
const { Fraction, UnitTable } = built('kernel/src/index.js');
const { checkFormulas, compileFormulas, reducePartials, runKernel } = built('formula/src/index.js');
const { VectorEngine } = built('formula/src/kernel/vector-engine.js');
const { WasmEngine } = built('formula/src/kernel/wasm-engine.js');
const { parse } = require('yaml');

const rows = Number(process.argv[2] ?? 1_000_000);
const repeats = 15;
const types = ['forest', 'shrub', 'grass', 'wetland', 'cropland', 'orchard', 'urbanGreen', 'bare', 'water'];

/** Least value, number of steps and decimals of each column; each value is a step of its decimals. */
const columnRanges = {
  area: [900, 2_000_000, 2],
  rain: [40_000, 160_000, 2],
  runoff: [0, 5000, 4],
  evaporation: [20_000, 70_000, 2],
  r: [100_000, 900_000, 2],
  k: [50, 700, 4],
  ls: [10, 4500, 2],
  c: [1, 9000, 4],
  p: [20, 80, 2],
  npp: [5000, 150_000, 2],
  slope: [0, 4500, 2],
};
const parameters = {
  so2: '0.036 0.030 0.0294 0.030 0.025 0.027 0.020 0 0.010'.split(' '),
  nox: '0.0226 0.020 0.0157 0.016 0.0157 0.016 0.012 0 0.005'.split(' '),
  dust: '0.1076 0.095 0.0847 0.080 0.0841 0.085 0.060 0 0.020'.split(' '),
  share: '0.18 0.14 0.08 0.12 0.03 0.10 0.05 0 0.02'.split(' '),
  heat: '81100 70000 40000 120000 30000 50000 60000 0 150000'.split(' '),
  equivalent: '0.82 0.60 0.56 1.20 0.06 0.20 0.40 0.01 0.90'.split(' '),
};
const formulas = {
  hectares: 'area / 10000',
  soil: 'r * k * ls * (1 - c * if(slope > 25, 1, p)) * hectares',
  water: 'max(0, area * (rain - rain * runoff - evaporation) * 0.001)',
  sediment: 'soil * 0.24 / 1.25',
  nitrogen: 'soil * 0.00153 * 2.17',
  phosphorus: 'soil * 0.00072 * 5.56',
  airSo2: 'hectares * so2',
  airNox: 'hectares * nox',
  airDust: 'hectares * dust',
  carbon: 'hectares * npp * (0.01 * 44/12) * share',
  oxygen: 'carbon * 32/44',
  cooling: 'hectares * heat * 92 / (3600 * 3)',
  landscape: 'hectares * equivalent',
};
const services = Object.keys(formulas).slice(2);

function compile() {
  const units = new UnitTable(parse(readFileSync(new URL('../../rulebook/units.yaml', import.meta.url), 'utf8')).units);
  const pure = units.parse('1');
  const checked = checkFormulas({
    units,
    types,
    attributes: new Map(Object.keys(columnRanges).map((name) => [name, pure])),
    parameters: new Map(Object.keys(parameters).map((code) => [code, { unit: pure, byType: true, byPlace: false }])),
    productFields: new Map(),
    formulas: Object.entries(formulas).map(([code, expression]) => ({ code, scope: 'patch', unit: pure, expression })),
  });
  const evidence = { grade: 'unverified', source: 'invented' };
  const lookup = (code, { type }) => {
    const value = Fraction.parse(parameters[code][types.indexOf(type)]);
    return { code, value, unit: pure, evidence, from: '2000-01-01', type };
  };
  return compileFormulas(checked.formulas, services, lookup, types);
}

/** The same bits on every machine. */
function scramble(row, salt) {
  let x = Math.imul(row ^ Math.imul(salt, 0x9e3779b1), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  x = Math.imul(x ^ (x >>> 16), 0x27d4eb2f);
  return (x ^ (x >>> 15)) >>> 0;
}

function invent() {
  const columns = Object.entries(columnRanges).map(([name, [least, steps, decimals]], index) => {
    const value = (_, row) => (least + (scramble(row, 10 + index) % steps)) / 10 ** decimals;
    return [name, Float64Array.from({ length: rows }, value)];
  });
  const typeIndex = Uint16Array.from({ length: rows }, (_, row) => scramble(row, 2) % types.length);
  return { rows, typeIndex, columns: Object.fromEntries(columns) };
}

/** What a careful person writes: one loop, four plain sums, everything else factored out. */
function byHand({ typeIndex, columns }) {
  const { area, rain, runoff, evaporation, r, k, ls, c, p, npp, slope } = columns;
  const sums = new Float64Array(types.length * 4);
  for (let i = 0; i < rows; i++) {
    const at = typeIndex[i] * 4;
    const hectares = area[i] / 1e4;
    const water = area[i] * (rain[i] - rain[i] * runoff[i] - evaporation[i]) * 1e-3;
    sums[at] += water > 0 ? water : 0;
    sums[at + 1] += r[i] * k[i] * ls[i] * (1 - c[i] * (slope[i] > 25 ? 1 : p[i])) * hectares;
    sums[at + 2] += hectares;
    sums[at + 3] += hectares * npp[i];
  }
  return sums;
}

function byEngine(engine, plan, { typeIndex, columns }) {
  const inOrder = plan.columns.map((name) => columns[name]);
  const out = new Float64Array(types.length * plan.bases.length * 2);
  engine.begin();
  for (let at = 0; at < rows; at += engine.tileRows) {
    const end = Math.min(at + engine.tileRows, rows);
    engine.types.set(typeIndex.subarray(at, end));
    engine.add(inOrder, at, end);
  }
  engine.finish(out, new Float64Array(types.length));
  return out;
}

/** Median and least of the repeats, in milliseconds; contenders take turns, so that a busy machine hits all alike. */
function race(contenders) {
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let i = 0; i < repeats; i++) {
    for (const [name, run] of Object.entries(contenders)) {
      const start = performance.now();
      run();
      times[name].push(performance.now() - start);
    }
  }
  return Object.entries(times).map(([name, list]) => {
    const sorted = list.toSorted((a, b) => a - b);
    return { name, median: sorted[repeats >> 1], least: sorted[0] };
  });
}

const program = compile();
const { plan } = program;
const chunk = invent();
const [vector, wasm] = [new VectorEngine(plan), new WasmEngine(plan)];
const sums = reducePartials(plan, [runKernel(plan, [chunk])]);
const results = race({
  'loop by hand, plain sums': () => byHand(chunk),
  'vector engine': () => byEngine(vector, plan, chunk),
  'WebAssembly engine': () => byEngine(wasm, plan, chunk),
  'runKernel + reducePartials': () => reducePartials(plan, [runKernel(plan, [chunk])]),
  'assemble × 3000 counties': () => Array.from({ length: 3000 }, () => program.assemble(sums)),
});

const bits = (values) => new BigUint64Array(values.buffer).join();
const same = bits(byEngine(vector, plan, chunk)) === bits(byEngine(wasm, plan, chunk));
const water = program
  .assemble(sums)
  .get('water')
  .map((value, type) => Math.abs(value / byHand(chunk)[type * 4] - 1));
const [hand] = results;
console.log(`${new Date().toISOString()}  ${os.cpus()[0].model} × ${os.cpus().length}, Node ${process.version}`);
console.log(
  `${rows} rows × ${services.length} services, ${plan.bases.length} bases; median and least of ${repeats}, ms`,
);
for (const { name, median, least } of results) {
  const ratio = (least / hand.least).toFixed(2);
  console.log(
    `${name.padEnd(28)} ${median.toFixed(1).padStart(7)} ${least.toFixed(1).padStart(7)}   ${ratio} × by hand`,
  );
}
console.log(
  `engines give the same bits: ${same}; largest deviation from the loop by hand: ${Math.max(...water).toExponential(1)}`,
);
if (!same || Math.max(...water) > 1e-9) process.exitCode = 1;
