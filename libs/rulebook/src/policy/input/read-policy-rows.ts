/** Reads a table of input for a rule into periods, units and rows, or tells everything that is wrong with it. */
import { Fraction, InvalidPeriod, parsePeriod, type UnitTable } from '@gep/kernel';
import { lengthOfPeriod } from '../expression/periods';
import type { PolicyBook, Value } from '../expression/place';
import { showValue } from '../lint-table';
import type { PolicyRule, RuleColumn } from '../rule';
import { refuseUnscorable } from '../scorecard/refuse-unscorable';
import { gatherBook, type ReadRow } from './gather-book';
import { countMatches, matchHeader, type MatchedColumn } from './match-header';
import {
  letterOf,
  textOfCell,
  type InputProblem,
  type NumberReader,
  type PolicyCell,
  type PolicyTable,
} from './policy-table';
import { readCell } from './read-cell';

export interface ReadingOptions {
  readonly numberOf: NumberReader;
  /** The period of all rows when the table has no such column. */
  readonly period?: string;
  /** Values of the whole, given beside the table. */
  readonly totals?: Readonly<Record<string, string>>;
}

const rowsSearched = 30;

export function readPolicyRows(
  rule: PolicyRule,
  units: UnitTable,
  table: PolicyTable,
  options: ReadingOptions,
): { book?: PolicyBook; problems: InputProblem[]; ignored: string[] } {
  refuseUnscorable(rule);
  const { headerRow, header, rows } = findHeader(rule, table);
  const { matched, ignored, problems } = matchHeader(rule, units, headerRow, header);
  if (matched.length === 0) return { problems: [...problems, noRows(rule, headerRow)], ignored };
  problems.push(...missingColumns(rule, matched, headerRow, options));
  const reader = { rule, units, matched, options, problems };
  if (refuseGivenPeriod(reader)) return { problems, ignored };
  const read: ReadRow[] = [];
  let count = 0;
  for (const { row, cells } of rows) {
    count += 1;
    const one = readRow(reader, row, cells);
    if (one) read.push(one);
  }
  if (count === 0) problems.push(noRows(rule, headerRow));
  const totals = readTotals(reader);
  const book = gatherBook(reader, read, totals);
  problems.sort((a, b) => a.row - b.row);
  return problems.length > 0 ? { problems, ignored } : { book, problems, ignored };
}

/** The header among the first rows, and the rows below it, each read when it is asked for. */
function findHeader(rule: PolicyRule, { rows, header }: PolicyTable) {
  const source = filledRows(rows)[Symbol.iterator]();
  if (header) return { headerRow: 1, header, rows: chain([], source) };
  const first: TableRow[] = [];
  for (let next = source.next(); !next.done; next = source.next()) {
    first.push(next.value);
    if (first.length === rowsSearched) break;
  }
  const counts = first.map(({ cells }) => countMatches(rule, cells));
  const at = counts.indexOf(Math.max(0, ...counts));
  return { headerRow: first[at]?.row ?? 1, header: first[at]?.cells ?? [], rows: chain(first.slice(at + 1), source) };
}

type TableRow = PolicyTable['rows'] extends Iterable<infer Row> ? Row : never;

function* filledRows(rows: Iterable<TableRow>): Generator<TableRow> {
  for (const row of rows) if (row.cells.some((cell) => textOfCell(cell) !== '')) yield row;
}

function* chain(first: readonly TableRow[], rest: Iterator<TableRow>): Generator<TableRow> {
  yield* first;
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
}

function noRows(rule: PolicyRule, row: number): InputProblem {
  const wanted = ['unit', ...(rule.period === 'none' ? [] : ['period']), ...rule.columns.map(({ code }) => code)].join(
    ', ',
  );
  return {
    row,
    column: 'A',
    value: '',
    code: 'policy.no-input',
    text: { zh: '没有可识别的表头，或表头下没有数据', en: 'there is no header that is understood, or no row below it' },
    mend: { zh: `表头应有：${wanted}`, en: `the header should have ${wanted}` },
  };
}

/** Columns that every row of the rule needs, and that the table does not have. */
function missingColumns(
  rule: PolicyRule,
  matched: readonly MatchedColumn[],
  row: number,
  { period, totals = {} }: ReadingOptions,
): InputProblem[] {
  const has = (wanted: NonNullable<MatchedColumn['key']>): boolean => matched.some(({ key }) => key === wanted);
  const lacking: string[] = [];
  const perUnit = rule.columns.some(({ per }) => per !== 'total');
  if (perUnit && !has('unit') && !has('name')) lacking.push('unit');
  if (rule.period !== 'none' && !has('period') && period === undefined) lacking.push('period');
  for (const column of rule.columns)
    if (column.fallback === undefined && !(column.code in totals) && !matched.some((one) => one.column === column))
      lacking.push(column.code);
  return lacking.map((code) => ({
    row,
    column: code,
    value: '',
    code: 'policy.column-missing',
    text: { zh: `缺少列“${code}”`, en: `the column "${code}" is missing` },
    mend:
      code === 'period'
        ? { zh: '请补上该列，或用 --period 给出核算期', en: 'add it, or name the period with --period' }
        : { zh: '请补上该列', en: 'add it' },
  }));
}

interface Reader {
  readonly rule: PolicyRule;
  readonly units: UnitTable;
  readonly matched: readonly MatchedColumn[];
  readonly options: ReadingOptions;
  readonly problems: InputProblem[];
}

