/** Reported quantities and prices that carry a range: draws against accounts of the drawn figures, cuts, use, double counts, sums. */
import type { StatisticRow } from '@gep/observation';
import { computeAccount } from '../account/compute-account';
import { maize, normFrom, observedOf, sampleNormText } from '../account/sample-norm.spec';
import type { ObservedPeriod } from '../account/observed-period';
import { summariseDraws, type AccountInterval } from './account-interval';
import { drawModel, type DrawModel } from './draw-model';
import { drawParts } from './draw-parts';
import { runDraws } from './run-draws';

const rows = [
  { type: 'forest', area: 100, rain: 1000, slope: 3 },
  { type: 'dry', area: 50, rain: 800, slope: 2 },
];
const uniform = (low: string, high: string) => ({ low, high, distribution: 'uniform' as const });
const normal = (low: string, high: string) => ({ low, high, distribution: 'normal' as const });
const crop: StatisticRow = { ...maize('12', '2'), spread: uniform('10', '20'), priceSpread: uniform('1.5', '3') };
const statistic = (item: string, quantity: string, spread?: StatisticRow['spread']): StatisticRow => {
  return { ...maize(quantity, null), item, unit: 'm3', ...(spread && { spread }) };
};
const demand =
  '\n  - { code: demand, name: { zh: 用水, en: Demand }, unit: m3, priceUnit: yuan/m3, class: use }\n  - { code: drinkers, name: { zh: 用户, en: Users }, unit: m3, priceUnit: yuan/m3, class: use }';
const normWith = (water: string, more = '') =>
  normFrom(
    sampleNormText
      .replace('class: crop, type: dry }', `class: crop, type: dry }${demand}`)
      .replace('price: { parameter: waterPrice }, gamma: 1', `price: { parameter: waterPrice }, gamma: 1, ${water}`) +
      more,
  );
const plainNorm = normFrom(sampleNormText);

/** Every draw is the account of the figures drawn, but for a fen in a line. */
function expectAccounts(model: DrawModel, draws: number): void {
  const ranged = model.observed.statistics.flatMap(({ item, spread }) => (spread ? [item] : []));
  const quantities = model.values.list.flatMap(({ kind, code }) => (kind === 'quantity' ? [code] : []));
  expect(quantities.sort()).toEqual(ranged.sort());
  const { outputs, values } = runDraws(model, { seed: 9, from: 0, to: draws, draws });
  const totals = outputs[0][1];
  expect(new Set(totals).size).toBeGreaterThan(draws / 4);
  for (let draw = 0; draw < draws; draw++) {
    const drawn = new Map(model.values.list.map(({ kind, code }, at) => [`${kind} ${code}`, String(values[at][draw])]));
    const statistics = model.observed.statistics.map((row) => ({
      ...row,
      quantity: drawn.get(`quantity ${row.item}`) ?? row.quantity,
      // The price is drawn in the unit of the product, in which this row gives it too.
      price: drawn.get(`price ${row.item}`) ?? row.price,
    }));
    const { totalFen } = computeAccount(model.norm, { ...model.observed, statistics }).totals;
    expect(Math.abs(Number(totals[draw] - totalFen))).toBeLessThanOrEqual(1);
  }
}
const intervalOf = (observed: ObservedPeriod, draws = 4000, norm = plainNorm): AccountInterval => {
  const parts = drawParts([{ norm, observed }], { seed: 2, from: 0, to: draws, draws });
  return summariseDraws(parts, { draws, seed: 2 });
};

