/** How long do the 90% intervals of one county take, beside a loop by hand and beside numpy? */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { benchNorm, part } from './built.mjs';
import { compareCells, race, report } from './measure.mjs';
import { inventParcels, types } from './parcels.mjs';
import { numbersOf } from './peer-sql.mjs';
import { observePeriods } from './price.mjs';

const question = 'Intervals of one county: total, services and types over all draws, beside a loop by hand and numpy';
const seed = 7;
/** Spreads of the four drawn values; normal and lognormal give their 90% interval. */
const spreads = {
  soilDensity: { low: 1, high: 1.5, distribution: 'lognormal' },
  waterPrice: { low: 1.8, high: 3.2, distribution: 'uniform' },
  carbonPrice: { low: 30, high: 1300, distribution: 'triangular' },
  landscapePrice: { low: 900, high: 2900, distribution: 'normal' },
};

/** The norm of the benchmarks with a range on four of its values. */
async function drawnNorm() {
  const range = ({ low, high, distribution }) => `low: ${low}, high: ${high}, distribution: ${distribution}`;
  return benchNorm((text) =>
    Object.entries(spreads).reduce((all, [code, spread]) => {
      const place = new RegExp(`(- code: ${code}\\n[^]*?value: [\\d.]+,)`);
      return all.replace(place, `$1 ${range(spread)},`);
    }, text),
  );
}

/** A small, quick generator, as people take one (mulberry32). */
function randomFrom(start) {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const z95 = 1.6448536269514722;

/** One value of each spread, in their order. `modes` are the values of the norm. */
function drawByHand(random, modes, into) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  Object.values(spreads).forEach(({ low, high, distribution }, at) => {
    if (distribution === 'uniform') into[at] = low + (high - low) * random();
    else if (distribution === 'normal') into[at] = Math.max(0, (low + high) / 2 + ((high - low) / 2 / z95) * normal());
    else if (distribution === 'lognormal') {
      const [from, to] = [Math.log(low), Math.log(high)];
      into[at] = Math.exp((from + to) / 2 + ((to - from) / 2 / z95) * normal());
    } else {
      const [p, width, mode] = [random(), high - low, modes[at]];
      into[at] =
        p < (mode - low) / width
          ? low + Math.sqrt(p * width * (mode - low))
          : high - Math.sqrt((1 - p) * width * (high - mode));
    }
  });
}

/** Outputs in fen of one draw: the total, eleven services, nine types. */
const outputs = 1 + 11 + types.length;
const drawnPrices = { water: 0, carbon: 7, landscape: 10 };

/** @param base quantities and prices at the values of the norm, `[type][q0, v0, …]`, each line rounded to fen */
function fillOutputs(base, n, [soilDensity, water, carbon, landscape], into, at) {
  const prices = [...n.prices];
  prices[drawnPrices.water] = water;
  prices[drawnPrices.carbon] = carbon;
  prices[drawnPrices.landscape] = landscape;
  for (let type = 0; type < types.length; type++) {
    for (let service = 0; service < 11; service++) {
      const quantity = base[(type * 11 + service) * 2] * (service === 1 ? n.soilDensity / soilDensity : 1);
      const fen = Math.round(quantity * prices[service] * 100);
      into[0][at] += fen;
      into[1 + service][at] += fen;
      into[12 + type][at] += fen;
    }
  }
}

const columnsOf = (draws) => Array.from({ length: outputs }, () => new Float64Array(draws));

/** Mean and 5th, 50th, 95th percentile of each output. */
function figuresByHand(columns) {
  return columns.flatMap((column) => {
    const sorted = column.slice().sort();
    const percentile = (p) => {
      const rank = p * (sorted.length - 1);
      const [below, above] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
      return below + (above - below) * (rank - Math.floor(rank));
    };
    return [column.reduce((sum, fen) => sum + fen, 0) / column.length, ...[0.05, 0.5, 0.95].map(percentile)];
  });
}

function byHand(base, n, modes, draws) {
  const random = randomFrom(seed);
  const columns = columnsOf(draws);
  const values = new Float64Array(4);
  for (let draw = 0; draw < draws; draw++) {
    drawByHand(random, modes, values);
    fillOutputs(base, n, values, columns, draw);
  }
  return figuresByHand(columns);
}

function figuresOfInterval({ total, byService, byType }, norm) {
  const all = [total, ...norm.services.map(({ code }) => byService[code]), ...types.map((type) => byType[type])];
  return all.flatMap(({ meanFen, lowFen, medianFen, highFen }) => [meanFen, lowFen, medianFen, highFen].map(Number));
}

