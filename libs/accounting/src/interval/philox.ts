/**
 * Random numbers by counter: Philox 4×32 with ten rounds (J. Salmon and others, "Parallel random numbers: as easy as
 * 1, 2, 3", SC 2011). A number depends on key and counter alone, so order and threads change no bit.
 */

type Words4 = readonly [number, number, number, number];

/** Four words of 32 bits for a counter of four and a key of two. */
export function philox(counter: Words4, key: readonly [number, number]): Words4 {
  let [a, b, c, d] = counter;
  let [k, l] = key;
  for (let round = 0; round < 10; round++) {
    const [highA, lowA] = product(0xd2511f53, a);
    const [highC, lowC] = product(0xcd9e8d57, c);
    [a, b, c, d] = [(highC ^ b ^ k) >>> 0, lowC, (highA ^ d ^ l) >>> 0, lowA];
    k = (k + 0x9e3779b9) >>> 0;
    l = (l + 0xbb67ae85) >>> 0;
  }
  return [a, b, c, d];
}

/** High and low word of the product of two words. */
function product(x: number, y: number): readonly [number, number] {
  const [x1, x0] = [x >>> 16, x & 0xffff];
  const [y1, y0] = [y >>> 16, y & 0xffff];
  const cross = x1 * y0 + Math.floor((x0 * y0) / 0x10000);
  const middle = (cross % 0x10000) + x0 * y1;
  const high = x1 * y1 + Math.floor(cross / 0x10000) + Math.floor(middle / 0x10000);
  return [high >>> 0, Math.imul(x, y) >>> 0];
}

/** A number strictly between 0 and 1, of 52 bits, for a draw of a stream. @param seed 0 to 2^53 − 1 */
export function uniformAt(seed: number, stream: readonly [number, number], draw: number): number {
  const key = [seed >>> 0, Math.floor(seed / 0x1_0000_0000)] as const;
  const [high, low] = philox([draw >>> 0, Math.floor(draw / 0x1_0000_0000), ...stream], key);
  return ((high >>> 6) * 0x400_0000 + (low >>> 6) + 0.5) / 2 ** 52;
}
