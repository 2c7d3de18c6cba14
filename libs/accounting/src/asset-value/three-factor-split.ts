/** Splits the change of a product of three factors into the effect of each: symmetric, and without a residual. */
import { Fraction } from '@gep/kernel';

/** Value = price × volume × area; volume is what a unit of area yields. */
export interface ThreeFactors {
  readonly price: Fraction;
  readonly volume: Fraction;
  readonly area: Fraction;
}

/**
 * The effect of x is `dx·[(y0z0 + y1z1)/3 + (y0z1 + y1z0)/6]`: the mean over all orders in which the factors may change
 * (SEEA EA A10.1). The three add up to the change exactly, and swapping the periods only turns their signs.
 */
export function splitThreeFactors(before: ThreeFactors, after: ThreeFactors): ThreeFactors {
  const effect = (x: keyof ThreeFactors, y: keyof ThreeFactors, z: keyof ThreeFactors): Fraction => {
    const alike = before[y].times(before[z]).plus(after[y].times(after[z])).times(third);
    const crossed = before[y].times(after[z]).plus(after[y].times(before[z])).times(sixth);
    return after[x].minus(before[x]).times(alike.plus(crossed));
  };
  return {
    price: effect('price', 'volume', 'area'),
    volume: effect('volume', 'price', 'area'),
    area: effect('area', 'price', 'volume'),
  };
}

const third = Fraction.of(1n, 3n);
const sixth = Fraction.of(1n, 6n);
