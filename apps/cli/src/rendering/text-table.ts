/** Renders plain-text tables for a terminal, counting Chinese characters as two columns wide. */

/** One column: its heading (unit included), and whether its cells are numbers, which align right, or at their point. */
export interface TableColumn {
  readonly heading: string;
  readonly numeric?: boolean | 'point';
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Columns that the text takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

/** Rows under headings, columns parted by two spaces; no trailing blanks, one line per row. */
export function renderTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const aligned = columns.map(({ numeric }, at) => {
    const cells = rows.map((row) => row[at] ?? '');
    return numeric === 'point' ? alignPoints(cells) : cells;
  });
  const widths = columns.map((column, at) => Math.max(displayWidth(column.heading), ...aligned[at].map(displayWidth)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => {
        const blanks = ' '.repeat(widths[at] - displayWidth(cell));
        return columns[at].numeric ? blanks + cell : cell + blanks;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [
    line(columns.map((column) => column.heading)),
    rule,
    ...rows.map((_, row) => line(aligned.map((cells) => cells[row]))),
  ].join('\n');
}

/** Pads numbers on the right so that their points stand below each other; words are left alone. */
function alignPoints(cells: readonly string[]): string[] {
  const afterPoint = (cell: string): number => {
    const point = cell.indexOf('.');
    return point < 0 ? 0 : displayWidth(cell.slice(point));
  };
  const isNumber = (cell: string): boolean => /^-?\d/.test(cell);
  const most = Math.max(0, ...cells.filter(isNumber).map(afterPoint));
  return cells.map((cell) => (isNumber(cell) ? cell + ' '.repeat(most - afterPoint(cell)) : cell));
}
