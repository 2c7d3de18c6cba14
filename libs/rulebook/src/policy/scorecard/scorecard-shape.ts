/** The shape of the scorecard of a rule file, as JSON Schema. */
import { bilingual, record, text } from '../../yaml/shapes';
import { choice, code, list, mended, number, sourceId, unit, whole, yesOrNo } from '../rule-shapes';

const dayOfYear = mended(
  { type: 'string', pattern: '^(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' },
  '写成 MM-DD，例如 03-31',
  'write MM-DD, for example 03-31',
);
const grade = mended(
  { type: 'string', maxLength: 40, pattern: '^\\p{L}[\\p{L}\\p{N}-]*$' },
  '等级代码以字母或汉字开头，只用字母、汉字、数字和连字符，例如 excellent、AAA',
  'the code of a grade begins with a letter and has letters, digits and hyphens, for example excellent or AAA',
);
const year = { type: 'string', pattern: '^\\d{4}$' };
const from = record(
  {
    department: code,
    ...{ target: text, scores: { type: 'string', pattern: '^[a-z0-9-]{1,64}$' } },
    account: record(
      {
        norm: text,
        services: list(text),
        categories: list(text),
        effects: list(text),
        prices: year,
      },
      ['norm'],
    ),
  },
  [],
);
/** A number, or a name of the rule. */
const figure = { type: 'string', minLength: 1, maxLength: 64 };
const indicator = record(
  {
    ...{ code, name: bilingual, weight: number, unit, value: code, from },
    score: choice(['attain', 'improve', 'rank', 'range', 'bands', 'points', 'yes-no']),
    ...{ target: figure, base: figure, min: number, max: number, whole: yesOrNo },
    ...{ rate: number, noBase: number, best: number, worst: number, cap: number, floor: number },
    bands: list(
      record({ when: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }, score: number }),
    ),
    ...{ better: choice(['more', 'less']), mean: whole, binding: yesOrNo, controllable: yesOrNo },
    ...{ source: sourceId, note: bilingual },
  },
  ['code', 'name', 'score'],
);
const indicators = list(indicator);
const group = record({ code, name: bilingual, weight: number, indicators }, ['code', 'name']);
const theme = record({ code, name: bilingual, weight: number, indicators, groups: list(group) }, ['code', 'name']);
const addition = record({ code, name: bilingual, most: number, department: code, source: sourceId }, ['code', 'name']);

export const scorecardShape = record(
  {
    total: number,
    level: choice(['province', 'prefecture', 'county', 'township', 'village']),
    published: record({ themes: whole, groups: whole, indicators: whole, departments: whole }, []),
    departments: list(record({ code, name: bilingual, due: dayOfYear, columns: list(code) }, ['code', 'name', 'due'])),
    reminders: list({ type: 'string', pattern: '^-?\\d{1,3}$' }),
    missing: choice(['last-approved', 'refuse']),
    reweight: choice(['all', 'theme', 'group']),
    weather: record({ when: code }),
    ...{ cap: number, most: number, rounding: record({ to: number }), themes: list(theme) },
    ...{ bonuses: list(addition), bonusMost: number, deductions: list(addition) },
    vetoes: list(
      record(
        {
          fact: code,
          lower: { type: 'string', pattern: '^[1-9]$' },
          ...{ grade, award: choice(['no']), refer: choice(['yes']), source: sourceId },
        },
        ['fact', 'source'],
      ),
    ),
    grades: list(record({ code: grade, name: bilingual, from: number, award: yesOrNo }, ['code', 'name'])),
    measures: list(
      record({ code, name: bilingual, kind: choice(['reward', 'punishment']), grades: list(grade), source: sourceId }),
    ),
    term: record({ years: { type: 'string', pattern: '^([2-9]|1[0-5])$' }, last: year }),
    due: record({ year: dayOfYear, plan: dayOfYear }, []),
  },
  ['total'],
);
