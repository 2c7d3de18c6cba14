/** Renders plain-text tables for a terminal, counting Chinese characters as two columns wide. */

/** One column: its heading (unit included), and whether its cells are numbers, which align right, or at their point. */
export interface TableColumn {
  readonly heading: string;
  readonly numeric?: boolean | 'point';
  /** Display columns that a cell takes at most; what is longer goes on in the next line. */
  readonly most?: number;
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Columns that the text takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

/** Rows under headings, columns parted by two spaces; no trailing blanks, one line per row unless a column is narrowed. */
export function renderTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const aligned = columns.map(({ numeric }, at) => {
    const cells = rows.map((row) => row[at] ?? '');
    return numeric === 'point' ? alignPoints(cells) : cells;
  });
  const wrapped = aligned.map((cells, at) => cells.map((cell) => wrapText(cell, columns[at].most)));
  const heads = columns.map(({ heading, most }) => wrapText(heading, most));
  const widths = columns.map((_, at) => Math.max(...[heads[at], ...wrapped[at]].flat().map(displayWidth)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => {
        const blanks = ' '.repeat(widths[at] - displayWidth(cell));
        return columns[at].numeric ? blanks + cell : cell + blanks;
      })
      .join('  ')
      .trimEnd();
  const lines = (cells: readonly (readonly string[])[]): string[] =>
    Array.from({ length: Math.max(...cells.map(({ length }) => length)) }, (_, no) =>
      line(cells.map((parts) => parts[no] ?? '')),
    );
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [...lines(heads), rule, ...rows.flatMap((_, row) => lines(wrapped.map((cells) => cells[row])))].join('\n');
}

/** What is not parted: a blank, a Chinese character, or a word of others, with brackets and stops beside it. */
const unbroken = new RegExp(`[（《“]*(?:${wide.source}|[^ \\u1100-\\uffe6]+)[，。；：、）》”]*|.`, 'gsu');

/** Breaks at blanks and beside Chinese characters; a word that is longer than a line stays whole. */
export function wrapText(text: string, most = Infinity): string[] {
  if (displayWidth(text) <= most) return [text];
  const pieces = text.match(unbroken) ?? [];
  const lines: string[] = [''];
  for (const piece of pieces) {
    const longer = lines.at(-1)! + piece;
    if (lines.at(-1) === '' || displayWidth(longer.trimEnd()) <= most) lines[lines.length - 1] = longer.trimStart();
    else lines.push(piece.trimStart());
  }
  return lines.map((one) => one.trimEnd());
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
