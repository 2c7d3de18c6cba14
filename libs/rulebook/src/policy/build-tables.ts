/** Builds the decision tables and the formulas of a rule, and the names of what they give. */
import type { NormPath } from '../yaml/problem-log';
import { typeOf } from './build-columns';
import { remember, whereOf, type Place, type Value } from './expression/place';
import {
  EvaluationFault,
  finestScope,
  rememberedBy,
  type Compiled,
  type NamedValue,
  type ValueScope,
  type ValueType,
} from './expression/value';
import { lintTable, meets, showValue, type InputDomain, type TableFindings } from './lint-table';
import type { RawFormula, RawTable } from './raw-rule';
import { readInterval } from './read-interval';
import type { Interval, RuleTable, TableCondition, TableRow } from './rule';
import type { RuleVocabulary } from './rule-vocabulary';

export function defineFormula(vocabulary: RuleVocabulary, raw: RawFormula, path: NormPath): void {
  const { code, name } = raw;
  const type = typeOf(vocabulary, [...path, 'unit'], raw.unit);
  const outline = type && ({ code, name, type, origin: 'formula' } as const);
  const build = (): NamedValue[] | undefined => {
    const compiled = type && vocabulary.compileAs([...path, 'expression'], raw.expression, type);
    if (!compiled || !outline) return undefined;
    const { scope, uses } = compiled;
    return [{ ...outline, scope, uses, run: rememberedBy(code, scope, compiled.run) }];
  };
  vocabulary.define(code, { path, outline, build });
}

/** Defines every output of a table; the table itself is kept when it is understood. */
export function defineTable(
  vocabulary: RuleVocabulary,
  raw: RawTable,
  path: NormPath,
  domains: ReadonlyMap<string, InputDomain>,
  keep: (table: RuleTable) => void,
): void {
  let built: NamedValue[] | undefined | 'open' = 'open';
  const build = (): NamedValue[] | undefined => {
    if (built === 'open') built = buildTable(vocabulary, raw, path, domains, keep);
    return built;
  };
  const definition = { path: [...path, 'outputs'], build };
  for (const code of Object.keys(raw.outputs)) vocabulary.define(code, definition);
}

function buildTable(
  vocabulary: RuleVocabulary,
  raw: RawTable,
  path: NormPath,
  domains: ReadonlyMap<string, InputDomain>,
  keep: (table: RuleTable) => void,
): NamedValue[] | undefined {
  const { log } = vocabulary;
  const before = log.problems.length;
  const inputs = raw.inputs.flatMap((code, index) => {
    const found = vocabulary.find(code, false);
    if (found === undefined)
      log.unknown([...path, 'inputs', index], { zh: '输入', en: 'input' }, code, vocabulary.known());
    else if (found === 'cycle')
      log.add(
        [...path, 'inputs', index],
        'policy.cycle',
        { zh: `“${code}”要用到本表的结果`, en: `"${code}" needs what this table gives` },
        { zh: '请拆开循环', en: 'break the circle' },
      );
    return found && typeof found !== 'string' ? [found] : [];
  });
  const types = new Map<string, ValueType>();
  for (const [code, unit] of Object.entries(raw.outputs)) {
    const type = typeOf(vocabulary, [...path, 'outputs', code], unit, wordsOf(raw, code));
    if (type) types.set(code, type);
  }
  if (inputs.length < raw.inputs.length || types.size < Object.keys(raw.outputs).length) return undefined;
  const reading = { vocabulary, inputs, types };
  const rows = raw.rows.map((row, index) => readRow(reading, [...path, 'rows', index], row));
  const otherwise = raw.otherwise && readThen(reading, [...path, 'otherwise'], raw.otherwise);
  if (log.problems.length > before) return undefined;
  const { code, name, hit = 'unique' } = raw;
  const table = { code, name, hit, inputs, outputs: [...types.keys()], rows };
  report(vocabulary, path, table, lintTable(table, domains, otherwise !== undefined));
  keep(table);
  return [...types].map(([output, type]) => namedOutput(table, output, type, otherwise));
}

const wordsOf = (raw: RawTable, code: string): string[] => [
  ...new Set(
    [...raw.rows.map(({ then }) => then), ...(raw.otherwise ? [raw.otherwise] : [])].flatMap(
      (then) => then[code] ?? [],
    ),
  ),
];

interface Reading {
  readonly vocabulary: RuleVocabulary;
  readonly inputs: readonly NamedValue[];
  readonly types: ReadonlyMap<string, ValueType>;
}

function readRow(reading: Reading, path: NormPath, { when = {}, then }: RawTable['rows'][number]): TableRow {
  const { vocabulary, inputs } = reading;
  const conditions = new Map<string, TableCondition>();
  for (const [code, cell] of Object.entries(when)) {
    const input = inputs.find((one) => one.code === code);
    const at = [...path, 'when', code];
    if (!input)
      vocabulary.log.unknown(
        at,
        { zh: '输入', en: 'input' },
        code,
        inputs.map((one) => one.code),
      );
    else {
      const condition = readCondition(reading, at, [cell].flat(), input);
      if (condition) conditions.set(code, condition);
    }
  }
  return {
    line: vocabulary.draft.startOf(path).line,
    when: conditions,
    then: readThen(reading, [...path, 'then'], then),
  };
}

