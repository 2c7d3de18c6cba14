/** What a parameter may be: the quantiles of its spread. */
import type { Spread } from '@gep/rulebook';
import { normalQuantile } from './normal-quantile';

/** A spread as numbers, in the unit of the parameter. */
export interface NumericSpread {
  readonly low: number;
  /** The value that stands in the norm: the mode of a triangular spread. */
  readonly value: number;
  readonly high: number;
  readonly distribution: Spread['distribution'];
}

/** The 95th percentile of the standard normal distribution: `low` and `high` are 5th and 95th percentiles. */
const z95 = 1.6448536269514722;

/**
 * The quantile of a spread. `uniform` and `triangular` lie between their bounds; the mean of `normal` is the middle of
 * its 90% interval, the median of `lognormal` the geometric middle.
 * @param probability between 0 and 1, without them
 */
export function spreadQuantile({ low, value, high, distribution }: NumericSpread, probability: number): number {
  if (distribution === 'uniform') return low + (high - low) * probability;
  if (distribution === 'triangular') return triangularQuantile(low, value, high, probability);
  const z = normalQuantile(probability) / z95;
  if (distribution === 'normal') return (low + high) / 2 + ((high - low) / 2) * z;
  const [logLow, logHigh] = [Math.log(low), Math.log(high)];
  return Math.exp((logLow + logHigh) / 2 + ((logHigh - logLow) / 2) * z);
}

function triangularQuantile(low: number, mode: number, high: number, probability: number): number {
  const width = high - low;
  return probability < (mode - low) / width
    ? low + Math.sqrt(probability * width * (mode - low))
    : high - Math.sqrt((1 - probability) * width * (high - mode));
}