describe('a reported figure with a range', () => {
  it('is drawn as the account would count it, and takes its share of the variance', () => {
    const observed = observedOf(rows, [crop]);
    expectAccounts(drawModel(plainNorm, observed), 40);
    const { drawn, byService, unexplained } = intervalOf(observed);
    expect(drawn.map(({ kind, code, place, from }) => [kind, code, place, from]).sort()).toEqual([
      ['price', 'maize', '520523', '2024'],
      ['quantity', 'maize', '520523', '2024'],
    ]);
    expect(drawn.reduce((sum, { share }) => sum + share!, unexplained!)).toBeCloseTo(1, 12);
    for (const { share } of drawn) expect(share!).toBeGreaterThan(0.3);
    // E[quantity] × E[price] × γ
    expect(Number(byService.crops.meanFen) / (15 * 2.25 * 1000 * 100 * 0.4)).toBeCloseTo(1, 1.5);
  });

  it('bounds what is used, draw by draw', () => {
    const capped = normWith('use: { cap: demand, missing: uncapped }');
    const supplied = computeAccount(capped, observedOf(rows)).lines.reduce(
      (sum, { service, quantity }) => (service === 'waterConservation' ? sum + quantity : sum),
      0,
    );
    const range = uniform(String(supplied / 2), String(supplied * 1.2));
    expectAccounts(drawModel(capped, observedOf(rows, [crop, statistic('demand', String(supplied), range)])), 40);
  });

  it('gives a service the price that it has as soon as somebody uses it', () => {
    const used = normWith('use: { users: drinkers, missing: uncapped }');
    const observed = observedOf(rows, [crop, statistic('drinkers', '0', normal('0', '5'))]);
    expect(computeAccount(used, observed).totals.byService['waterConservation']).toBe(0n);
    expectAccounts(drawModel(used, observed), 40);
  });

  it('is cut at zero, γ at 1 as well, and the answer counts the draws', () => {
    const share = sampleNormText.replace(
      '{ value: 0.4, from: 2000-01-01, grade: solved, source: solved }',
      '{ value: 0.6, from: 2000-01-01, grade: solved, source: solved, low: 0.5, high: 0.95, distribution: normal }',
    );
    const priced = { ...maize('12', '2'), priceSpread: normal('0.1', '5') };
    const draws = 8000;
    const { drawn, cutDraws } = intervalOf(observedOf(rows, [priced]), draws, normFrom(share));
    const of = (code: string) => drawn.find((value) => value.code === code)!;
    // P(z < −2.55 / 1.48955) and P(z > 0.275 / 0.136784)
    expect(of('maize').cutDraws / draws).toBeCloseTo(0.0435, 2);
    expect(of('natureShare').cutDraws / draws).toBeCloseTo(0.0222, 2);
    expect([of('natureShare').least, of('natureShare').most, of('maize').most]).toEqual([0, 1, null]);
    const [one, other] = [of('maize').cutDraws, of('natureShare').cutDraws];
    expect(cutDraws).toBeGreaterThan(Math.max(one, other));
    expect(cutDraws).toBeLessThan(one + other);
    const model = drawModel(normFrom(share), observedOf(rows, [priced]));
    const { values, outputs } = runDraws(model, { seed: 2, from: 0, to: draws, draws });
    for (const column of values) expect(Math.min(...column)).toBeGreaterThanOrEqual(0);
    expect(outputs[0][1].every((fen) => fen >= 0n)).toBe(true);
  });

  it('is refused where a draw would count something twice that the account does not', () => {
    const apart = normWith(
      'negative: refuse',
      'exclusive: [{ code: both, name: { zh: 二者, en: Both }, services: [crops, waterConservation], reason: { zh: 同物, en: the same }}]\n',
    );
    const none = { ...maize('0', '2'), spread: uniform('0', '5') };
    const observed = observedOf(rows, [none]);
    expect(computeAccount(apart, observed).totals.byService['crops']).toBe(0n);
    expect(() => runDraws(drawModel(apart, observed), { seed: 1, from: 0, to: 1, draws: 1 })).toThrow(
      /in draw 1 crops and waterConservation of "Both" both have a value/,
    );
  });
});

describe('several territories', () => {
  const dear = sampleNormText.replace(
    '{ value: 3, from: 2024-06-01, grade: published, source: book }',
    '{ value: 3, from: 2024-06-01, grade: published, source: book, low: 2, high: 4, distribution: uniform }',
  );
  const norm = normFrom(dear);
  const run = { seed: 4, from: 0, to: 300, draws: 300 };
  const county = (territory: string) => observedOf(rows, [crop], { territory, places: [territory, 'CN'] });
  const [one, other] = [county('520523'), county('520524')];

  it('are added draw by draw; what they share is one value, what each reported is its own', () => {
    const both = drawParts(
      [
        { norm, observed: one },
        { norm, observed: other },
      ],
      run,
    );
    const singly = [one, other].map((observed) => runDraws(drawModel(norm, observed), run));
    both.draws.outputs.forEach(([name, column], at) => {
      expect(singly[0].outputs[at][0]).toBe(name);
      expect(column).toEqual(column.map((_, draw) => singly[0].outputs[at][1][draw] + singly[1].outputs[at][1][draw]));
    });
    expect(both.values.map(({ kind, place }) => `${kind} ${place ?? ''}`).sort()).toEqual([
      'parameter ',
      ...['price 520523', 'price 520524', 'quantity 520523', 'quantity 520524'],
    ]);
    expect(both.totals.totalFen).toBe(2n * computeAccount(norm, one).totals.totalFen);
  });

  it('keep what the whole has beyond its parts', () => {
    const parts = drawParts([{ norm, observed: one }], run);
    const request = { draws: 300, seed: 4, targetFen: parts.totals.totalFen };
    const own = summariseDraws(parts, request);
    const { byService } = parts.totals;
    const totals = {
      ...parts.totals,
      totalFen: parts.totals.totalFen - 1000n,
      byService: { ...byService, crops: byService.crops - 1000n },
    };
    const whole = summariseDraws(parts, request, { ...parts.account, totals });
    expect([own.fixedFen, whole.fixedFen]).toEqual([0n, -1000n]);
    expect(whole.total.medianFen).toBe(own.total.medianFen - 1000n);
    expect(whole.byService.crops.highFen).toBe(own.byService.crops.highFen - 1000n);
    expect(whole.byService.waterConservation).toEqual(own.byService.waterConservation);
    expect(whole.target!.probability).toBeLessThanOrEqual(own.target!.probability);
  });
});
