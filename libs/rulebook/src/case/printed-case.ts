/** A study as a set of printed tables of any shape: axes, measures, printed digits, and notes on its inconsistencies. */
import { closestWord, type Bilingual } from '@gep/kernel';
import { RulebookFileUnreadable } from '../errors';
import { compileShape } from '../yaml/check-shape';
import type { NormFile } from '../norm/norm';
import { formatPath } from '../yaml/problem-log';
import { readYaml } from '../yaml/read-yaml';
import { observationsFile } from './observations-file';
import type { CaseNote } from './published-case';
import { bilingual, decimal, record, rowsOf, text } from '../yaml/shapes';

/** What rows and columns of a printed table may go by. */
export const caseAxes = ['service', 'group', 'category', 'type', 'territory', 'period', 'item', 'formula'] as const;
export type CaseAxis = (typeof caseAxes)[number];

/**
 * What a printed figure is: `share` and `areaShare` are per cent of the same cell without its row. Against the period
 * `since`: `difference` and `areaDifference` are what came to it, `growth` and `areaGrowth` the same in per cent,
 * `yearlyChange` (of values) and `dynamicDegree` (of areas) these per cent ÷ years, `yearlyGrowth` the per cent that give
 * the value when compounded. `rank` counts from the largest value among the codes of its level, `perArea` is value ÷
 * area, `unitValue` value ÷ quantity (γ taken in), `price` what a line was valued at before γ, `ratio` value ÷ `per`.
 */
export const caseMeasures = [
  'value',
  'quantity',
  'area',
  'share',
  'areaShare',
  'growth',
  'areaGrowth',
  'difference',
  'areaDifference',
  'yearlyChange',
  'yearlyGrowth',
  'dynamicDegree',
  'rank',
  'perArea',
  'unitValue',
  'price',
  'ratio',
] as const;
export type CaseMeasure = (typeof caseMeasures)[number];

/** Measures in per cent whose deviation is in points. */
export const measuresInPoints: ReadonlySet<CaseMeasure> = new Set([
  ...(['share', 'areaShare', 'growth', 'areaGrowth'] as const),
  ...(['yearlyChange', 'yearlyGrowth', 'dynamicDegree'] as const),
]);

