/** Reads the document of a condition account; its format is in docs/seea-accounts.md, a sample in libs/accounting/samples/condition.yaml. */
import { Fraction } from '@gep/kernel';
import type { InputNode } from '../input/input-node';
import {
  conditionClasses,
  conditionDirections,
  referenceKinds,
  type ConditionInput,
  type ConditionPeriod,
  type ConditionPlace,
  type ConditionVariable,
} from './condition-account';
import type { ConditionDefinition } from './condition-of-observed';

/** @throws InputUnreadable */
export function readCondition(document: InputNode): ConditionInput {
  document.only('title', 'source', 'territory', 'unit', 'types', 'variables', 'classWeights', 'values');
  const types = document
    .at('types')
    .list()
    .map((node) => {
      if (node.isText()) return { code: node.text(), name: node.name() };
      node.only('code', 'name');
      return { code: node.at('code').text(), name: (node.maybe('name') ?? node.at('code')).name() };
    });
  const typeCodes = types.map(({ code }) => code);
  const variables = readVariables(document.at('variables'), typeCodes);
  return {
    territory: document.at('territory').text(),
    unit: document.at('unit').text(),
    types,
    variables,
    classWeights: readWeights(document),
    periods: readPeriods(
      document.at('values'),
      typeCodes,
      variables.map(({ code }) => code),
    ),
  };
}

/**
 * A document without territory, types and values, which recorded observations give; a variable's code is an attribute.
 * @param types codes of the norm
 * @throws InputUnreadable
 */
export function readConditionDefinition(document: InputNode, types: readonly string[]): ConditionDefinition {
  document.only('title', 'source', 'variables', 'classWeights');
  return { variables: readVariables(document.at('variables'), types), classWeights: readWeights(document) };
}

function readVariables(list: InputNode, types: readonly string[]): ConditionVariable[] {
  const nodes = list.list();
  const variables = nodes.map((node) => readVariable(node, types));
  if (variables.length === 0) list.refuse('不能为空', 'it must not be empty');
  variables.forEach(({ code }, at) => {
    if (variables.findIndex((one) => one.code === code) !== at)
      nodes[at].refuse(`变量“${code}”出现两次`, `variable "${code}" stands twice`);
  });
  return variables;
}

function readWeights(document: InputNode): ConditionInput['classWeights'] {
  const weights = document.maybe('classWeights')?.entries() ?? [];
  return new Map(
    weights.map(([name, weight]) => {
      const known = conditionClasses.find((one) => one === name);
      return [known ?? weight.refuse(`没有类别“${name}”`, `there is no class "${name}"`), weight.notNegative()];
    }),
  );
}

function readVariable(node: InputNode, types: readonly string[]): ConditionVariable {
  node.only('code', 'name', 'class', 'unit', 'direction', 'low', 'high', 'reference', 'weight', 'types');
  const [low, high] = [node.at('low').number(), node.at('high').number()];
  if (low.compare(high) >= 0)
    node.refuse(
      'low 须小于 high；“越低越好”请写 direction: lower-better',
      'low must be below high; where less is better write direction: lower-better',
    );
  return {
    code: node.at('code').text(),
    name: (node.maybe('name') ?? node.at('code')).name(),
    class: node.at('class').choice(conditionClasses),
    unit: node.at('unit').text(),
    direction: node.at('direction').choice(conditionDirections),
    low,
    high,
    reference: readReference(node.at('reference')),
    weight: node.maybe('weight')?.notNegative() ?? Fraction.one,
    types: (node.maybe('types')?.list() ?? []).map((type) => type.choice(types)),
  };
}

/** A kind with its period, or the kind alone. */
function readReference(node: InputNode): ConditionVariable['reference'] {
  if (node.isText()) return { kind: node.choice(referenceKinds), period: null };
  node.only('kind', 'period');
  return { kind: node.at('kind').choice(referenceKinds), period: node.maybe('period')?.text() ?? null };
}

/** Rows of `values` by period, in the order of their first rows; the area of a patch is the same in each of its rows. */
function readPeriods(node: InputNode, types: readonly string[], variables: readonly string[]): ConditionPeriod[] {
  const periods = new Map<string, ConditionPlace[]>();
  const areas = new Map<string, Fraction>();
  for (const row of node.list()) {
    row.only('period', 'type', 'patch', 'area', 'variable', 'value', 'values');
    const period = row.at('period').text();
    const [type, patch] = [row.at('type').choice(types), row.maybe('patch')?.text() ?? ''];
    const area = row.at('area').notNegative();
    const key = JSON.stringify([period, type, patch]);
    const earlier = areas.get(key) ?? area;
    if (!earlier.equals(area))
      row.refuse(
        `同一图斑的面积前后不一（${earlier.toExactText()}）`,
        `the patch had another area before (${earlier.toExactText()})`,
      );
    areas.set(key, area);
    const places = periods.get(period) ?? [];
    places.push({ type, patch, area, values: readValues(row, variables) });
    periods.set(period, places);
  }
  if (periods.size === 0) node.refuse('不能为空', 'it must not be empty');
  return [...periods].map(([period, places]) => ({ period, places }));
}

/** `variable` and `value` of one row, or `values` with several; an empty text is a value that is missing. */
function readValues(row: InputNode, variables: readonly string[]): Map<string, Fraction> {
  const several = row.maybe('values');
  if (!several) return new Map([[row.at('variable').choice(variables), row.at('value').number()]]);
  return new Map(
    several.entries().map(([code, value]) => {
      if (!variables.includes(code))
        value.refuse(
          `没有变量“${code}”；可用：${variables.join('、')}`,
          `there is no variable "${code}"; use one of ${variables.join(', ')}`,
        );
      return [code, value.number()];
    }),
  );
}
