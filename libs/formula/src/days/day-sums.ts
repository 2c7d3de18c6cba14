/** Sums over the days of a period by the kernel that sums patches: each day is a row. */
import { assert, digestOf } from '@gep/kernel';
import { UndefinedValue } from '../errors';
import { ColumnChunk, KernelPlan } from '../kernel/kernel-plan';
import { reducePartials } from '../kernel/reduce-partials';
import { runKernel } from '../kernel/run-kernel';
import { describeRow } from '../plan/describe-row';
import { columnsOf, keyOf, RowExpression } from '../plan/row-expression';
import { DayTable, daysWith, valueOnDay } from './day-table';

/** A sum over days that patch formulas read as if it were a column: the same number in every row. */
export interface DaySum {
  /** Name of that column. It names the sum with all its numbers: equal names over equal series are equal sums. */
  readonly column: string;
  readonly row: RowExpression;
  /** Series that it reads; it goes over the days on which all of them have a value. */
  readonly series: readonly string[];
  /** Other sums over days that it reads. */
  readonly sums: readonly string[];
  /** The formula in which it stands, and the part of its text that is summed. */
  readonly formula: string;
  readonly expression: string;
}

/** What a sum over days came to. */
export interface DayTotal {
  readonly sum: DaySum;
  /** In the units of the series; NaN when a series is absent or no day has a value. */
  readonly value: number;
  /** Days of the period, and those that were summed. */
  readonly days: number;
  readonly counted: number;
  /** Series without a single value. */
  readonly absent: readonly string[];
}

const longestName = 160;
const prefix = 'sum(days, ';

/**
 * Describes the sum of a row expression over days.
 * @param series what its text reads; the algebra may have left some of it out of the row
 */
export function daySumOf(
  row: RowExpression,
  series: readonly string[],
  { formula, expression }: Pick<DaySum, 'formula' | 'expression'>,
): DaySum {
  const read = [...columnsOf(row)];
  const text = describeRow(row, 0);
  const whole = text.length <= longestName && !text.includes('…') ? text : `#${digestOf(keyOf(row)).slice(0, 16)}`;
  const only = series.filter((name) => !read.includes(name));
  const column = `${prefix}${whole})${only.length > 0 ? ` on days with ${only.join(', ')}` : ''}`;
  return { column, row, series, sums: read.filter((name) => name.startsWith(prefix)), formula, expression };
}

/**
 * The sums, each after those it reads, from one table of days.
 * @throws UndefinedValue when a day has no finite value
 */
export function sumDays(sums: readonly DaySum[], table: DayTable): DayTotal[] {
  const totals = new Map<string, DayTotal>();
  for (const sum of sums) totals.set(sum.column, sumOne(sum, table, totals));
  return [...totals.values()];
}

function sumOne(sum: DaySum, table: DayTable, before: ReadonlyMap<string, DayTotal>): DayTotal {
  const inner = sum.sums.map((name) => before.get(name)!);
  const absent = [
    ...sum.series.filter((name) => daysWith(table, [name]).length === 0),
    ...inner.flatMap((each) => each.absent),
  ];
  const counted = daysWith(table, sum.series);
  const facts = { sum, days: table.days.length, counted: counted.length, absent: [...new Set(absent)] };
  if (facts.absent.length > 0 || counted.length === 0) return { ...facts, value: NaN };
  const columns = new Map(
    [...columnsOf(sum.row)].map((name) => [
      name,
      Float64Array.from(counted, (at) => before.get(name)?.value ?? valueOnDay(table, name, at)),
    ]),
  );
  const chunk: ColumnChunk = {
    rows: counted.length,
    typeIndex: new Uint8Array(counted.length),
    columns: Object.fromEntries(columns),
  };
  const plan: KernelPlan = {
    columns: [...columns.keys()],
    types: ['day'],
    bases: [sum.row],
    keys: [keyOf(sum.row)],
    needs: [[true]],
    formulas: [[sum.formula]],
  };
  const { sums, fault } = reducePartials(plan, [runKernel(plan, [chunk])]);
  if (fault) {
    assert(fault.kind === 'not-finite', 'days without a value were left out');
    throw new UndefinedValue(sum.formula, `${sum.expression} (${table.days[counted[fault.row]]})`);
  }
  return { ...facts, value: sums[0] };
}