function readCondition(
  { vocabulary }: Reading,
  path: NormPath,
  cells: readonly string[],
  { type, code }: NamedValue,
): TableCondition | undefined {
  if (cells.length === 1 && ['any', '-', '任意'].includes(cells[0])) return undefined;
  if (type.kind === 'text') {
    const unknown = type.values && cells.find((cell) => !type.values!.includes(cell));
    if (unknown !== undefined) vocabulary.log.unknown(path, { zh: '词', en: 'word' }, unknown, type.values!);
    return { kind: 'text', words: cells };
  }
  if (type.kind === 'yes-no' && (cells[0] === 'yes' || cells[0] === 'no'))
    return { kind: 'yes-no', value: cells[0] === 'yes' };
  const intervals: (Interval | undefined)[] = type.kind === 'number' ? cells.map(readInterval) : [undefined];
  if (intervals.every((interval) => interval !== undefined)) return { kind: 'number', intervals };
  vocabulary.log.add(
    path,
    'policy.condition',
    { zh: `“${cells.join(', ')}”不是 ${code} 的条件`, en: `"${cells.join(', ')}" is no condition on ${code}` },
    type.kind === 'number'
      ? { zh: '写成 >= 3 < 5、(0, 50%]、7 或 any', en: 'write >= 3 < 5, (0, 50%], 7 or any' }
      : { zh: '写 yes、no 或 any', en: 'write yes, no or any' },
  );
  return undefined;
}

function readThen(
  { vocabulary, types }: Reading,
  path: NormPath,
  then: Readonly<Record<string, string>>,
): Map<string, Compiled> {
  const found = new Map<string, Compiled>();
  for (const code of Object.keys(then))
    if (!types.has(code)) vocabulary.log.unknown([...path, code], { zh: '结果', en: 'output' }, code, types.keys());
  for (const [code, type] of types) {
    const cell = then[code];
    if (cell === undefined) {
      vocabulary.log.add(
        path,
        'policy.missing-key',
        { zh: `没有给出 ${code}`, en: `${code} is not given` },
        { zh: '每一行须给出全部结果', en: 'each row gives every output' },
      );
      continue;
    }
    const compiled = readCell(vocabulary, [...path, code], cell, type);
    if (compiled) found.set(code, compiled);
  }
  return found;
}

function readCell(vocabulary: RuleVocabulary, path: NormPath, cell: string, type: ValueType): Compiled | undefined {
  const fixed = (value: Value): Compiled => ({ type, scope: 'total', uses: new Set(), run: () => value });
  if (type.kind === 'text') return fixed(cell);
  if (type.kind === 'yes-no' && (cell === 'yes' || cell === 'no')) return fixed(cell === 'yes');
  return vocabulary.compileAs(path, cell, type);
}

function report({ log }: RuleVocabulary, path: NormPath, { rows }: RuleTable, findings: TableFindings): void {
  const { gaps, overlaps, unused, tooWide } = findings;
  if (tooWide)
    log.add(
      path,
      'policy.table-too-wide',
      { zh: '判定表的组合太多，无法逐一检查', en: 'the table has more combinations than can be looked through' },
      { zh: '请拆成几张表', en: 'split it into several tables' },
    );
  for (const gap of gaps)
    log.add(
      [...path, 'rows'],
      'policy.table-gap',
      { zh: `没有一行适用于 ${gap}`, en: `no row holds for ${gap}` },
      {
        zh: '请补上一行，或写 otherwise，或给列写 min、max',
        en: 'add a row, give otherwise, or give the column min and max',
      },
    );
  for (const { first, second, at } of overlaps)
    log.add(
      [...path, 'rows', second],
      'policy.table-overlap',
      {
        zh: `${at} 时，第 ${rows[first].line} 行与本行都适用`,
        en: `at ${at} both the row on line ${rows[first].line} and this one hold`,
      },
      {
        zh: '请改正界限，或写 hit: first（取在前的行）',
        en: 'mend the bounds, or write hit: first to take the earlier row',
      },
    );
  for (const index of unused)
    log.add(
      [...path, 'rows', index],
      'policy.table-row-unused',
      { zh: '本行永远用不到', en: 'this row is never taken' },
      { zh: '请删去它，或改正条件与次序', en: 'remove it, or mend its conditions or its place' },
    );
}

function namedOutput(
  table: RuleTable,
  output: string,
  type: ValueType,
  otherwise: Map<string, Compiled> | undefined,
): NamedValue {
  const { inputs, rows, code } = table;
  const cells = [...rows.map(({ then }) => then), ...(otherwise ? [otherwise] : [])].map((then) => then.get(output)!);
  const matchScope = finestScope(inputs.map(({ scope }) => scope));
  const scope = finestScope([matchScope, ...cells.map((cell) => cell.scope)]);
  const uses = new Set([...inputs.map((input) => input.code), ...cells.flatMap((cell) => [...cell.uses])]);
  const run = rememberedBy(output, scope, (place) => {
    const row = matchAt(table, place, matchScope);
    const cell = row === undefined ? otherwise?.get(output) : rows[row].then.get(output);
    if (cell) return cell.run(place);
    const found = inputs.map((input) => `${input.code} = ${showValue(input.run(place))}`).join(', ');
    throw new EvaluationFault(
      'policy.table-gap',
      { zh: `表“${code}”没有一行适用于 ${found}`, en: `no row of table "${code}" holds for ${found}` },
      { zh: '请核对数据，或在规则中补上一行', en: 'check the figures, or add a row to the rule' },
      whereOf(place),
    );
  });
  return { code: output, name: table.name, type, scope, uses, origin: 'table', run };
}

/** Index of the row that holds at a place; every input must be there, also where no row asks for it. */
export function matchAt({ code, inputs, rows }: RuleTable, place: Place, scope: ValueScope): number | undefined {
  const holder = scope === 'total' ? place.period : scope === 'unit' ? place.unit! : place.row!;
  return remember(holder, `table ${code}`, () => {
    const given = inputs.map((input) => input.run(place));
    const row = rows.findIndex(({ when }) => inputs.every((input, at) => meets(given[at], when.get(input.code))));
    return row < 0 ? undefined : row;
  });
}
