/** Intervals of small accounts: against the analytic quantiles, in any runs, without a spread, and where rows are read anew. */
import { evidenceOf } from '../account/evidence';
import { computeAccount } from '../account/compute-account';
import { normFrom, observedOf, sampleNormText } from '../account/sample-norm.spec';
import { joinDraws, runsOf, summariseDraws, type AccountInterval, type IntervalRequest } from './account-interval';
import { drawModel, type DrawModel } from './draw-model';
import { runDraws, type Draws } from './run-draws';

const water = '{ value: 3, from: 2024-06-01, grade: published, source: book }';
const soil = 'values: [{ value: 1/7, from: 2000-01-01, grade: published, source: book }]';
const slope = 'values: [{ value: 2, from: 2000-01-01, grade: unverified, source: practice }]';
const yields = 'values: [{ value: 3, from: 2000-01-01, grade: published, source: book }]';
const spreadOn = (text: string, spread: string): string => text.replace(/ \}(\]?)$/, `, ${spread} }$1`);

const observed = observedOf([
  { type: 'forest', area: 100, rain: 1000, slope: 3 },
  { type: 'dry', area: 50, rain: 800 },
]);
const withSpreads = (...changes: readonly (readonly [string, string])[]): DrawModel => {
  const text = changes.reduce((all, [old, spread]) => all.replace(old, spreadOn(old, spread)), sampleNormText);
  return drawModel(normFrom(text), observed);
};
const uniformWater = [water, 'low: 2, high: 4, distribution: uniform'] as const;
const near = (value: bigint, expected: number, tolerance: number): void =>
  expect(Math.abs(Number(value) / expected - 1)).toBeLessThan(tolerance);
const summarised = ({ account, values }: DrawModel, request: IntervalRequest, draws: Draws): AccountInterval =>
  summariseDraws(
    { account, totals: account.totals, evidence: evidenceOf(account.lines), values: values.list, draws },
    request,
  );
const accountInterval = (model: DrawModel, request: IntervalRequest): AccountInterval =>
  summarised(model, request, joinDraws(runsOf(request, 1).map((part) => runDraws(model, part))));
const run = (model: DrawModel, draws = 4000): AccountInterval => accountInterval(model, { draws, seed: 1 });

