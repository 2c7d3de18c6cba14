/** Tells which named values a result rests on, each with what gave it. */
import { Fraction, periodEnd } from '@gep/kernel';
import { valueOn } from '../build-columns';
import { matchAt } from '../build-tables';
import { showValue } from '../lint-table';
import type { PolicyRule, RuleParameter, RuleValue } from '../rule';
import { remember, type Place } from '../expression/place';
import { EvaluationFault, finestScope, type NamedValue, type ValueScope } from '../expression/value';
import { EvaluationFaults } from './paid';
import type { ParameterValue, TracedValue } from './decision';

/** The names that these need, themselves included, in the order of the rule. */
export function namesBehind(rule: PolicyRule, codes: Iterable<string>): NamedValue[] {
  const wanted = new Set<string>();
  const open = [...codes];
  for (let code = open.pop(); code !== undefined; code = open.pop()) {
    if (wanted.has(code)) continue;
    wanted.add(code);
    open.push(...(rule.names.get(code)?.uses ?? []));
  }
  return [...rule.names.values()].filter(({ code }) => wanted.has(code));
}

/** Values of these scopes at a place; what has none there (a branch not taken) is left out. */
export function traceValues(
  rule: PolicyRule,
  names: readonly NamedValue[],
  scopes: readonly ValueScope[],
  place: Place,
): TracedValue[] {
  return names.filter(({ scope }) => scopes.includes(scope)).flatMap((named) => traceValue(rule, named, place) ?? []);
}

function traceValue(rule: PolicyRule, named: NamedValue, place: Place): TracedValue | undefined {
  const { code, origin, type } = named;
  let value;
  try {
    value = named.run(place);
  } catch (error) {
    if (error instanceof EvaluationFault || error instanceof EvaluationFaults) return undefined;
    throw error;
  }
  const text = value instanceof Fraction ? value.toExactText() : showValue(value);
  const plain = { code, origin, value: text, ...(type.kind === 'number' && { unit: type.unit.text }) };
  return { ...plain, ...factsOf(rule, named, place) };
}

function factsOf(rule: PolicyRule, { code, origin }: NamedValue, place: Place): Partial<TracedValue> {
  if (origin === 'formula') return { expression: rule.formulas.find((one) => one.code === code)?.expression };
  if (origin === 'table') {
    const table = rule.tables.find(({ outputs }) => outputs.includes(code))!;
    const row = matchAt(table, place, finestScope(table.inputs.map(({ scope }) => scope)));
    return { table: table.code, ...(row !== undefined && { line: table.rows[row].line }) };
  }
  if (origin === 'column') return isGiven(code, place) ? {} : { isDefault: true };
  if (origin !== 'parameter') return {};
  const parameter = rule.parameters.find((one) => one.code === code)!;
  const period = place.row?.period ?? place.period.period;
  const found = period === '' ? parameter.values[0] : valueOn(parameter, periodEnd(period));
  const changes = place.row ? [] : changesOf(parameter, place);
  return {
    ...(found && { from: found.from, source: found.evidence.source, grade: found.evidence.grade }),
    ...(changes.length > 1 && { changes }),
  };
}

/** What rows of the period were given, by their own periods. */
function changesOf(parameter: RuleParameter, { period }: Place): ParameterValue[] {
  if (parameter.values.length === 1) return [];
  const periods = remember(period, 'periods of rows', () =>
    [...new Set(period.units.flatMap(({ rows }) => rows.map((row) => row.period)))].filter(Boolean).sort(),
  );
  const found = new Map<RuleValue, { first: string; last: string }>();
  for (const one of periods) {
    const held = valueOn(parameter, periodEnd(one));
    if (held) found.set(held, { first: found.get(held)?.first ?? one, last: one });
  }
  return [...found].map(([{ value, from, evidence }, { first, last }]) => {
    const { source, grade } = evidence;
    return { value: value.toExactText(), first, last, from, source, grade };
  });
}

const isGiven = (code: string, { period, unit, row }: Place): boolean =>
  [period, unit, row].some((holder) => holder?.cells.has(code));
