/** Shares a whole number out among very many at once: the parts of `allocate`, from columns of doubles that hold whole numbers. */
import { assert } from './assert';

/** Below this a double holds every whole number. */
const wholeBelow = 2 ** 53;
/** Weights may sum to this: then the remainders, which are exact products less each other, stay whole as well. */
const weightsBelow = 2 ** 51;
const buckets = 1 << 16;

/** True when `allocateColumn` can share this total by weights of this sum. */
export function fitsColumn(total: bigint, weightSum: bigint): boolean {
  return total >= 0n && total < BigInt(wholeBelow) && weightSum > 0n && weightSum < BigInt(weightsBelow);
}

/**
 * Parts of a total in the ratio of the weights, by largest remainder, ties to the smaller place: what `allocate` gives for
 * codes in ascending order. A million parts take some hundredths of a second.
 * @param total whole, from 0 to 2^53
 * @param weights whole numbers, zero or more, of codes in ascending order; they sum to more than zero and less than 2^51
 * @returns whole parts that sum to the total
 */
export function allocateColumn(total: number, weights: Float64Array): Float64Array {
  let sum = 0;
  for (const weight of weights) sum += weight;
  assert(Number.isInteger(total) && total >= 0 && total < wholeBelow, 'the total is no whole number below 2^53');
  assert(sum > 0 && sum < weightsBelow, 'the weights do not sum to more than 0 and less than 2^51');
  const count = weights.length;
  const parts = new Float64Array(count);
  const remainders = new Float64Array(count);
  const bucketOf = new Uint16Array(count);
  const scale = buckets / sum;
  let given = 0;
  for (let at = 0; at < count; at++) {
    const weight = weights[at];
    assert(weight >= 0 && Math.floor(weight) === weight, 'a weight is negative or not whole');
    let part = Math.floor((total * weight) / sum);
    let remainder = productDifference(total, weight, part, sum);
    // The quotient of doubles is off by a few units at most.
    for (; remainder < 0; remainder += sum) part--;
    for (; remainder >= sum; remainder -= sum) part++;
    parts[at] = part;
    remainders[at] = remainder;
    bucketOf[at] = Math.min(buckets - 1, remainder * scale);
    given += part;
  }
  giveLeftover(parts, remainders, bucketOf, total - given);
  return parts;
}

/**
 * a·b − c·d, exactly, for whole numbers below 2^53 whose products lie close to each other. Dekker's product gives each
 * product as two doubles without loss (T. J. Dekker 1971, A floating-point technique for extending the available precision).
 */
function productDifference(a: number, b: number, c: number, d: number): number {
  const [first, second] = [a * b, c * d];
  return first - second + (productError(a, b, first) - productError(c, d, second));
}

const splitter = 2 ** 27 + 1;

/** What rounding took off the product. */
function productError(a: number, b: number, product: number): number {
  const [wideA, wideB] = [splitter * a, splitter * b];
  const highA = wideA - (wideA - a);
  const highB = wideB - (wideB - b);
  const [lowA, lowB] = [a - highA, b - highB];
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

/** One each to the largest remainders; of equal ones to the smaller places. */
function giveLeftover(parts: Float64Array, remainders: Float64Array, bucketOf: Uint16Array, leftover: number): void {
  if (leftover === 0) return;
  const counts = new Uint32Array(buckets);
  for (let at = 0; at < bucketOf.length; at++) counts[bucketOf[at]]++;
  let last = buckets - 1;
  let above = 0;
  while (above + counts[last] < leftover) above += counts[last--];
  const edge: number[] = [];
  for (let at = 0; at < bucketOf.length; at++) {
    const bucket = bucketOf[at];
    if (bucket > last) parts[at]++;
    else if (bucket === last) edge.push(at);
  }
  edge.sort((a, b) => remainders[b] - remainders[a] || a - b);
  for (const at of edge.slice(0, leftover - above)) parts[at]++;
}
