/** Times variants beside each other in one run, compares their results first, and writes ratios with machine and date. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { performance } from 'node:perf_hooks';
import { checkout } from './built.mjs';

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const round = (value, digits = 2) => Number(value.toFixed(digits));

/** Largest relative difference of two tables of numbers. @throws when one is beyond the tolerance */
export function compareCells(name, actual, expected, tolerance = 1e-9) {
  if (actual.length !== expected.length) throw new Error(`${name}: ${actual.length} cells, not ${expected.length}`);
  let worst = 0;
  for (let cell = 0; cell < actual.length; cell++) {
    const size = Math.max(Math.abs(actual[cell]), Math.abs(expected[cell]));
    const difference = size === 0 ? 0 : Math.abs(actual[cell] - expected[cell]) / size;
    if (!(difference <= tolerance)) throw new Error(`${name}, cell ${cell}: ${actual[cell]}, not ${expected[cell]}`);
    worst = Math.max(worst, difference);
  }
  return worst;
}

/**
 * Runs every variant once per round, one after the other, so that whatever else the machine does falls on all alike.
 * @param variants `{name, run, cpu?}`; `cpu` gives the processor milliseconds that other processes have used so far
 */
export async function race(variants, rounds) {
  const times = variants.map(() => ({ wall: [], cpu: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const [index, { run, cpu = () => 0 }] of variants.entries()) {
      globalThis.gc?.();
      const [used, others, begun] = [process.cpuUsage(), cpu(), performance.now()];
      await run();
      times[index].wall.push(performance.now() - begun);
      const { user, system } = process.cpuUsage(used);
      times[index].cpu.push((user + system) / 1000 + cpu() - others);
    }
  }
  return times;
}

/** The machine in general words. */
function machine() {
  const [cpu] = os.cpus();
  return {
    cpu: `${cpu.model.replace(/\((R|TM)\)/g, '')} (virtual)`,
    cores: os.cpus().length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.arch()}`,
    node: process.version,
    loadAtEnd: os.loadavg().map((load) => round(load, 1)),
  };
}

function commit() {
  const git = (...words) => execFileSync('git', ['-C', checkout, ...words], { encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--', 'libs') === '' ? '' : ', with uncommitted changes';
  return git('rev-parse', '--short=12', 'HEAD') + changed;
}

/**
 * Prints the table and writes `results/<name>.json`. Ratios are medians of the ratios within each round: above 1, the
 * variant took longer than the reference.
 */
export function report(name, { question, setting, variants, times, worst, reference, peaks = {} }) {
  const base = times[variants.findIndex((variant) => variant.name === reference)];
  const figures = variants.map((variant, index) => {
    const { wall, cpu } = times[index];
    return {
      variant: variant.name,
      wallMs: round(median(wall)),
      leastMs: round(Math.min(...wall)),
      cpuMs: round(median(cpu)),
      ratioWall: round(median(wall.map((ms, i) => ms / base.wall[i])), 3),
      ratioCpu: round(median(cpu.map((ms, i) => ms / Math.max(base.cpu[i], 0.01))), 3),
      ...(peaks[variant.name] && { peakMiB: peaks[variant.name] }),
    };
  });
  console.log(
    `\n${question}\n${JSON.stringify(setting)}; worst relative difference of results ${worst.toExponential(1)}`,
  );
  console.table(Object.fromEntries(figures.map(({ variant, ...rest }) => [variant, rest])));
  const result = {
    question,
    setting,
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    code: commit(),
    rounds: times[0].wall.length,
    reference,
    worstDifference: worst,
    figures,
  };
  const folder = `${checkout}/bench/results`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
}
