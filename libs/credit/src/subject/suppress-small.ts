/** Hides small cells of a table of persons, and so many others that no hidden one follows from what is shown. */

/** Fewer persons than these are not shown. */
export const leastPersons = 5;

/**
 * Rows of whole counts with their margins added behind and below: every row and column of the result sums to its last cell.
 * Hidden cells are null. In no line stands one hidden cell alone, and those of a line are together no smaller than the least.
 * Noughts are shown, but not in a line of few, where they tell which ones those are not; what nobody of many is in tells it of nobody.
 */
export function suppressSmall(counts: readonly (readonly number[])[], least = leastPersons): (number | null)[][] {
  const table = withMargins(counts);
  const isFew = (persons: number): boolean => persons > 0 && persons < least;
  const sums = table.at(-1)!;
  const whole = sums.at(-1)!;
  const hidden = table.map((row) =>
    row.map((cell, c) => isFew(cell) || (isFew(row.at(-1)!) && (isFew(whole) || sums[c] > 0))),
  );
  const lines = linesOf(table);
  for (let changed = true; changed;) {
    changed = false;
    for (const line of lines) {
      if (isSafe(table, hidden, line, least)) continue;
      const [row, column] = nextToHide(table, hidden, line);
      hidden[row][column] = changed = true;
    }
  }
  return table.map((row, r) => row.map((cell, c) => (hidden[r][c] ? null : cell)));
}

type Cell = readonly [row: number, column: number];

function withMargins(counts: readonly (readonly number[])[]): number[][] {
  const rows = counts.map((row) => [...row, row.reduce((sum, count) => sum + count, 0)]);
  const width = rows[0]?.length ?? 0;
  return [...rows, Array.from({ length: width }, (_, at) => rows.reduce((sum, row) => sum + row[at], 0))];
}

/** The cells of each row and column, the margin last. */
function linesOf(table: readonly (readonly number[])[]): Cell[][] {
  const rows = table.map((row, r) => row.map((_, c): Cell => [r, c]));
  const columns = (table[0] ?? []).map((_, c) => table.map((_row, r): Cell => [r, c]));
  return [...rows, ...columns];
}

function isSafe(table: number[][], hidden: boolean[][], line: readonly Cell[], least: number): boolean {
  const own = line.filter(([r, c]) => hidden[r][c]);
  if (own.length === 0 || own.length === line.length) return true;
  const [marginRow, marginColumn] = line.at(-1)!;
  // With the margin hidden, what the others leave open is the margin itself.
  const parts = hidden[marginRow][marginColumn] ? own.slice(0, -1) : own;
  const sum = parts.reduce((total, [r, c]) => total + table[r][c], 0);
  return own.length > 1 && (hidden[marginRow][marginColumn] || sum >= least);
}

/** The smallest cell that is still shown, those above nought first, and the margin last. */
function nextToHide(table: number[][], hidden: boolean[][], line: readonly Cell[]): Cell {
  const shown = line.filter(([r, c]) => !hidden[r][c]);
  const inner = shown.filter((cell) => cell !== line.at(-1));
  const rank = ([r, c]: Cell): number => (table[r][c] === 0 ? Infinity : table[r][c]);
  return (inner.length > 0 ? inner : shown).toSorted((a, b) => rank(a) - rank(b))[0];
}
