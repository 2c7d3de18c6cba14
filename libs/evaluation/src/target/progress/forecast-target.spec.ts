/** Student's t agrees with printed tables; forecasts are honest: wide for few points, none where nothing can be said. */
import fc from 'fast-check';
import { type Forecast, forecastCoverage, forecastTarget } from './forecast-target';
import { studentProbability, studentQuantile } from './student-t';

it.each([
  // Table of the NIST/SEMATECH e-Handbook of Statistical Methods, § 1.3.6.7.2, to three decimals.
  [0.9, 1, 3.078],
  [0.95, 1, 6.314],
  [0.975, 2, 4.303],
  [0.95, 3, 2.353],
  [0.975, 10, 2.228],
  [0.99, 30, 2.457],
  [0.999, 5, 5.893],
  [0.975, 100, 1.984],
])('quantile %s of %s degrees of freedom is %s', (probability, freedom, printed) => {
  expect(studentQuantile(probability, freedom)).toBeCloseTo(printed, 3);
  expect(studentQuantile(1 - probability, freedom)).toBeCloseTo(-printed, 3);
});

it('agrees with the closed forms of one and two degrees of freedom', () => {
  fc.assert(
    fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (t) => {
      expect(studentProbability(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 11);
      expect(studentProbability(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 11);
    }),
  );
});

const points = (...values: number[]) => values.map((value, at) => ({ year: 2020 + at, value }));
const made = (values: readonly number[], target: number): Forecast => {
  const forecast = forecastTarget(points(...values), 2027, target);
  if (forecast.state !== 'made') throw new Error(forecast.reason.en);
  return forecast;
};

it('gives the prediction interval of the line through the logarithms', () => {
  // By hand: logs 0, 1, 1, 2 in 2020 to 2023: slope 0.6, mean 1, residual sum 0.2, s² 0.1; in 2027 the line is at 4.3.
  const forecast = made([1, Math.E, Math.E, Math.E ** 2], Math.E ** 4.3);
  expect(Math.log(forecast.value)).toBeCloseTo(4.3, 12);
  const error = Math.sqrt(0.1 * (1 + 1 / 4 + 5.5 ** 2 / 5));
  expect(Math.log(forecast.high) - 4.3).toBeCloseTo(2.919985580354 * error, 9);
  expect(forecast.probability).toBeCloseTo(0.5, 12);
});

it('covers what comes with the stated probability, seed 1 of its own generator', () => {
  const draw = mulberry(1);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  const runs = 4000;
  let [inside, reached, foretold] = [0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const at = (year: number): number => Math.exp(0.02 * (year - 2020) + 0.03 * normal());
    const target = 1.15;
    const actual = at(2027);
    const { low, high, probability } = made([2020, 2021, 2022, 2023, 2024].map(at), target);
    if (low <= actual && actual <= high) inside += 1;
    if (actual >= target) reached += 1;
    foretold += probability!;
  }
  // Three standard errors of a share of 4,000 are 0.024 at most.
  expect(Math.abs(inside / runs - forecastCoverage)).toBeLessThan(0.024);
  expect(Math.abs(foretold / runs - reached / runs)).toBeLessThan(0.05);
});

it('says nothing by few points, by amounts that have no logarithm, nor a probability by points on one line', () => {
  expect(forecastTarget(points(1, 2, 3), 2027, 5)).toMatchObject({ state: 'refused' });
  expect(forecastTarget(points(1, 2, 0, 3), 2027, 5)).toMatchObject({ state: 'refused' });
  expect(forecastTarget(points(1, 2, 3, 4), 2027, 0)).toMatchObject({ state: 'refused' });
  expect(made([1, 2, 4, 8], 100)).toMatchObject({ probability: null, points: 4, degreesOfFreedom: 2 });
});

/** A small generator with a seed, so that the run is the same everywhere. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
