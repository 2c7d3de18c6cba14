/** Shares the change of a product out among its factors: the average over all orders in which they might have changed. */

/** A factor before and after, over whatever denominator the caller keeps. */
export type FactorPair = readonly [before: bigint, after: bigint];

/**
 * The Shapley value of each factor in Π after − Π before. With n factors, that of one is
 * (after − before) × Σₖ k!(n−1−k)! × eₖ / n!, where eₖ sums the products of the others with k of them changed already.
 * Zeros and negative factors are as good as any; the parts sum to the change exactly, and are the negative ones when
 * before and after are swapped. For three factors this is the split of SEEA EA, annex A10.1.
 * @returns numerators over n!, in the order of the factors
 */
export function shapleyOfProduct(factors: readonly FactorPair[]): { parts: bigint[]; orders: bigint } {
  const count = factors.length;
  const factorials = [1n];
  for (let k = 1; k <= count; k++) factorials.push(factorials[k - 1] * BigInt(k));
  const parts = factors.map(([before, after], at) => {
    const difference = after - before;
    if (difference === 0n) return 0n;
    let products = [1n];
    factors.forEach((other, position) => {
      if (position !== at) products = withFactor(products, other);
    });
    const weighted = products.reduce(
      (sum, product, k) => sum + factorials[k] * factorials[count - 1 - k] * product,
      0n,
    );
    return difference * weighted;
  });
  return { parts, orders: factorials[count] };
}

/** Entry k: the sum of products of which k factors are changed; with one factor more. */
function withFactor(products: readonly bigint[], [before, after]: FactorPair): bigint[] {
  const longer = products.map((product) => product * before);
  longer.push(0n);
  products.forEach((product, k) => {
    longer[k + 1] += product * after;
  });
  return longer;
}
