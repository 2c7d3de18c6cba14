/** Reads what a department hands in for a scorecard: only columns of its own, only units below the place, never its own figure. */
import { type Bilingual, Fraction, type UnitTable } from '@gep/kernel';
import type { PolicyRule, Scorecard } from '@gep/rulebook';
import { type InputTable, readInput } from '@gep/settlement';

/** One figure: unit, column of the rule, exact text in the unit of the rule. */
export type DeliveredCell = readonly [unit: string, column: string, text: string];

/** Columns that a department may fill, the states of its indicators included. */
export function columnsOfDepartment({ departments, indicators }: Scorecard, department: string): string[] {
  const columns = departments.find(({ code }) => code === department)?.columns ?? [];
  const states = indicators.filter(({ code }) => columns.includes(code)).map(({ code }) => `${code}_state`);
  return [...columns, ...states];
}

interface ReadDelivery {
  readonly cells: readonly DeliveredCell[];
  /** Columns of other departments. */
  readonly foreign: readonly string[];
  readonly otherPeriods: readonly string[];
}

/**
 * Values in the units of the rule.
 * @throws PolicyInputRefused with every cell that cannot be read
 */
export function readDelivery(
  rule: PolicyRule,
  units: UnitTable,
  { department, period, table }: { readonly department: string; readonly period: string; readonly table: InputTable },
): ReadDelivery {
  const own = columnsOfDepartment(rule.scorecard!, department);
  const heads = table.header.map((name) => name.replace(/\s*[[（(].*$/, '').trim());
  const foreign = rule.columns
    .filter(({ code, name }) => !own.includes(code) && heads.some((head) => [code, name.zh, name.en].includes(head)))
    .map(({ code }) => code);
  // A column that is not there is not asked for here: departments may come in parts.
  const columns = rule.columns
    .filter(({ code }) => own.includes(code))
    .map((column) => ({ ...column, fallback: column.fallback ?? Fraction.zero }));
  const book = readInput({ ...rule, columns, scorecard: undefined }, units, table, period);
  const cells = (book.byPeriod.get(period)?.units ?? []).flatMap(({ code, cells: given }) =>
    [...given].map(([column, value]): DeliveredCell => [code, column, textOf(value)]),
  );
  return { cells, foreign, otherPeriods: book.periods.map((one) => one.period).filter((one) => one !== period) };
}

const textOf = (value: Fraction | boolean | string): string =>
  value instanceof Fraction ? value.toExactText() : typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;

/** @param paths of units and of the supplier, where they are known on the last day of the period */
export function deliveryFaults(
  { cells, foreign, otherPeriods }: ReadDelivery,
  {
    supplier,
    placePath,
    paths,
  }: { readonly supplier: string; readonly placePath: string; readonly paths: ReadonlyMap<string, string> },
): Bilingual[] {
  const faults: Bilingual[] = [];
  if (foreign.length > 0)
    faults.push({
      zh: `这些列由其他部门提供：${foreign.join('、')}`,
      en: `these columns are another department's: ${foreign.join(', ')}`,
    });
  if (otherPeriods.length > 0)
    faults.push({
      zh: `有其他年份的行：${otherPeriods.join('、')}；一次只报一年`,
      en: `rows of other years are there: ${otherPeriods.join(', ')}; hand in one year at a time`,
    });
  if (cells.length === 0)
    faults.push({
      zh: '没有本部门的数据列（列名用规则中的代码或名称，见 gep policy show）',
      en: 'no column of this department is there (columns go by code or name of the rule, see gep policy show)',
    });
  const supplierPath = paths.get(supplier);
  const isAbove =
    supplierPath !== undefined && (placePath === supplierPath || placePath.startsWith(`${supplierPath}.`));
  for (const unit of new Set(cells.map(([one]) => one))) {
    const path = paths.get(unit);
    if (path === undefined || path === placePath || !path.startsWith(`${placePath}.`))
      faults.push({ zh: `${unit} 不是该地所辖单位`, en: `${unit} is no unit below that place` });
    else if (supplierPath === path || supplierPath?.startsWith(`${path}.`))
      faults.push({
        zh: `${supplier} 属于被考核单位 ${unit}，不能提供自己的数据；请由其上级部门提供`,
        en: `${supplier} is of the assessed unit ${unit}, which never supplies its own figure; let a department above supply it`,
      });
  }
  if (!isAbove && faults.length === 0)
    faults.push({
      zh: `${supplier} ${supplierPath === undefined ? '不在地域表中' : '不是考核地或其上级'}；数据由考核地或其上级的部门提供，其他单位不能代报`,
      en: `${supplier} ${supplierPath === undefined ? 'is no known territory' : 'is neither the place that assesses nor above it'}; figures come from a department of that place or above it, and no other unit supplies them`,
    });
  return faults;
}