function readRow(reader: Reader, row: number, cells: readonly PolicyCell[]): ReadRow | undefined {
  const { rule, units, matched, options, problems } = reader;
  const values = new Map<RuleColumn, Value>();
  const keys = new Map<string, string>();
  const items = rule.rows.length === 0 ? rule.rows : rule.rows.filter((key) => key !== 'month' && key !== 'quarter');
  let isKnown = true;
  const add = ({ index, written }: MatchedColumn, reason: Pick<InputProblem, 'code' | 'text' | 'mend'>): void => {
    const value = textOfCell(cells[index]).slice(0, 80);
    problems.push({
      row,
      column: `${letterOf(index)} ${written}`,
      value,
      code: reason.code,
      text: reason.text,
      mend: reason.mend,
    });
  };
  for (const one of matched) {
    if (one.key) keys.set(one.key, textOfCell(cells[one.index]));
    if (!one.column) continue;
    const read = readCell(cells[one.index], { column: one.column, unit: one.unit }, units, options.numberOf);
    if (typeof read === 'object' && !(read instanceof Fraction)) {
      add(one, read);
      isKnown &&= !items.includes(one.column.code);
    } else if (read !== undefined) values.set(one.column, read);
  }
  const { unit, name } = unitOf(reader, keys);
  const unitColumn = matched.find(({ key }) => key === 'unit') ?? matched.find(({ key }) => key === 'name');
  if (unit === '' && unitColumn)
    add(unitColumn, {
      code: 'policy.unit-missing',
      text: { zh: '没有写单位', en: 'the unit is empty' },
      mend: { zh: '请补上单位代码或名称', en: 'give the code or name of the unit' },
    });
  const rowPeriod = readPeriod(reader, keys.get('period'), (reason) =>
    add(
      matched.find(({ key }) => key === 'period')!,
      reason,
    ),
  );
  // A row with a bad cell is still held against the others, unless the cell says which row it is.
  if (!isKnown || rowPeriod === undefined || (unit === '' && unitColumn)) return undefined;
  const item = items
    .map((key) => values.get(rule.columns.find(({ code }) => code === key)!) ?? '')
    .map(showValue)
    .join(' · ');
  return { row, unit, name, period: settledPeriod(rule, rowPeriod), rowPeriod, item, values };
}

/** Without a code the name is the code. */
function unitOf({ matched }: Reader, keys: ReadonlyMap<string, string>): { unit: string; name: string } {
  const code = keys.get('unit');
  const name = keys.get('name') ?? '';
  const coded = matched.some(({ key }) => key === 'unit');
  return { unit: coded ? (code ?? '') : name, name };
}

/** The length that the rows of a rule have. */
const rowLength = ({ rows, period }: PolicyRule): PolicyRule['period'] =>
  rows.includes('month') ? 'month' : rows.includes('quarter') ? 'quarter' : period;

function readPeriod(
  { rule, options }: Reader,
  written: string | undefined,
  add: (reason: Pick<InputProblem, 'code' | 'text' | 'mend'>) => void,
): string | undefined {
  const text = written ?? options.period ?? '';
  if (rule.period === 'none' || (text === '' && written === undefined)) return '';
  const wanted = rowLength(rule);
  const plain = text
    .replace(/\s+/g, '')
    .replace(
      /^(\d{4})年?第?([1-4一二三四])季度?$/,
      (_, year: string, quarter: string) => `${year}-Q${'一二三四'.indexOf(quarter) + 1 || quarter}`,
    )
    .replace(/^(\d{4})年(\d{1,2})月$/, (_, year: string, month: string) => `${year}-${month.padStart(2, '0')}`)
    .replace(/年度?$/, '');
  try {
    if (lengthOfPeriod(parsePeriod(plain)) === wanted) return plain;
  } catch (error) {
    if (!(error instanceof InvalidPeriod)) throw error;
  }
  const example = wanted === 'year' ? '2024' : wanted === 'quarter' ? '2024-Q3' : '2024-07';
  add({
    code: 'policy.period',
    text: { zh: `“${text}”不是此规则的核算期`, en: `"${text}" is no period of this rule` },
    mend: { zh: `请写成 ${example}`, en: `write it as ${example}` },
  });
  return undefined;
}

/** The period that is given beside a table without such a column is read once, not with every row. */
function refuseGivenPeriod(reader: Reader): boolean {
  const { matched, options, problems } = reader;
  const { period } = options;
  if (period === undefined || matched.some(({ key }) => key === 'period')) return false;
  const before = problems.length;
  readPeriod(reader, undefined, (reason) => problems.push({ row: 0, column: '--period', value: period, ...reason }));
  return problems.length > before;
}

function settledPeriod({ period }: PolicyRule, rowPeriod: string): string {
  if (rowPeriod === '' || period === 'none' || lengthOfPeriod(rowPeriod) === period) return rowPeriod;
  if (period === 'year') return rowPeriod.slice(0, 4);
  return `${rowPeriod.slice(0, 4)}-Q${Math.ceil(Number(rowPeriod.slice(5)) / 3)}`;
}

function readTotals({ rule, units, options, problems }: Reader): Map<RuleColumn, Value> {
  const found = new Map<RuleColumn, Value>();
  for (const [code, text] of Object.entries(options.totals ?? {})) {
    const column = rule.columns.find((one) => one.code === code && one.per === 'total');
    const value = column && readCell(text, { column }, units, options.numberOf);
    const known = rule.columns
      .filter(({ per }) => per === 'total')
      .map((one) => one.code)
      .join(', ');
    if (!column || value === undefined)
      problems.push({
        ...{ row: 0, column: code, value: text, code: 'policy.no-total' },
        text: { zh: `规则没有整体的列“${code}”`, en: `the rule has no column "${code}" of the whole` },
        mend: { zh: `可选：${known}`, en: `it has: ${known}` },
      });
    else if (typeof value === 'object' && !(value instanceof Fraction))
      problems.push({ row: 0, column: code, value: text, ...value });
    else found.set(column, value);
  }
  return found;
}
