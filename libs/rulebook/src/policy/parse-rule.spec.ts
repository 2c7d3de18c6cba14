/** What is wrong with a rule is told at its line and column, in both languages, all at once; what is sound has one edition. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseUnits } from '../yaml/parse-units';
import { parseRule } from './parse-rule';

const rulebook = path.join(__dirname, '../../../../rulebook');
const units = parseUnits({ path: 'units.yaml', text: readFileSync(path.join(rulebook, 'units.yaml'), 'utf8') });
const preset = (file: string): string => readFileSync(path.join(rulebook, 'policies', file), 'utf8');
const parse = (text: string) => parseRule({ path: 'rule.yaml', text }, units);

const sound = `id: try
title: { zh: 试, en: Try }
mechanism: eco-compensation
status: usable
valid: { from: 2020-01-01 }
sources: [{ id: own, text: own, standing: C }]
parties: [{ code: fund, name: { zh: 资金, en: Fund } }]
columns:
  - { code: score, unit: '1', name: { zh: 得分, en: Score } }
  - { code: area, unit: mu, name: { zh: 面积, en: Area } }
  - { code: group, unit: text, values: [a, b], name: { zh: 组, en: Group } }
tables:
  - code: bands
    name: { zh: 档, en: Bands }
    inputs: [score]
    outputs: { rate: '1' }
    rows:
      - { when: { score: '< 60' }, then: { rate: 0 } }
      - { when: { score: '>= 60' }, then: { rate: 1 } }
formulas:
  - { code: weight, unit: mu, name: { zh: 权重, en: Weight }, expression: rate * area }
payments:
  - { code: share, name: { zh: 分配, en: Share }, from: fund, to: units, pool: 100, weight: weight }
`;

/** The place of a word in a text, as an editor shows it. */
function placeOf(text: string, word: string): string {
  const before = text.slice(0, text.indexOf(word)).split('\n');
  return `${before.length}:${before.at(-1)!.length + 1}`;
}

it('takes the sound one', () => expect(parse(sound).problems).toEqual([]));

it.each([
  ['a name that is misspelt', 'rate * area', 'rate * aera', 'aera', 'policy.unknown-name'],
  ['units that do not fit', 'rate * area', 'score + area', 'area }', 'policy.unit-mismatch'],
  ['a result in another unit', 'rate * area', 'rate * score', 'rate * score', 'policy.result-unit'],
  ['a function without exact value', 'rate * area', 'sin(score) * area', 'sin(score', 'policy.unknown-function'],
  ['a broken power', 'rate * area', 'score^0.5 * area', '0.5', 'policy.power'],
  ['a formula that needs itself', 'rate * area', 'weight + area', 'weight + area', 'policy.cycle'],
  ['a sum over nothing', 'rate * area', 'sum(3) * area', 'sum(3)', 'policy.nothing-to-sum'],
  ['a word that the column does not have', 'rate * area', "'if(is(group, c), area, 0)'", 'c)', 'policy.unknown-word'],
  ['a division by nought', 'rate * area', 'area / 0', '0 }\npayments', 'policy.division-by-zero'],
  ['a formula that breaks off', 'rate * area', 'rate * (area', '(area }', 'policy.syntax'],
  ['a gap', "'>= 60'", "'> 60'", '- { when', 'policy.table-gap'],
  ['an overlap', "'< 60'", "'<= 60'", "{ when: { score: '>= 60'", 'policy.table-overlap'],
  ['a condition that is none', "'< 60'", 'below 60', 'below 60', 'policy.condition'],
  ['a kind that is missing', 'pool: 100, weight: weight', 'when: score > 1', '{ code: share', 'policy.payment-kind'],
  ['a payee that is nobody', 'to: units', 'to: unit', 'unit, pool', 'policy.unknown-code'],
  ['a negative that is not said', 'pool: 100, weight: weight', 'amount: 5', '{ code: share', 'policy.missing-key'],
  ['a pool for each unit', 'pool: 100', "pool: 'score * 1 [yuan]'", "'score * 1", 'policy.payment-scope'],
  ['a comma without quotes', 'rate * area', 'max(area, area)', 'area) }', 'policy.unknown-key'],
  ['a key that is misspelt', 'status: usable', 'state: usable', 'state', 'policy.unknown-key'],
  [
    'a code given twice',
    'code: weight',
    'code: area',
    '{ code: area, unit: mu, name: { zh: 权',
    'policy.duplicate-code',
  ],
])('tells %s at its place', (_what, from, to, word, code) => {
  const text = sound.replace(from, to);
  expect(text).not.toBe(sound);
  const { problems, rule } = parse(text);
  expect(rule).toBeUndefined();
  const found = problems.find((problem) => problem.code === code);
  expect(problems.map((problem) => problem.code)).toContain(code);
  expect(`${found!.line}:${found!.column}`).toBe(placeOf(text, word));
  for (const problem of problems) {
    expect(problem.text.zh + problem.mend.zh).toMatch(/\p{Script=Han}/u);
    expect(problem.text.en.replace(/"[^"]*"/g, '')).not.toMatch(/\p{Script=Han}/u);
  }
});

it('tells a row that an earlier one takes, and every fault of a file at once', () => {
  const shadowed = sound.replace("'< 60'", 'any').replace('inputs: [score]', 'inputs: [score]\n    hit: first');
  expect(parse(shadowed).problems.map(({ code }) => code)).toEqual(['policy.table-row-unused']);
  const several = sound.replace('rate * area', 'rat * aera').replace('to: units', 'to: nobody');
  expect(parse(several).problems.map(({ code }) => code)).toEqual([
    'policy.unknown-name',
    'policy.unknown-name',
    'policy.unknown-code',
  ]);
});

it('names an edition by its content', () => {
  const edition = (text: string): string => parse(text).rule!.edition;
  expect(edition(`# a remark\n${sound}`)).toBe(edition(sound));
  expect(edition(sound.replace('pool: 100', 'pool: 101'))).not.toBe(edition(sound));
});

it('lets a shipped rule be put in force only by a named confirmer when a value is unverified', () => {
  const { rule } = parse(preset('eco-compensation/ezhou.yaml'));
  expect([rule!.status, rule!.weakest]).toEqual(['unconfirmed', 'unverified']);
});

it('keeps what the author remarks, of the rule, a value or a row of a table, for instance that sources disagree', () => {
  const remark = '{ zh: 两处来源不一致, en: two sources disagree }';
  const text = sound
    .replace('title:', `note: ${remark}\ntitle:`)
    .replace('then: { rate: 1 } }', `then: { rate: 1 }, note: ${remark} }`);
  const { rule, problems } = parse(text);
  expect(problems).toEqual([]);
  expect(rule!.notes.map(({ about, note }) => `${about}: ${note.en}`)).toEqual([
    ': two sources disagree',
    'bands 2: two sources disagree',
  ]);
  expect(rule!.edition).not.toBe(parse(sound).rule!.edition);
});

it('refuses a payee named row by row of an amount that is one for the unit', () => {
  const byRow = sound
    .replace('columns:', 'rows: [who]\ncolumns:\n  - { code: who, unit: text, name: { zh: 受益方, en: Beneficiary } }')
    .replace('to: units, pool: 100, weight: weight', "to: who, amount: 'sum(weight) * 1 [yuan/mu]', negative: refuse");
  expect(parse(byRow).problems).toMatchObject([{ code: 'policy.payment-ends' }]);
  expect(parse(byRow.replace('sum(weight)', 'weight')).problems).toEqual([]);
});
