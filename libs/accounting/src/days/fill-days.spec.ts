/** An account from daily rain and wind: the sums are those made by hand, gaps are told, and what lacks is refused. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFile, chunkDigest, decodeChunk, encodeChunk, vocabularyOf, type PatchChunk } from '@gep/observation';
import { loadNorm, loadQualityRules, type NormEdition } from '@gep/rulebook';
import type { ExactTrace } from '@gep/formula';
import { computeAccount, recomputeFromSums } from '../account/compute-account';
import { explainAccount } from '../explanation/explain-account';
import type { ExplainNode } from '../explanation/explain-node';
import type { ObservedPeriod } from '../account/observed-period';
import { checkQuality } from '../quality/check-quality';
import { stateAccounts } from '../quality/state-accounts';
import { DaySeriesMissing, DaysMissing } from './errors';
import { dayTableOf } from './fill-days';

const root = join(__dirname, '../../../..');
const samples = join(root, 'libs/observation/samples');
let norm: NormEdition;
let observed: ObservedPeriod;

const withChunk = (chunk: PatchChunk): ObservedPeriod => ({ ...observed, chunks: [chunk], digest: chunkDigest(chunk) });
/** The observation without the first days of a series; all of them when `count` is absent. */
const without = (code: string, count?: number): ObservedPeriod => {
  const [chunk] = observed.chunks;
  const series = chunk.series!.flatMap((one) => {
    if (one.code !== code) return [one];
    return count === undefined ? [] : [{ ...one, values: one.values.map((value, at) => (at < count ? NaN : value)) }];
  });
  return withChunk({ ...chunk, series });
};
const quantityOf = (of: ObservedPeriod, service: string, type: string): number =>
  computeAccount(norm, of).lines.find((line) => line.service === service && line.type === type)!.quantity;

beforeAll(async () => {
  norm = await loadNorm('cn-terrestrial-daily', join(root, 'rulebook'));
  const files = ['with-days.csv', 'daily.csv'].map((fileName) => ({
    fileName,
    bytes: readFileSync(join(samples, fileName)),
  }));
  const { accepted, problems } = await checkFile(files, vocabularyOf(norm));
  expect(problems).toEqual([]);
  const [{ territory, period, chunk, statistics }] = accepted;
  observed = { territory, period, places: [territory], chunks: [chunk], statistics, digest: chunkDigest(chunk) };
});

it('takes erosivity from the days, as a sum by hand gives it', () => {
  const { days, series } = dayTableOf(observed);
  const rain = series.dailyRain;
  let sum = 0;
  for (const [at, day] of days.entries()) {
    const month = Number(day.slice(5, 7));
    if (rain[at] >= 12) sum += (month >= 5 && month <= 9 ? 0.3937 : 0.3101) * rain[at] ** 1.7265;
  }
  const given = rain.filter((value) => !Number.isNaN(value)).length;
  expect(given).toBe(363);
  const erosivity = (sum * 366) / given;
  // Soil kept on forest: R · K · L · S · (1 - C · P), with K given, P = 1 and C of 70–90% cover.
  const sin = Math.sin((15 * Math.PI) / 180);
  const b = sin / 0.089 / (3 * sin ** 0.8 + 0.56);
  const slope = (60 / 22.13) ** (b / (1 + b)) * (21.9 * sin - 0.96);
  const expected = 1400 * erosivity * 0.0312 * slope * (1 - 0.004);
  const tonnes = quantityOf(observed, 'sedimentReduction', 'broadleafForest');
  expect(tonnes / expected).toBeCloseTo(1, 12);
});

it('keeps what it needs: the bytes of the chunk give the same account, and kept sums give it without a patch', () => {
  const account = computeAccount(norm, observed);
  const again = computeAccount(norm, withChunk(decodeChunk(encodeChunk(observed.chunks[0]))));
  expect(again.digest).toBe(account.digest);
  expect(account.baseSums!.dayGaps).toEqual([{ series: 'dailyRain', days: 366, missing: 3 }]);
  const { chunks, ...rest } = observed;
  expect(chunks).toHaveLength(1);
  expect(recomputeFromSums(norm, rest, account.baseSums!)!.digest).toBe(account.digest);
  const stricter = {
    ...norm,
    series: norm.series.map((one) => ({ ...one, mostMissing: one.mostMissing.minus(one.mostMissing) })),
  };
  expect(recomputeFromSums(stricter, rest, account.baseSums!)).toBeUndefined();
  expect(() => computeAccount(stricter, observed)).toThrow(DaysMissing);
});

it('refuses a series that is absent, naming it, the services and the mend', () => {
  expect(() => computeAccount(norm, without('dailyRain'))).toThrow(DaySeriesMissing);
  expect(() => computeAccount(norm, without('dailyWind'))).toThrow(/"dailyWind", which sandstormByWind need/);
});

it('refuses more absent days than the norm allows, and not one fewer', () => {
  expect(() => computeAccount(norm, without('dailyWind', 18))).not.toThrow();
  expect(() => computeAccount(norm, without('dailyWind', 19))).toThrow(/lacks 19 of 366 days.*0\.05/);
});

it('explains the count of days, the formula of a day, the largest terms and every parameter', () => {
  const account = computeAccount(norm, observed);
  const tree = explainAccount(norm, observed, account, { service: 'sedimentReduction', type: 'broadleafForest' });
  const sum = tracesOf(tree).find(({ days, expression }) => days && expression === 'sum(days, dailyErosivity)')!;
  expect(sum.days).toMatchObject({ of: 366, counted: 363 });
  expect(sum.children.length).toBeGreaterThanOrEqual(5);
  expect(sum.children.every(({ kind, name }) => kind === 'item' && /^2024-\d\d-\d\d$/.test(name!))).toBe(true);
  const shown = sum.children.reduce((total, { value }) => total + Number(value), 0);
  expect(shown + Number(sum.days!.rest)).toBeCloseTo(Number(sum.value), 6);
  const named = new Set(sum.children.flatMap(stepsOf).map(({ name }) => name));
  for (const code of ['warmErosivity', 'coldErosivity', 'erosiveThreshold', 'dailyErosivity', 'erosiveRain'])
    expect(named).toContain(code);
});

const tracesOf = (node: ExplainNode): ExactTrace[] => [
  ...(node.trace ? stepsOf(node.trace) : []),
  ...node.children.flatMap(tracesOf),
];
const stepsOf = (trace: ExactTrace): ExactTrace[] => [trace, ...trace.children.flatMap(stepsOf)];

it('a finding of grade B asks why days lack', async () => {
  const rules = await loadQualityRules(join(root, 'rulebook'));
  const daily = (of: ObservedPeriod) =>
    checkQuality(stateAccounts([computeAccount(norm, of)], norm, rules), rules).findings.filter(
      ({ rule }) => rule === 'daysMissing',
    );
  expect(daily(observed)).toMatchObject([{ grade: 'B', cells: ['series.dailyRain'], expected: '366', found: '363' }]);
  expect(daily(without('dailyWind', 2)).map(({ cells }) => cells[0])).toEqual(['series.dailyRain', 'series.dailyWind']);
});
