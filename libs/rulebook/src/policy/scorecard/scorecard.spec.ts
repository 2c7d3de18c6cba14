/** Weights that are used sum to the total whatever does not apply, points sum to the score, and faults are told where they stand. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { canonicalJson, Fraction } from '@gep/kernel';
import { decide } from '../decision/decide';
import { readPolicyRows } from '../input/read-policy-rows';
import { parseUnits } from '../../yaml/parse-units';
import { parseRule } from '../parse-rule';
import { type IndicatorScore, scoresOf, type UnitScore } from './read-scores';

const rulebook = path.join(__dirname, '../../../../../rulebook');
const units = parseUnits({ path: 'units.yaml', text: readFileSync(path.join(rulebook, 'units.yaml'), 'utf8') });

/** Three themes; the first has two groups, of two and three indicators. */
const shape: readonly (readonly number[])[] = [[2, 3], [2], [1]];
const codes = shape.flatMap((groups, theme) =>
  groups.flatMap((count, group) => Array.from({ length: count }, (_, at) => `i${theme}${group}${at}`)),
);

function ruleText(weights: readonly number[], reweight: string, more = ''): string {
  const weightOf = (code: string): number => weights[codes.indexOf(code)];
  const indicator = (code: string): string =>
    `{ code: ${code}, name: { zh: 甲, en: A }, weight: ${weightOf(code)}, score: attain, target: 10 }`;
  const themes = shape.map((groups, theme) => {
    const of = groups.map((count, group) =>
      Array.from({ length: count }, (_, at) => indicator(`i${theme}${group}${at}`)),
    );
    const name = 'name: { zh: 题, en: Theme }';
    if (groups.length === 1) return `{ code: t${theme}, ${name}, indicators: [${of[0].join(', ')}] }`;
    const inner = of.map((list, group) => `{ code: g${theme}${group}, ${name}, indicators: [${list.join(', ')}] }`);
    return `{ code: t${theme}, ${name}, groups: [${inner.join(', ')}] }`;
  });
  return `id: try
title: { zh: 试, en: Try }
mechanism: evaluation
status: usable
valid: { from: 2020-01-01 }
sources: [{ id: own, text: own, standing: A }]
scorecard:
  total: ${weights.reduce((sum, weight) => sum + weight, 0)}
  reweight: ${reweight}
  cap: 150
  themes: [${themes.join(', ')}]
  grades: [{ code: good, from: 60, name: { zh: 好, en: Good } }, { code: poor, name: { zh: 差, en: Poor } }]
${more}`;
}

type Cells = readonly (readonly [value: number, applies: boolean])[];

/** Read and scored from the text of the rule on, so that twice is a replay. */
function scoreAll(text: string, all: readonly Cells[]): UnitScore[] {
  const { rule, problems } = parseRule({ path: 'rule.yaml', text }, units);
  expect(problems).toEqual([]);
  const header = ['unit', 'period', ...codes, ...codes.map((code) => `${code}_state`)];
  const rows = all.map((cells, at) => {
    const states = cells.map(([, applies]) => (applies ? 'given' : 'notApplicable'));
    return { row: at + 2, cells: [`A${at}`, '2024', ...cells.map(([value]) => value), ...states] };
  });
  const numberOf = (cell: unknown) => ({ decimal: String(cell) });
  const { book } = readPolicyRows(rule!, units, { header, rows }, { numberOf });
  return scoresOf(rule!, book!, decide(rule!, book!, '2024', { isTraced: () => false }));
}
const score = (text: string, cells: Cells): UnitScore => scoreAll(text, [cells])[0];

const exact = (text: string): Fraction => Fraction.parse(text)!;
const sum = (list: readonly IndicatorScore[], of: 'weightUsed' | 'points'): Fraction =>
  list.reduce((total, one) => total.plus(exact(one[of])), Fraction.zero);

it.each(['all', 'theme', 'group'])(
  'shares out by %s: weights sum to the total, points to the score, and it replays',
  (reweight) => {
    const weight = fc.integer({ min: 1, max: 99 });
    const cell = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean());
    const drawn = fc.record({
      weights: fc.array(weight, { minLength: codes.length, maxLength: codes.length }),
      cells: fc
        .array(cell, { minLength: codes.length, maxLength: codes.length })
        .filter((list) => list.some(([, applies]) => applies)),
    });
    fc.assert(
      fc.property(drawn, ({ weights, cells }) => {
        const text = ruleText(weights, reweight);
        const found = score(text, cells);
        const total = weights.reduce((all, one) => all + one, 0);
        expect(sum(found.indicators, 'weightUsed').toExactText()).toBe(String(total));
        expect(sum(found.indicators, 'points').toExactText()).toBe(found.exact);
        const themes = found.levels.filter(({ code }) => code.startsWith('t'));
        const ofThemes = themes.reduce((all, one) => all.plus(exact(one.weightUsed)), Fraction.zero);
        expect(ofThemes.toExactText()).toBe(String(total));
        found.indicators.forEach((one, at) => expect(one.applies).toBe(cells[at][1]));
        // What applies keeps at least what it asked for.
        for (const one of found.indicators.filter(({ applies }) => applies))
          expect(exact(one.weightUsed).compare(exact(one.weightAsked))).toBeGreaterThanOrEqual(0);
        expect(canonicalJson(score(text, cells))).toBe(canonicalJson(found));
      }),
      { numRuns: 40 },
    );
  },
);

