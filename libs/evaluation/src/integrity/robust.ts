/** Medians, spreads that outliers do not move, and the tails of distributions of counts. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median absolute deviation, scaled to the standard deviation of a normal distribution. */
export function spreadOf(values: readonly number[]): number {
  const centre = median(values);
  return 1.4826 * median(values.map((value) => Math.abs(value - centre)));
}

/** P(X ≥ least) of a Poisson distribution. */
export function poissonTail(least: number, mean: number): number {
  let [term, below] = [Math.exp(-mean), 0];
  for (let k = 0; k < least; k++) {
    below += term;
    term *= mean / (k + 1);
  }
  // Subtracting from one loses what is small: the first terms of the tail are added instead.
  if (below < 0.5) return 1 - below;
  let tail = 0;
  for (let k = least; k < least + 60; k++) {
    tail += term;
    term *= mean / (k + 1);
  }
  return tail;
}

/** P(X ≥ least) of `trials` with this chance each. */
export function binomialTail(least: number, trials: number, chance: number): number {
  if (least <= 0) return 1;
  if (chance >= 1) return 1;
  let [term, tail] = [(1 - chance) ** trials, 0];
  for (let k = 0; k <= trials; k++) {
    if (k >= least) tail += term;
    term *= ((trials - k) / (k + 1)) * (chance / (1 - chance));
  }
  return tail;
}

/** Of a normal distribution between two points. */
export function normalBetween(from: number, to: number, mean: number, deviation: number): number {
  return normalBelow((to - mean) / deviation) - normalBelow((from - mean) / deviation);
}

/** Abramowitz and Stegun 26.2.17; wrong by less than 1e-7. */
function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const poly = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const upper = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly;
  return z >= 0 ? 1 - upper : upper;
}
