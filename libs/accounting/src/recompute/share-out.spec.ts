/** Sharing out: nothing lost, order kept, no more parts than asked for. */
import * as fc from 'fast-check';
import { shareOut } from './share-out';

describe('shareOut', () => {
  it('halves equal items', () => {
    expect(shareOut([1, 2, 3, 4], () => 1, 2)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(shareOut([], () => 1, 3)).toEqual([]);
    expect(shareOut([7, 8], () => 0, 3)).toEqual([[7, 8]]);
  });

  it('keeps every item in order and never makes a part larger than its share and one item', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000)), fc.integer({ min: 1, max: 9 }), (items, parts) => {
        const groups = shareOut(items, (item) => item, parts);
        expect(groups.flat()).toEqual(items);
        expect(groups.length).toBeLessThanOrEqual(parts);
        const share = items.reduce((a, b) => a + b, 0) / parts;
        const largest = Math.max(0, ...items);
        for (const group of groups) {
          expect(group.length).toBeGreaterThan(0);
          expect(group.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(2 * share + largest);
        }
      }),
      { seed: Number(process.env.GEP_TEST_SEED ?? Date.now()), verbose: 1 },
    );
  });
});
