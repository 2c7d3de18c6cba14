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
    const [highA, highC] = [highWord(0xd251, 0x1f53, a), highWord(0xcd9e, 0x8d57, c)];
    const [lowA, lowC] = [Math.imul(0xd2511f53, a) >>> 0, Math.imul(0xcd9e8d57, c) >>> 0];
    a = (highC ^ b ^ k) >>> 0;
    b = lowC;
    c = (highA ^ d ^ l) >>> 0;
    d = lowA;
    k = (k + 0x9e3779b9) >>> 0;
    l = (l + 0xbb67ae85) >>> 0;
  }
  return [a, b, c, d];
}

/** High word of the product of two words, the first one given by its halves; every step is below 2^32 and so exact. */
function highWord(high: number, low: number, word: number): number {
  const [top, bottom] = [word >>> 16, word & 0xffff];
  const cross = top * low + ((bottom * low) >>> 16);
  const middle = (cross & 0xffff) + bottom * high;
  return top * high + (cross >>> 16) + (middle >>> 16);
}

/** A number strictly between 0 and 1, of 52 bits, for a draw of a stream. @param seed 0 to 2^53 − 1 */
export function uniformAt(seed: number, stream: readonly [number, number], draw: number): number {
  const key = [seed >>> 0, Math.floor(seed / 0x1_0000_0000)] as const;
  const [high, low] = philox([draw >>> 0, Math.floor(draw / 0x1_0000_0000), ...stream], key);
  return ((high >>> 6) * 0x400_0000 + (low >>> 6) + 0.5) / 2 ** 52;
}
