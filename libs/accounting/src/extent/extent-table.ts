/** Turns a change matrix or a list of transitions, as spreadsheets have them, into the document of an extent account. */
import { InputUnreadable } from '../input/errors';

/** Rows of a sheet as text; the first is the heading. */
export type SheetRows = readonly (readonly string[])[];

const unitIn = (text: string): string | undefined => /[[（(]([^\])）]+)[\])）]/.exec(text)?.[1].trim();
const digits = (text: string): string => text.trim().replace(/(?<=\d),(?=\d{3}(\D|$))/g, '');
const isTotal = (text: string): boolean => /^(total|sum|合计|总计|小计)$/i.test(text.trim());

/** Columns of a list of transitions, by the names that people give them, without the unit. */
const columns: Readonly<Record<string, RegExp>> = {
  before: /^(before|期初|期初年份)$/i,
  after: /^(after|期末|期末年份)$/i,
  from: /^(from|转出|期初类型|原类型|转出类型)$/i,
  to: /^(to|转入|期末类型|现类型|转入类型)$/i,
  area: /^(area|面积)$/i,
  cause: /^(cause|原因)$/i,
};

/**
 * The document of `readExtent`, for a matrix with `2015/2020 [km2]` in its first cell (rows are what was, columns what is;
 * totals are held against the sums), or a list with the columns before, after, from, to, area and, at will, cause.
 * @throws InputUnreadable
 */
export function extentOfSheet(file: string, sheet: SheetRows): object {
  const rows = sheet.filter((cells) => cells.some((cell) => cell.trim() !== ''));
  const corner = /(\d{4}\S*?)\s*(?:\/|→|—|–|-|to|至|到)\s*(\d{4}\S*?)\s*[[（(]/.exec(rows[0]?.[0] ?? '');
  return corner ? ofMatrix(file, rows, corner[1], corner[2]) : ofList(file, rows);
}

function ofMatrix(file: string, rows: SheetRows, from: string, to: string): object {
  const [[corner, ...heads], ...lines] = rows;
  const names = heads.map((head) => head.trim());
  const classes = names.filter((name) => name !== '' && !isTotal(name));
  const own = lines.filter(([name]) => !isTotal(name));
  if (own.map(([name]) => name.trim()).join('\n') !== classes.join('\n'))
    throw new InputUnreadable(file, 'A', {
      zh: `行与列的类别须相同且次序一致；列为 ${classes.join('、')}`,
      en: `rows and columns must have the same classes in the same order; the columns are ${classes.join(', ')}`,
    });
  const cellOf = (cells: readonly string[], at: number): string => digits(cells[at + 1] ?? '') || '0';
  const totalColumn = names.findIndex(isTotal);
  const totalRow = lines.find(([name]) => isTotal(name));
  const byClass = (valueOf: (at: number) => string): object =>
    Object.fromEntries(classes.map((code, at) => [code, valueOf(at)]));
  return {
    ...frameOf(file, from, to, unitIn(corner), classes),
    matrix: own.map((cells) => classes.map((code) => cellOf(cells, names.indexOf(code)))),
    ...(totalColumn < 0 ? {} : { opening: byClass((at) => cellOf(own[at], totalColumn)) }),
    ...(totalRow ? { closing: byClass((at) => cellOf(totalRow, names.indexOf(classes[at]))) } : {}),
  };
}

function ofList(file: string, [head = [], ...lines]: SheetRows): object {
  const bare = head.map((name) => name.replace(/[[（(].*$/, '').trim());
  const at = (column: string): number => bare.findIndex((name) => columns[column].test(name));
  const lacking = ['before', 'after', 'from', 'to', 'area'].filter((column) => at(column) < 0);
  if (lacking.length > 0 || lines.length === 0)
    throw new InputUnreadable(file, '1', {
      zh: `首格须为“2015/2020 [km2]”（转移矩阵），或表头须有 期初、期末、转出、转入、面积 [km2]；缺 ${lacking.join('、') || '数据行'}`,
      en: `the first cell must read "2015/2020 [km2]" (a change matrix), or the heading have before, after, from, to, area [km2]; missing: ${lacking.join(', ') || 'rows'}`,
    });
  const textAt = (cells: readonly string[], column: string): string => (cells[at(column)] ?? '').trim();
  const periods = new Set(lines.map((cells) => `${textAt(cells, 'before')}\n${textAt(cells, 'after')}`));
  if (periods.size > 1)
    throw new InputUnreadable(file, '1', {
      zh: '一个文件只能有一对期初与期末；请按时段分成几个文件',
      en: 'a file has one pair of periods; give each pair a file',
    });
  const outsides = new Set(['', 'outside', '外部', '区外']);
  const sideOf = (cells: readonly string[], column: string): string => {
    const name = textAt(cells, column);
    return outsides.has(name) ? 'outside' : name;
  };
  const classes = new Set(lines.flatMap((cells) => [sideOf(cells, 'from'), sideOf(cells, 'to')]));
  classes.delete('outside');
  const [before, after] = [...periods][0].split('\n');
  return {
    ...frameOf(file, before, after, unitIn(head[at('area')]), [...classes]),
    transitions: lines.map((cells) => ({
      from: sideOf(cells, 'from'),
      to: sideOf(cells, 'to'),
      area: digits(textAt(cells, 'area')),
      ...(textAt(cells, 'cause') === '' ? {} : { cause: textAt(cells, 'cause') }),
    })),
  };
}

function frameOf(file: string, from: string, to: string, unit: string | undefined, classes: readonly string[]): object {
  if (unit === undefined)
    throw new InputUnreadable(file, '1', {
      zh: '面积单位须写在方括号里，如 [hm2]',
      en: 'the unit of area stands in brackets, as [hm2]',
    });
  return { title: { zh: file, en: file }, from, to, unit, classes };
}
