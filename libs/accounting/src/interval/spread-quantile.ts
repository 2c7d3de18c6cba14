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
 * The quantile function of a spread, of a probability between 0 and 1, without them. `uniform` and `triangular` lie
 * between their bounds; the mean of `normal` is the middle of its 90% interval, the median of `lognormal` the geometric
 * middle.
 */
export function quantileOf({ low, value, high, distribution }: NumericSpread): (probability: number) => number {
  const width = high - low;
  if (distribution === 'uniform') return (probability) => low + width * probability;
  if (distribution === 'triangular') {
    const risingShare = (value - low) / width;
    return (probability) =>
      probability < risingShare
        ? low + Math.sqrt(probability * width * (value - low))
        : high - Math.sqrt((1 - probability) * width * (high - value));
  }
  const isNormal = distribution === 'normal';
  const [from, to] = isNormal ? [low, high] : [Math.log(low), Math.log(high)];
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  const of = (probability: number): number => middle + half * (normalQuantile(probability) / z95);
  return isNormal ? of : (probability) => Math.exp(of(probability));
}
