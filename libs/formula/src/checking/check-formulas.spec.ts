/** The language as a norm's author meets it: what is accepted, and what each problem says and where. */
import { Sample, soundly, vocabularyOf } from '../sample-vocabulary.spec';
import { checkFormulas } from './check-formulas';
import { constantValue } from './constant-value';

const sample: Omit<Sample, 'formulas'> = {
  attributes: { rain: 'mm/a', slope: '1' },
  parameters: { rate: 'types t/(hm2*a)', price: 'yuan/t', ratio: '%', here: 'places 1' },
  fields: { output: 't', unitPrice: 'yuan/t' },
};
const problemsOf = (formulas: Sample['formulas']) => checkFormulas(vocabularyOf({ ...sample, formulas })).problems;
const only = (text: string) => {
  const problems = problemsOf({ f: text });
  expect(problems).toHaveLength(1);
  return problems[0];
};
const constantOf = (expression: string) =>
  constantValue(soundly({ ...sample, formulas: { f: `patch 1: ${expression}` } }).byCode.get('f')!.tree)?.toString();

describe('reading', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['44/12', '11/3'],
    ['10 - 4 - 3', '3'],
    ['12 / 3 / 2', '2'],
    ['2 ^ 3 ^ 2', '512'],
    ['-2 ^ 2', '-4'],
    ['2 ^ -1', '1/2'],
    ['-3 * -2', '6'],
    ['1.5e3', '1500'],
    ['.5', '1/2'],
    ['3600 [kJ/kWh] - 0', '1'],
    ['50 [%]', '1/2'],
  ])('%s is %s', (expression, value) => {
    expect(constantOf(expression)).toBe(value);
  });

  it('accepts Chinese names, look-ups, conditions and several lines', () => {
    soundly({
      ...sample,
      formulas: {
        固碳: 'patch t/a: area * rate',
        a: 'patch t/a: 固碳\n  + area * rate[type=forest, date=2015-12-31]',
        b: 'patch 1: if(not slope > 25 and rain < 900 [mm/a] or slope = 0, 1, here[place=520000])',
        c: 'territory yuan/a: price * (sum(types, a) + rate[type=dry] * sum(types, area))',
        d: 'territory yuan: sum(products, output * unitPrice)',
      },
    });
  });

  it('puts each formula after those it names', () => {
    const { ordered } = soundly({
      ...sample,
      formulas: { c: 'patch t/a: 2 * b', b: 'patch t/a: 2 * a', a: 'patch t/a: area * rate' },
    });
    expect(ordered.map(({ declaration }) => declaration.code)).toEqual(['a', 'b', 'c']);
  });
});

describe('units', () => {
  it('convert exactly between area units, and money units', () => {
    expect(constantOf('1 [hm2] / 1 [mu] - 15 + 1')).toBe('1');
    expect(constantOf('1 [万元] / 1 [yuan]')).toBe('10000');
    expect(constantOf('max(1 [m], 5 [km]) / 1 [m]')).toBeUndefined();
    expect(constantOf('(1 [km] + 1 [m]) / 1 [m]')).toBe('1001');
  });
  it('halve under a root and multiply under a whole power', () => {
    soundly({
      ...sample,
      formulas: {
        f: 'patch m: sqrt(area)',
        g: 'patch m3: sqrt(area) ^ 3',
        h: 'patch m2: sqrt(area * 1 [m]) ^ 2 / sqrt(area)',
      },
    });
  });
  it('a bare nought is nought of anything', () => {
    soundly({
      ...sample,
      formulas: { f: 'patch mm/a: max(0, rain - 5 [mm/a])', g: 'patch mm/a: if(rain > 0, rain, 0)' },
    });
  });
});

