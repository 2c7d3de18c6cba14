/**
 * The share of each input in the variance of an output, by linear regression: share = standardised coefficient ×
 * correlation with the output (J. W. Pratt 1987). The shares add up to R²; what is not linear is left unexplained.
 */

/**
 * One share for each input. Because samples are finite, that of an input without influence may lie a little below zero.
 * @returns no shares when the output does not vary
 */
export function varianceShares(
  output: Float64Array,
  inputs: readonly Float64Array[],
): { readonly shares: readonly number[]; readonly unexplained: number } | undefined {
  const y = standardised(output);
  if (!y) return undefined;
  const xs = inputs.map(standardised);
  const varying = xs.flatMap((x, at) => (x ? [{ x, at }] : []));
  const correlations = varying.map(({ x }) => dot(x, y));
  const matrix = varying.map(({ x }) => varying.map((other) => dot(x, other.x)));
  const coefficients = solve(matrix, correlations);
  const shares = inputs.map(() => 0);
  varying.forEach(({ at }, index) => (shares[at] = coefficients[index] * correlations[index]));
  return { shares, unexplained: 1 - shares.reduce((sum, share) => sum + share, 0) };
}

/** Mean 0 and length 1; undefined when it does not vary. */
function standardised(values: Float64Array): Float64Array | undefined {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const length = Math.sqrt(dot(centred, centred));
  return length > 0 ? centred.map((value) => value / length) : undefined;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}

/** Below this an input is a combination of those before it, and has no coefficient of its own. */
const leastPivot = 1e-9;

/** Solves a symmetric system with ones on its diagonal by elimination. */
function solve(matrix: number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]]);
  const size = rows.length;
  for (let at = 0; at < size; at++) {
    if (rows[at][at] < leastPivot) continue;
    for (let below = at + 1; below < size; below++) {
      const factor = rows[below][at] / rows[at][at];
      for (let column = at; column <= size; column++) rows[below][column] -= factor * rows[at][column];
    }
  }
  const solution = rows.map(() => 0);
  for (let at = size - 1; at >= 0; at--) {
    if (rows[at][at] < leastPivot) continue;
    const known = solution.reduce((sum, value, column) => (column > at ? sum + rows[at][column] * value : sum), 0);
    solution[at] = (rows[at][size] - known) / rows[at][at];
  }
  return solution;
}