export interface PrintedTable {
  readonly id: string;
  readonly title: Bilingual;
  readonly rows: CaseAxis;
  /** Another axis, or `measure`: then the column keys are measures. */
  readonly columns: CaseAxis | 'measure';
  /** What all cells are, when the columns are not measures; `value` when absent. */
  readonly measure?: CaseMeasure;
  /** Units of the printed figures by measure. */
  readonly units?: Readonly<Partial<Record<CaseMeasure, string>>>;
  /** What holds for every cell: one code or several of an axis. */
  readonly where?: Readonly<Partial<Record<CaseAxis, string | readonly string[]>>>;
  /** What `ratio` divides by: 226.7 亿元 of GDP, or 1060000 person. */
  readonly per?: { readonly amount: string; readonly unit: string };
  /** The period that changes start from: growth, difference, dynamic degree. */
  readonly since?: string;
  /** The parameter of the norm, yuan for one unit of a currency, by which money printed in that currency is turned into it. */
  readonly exchange?: string;
  /** Rows or columns that stand for several codes of their axis. */
  readonly sets?: Readonly<Record<string, { readonly name: Bilingual; readonly codes: readonly string[] }>>;
  /** Row → column → the figure as printed, with its unit behind a blank where it has one of its own. `total` is any code. */
  readonly cells: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A study with its printed tables; `notes` name cells as `table`, `table.row` or `table.row.column`. */
export interface PrintedCase {
  readonly case: string;
  readonly title: Bilingual;
  readonly source: Bilingual;
  /** Id of a norm of the rulebook, or a folder seen from this file when it begins with a point (`.`, `./norm`). */
  readonly norm: string;
  /** Files beside this one; together they are one import. */
  readonly observations: readonly string[];
  /** Names of the territories, where their codes do not say enough. */
  readonly territories?: Readonly<Record<string, Bilingual>>;
  readonly tolerance?: { readonly relative?: string; readonly points?: string };
  readonly tables: readonly PrintedTable[];
  readonly notes?: readonly CaseNote[];
}

const each = (of: readonly string[], value: object) =>
  record(Object.fromEntries(of.map((name) => [name, value] as const)), []);
const table = record(
  {
    id: { type: 'string', pattern: '^[A-Za-z0-9-]+$' },
    title: bilingual,
    rows: { type: 'string', enum: [...caseAxes] },
    columns: { type: 'string', enum: [...caseAxes, 'measure'] },
    measure: { type: 'string', enum: [...caseMeasures] },
    units: each(caseMeasures, text),
    where: each(caseAxes, { type: ['string', 'array'], items: text, minLength: 1, minItems: 1 }),
    per: record({ amount: decimal, unit: text }),
    since: text,
    exchange: text,
    sets: rowsOf(record({ name: bilingual, codes: { type: 'array', items: text, minItems: 1 } })),
    cells: rowsOf(
      rowsOf({
        type: 'string',
        pattern: '^[-−]?(\\d+|\\d{1,3}(,\\d{3})+)(\\.\\d+)?(%| .+)?$',
        mend: {
          zh: '写印刷的数字，单位在空格之后：3.50、65,000、1.2%、"22.51 万m3"；论文未印的格不写',
          en: 'write the digits as printed, a unit behind a blank: 3.50, 65,000, 1.2%, "22.51 万m3"; leave out what the paper does not print',
        },
      }),
    ),
  },
  ['id', 'title', 'rows', 'columns', 'cells'],
);
const departuresOf = compileShape(
  record(
    {
      case: { type: 'string', pattern: '^[a-z0-9-]+$' },
      title: bilingual,
      source: bilingual,
      norm: text,
      observations: { type: 'array', items: observationsFile, minItems: 1 },
      territories: rowsOf(bilingual),
      tolerance: record({ relative: decimal, points: decimal }, []),
      tables: { type: 'array', items: table, minItems: 1 },
      notes: { type: 'array', items: record({ cells: { type: 'array', items: text, minItems: 1 }, text: bilingual }) },
    },
    ['case', 'title', 'source', 'norm', 'observations', 'tables'],
  ),
);

/** Whether the file has a list of tables; else it is a study in two columns. */
export function hasPrintedTables(file: NormFile): boolean {
  return /^tables:/m.test(file.text);
}

/** @throws RulebookFileUnreadable with every problem and its line */
export function parsePrintedCase(file: NormFile): PrintedCase {
  const source = readYaml(file);
  const departures = source.faults.length > 0 ? [] : departuresOf(source.value);
  const problems = [
    ...source.faults.map(({ at, text: { zh, en } }) => ({ line: at.line, zh, en })),
    ...departures.map(({ path, atKey, text: reason, mend }) => ({
      line: source.position(path, atKey ? 'key' : 'value').line,
      zh: `${formatPath(path)}：${reason.zh}；${mend.zh}`,
      en: `${formatPath(path)}: ${reason.en}; ${mend.en}`,
    })),
    ...(source.faults.length + departures.length > 0
      ? []
      : [
          ...measuresAstray(source.value as PrintedCase).map(({ path, name, mend }) => ({
            line: source.position(path, 'key').line,
            zh: `${formatPath(path)}：没有指标“${name}”（columns 为 measure 时，列键是指标）；${mend.zh}`,
            en: `${formatPath(path)}: there is no measure "${name}" (with columns: measure, keys of columns are measures); ${mend.en}`,
          })),
          ...notesAstray(source.value as PrintedCase).map(([at, cell]) => ({
            line: source.position(['notes', at]).line,
            zh: `注 ${at + 1} 指向不存在的单元格“${cell}”；请写作 表、表.行 或 表.行.列`,
            en: `note ${at + 1} names a cell that is not there, "${cell}"; write table, table.row or table.row.column`,
          })),
        ]),
  ];
  if (problems.length === 0) return withPlainDigits(source.value as PrintedCase);
  const list = (language: 'zh' | 'en'): string =>
    problems.map((problem) => `\n  ${problem.line}: ${problem[language]}`).join('');
  throw new RulebookFileUnreadable(file.path, { zh: list('zh'), en: list('en') });
}

/** Without the signs for thousands that tables are printed with; per cent is the unit of the figure. */
function withPlainDigits(printed: PrintedCase): PrintedCase {
  const plain = (text: string): string => {
    const [digits, ...unit] = text.split(' ');
    return [digits.replace(/,/g, '').replace('−', '-').replace(/%$/, ' %'), ...unit].join(' ');
  };
  const rowOf = (row: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(row).map(([column, text]) => [column, plain(text)]));
  const tables = printed.tables.map((each) => ({
    ...each,
    cells: Object.fromEntries(Object.entries(each.cells).map(([code, row]) => [code, rowOf(row)])),
  }));
  return { ...printed, tables };
}

/** Each name once a table, at its first row. */
function measuresAstray({ tables }: PrintedCase): { path: (string | number)[]; name: string; mend: Bilingual }[] {
  return tables.flatMap(({ columns, cells }, at) => {
    if (columns !== 'measure') return [];
    const rowOf = new Map<string, string>();
    for (const [row, own] of Object.entries(cells))
      for (const name of Object.keys(own)) if (!rowOf.has(name)) rowOf.set(name, row);
    return [...rowOf]
      .filter(([name]) => !(caseMeasures as readonly string[]).includes(name))
      .map(([name, row]) => ({ path: ['tables', at, 'cells', row, name], name, mend: measureMeant(name) }));
  });
}

function measureMeant(name: string): Bilingual {
  const near = closestWord(name, caseMeasures);
  const all = caseMeasures.join(', ');
  return {
    zh: `${near ? `是否应为“${near}”？` : ''}可用的指标：${all}`,
    en: `${near ? `did you mean "${near}"? ` : ''}measures are ${all}`,
  };
}

function notesAstray({ tables, notes = [] }: PrintedCase): [number, string][] {
  const isThere = (cell: string): boolean => {
    const [id, row, column, ...more] = cell.split('.');
    const cells = tables.find((one) => one.id === id)?.cells;
    if (id === 'text') return true;
    if (!cells || more.length > 0) return false;
    return row === undefined || (row in cells && (column === undefined || column in cells[row]));
  };
  return notes.flatMap(({ cells }, at) =>
    cells.filter((cell) => !isThere(cell)).map((cell): [number, string] => [at, cell]),
  );
}
