/** The shape of a rule file, as JSON Schema; every scalar is text, exactly as its author wrote it. */
import { leftoverPolicies, sourceGrades, type Bilingual } from '@gep/kernel';
import { bilingual, record, text } from '../yaml/shapes';
import { roundingModes } from './expression/exact-numbers';
import { policyMechanisms, policyStatuses, sourceStandings } from './rule';

const mended = (schema: object, zh: string, en: string): object & { mend: Bilingual } => ({
  ...schema,
  mend: { zh, en },
});
const choice = (values: readonly string[]) => ({ type: 'string', enum: values });
const code = mended(
  { type: 'string', maxLength: 64, pattern: '^[\\p{L}_][\\p{L}\\p{N}_]*$' },
  '代码以字母或汉字开头，只含字母、汉字、数字和下划线',
  'a code starts with a letter and has only letters, digits and underscores',
);
const id = mended(
  { type: 'string', maxLength: 64, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
  '只用小写字母、数字和连字符，例如 my-county-2024',
  'lower-case letters, digits and hyphens, for example my-county-2024',
);
const sourceId = mended(
  { type: 'string', maxLength: 64, pattern: '^[A-Za-z0-9-]+$' },
  '来源编号只用字母、数字和连字符',
  'the id of a source has letters, digits and hyphens',
);
const date = mended(
  { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  '日期写成 YYYY-MM-DD，例如 2024-01-01',
  'write the date as YYYY-MM-DD, for example 2024-01-01',
);
const number = mended(
  { type: 'string', maxLength: 64, pattern: '^[+-]?[\\d.]+([eE][+-]?\\d+)?%?(/[+-]?[\\d.]+)?$' },
  '写成小数（0.02）、百分数（2%）或分数（1/7）',
  'write a decimal (0.02), a per cent (2%) or a fraction (1/7)',
);
const whole = mended({ type: 'string', pattern: '^[1-9]\\d{0,3}$' }, '写一个正整数', 'write a whole number above zero');
const list = (items: object) => ({ type: 'array', items, minItems: 1, maxItems: 2000 });
const unit = { type: 'string', minLength: 1, maxLength: 64 };
const yesOrNo = choice(['yes', 'no']);
const expression = { type: 'string', minLength: 1, maxLength: 20_000 };
const grade = choice(sourceGrades);

const column = record(
  {
    ...{ code, name: bilingual, unit, aliases: list(text), values: list(text) },
    per: choice(['total', 'unit', 'row']),
    default: { type: 'string' },
    ...{ min: number, max: number, whole: yesOrNo },
  },
  ['code', 'name', 'unit'],
);
const dated = record({ value: number, from: date, source: sourceId, grade, note: bilingual }, ['value', 'source']);
const parameter = record(
  {
    ...{ code, name: bilingual, unit, values: list(dated) },
    ...{ value: number, from: date, source: sourceId, grade, note: bilingual },
  },
  ['code', 'name', 'unit'],
);
const cell = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };
const table = record(
  {
    ...{ code, name: bilingual, hit: choice(['unique', 'first']), inputs: list(code) },
    outputs: {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: '^[\\p{L}_][\\p{L}\\p{N}_]*$' },
      additionalProperties: unit,
    },
    rows: list(
      record(
        {
          when: { type: 'object', additionalProperties: cell },
          then: { type: 'object', minProperties: 1, additionalProperties: text },
          note: bilingual,
        },
        ['then'],
      ),
    ),
    otherwise: { type: 'object', minProperties: 1, additionalProperties: text },
  },
  ['code', 'name', 'inputs', 'outputs', 'rows'],
);
const formula = record({ code, name: bilingual, unit, expression }, ['code', 'name', 'unit', 'expression']);
const rounding = record({ to: text, mode: choice(roundingModes) }, []);
const ranks = mended(
  { type: 'string', pattern: '^[1-9]\\d{0,5}(-[1-9]\\d{0,5})?$' },
  '写成 1-10 或 3',
  'write 1-10, or 3',
);
const payment = record(
  {
    ...{ code, name: bilingual, from: code, to: code, when: expression, advance: expression, rounding },
    ...{ instalments: whole, remainder: choice(['first', 'last']) },
    ...{ amount: expression, negative: choice(['bill', 'nothing', 'refuse']) },
    ...{ pool: expression, within: code, weight: expression, floor: expression, cap: expression },
    factors: list(
      record({ code, name: bilingual, share: expression, weight: expression }, ['code', 'share', 'weight']),
    ),
    ...{ leftover: choice(leftoverPolicies), zeroWeights: choice(['refuse', 'equal', 'carry']) },
    ...{ floorsBeyond: choice(['refuse', 'scale']), capsBelow: choice(['refuse', 'carry']) },
    bands: list(record({ ranks, each: expression })),
    ...{ by: { anyOf: [expression, list(expression)] }, ties: choice(['share', 'upper', 'lower', 'refuse']) },
    unfilled: choice(['carry', 'refuse']),
  },
  ['code', 'name', 'from', 'to'],
);

export const ruleSchema = record(
  {
    ...{ id, title: bilingual, mechanism: choice(policyMechanisms), status: choice(policyStatuses) },
    ...{ place: text, incomplete: list(bilingual), note: bilingual },
    valid: record({ from: date, to: date }, ['from']),
    sources: list(
      record({ id: sourceId, text, standing: choice(sourceStandings), url: text }, ['id', 'text', 'standing']),
    ),
    ...{ period: choice(['year', 'quarter', 'month', 'none']), rows: list(code) },
    parties: list(record({ code, name: bilingual })),
    ...{ columns: list(column), parameters: list(parameter), tables: list(table), formulas: list(formula) },
    checks: list(record({ name: bilingual, expression })),
    ...{ payments: list(payment), show: list(code), rounding },
  },
  ['id', 'title', 'mechanism', 'status', 'valid', 'sources', 'columns'],
);