describe('problems', () => {
  it.each([
    ['patch t/a: area * rat', 'formula.unknown-name', 27, 'did you mean "rate"?'],
    ['patch t/a: maxx(area, 0) * rate', 'formula.unknown-function', 20, 'did you mean "max"?'],
    ['patch t/a: area * rate[type=forst]', 'formula.unknown-type', 32, 'did you mean "forest"?'],
    ['patch t/a: area * rate[typ=forest]', 'formula.look-up', 32, 'type, date or place'],
    ['patch t/a: area * rate[type=forest, type=dry]', 'formula.look-up', 45, 'twice'],
    ['patch t/a: area * rate[date=2015-02-30]', 'formula.look-up', 32, 'not a date'],
    ['patch t/a: area * rate[place=520000]', 'formula.look-up', 32, 'no values by place'],
    ['patch 1: here[place=nowhere]', 'formula.look-up', 25, 'territory code'],
    ['patch 1: ratio[type=forest]', 'formula.look-up', 26, 'no values by type'],
    ['patch 1: slope[type=forest]', 'formula.look-up', 20, 'not a parameter'],
    ['patch t/a: area * 3 [tonnes]', 'formula.unknown-unit', 30, 'units.yaml'],
    ['patch mm/a: rain + area', 'formula.unit-mismatch', 27, 'length^2'],
    ['patch mm/a: if(rain > 5, rain, 0)', 'formula.unit-mismatch', 30, 'one dimension'],
    ['patch 1: exp(rain)', 'formula.not-dimensionless', 24, '/ 1 [mm/a]'],
    ['patch 1: slope ^ area', 'formula.not-dimensionless', 28, 'pure number'],
    ['patch m: area ^ 0.5', 'formula.power', 27, 'use sqrt'],
    ['patch 1: slope / (2 - 2)', 'formula.division-by-zero', 28, 'nought'],
    ['patch mm: area', 'formula.result-unit', 20, 'length^2'],
    ['patch mm: rain', 'formula.result-unit', 20, 'Only "a year" is too much'],
    ['patch hm2/a: area', 'formula.result-unit', 20, 'Only "a year" is missing'],
    ['patch 1: slope * slope%', 'formula.syntax', 33, 'right after a number'],
    ['patch 1: slope > 3', 'formula.number-expected', 20, 'if(condition, a, b)'],
    ['patch 1: if(slope, 1, 2)', 'formula.condition-expected', 23, 'x > 0'],
    ['patch 1: min(slope)', 'formula.argument-count', 20, '2–64'],
    ['patch 1: sum(types, slope)', 'formula.wrong-scope', 20, 'territory formula'],
    ['type mm/a: rain', 'formula.wrong-scope', 20, 'patch formula'],
    ['territory hm2: area', 'formula.wrong-scope', 20, 'sum(types, area)'],
    ['territory t/(hm2*a): rate', 'formula.wrong-scope', 20, 'rate[type=forest]'],
    ['territory t/(hm2*a): rate[date=2015-12-31]', 'formula.wrong-scope', 20, 'rate[type=forest]'],
    ['territory 1: sum(rows, 1)', 'formula.syntax', 24, 'types, products or days'],
    ['territory 1: sum(types, sum(types, 1))', 'formula.wrong-scope', 31, 'inside another sum'],
    ['territory t: output', 'formula.wrong-scope', 20, 'sum(products, output)'],
    ['patch 1: 2 slope', 'formula.syntax', 22, 'write "*"'],
    ['patch 1: (slope', 'formula.syntax', 20, 'add the ")"'],
    ['patch 1: slope)', 'formula.syntax', 25, 'one ")" too many'],
    ['patch 1: slope *', 'formula.syntax', 27, 'breaks off'],
    ['patch 1: slope * * 2', 'formula.syntax', 28, 'missing before "*"'],
    ['patch 1: slope × 2', 'formula.syntax', 26, 'write "*"'],
    ['patch 1: slope²', 'formula.syntax', 25, 'write "^2"'],
    ['patch 1: slope && 2', 'formula.syntax', 26, 'write and'],
    ['patch 1: 1 < slope < 3', 'formula.syntax', 30, 'a < b and b < c'],
    ['patch 1: slope [type', 'formula.syntax', 26, 'add the "]"'],
    ['patch 1: slope[forest]', 'formula.syntax', 26, 'key=value'],
    ['patch 1: 1e999', 'formula.syntax', 20, 'out of range'],
    [`patch 1: ${'('.repeat(300)}1${')'.repeat(300)}`, 'formula.syntax', 220, 'split it'],
    [`patch 1: ${'1+'.repeat(10_001)}1`, 'formula.too-long', 20, 'split it'],
    ['patch t/a: f * 1', 'formula.cycle', 20, 'f → f'],
  ])('%#: %.40s', (text, code, column, says) => {
    const problem = only(text);
    expect(problem).toMatchObject({ code, file: 'services.yaml', formula: 'f', line: 10, column });
    expect(problem.text.en).toContain(says);
    expect(problem.text.zh).toMatch(/\p{Script=Han}/u);
  });

  it('are found in the right line of a long formula', () => {
    expect(only('patch t/a: area\n  * rat')).toMatchObject({ line: 11, column: 5 });
  });

  it('are all reported at once, in one formula and over formulas', () => {
    const found = problemsOf({
      f: 'patch 1: nobody + nothing(1) + slope[type=x]',
      g: 'patch 1: 2 2',
      h: 'patch hm2: rain',
    });
    expect(found.map(({ formula, code }) => `${formula} ${code}`)).toEqual([
      'f formula.unknown-name',
      'f formula.unknown-function',
      'f formula.look-up',
      'g formula.syntax',
      'h formula.result-unit',
    ]);
  });

  it('name a circle of formulas by its way', () => {
    const [problem, ...others] = problemsOf({ a: 'patch 1: 2 * b', b: 'patch 1: c + slope', c: 'patch 1: a / 2' });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ formula: 'c', code: 'formula.cycle', line: 30, column: 20 });
    expect(problem.text.en).toContain('a → b → c → a');
  });

  it('name codes that are taken, given twice, or no names', () => {
    const found = problemsOf([
      ['rain', 'patch 1: 1'],
      ['f', 'patch 1: 1'],
      ['f', 'patch 1: 2'],
      ['soil-loss', 'patch 1: 1'],
      ['and', 'patch 1: 1'],
    ]);
    expect(found.map(({ formula, code }) => `${formula} ${code}`)).toEqual([
      'rain formula.duplicate-name',
      'f formula.duplicate-name',
      'soil-loss formula.reserved-name',
      'and formula.reserved-name',
    ]);
    expect(found[1].text.en).toContain('services.yaml:20');
  });

  it('refuse a formula of another scope and say how to reach it', () => {
    const formulas = {
      p: 'patch t/a: area * rate',
      t: 'type t/a: p',
      s: 'territory t/a: p',
      q: 'patch t/a: t',
      r: 'territory t/a: sum(types, s) + s',
    };
    const found = problemsOf(formulas);
    expect(found.map(({ formula, code }) => `${formula} ${code}`)).toEqual([
      's formula.wrong-scope',
      'q formula.wrong-scope',
    ]);
    expect(found[0].text.en).toContain('sum(types, p)');
  });
});
