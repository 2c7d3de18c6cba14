/** Gathers the rows of an input into periods and units, and sees to it that no row stands twice and none contradict. */
import { digestOf } from '@gep/kernel';
import type { Cells, InputPeriod, InputRow, InputUnit, PolicyBook, Value } from '../expression/place';
import { showValue } from '../lint-table';
import type { PolicyRule, RuleColumn } from '../rule';
import type { InputProblem } from './policy-table';

/** A row whose cells are all understood. */
export interface ReadRow {
  readonly row: number;
  readonly unit: string;
  readonly name: string;
  readonly period: string;
  readonly rowPeriod: string;
  readonly item: string;
  readonly values: Map<RuleColumn, Value>;
}

interface Gathering {
  readonly rule: PolicyRule;
  readonly problems: InputProblem[];
}

export function gatherBook(
  reader: Gathering,
  read: readonly ReadRow[],
  totals: ReadonlyMap<RuleColumn, Value>,
): PolicyBook {
  const ofPeriod = groupBy(read, ({ period }) => period);
  const periods = [...ofPeriod.keys()].sort().map((period): InputPeriod => {
    const rows = ofPeriod.get(period)!;
    const byUnit = groupBy(rows, ({ unit }) => unit);
    const units = [...byUnit.keys()].sort().map((code) => gatherUnit(reader, code, byUnit.get(code)!));
    const cells = new Map([
      ...agree(reader, rows, 'total'),
      ...[...totals].map(([{ code }, value]) => [code, value] as const),
    ]);
    const byCode = new Map(units.map((unit) => [unit.code, unit]));
    return { period, units, byCode, cells };
  });
  const byPeriod = new Map(periods.map((period) => [period.period, period]));
  return { periods, byPeriod, digest: digestOfBook(reader.rule, periods) };
}

function groupBy(rows: readonly ReadRow[], keyOf: (row: ReadRow) => string): Map<string, ReadRow[]> {
  const groups = new Map<string, ReadRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** The rows of a unit, of those with one key the first. */
function refuseRepeated({ rule, problems }: Gathering, code: string, rows: readonly ReadRow[]): readonly ReadRow[] {
  // What has columns of the whole only may stand in any number of rows.
  if (code === '' && rule.columns.every(({ per }) => per === 'total')) return rows;
  if (rows.length === 1) return rows;
  const seen = new Map<string, ReadRow>();
  for (const one of rows) {
    const key = rule.rows.length === 0 ? '' : `${one.rowPeriod} ${one.item}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, one);
    else
      problems.push({
        ...{ row: one.row, column: 'A', value: `${code} ${key}`.trim(), code: 'policy.row-twice' },
        text: {
          zh: `同一单位与时期的行重复，已见于第 ${first.row} 行`,
          en: `the same unit and period stands already in row ${first.row}`,
        },
        mend: {
          zh: '请删去其一；一个单位确有多行时，规则须写 rows',
          en: 'remove one of them; a rule whose units have several rows says so with rows',
        },
      });
  }
  return [...seen.values()];
}

function gatherUnit(reader: Gathering, code: string, given: readonly ReadRow[]): InputUnit {
  const rows = refuseRepeated(reader, code, given);
  const inputRows = rows.map(({ row, rowPeriod, item, values }): InputRow => ({
    ...{ row, period: rowPeriod, item, cells: cellsOf(values, 'row') },
  }));
  inputRows.sort((a, b) =>
    a.period < b.period ? -1 : a.period > b.period ? 1 : a.item < b.item ? -1 : a.item > b.item ? 1 : a.row - b.row,
  );
  const name = rows.find((row) => row.name !== '')?.name ?? '';
  return {
    code,
    name,
    cells: rows.length === 1 ? cellsOf(rows[0].values, 'unit') : new Map(agree(reader, rows, 'unit')),
    rows: inputRows,
  };
}

const noCells: Cells = new Map();

function cellsOf(values: ReadonlyMap<RuleColumn, Value>, per: RuleColumn['per']): Cells {
  let cells: Map<string, Value> | undefined;
  for (const [column, value] of values) if (column.per === per) (cells ??= new Map()).set(column.code, value);
  return cells ?? noCells;
}

/** What stands in several rows and is one value must be the same wherever it stands; it may be left empty in others. */
function agree({ problems }: Gathering, rows: readonly ReadRow[], per: 'unit' | 'total'): [string, Value][] {
  const found = new Map<string, { value: Value; row: number }>();
  for (const { row, values } of rows)
    for (const [code, value] of cellsOf(values, per)) {
      const first = found.get(code);
      if (!first) found.set(code, { value, row });
      else if (showValue(first.value) !== showValue(value))
        problems.push({
          ...{ row, column: code, value: showValue(value), code: 'policy.disagree' },
          text: {
            zh: `与第 ${first.row} 行的 ${showValue(first.value)} 不一致`,
            en: `row ${first.row} says ${showValue(first.value)}`,
          },
          mend: {
            zh: per === 'total' ? '此列整体只有一个值，各行须相同或留空' : '此列每单位只有一个值，各行须相同或留空',
            en: `this column has one value for ${per === 'total' ? 'the whole' : 'a unit'}: give the same in each row, or leave it empty`,
          },
        });
    }
  return [...found].map(([code, { value }]) => [code, value]);
}

/** Of what was read, in the order of codes: the order of rows and columns of the file does not matter. */
function digestOfBook({ columns }: PolicyRule, periods: readonly InputPeriod[]): string {
  const codes = columns.map(({ code }) => code).sort();
  const plain = (cells: Cells): string[] => {
    const told: string[] = [];
    if (cells.size === 0) return told;
    for (const code of codes) {
      const value = cells.get(code);
      if (value !== undefined) told.push(code, showValue(value));
    }
    return told;
  };
  const lines = periods.flatMap(({ period, cells, units }) => [
    JSON.stringify([period, plain(cells)]),
    ...units.map(({ code, cells: own, rows }) =>
      JSON.stringify([code, plain(own), rows.map((row) => [row.period, row.item, plain(row.cells)])]),
    ),
  ]);
  return digestOf(lines.join('\n'));
}
