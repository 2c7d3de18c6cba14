/** The shape of a rule file, as JSON Schema. */
import { leftoverPolicies, sourceGrades } from '@gep/kernel';
import { bilingual, record, text } from '../yaml/shapes';
import { creditShape } from './credit/raw-credit';
import { roundingModes } from './expression/exact-numbers';
import { policyMechanisms, policyStatuses, sourceStandings } from './rule';
import { choice, code, date, expression, id, list, mended, number, sourceId, unit, yesOrNo } from './rule-shapes';
import { scorecardShape } from './scorecard/scorecard-shape';

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
    ...{ instalments: expression, remainder: choice(['first', 'last']) },
    ...{ amount: expression, negative: choice(['bill', 'nothing', 'refuse']) },
    ...{ pool: expression, within: code, groups: expression, weight: expression, floor: expression, cap: expression },
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
    ...{ payments: list(payment), show: list(code), rounding, scorecard: scorecardShape, credit: creditShape },
  },
  ['id', 'title', 'mechanism', 'status', 'valid', 'sources'],
);