/** A numpy program that waits for a line and answers with its figures and processor time; none when it is not there. */
async function numpyPeer(base, n, modes, draws) {
  const program = `
import sys, json, resource
try:
    import numpy as np
except ImportError:
    print("none", flush=True); sys.exit(0)
s = json.loads(sys.argv[1]); g = np.random.default_rng(${seed}); z = ${z95}
q = np.array(s["quantities"]).reshape(${types.length}, 11); price = np.array(s["prices"]); d = ${draws}
print(np.__version__, flush=True)
for _ in sys.stdin:
    soil, water, carbon, landscape = ([one["low"], one["high"]] for one in s["spreads"])
    lo, hi = np.log(soil)
    density = np.exp((lo + hi) / 2 + (hi - lo) / 2 / z * g.standard_normal(d))
    prices = np.broadcast_to(price, (d, 11)).copy()
    prices[:, 0] = g.uniform(*water, d)
    prices[:, 7] = g.triangular(carbon[0], s["modes"][2], carbon[1], d)
    prices[:, 10] = np.maximum(0, sum(landscape) / 2 + (landscape[1] - landscape[0]) / 2 / z * g.standard_normal(d))
    factor = np.ones((d, 11)); factor[:, 1] = s["soilDensity"] / density
    fen = np.rint(q[None, :, :] * (prices * factor)[:, None, :] * 100)
    columns = np.concatenate([fen.sum((1, 2))[None], fen.sum(1).T, fen.sum(2).T])
    figures = np.concatenate([columns.mean(1)[:, None], np.percentile(columns, [5, 50, 95], axis=1).T], axis=1)
    use = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"figures": figures.ravel().tolist(), "cpu": (use.ru_utime + use.ru_stime) * 1000}), flush=True)
`;
  const quantities = Array.from({ length: types.length * 11 }, (_, at) => base[at * 2]);
  const settings = JSON.stringify({
    spreads: Object.values(spreads),
    quantities,
    prices: n.prices,
    modes,
    soilDensity: n.soilDensity,
  });
  const child = spawn('python3', ['-c', program, settings], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value;
  const failed = once(child, 'error').then(() => 'none');
  const version = (await Promise.race([next(), failed])) ?? 'none';
  if (version === 'none') return undefined;
  let used = 0;
  const run = async () => {
    child.stdin.write('go\n');
    const { figures, cpu } = JSON.parse(await next());
    used = cpu;
    return figures;
  };
  return { name: `numpy ${version}, all draws at once`, run, cpu: () => used, stop: () => child.stdin.end() };
}

export async function interval({ rows = 3000, draws = 10_000, rounds = 7 }) {
  const { drawParts } = part('accounting/src/interval/draw-parts.js');
  const { summariseDraws } = part('accounting/src/interval/account-interval.js');
  const { IntervalComputer } = part('accounting/src/interval/interval-computer.pool.js');
  const { computeAccount } = part('accounting/src/account/compute-account.js');
  const norm = await drawnNorm();
  const n = numbersOf(norm);
  const [observed] = observePeriods(inventParcels(rows, 1));
  const modes = Object.keys(spreads).map((code) =>
    norm.parameters.find((one) => one.code === code).values[0].value.toNumber(),
  );
  const base = new Float64Array(types.length * 22);
  for (const { service, type, quantity } of computeAccount(norm, observed).lines) {
    const at = norm.services.findIndex(({ code }) => code === service);
    base[(types.indexOf(type) * 11 + at) * 2] = quantity;
  }
  const request = { draws, seed };
  const here = () => summariseDraws(drawParts([{ norm, observed }], { seed, from: 0, to: draws, draws }), request);

  // Each draw of ours by hand from the values that we drew: the same fen, but for the rounding of lines.
  const drawn = drawParts([{ norm, observed }], { seed, from: 0, to: draws, draws });
  const place = Object.keys(spreads).map((code) => drawn.values.findIndex((value) => value.code === code));
  const again = columnsOf(draws);
  for (let draw = 0; draw < draws; draw++)
    fillOutputs(
      base,
      n,
      place.map((at) => drawn.draws.values[at][draw]),
      again,
      draw,
    );
  const totals = Array.from(drawn.draws.outputs.find(([name]) => name === 'total')[1], Number);
  const worst = compareCells('each draw by hand', totals, [...again[0]]);

  const computers = [1, 2].map((threads) => ({ threads, computer: new IntervalComputer(threads) }));
  const peer = await numpyPeer(base, n, modes, draws);
  const reference = 'ours, in this thread';
  const ofOurs = (made) => figuresOfInterval(made, norm);
  const variants = [
    { name: reference, run: here, read: () => ofOurs(here()) },
    ...computers.map(({ threads, computer }) => ({
      name: `ours, ${threads} worker thread${threads > 1 ? 's' : ''}`,
      run: () => computer.interval(norm, observed, request),
      read: async () => ofOurs(await computer.interval(norm, observed, request)),
    })),
    ...[() => byHand(base, n, modes, draws)].map((run) => ({ name: 'loop by hand in JavaScript', run, read: run })),
    ...(peer ? [{ ...peer, read: peer.run }] : []),
  ];
  // Other streams of random numbers: equal but for what chance does to percentiles of so many draws.
  const expected = ofOurs(here());
  for (const { name, read } of variants) compareCells(name, await read(), expected, 3 / Math.sqrt(draws));
  const times = await race(variants, rounds);
  peer?.stop();
  await Promise.all(computers.map(({ computer }) => computer.close()));
  const setting = { draws, lines: types.length * 11, drawnValues: place.length, patches: rows };
  report(`interval-${draws}`, { question, setting, variants, times, worst, reference });
}
