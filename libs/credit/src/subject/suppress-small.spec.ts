/** No hidden cell follows from what is shown, whatever the table. */
import fc from 'fast-check';
import { leastPersons, suppressSmall } from './suppress-small';

const tables = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })).chain(([rows, columns]) =>
  fc.array(
    fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 40 })), {
      minLength: columns,
      maxLength: columns,
    }),
    {
      ...{ minLength: rows, maxLength: rows },
    },
  ),
);

/** Cells of each row and column of a table with margins, the margin last. */
const linesOf = <T>(table: readonly (readonly T[])[]): T[][] => [
  ...table.map((row) => [...row]),
  ...table[0].map((_, at) => table.map((row) => row[at])),
];

it('shows no few, leaves no cell alone in its line, and sums what it shows', () => {
  fc.assert(
    fc.property(tables, (counts) => {
      const shown = suppressSmall(counts);
      const flat = shown.flat();
      expect(flat.every((cell) => cell === null || cell === 0 || cell >= leastPersons)).toBe(true);
      for (const line of linesOf(shown)) {
        const hidden = line.filter((cell) => cell === null).length;
        expect(hidden).not.toBe(1);
        const total = line.at(-1);
        const parts = line.slice(0, -1).reduce<number>((sum, cell) => sum + (cell ?? 0), 0);
        if (hidden === 0) expect(parts).toBe(total);
        // What a shown margin leaves to the hidden cells is not the few either.
        else if (total !== null) expect(total! - parts).toBeGreaterThanOrEqual(leastPersons);
      }
    }),
  );
});

it('says of few persons not even what they are not', () => {
  expect(suppressSmall([[1, 1, 0]]).flat()).toEqual(Array(8).fill(null));
  const [few, many] = suppressSmall([
    [0, 2, 0],
    [9, 20, 0],
  ]);
  expect([few, many]).toEqual([
    [null, null, 0, null],
    [null, null, 0, null],
  ]);
});

it('hides a second cell where one would follow from the total', () => {
  expect(suppressSmall([[3, 20, 30]])[0]).toEqual([null, null, 30, 53]);
  expect(suppressSmall([[12, 20, 30]])[0]).toEqual([12, 20, 30, 62]);
});