/** 100,000 counties with GEP_MANY_CASES; elsewhere 300. */
const crowds = process.env['GEP_MANY_CASES'] ? 100 : 1;
const crowd = process.env['GEP_MANY_CASES'] ? 1000 : 300;

it('replays random counties to the last digit, and points sum to the score of each', () => {
  const drawn = fc.record({
    weights: fc.array(fc.integer({ min: 1, max: 99 }), { minLength: codes.length, maxLength: codes.length }),
    reweight: fc.constantFrom('all', 'theme', 'group'),
    all: fc.array(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), {
        ...{ minLength: codes.length, maxLength: codes.length },
      }),
      { minLength: crowd, maxLength: crowd, size: 'max' },
    ),
  });
  fc.assert(
    fc.property(drawn, ({ weights, reweight, all }) => {
      const text = ruleText(weights, reweight);
      const found = scoreAll(text, all);
      expect(found).toHaveLength(crowd);
      const unclosed = found.filter((one) => sum(one.indicators, 'points').toExactText() !== one.exact);
      expect(unclosed).toEqual([]);
      expect(canonicalJson(scoreAll(text, all))).toBe(canonicalJson(found));
    }),
    { numRuns: crowds, endOnFailure: true },
  );
});

const plain = ruleText([10, 10, 10, 10, 10, 10, 10, 30], 'all');
const problemsOf = (text: string): string[] =>
  parseRule({ path: 'rule.yaml', text }, units).problems.map(({ code, path: at }) => `${code} ${at}`);

it.each([
  [
    'weights that do not sum to the total',
    plain.replace('total: 100', 'total: 90'),
    'policy.scorecard-weights scorecard.total',
  ],
  [
    'a theme that is worth something else',
    plain.replace('{ code: t1, ', '{ code: t1, weight: 21, '),
    'policy.scorecard-weights scorecard.themes[1].weight',
  ],
  [
    'a target that is nobody',
    plain.replace('target: 10 }', 'target: nowhere }'),
    'policy.unknown-name scorecard.themes[0].groups[0].indicators[0].expression',
  ],
  [
    'a score without what it needs',
    plain.replace('score: attain, target: 10 }', 'score: improve }'),
    'policy.missing-key scorecard.themes[0].groups[0].indicators[0]',
  ],
  [
    'a department that is not listed',
    plain.replace('score: attain', 'from: { department: tax }, score: attain'),
    'policy.unknown-code scorecard.themes[0].groups[0].indicators[0].from.department',
  ],
  [
    'grades out of order',
    plain.replace('from: 60, ', '').replace('code: poor,', 'code: poor, from: 3,'),
    'policy.scorecard-grades scorecard.grades',
  ],
  [
    'a veto of a fact that is nobody',
    `${plain}  vetoes: [{ fact: crime, grade: lowest, source: own }]\n`,
    'policy.unknown-code scorecard.vetoes[0].fact',
  ],
  [
    'bounds of a column that is not the own one',
    plain.replace('score: attain', 'value: i11, min: 3, score: attain'),
    'policy.scorecard-bounds scorecard.themes[0].groups[0].indicators[0].min',
  ],
  [
    'a veto of a grade that is not there',
    `${plain}  vetoes: [{ fact: majorIncident, grade: fair, source: own }]\n`,
    'policy.unknown-code scorecard.vetoes[0].grade',
  ],
  [
    'a measure without a source',
    `${plain}  measures: [{ code: m, name: { zh: 奖, en: M }, kind: reward, grades: [good], source: x }]\n`,
    'policy.unknown-code scorecard.measures[0].source',
  ],
  [
    'a code that stands twice',
    plain.replace('code: i10', 'code: i20'),
    'policy.duplicate-code scorecard.themes[2].indicators[0]',
  ],
  ['a usable rule without weights', plain.replace('weight: 30, ', ''), 'policy.scorecard-lacking status'],
])('tells of %s', (_, text, problem) => expect(problemsOf(text)).toContain(problem));
