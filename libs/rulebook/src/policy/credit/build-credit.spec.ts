/** What is wrong with a list of credit is told at its place, all at once. */
import { UnitTable } from '@gep/kernel';
import { parseRule } from '../parse-rule';
import { confirmationReasons } from '../rule';

const units = new UnitTable([]);
const rule = (credit: string, status = 'usable') =>
  parseRule(
    {
      path: 'list.yaml',
      text: `id: made-up
title: { zh: 测试, en: Made up }
mechanism: credit
status: ${status}
valid: { from: 2020-01-01 }
sources: [{ id: A, text: made up, standing: A }]
credit:
${credit.replace(/^/gm, '  ')}`,
    },
    units,
  );
const named = 'name: { zh: 甲, en: a }, subjects: [person], source: A';

it('tells every fault at its line', () => {
  const { problems } = rule(`score: { base: 100, lowest: 101, source: B }
behaviours:
  - { code: a, ${named} }
  - { code: a, ${named}, points: -1, years: 6 }
  - { code: b, ${named}, points: 1, decay: [0.5, 0.6], yearlyCap: -1 }
grades:
  - { code: high, name: { zh: 高, en: high }, from: 10 }
  - { code: low, name: { zh: 低, en: low }, from: 0 }
measures:
  - { code: cut, ${named}, kind: punishment }
loan:
  unsecured: 10
  guaranteed: 20
  years: 5
  pledge: no
  source: A
  grades:
    - { code: low, unsecured: 10, guaranteed: 20 }
    - { code: high, unsecured: 11, guaranteed: 20 }
    - { code: middle, unsecured: 1, guaranteed: 2 }`);
  expect(problems.map(({ path }) => path).sort()).toEqual([
    ...[
      'credit.behaviours[0].points',
      'credit.behaviours[1].code',
      'credit.behaviours[1].years',
      'credit.behaviours[2].decay',
    ],
    ...[
      'credit.behaviours[2].yearlyCap',
      'credit.grades[1].from',
      'credit.loan.grades[1]',
      'credit.loan.grades[2]',
      'credit.measures[0]',
      'credit.score.base',
      'credit.score.source',
    ],
  ]);
});

it('takes bad records for five years, what is unverified by a confirmer, and a skeleton without points', () => {
  const { rule: list } = rule(`score: { base: 100, source: A, grade: unverified }
behaviours: [{ code: a, ${named}, points: -1 }, { code: b, ${named}, points: 2 }]`);
  expect(list!.credit!.behaviours.map(({ years }) => years)).toEqual([5, undefined]);
  expect(confirmationReasons(list!).map(({ en }) => en)).toEqual(['score is unverified']);
  expect(rule(`score: { base: 0, source: A }`).problems.map(({ path }) => path)).toEqual(['credit']);
  expect(rule(`score: { base: 0, source: A }\nbehaviours: [{ code: a, ${named} }]`, 'skeleton').problems).toEqual([]);
});
