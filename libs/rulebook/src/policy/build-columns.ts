/** Builds the columns of the input and the dated parameters of a rule, and the names that stand for them. */
import { periodEnd, type Fraction } from '@gep/kernel';
import type { NormPath } from '../yaml/problem-log';
import { whereOf, type Place, type Value } from './expression/place';
import { EvaluationFault, type NamedValue, type ValueType } from './expression/value';
import type { RawColumn, RawParameter, RawRule, RawValue } from './raw-rule';
import type { RuleColumn, RuleParameter, RuleValue } from './rule';
import type { RuleVocabulary } from './rule-vocabulary';

export function typeOf(
  { draft }: RuleVocabulary,
  path: NormPath,
  unit: string,
  values?: readonly string[],
): ValueType | undefined {
  if (unit === 'text') return { kind: 'text', ...(values && { values }) };
  if (unit === 'yes-no') return { kind: 'yes-no' };
  const known = draft.unitAt(path, unit);
  return known && { kind: 'number', unit: known };
}

export function buildColumn(vocabulary: RuleVocabulary, raw: RawColumn, path: NormPath, rule: RawRule): RuleColumn[] {
  const { draft } = vocabulary;
  const { code, name, aliases = [] } = raw;
  const type = typeOf(vocabulary, [...path, 'unit'], raw.unit, raw.values);
  const several = (rule.rows ?? []).length > 0;
  const per = raw.per ?? (several ? 'row' : 'unit');
  if (per === 'row' && !several)
    draft.log.add(
      [...path, 'per'],
      'policy.no-rows',
      { zh: '规则没有 rows，一个单位只有一行', en: 'the rule has no rows: a unit has one row only' },
      {
        zh: '请写 per: unit，或在规则中写 rows: [month] 等',
        en: 'write per: unit, or give the rule rows: [month] or the like',
      },
    );
  const [min, max] = (['min', 'max'] as const).map((key) =>
    raw[key] === undefined ? undefined : draft.numberAt([...path, key], raw[key]),
  );
  if (!type) return [];
  const fallback =
    raw.default === undefined ? undefined : readFallback(vocabulary, [...path, 'default'], raw.default, type);
  const { isDay } = raw;
  const column: RuleColumn = { code, name, aliases, type, per, fallback, min, max, whole: raw.whole === 'yes', isDay };
  vocabulary.define(code, { path, build: () => [namedColumn(column)] });
  return [column];
}

/** A written word, number or yes-no of a type. */
function readFallback({ draft }: RuleVocabulary, path: NormPath, text: string, type: ValueType): Value | undefined {
  if (type.kind === 'number') return draft.numberAt(path, text);
  if (type.kind === 'text' || text === 'yes' || text === 'no') return type.kind === 'text' ? text : text === 'yes';
  draft.log.add(
    path,
    'policy.malformed',
    { zh: `“${text}”不是 yes 或 no`, en: `"${text}" is neither yes nor no` },
    { zh: '请写 yes 或 no', en: 'write yes or no' },
  );
  return undefined;
}

function namedColumn({ code, name, type, per, fallback }: RuleColumn): NamedValue {
  const run = (place: Place): Value => {
    const holder = per === 'total' ? place.period : per === 'unit' ? place.unit! : place.row!;
    const value = holder.cells.get(code) ?? fallback;
    if (value !== undefined) return value;
    throw new EvaluationFault(
      'policy.input-missing',
      { zh: `“${name.zh}”（${code}）没有值`, en: `"${name.en}" (${code}) has no value` },
      {
        zh: '请在输入中补上；缺失不等于零',
        en: 'add it to the input; what is missing is not nought',
      },
      { ...whereOf(place), column: code },
    );
  };
  return { code, name, type, scope: per, uses: new Set(), origin: 'column', run };
}

export function buildRuleParameter(
  vocabulary: RuleVocabulary,
  raw: RawParameter,
  at: number,
  rule: RawRule,
): RuleParameter[] {
  const { draft } = vocabulary;
  const path = ['parameters', at];
  const { code, name } = raw;
  const unit = draft.unitAt([...path, 'unit'], raw.unit);
  const single = raw.value !== undefined && raw.source !== undefined;
  if (single === (raw.values !== undefined)) {
    draft.log.add(
      path,
      'policy.parameter-value',
      {
        zh: `参数“${code}”须有 values，或 value 连同 source，二者取一`,
        en: `parameter "${code}" has either values, or a value with its source`,
      },
      { zh: '各时期取值不同时用 values', en: 'use values when they differ in time' },
    );
    return [];
  }
  const rows = single ? [raw as RawValue] : raw.values!;
  const values = rows.flatMap((value, index) =>
    buildValue(vocabulary, single ? path : [...path, 'values', index], value, rule),
  );
  values.sort((a, b) => (a.from < b.from ? 1 : -1));
  const twice = values.find(({ from }, index) => values[index + 1]?.from === from);
  if (twice)
    draft.log.add(
      path,
      'policy.overlapping-dates',
      { zh: `自 ${twice.from} 起有两个值`, en: `there are two values from ${twice.from}` },
      { zh: '请删去其一或改正日期', en: 'remove one of the two or correct its date' },
    );
  if (!unit || values.length < rows.length) return [];
  const parameter = { code, name, unit, values };
  vocabulary.define(code, { path, build: () => [namedParameter(parameter)] });
  return [parameter];
}

function buildValue({ draft }: RuleVocabulary, path: NormPath, raw: RawValue, rule: RawRule): RuleValue[] {
  const value = draft.numberAt([...path, 'value'], raw.value);
  const from = raw.from ?? rule.valid.from;
  draft.dayAt([...path, 'from'], from);
  const source = rule.sources.find(({ id }) => id === raw.source);
  if (!source)
    draft.log.unknown(
      [...path, 'source'],
      { zh: '来源', en: 'source' },
      raw.source,
      rule.sources.map(({ id }) => id),
    );
  if (!value || !source) return [];
  const grade = raw.grade ?? (source.standing === 'U' ? 'unverified' : 'published');
  return [{ value, from, evidence: { grade, source: source.text, note: raw.note } }];
}

/** The value in force on a day. */
export const valueOn = ({ values }: RuleParameter, day: string): RuleValue | undefined =>
  values.find(({ from }) => from <= day);

function namedParameter(parameter: RuleParameter): NamedValue {
  const { code, name, unit, values } = parameter;
  const run = (place: Place): Fraction => {
    const period = place.row?.period ?? place.period.period;
    if (period === '' && values.length === 1) return values[0].value;
    // The value of the period that is decided about, never of the day on which it is decided.
    const found =
      period === ''
        ? undefined
        : (valueOn(parameter, periodEnd(period)) ?? (place.book.isTrial ? values.at(-1) : undefined));
    if (found) return found.value;
    throw new EvaluationFault(
      'policy.parameter-missing',
      period === ''
        ? {
            zh: `参数“${code}”随时间变化，须知核算期`,
            en: `parameter "${code}" changes with time, so a period is needed`,
          }
        : { zh: `参数“${code}”在 ${period} 没有取值`, en: `parameter "${code}" has no value in ${period}` },
      period === ''
        ? {
            zh: '请在输入中给出核算期，或用 --period 指定',
            en: 'give the input a period column, or name one with --period',
          }
        : { zh: '请在规则中补上该时期的取值与来源', en: 'add the value of that time, with its source, to the rule' },
      whereOf(place),
    );
  };
  return { code, name, type: { kind: 'number', unit }, scope: 'total', uses: new Set(), origin: 'parameter', run };
}