describe('intervals of an account', () => {
  it('meets the quantiles of one uniform price, which every type pays together', () => {
    const interval = run(withSpreads(uniformWater), 20000);
    const { waterConservation } = interval.byService;
    const perYuan = Number(waterConservation.accountFen) / 3;
    near(waterConservation.lowFen, perYuan * 2.1, 0.005);
    near(waterConservation.medianFen, perYuan * 3, 0.01);
    near(waterConservation.meanFen, perYuan * 3, 0.005);
    near(waterConservation.highFen, perYuan * 3.9, 0.005);
    expect(interval.drawn).toHaveLength(1);
    expect(interval.drawn[0].share).toBeCloseTo(1, 9);
    const width = (part: { lowFen: bigint; highFen: bigint }): number => Number(part.highFen - part.lowFen);
    const byType = Object.values(interval.byType).reduce((sum, part) => sum + width(part), 0);
    expect(byType / width(interval.total)).toBeCloseTo(1, 6);
  });

  it('gives the same bits for a seed in any runs, and others for another seed', () => {
    const model = withSpreads(uniformWater, [soil, 'low: 0.1, high: 0.2, distribution: triangular']);
    const request = { draws: 501, seed: 42 };
    const whole = accountInterval(model, request);
    const parts = runsOf(request, 7)
      .reverse()
      .map((part) => runDraws(model, part))
      .reverse();
    expect(summarised(model, request, joinDraws(parts))).toEqual(whole);
    expect(accountInterval(model, { ...request, seed: 43 }).total).not.toEqual(whole.total);
    expect(whole.drawn.reduce((sum, { share }) => sum + share!, whole.unexplained!)).toBeCloseTo(1, 12);
  });

  it('is the account itself without a spread, and with one that is narrower than a fen', () => {
    for (const model of [
      withSpreads(),
      withSpreads([water, 'low: 2.999999999999, high: 3.000000000001, distribution: uniform']),
    ]) {
      const interval = run(model, 100);
      const { totalFen } = model.account.totals;
      const { meanFen, medianFen, lowFen, highFen } = interval.total;
      expect([meanFen, medianFen, lowFen, highFen]).toEqual([totalFen, totalFen, totalFen, totalFen]);
      expect(interval.unexplained).toBeNull();
      for (const { share } of interval.drawn) expect(share).toBeNull();
    }
  });

  it('draws what a price formula, a coefficient and a stand-in read as the account computes them', () => {
    const model = withSpreads(
      [soil, 'low: 0.1, high: 0.2, distribution: uniform'],
      [yields, 'low: 2, high: 4, distribution: normal'],
      [slope, 'low: 1.5, high: 4, distribution: lognormal'],
    );
    expect(model.standInsDrawn).toBe(true);
    const { outputs, values } = runDraws(model, { seed: 5, from: 0, to: 6, draws: 6 });
    const totals = outputs[0][1];
    for (let draw = 0; draw < 6; draw++) {
      const drawn = new Map(model.values.list.map(({ code }, at) => [code, values[at][draw]]));
      const text = sampleNormText
        .replace(soil, soil.replace('1/7', String(drawn.get('soilPrice'))))
        .replace(yields, yields.replace('3,', `${drawn.get('yield')},`))
        .replace(slope, slope.replace('2,', `${drawn.get('usualSlope')},`));
      const { totalFen } = computeAccount(normFrom(text), observed).totals;
      expect(Math.abs(Number(totals[draw] - totalFen))).toBeLessThanOrEqual(2);
    }
  });

  it.each([
    ['area * yield * max(slope - 1, 0)', 0],
    ['area * max(slope - 1, 0) / yield * yield ^ 2', 0],
    ['if(slope > 2, area, 2 * area) * (yield + yield)', 0],
    ['area * yield * max(slope - 1, 0) + area * 1 [t/(hm2*a)]', 1],
    ['area * max(yield, 2 [t/(hm2*a)])', 1],
  ])('draws %s as the account computes it, compiled %d times', (expression, compiled) => {
    const own = sampleNormText.replace('area * yield * max(slope - 1, 0)', expression);
    const [yielded, priced] = [
      spreadOn(yields, 'low: 2, high: 4, distribution: uniform'),
      spreadOn(soil, 'low: 0.1, high: 0.2, distribution: uniform'),
    ];
    const model = drawModel(normFrom(own.replace(yields, yielded).replace(soil, priced)), observed);
    expect(model.wanted).toHaveLength(compiled);
    const { outputs, values } = runDraws(model, { seed: 6, from: 0, to: 12, draws: 12 });
    for (let draw = 0; draw < 12; draw++) {
      const drawn = new Map(model.values.list.map(({ code }, at) => [code, values[at][draw]]));
      const text = own
        .replace(soil, soil.replace('1/7', String(drawn.get('soilPrice'))))
        .replace(yields, yields.replace('3,', `${drawn.get('yield')},`));
      const { totalFen } = computeAccount(normFrom(text), observed).totals;
      expect(Math.abs(Number(outputs[0][1][draw] - totalFen))).toBeLessThanOrEqual(2);
    }
  });

  it('refuses to read too many rows for every draw', () => {
    const model = withSpreads([slope, 'low: 1.5, high: 4, distribution: uniform']);
    expect(() => runDraws(model, { seed: 1, from: 0, to: 1, draws: 1e9 })).toThrow('stands inside');
  });

  it('tells how many draws reach a target', () => {
    const model = withSpreads(uniformWater);
    const { accountFen } = run(model, 100).byService.waterConservation;
    const rest = model.account.totals.totalFen - accountFen;
    const targetFen = rest + (accountFen * 35n) / 30n;
    const { target } = accountInterval(model, { draws: 10000, seed: 3, targetFen });
    expect(target!.probability).toBeGreaterThan(0.23);
    expect(target!.probability).toBeLessThan(0.27);
  });

  it('tells percentiles exactly, whatever the size of the totals', () => {
    const totals = { totalFen: 0n, byCategory: {}, byService: {}, byType: {} };
    const { account } = withSpreads();
    const percentiles = (...fens: bigint[]): bigint[] => {
      const draws = { outputs: [['total', BigInt64Array.from(fens)]] as const, values: [], cuts: [] };
      const request = { draws: fens.length, seed: 1 };
      const { total } = summariseDraws({ account, totals, evidence: evidenceOf([]), values: [], draws }, request);
      return [total.lowFen, total.medianFen, total.highFen];
    };
    const large = 2n ** 62n;
    // Ranks 0.05, 0.5 and 0.95 between two draws.
    expect(percentiles(0n, large)).toEqual([(large * 5n + 50n) / 100n, large / 2n, (large * 95n + 50n) / 100n]);
    expect(percentiles(1n, 0n)).toEqual([0n, 1n, 1n]);
    // Half a fen goes away from zero on either side.
    expect(percentiles(-1n, 0n)).toEqual([-1n, -1n, 0n]);
    expect(percentiles(...Array.from({ length: 21 }, (_, at) => BigInt(at) * 7n))).toEqual([7n, 70n, 133n]);
  });
});
