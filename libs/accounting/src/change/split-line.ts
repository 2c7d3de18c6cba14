/** Splits the change of one line into exact effects of its factors. */
import { LineSide, changedFactors, lineFactors } from './line-factors';
import type { ExactEffect } from './round-effects';
import { FactorPair, shapleyOfProduct } from './shapley-of-product';

export interface LineSplit {
  /** In fen, exactly; effects that are zero may be left out. Their sum is the change before rounding. */
  readonly effects: readonly ExactEffect[];
  readonly implied: boolean;
}

/** The effect of every factor that changed: its average over all orders of change. */
export function splitLine(before: LineSide, after: LineSide): LineSplit {
  const line = lineFactors(before, after);
  const { changed, constant } = changedFactors(line);
  let bottom = constant.bottom;
  const pairs = changed.map((factor): FactorPair => {
    bottom *= factor.before.bottom * factor.after.bottom;
    return [factor.before.top * factor.after.bottom, factor.after.top * factor.before.bottom];
  });
  const { parts, orders } = shapleyOfProduct(pairs);
  return {
    effects: changed.map(({ effect }, at) => ({
      effect,
      fen: { top: parts[at] * constant.top, bottom: bottom * orders },
    })),
    implied: line.implied,
  };
}
