/** Condition accounts: direction, clipping, weights, what is missing, exact means in any order, and no mixed references. */
import fc from 'fast-check';
import { DomainError, Fraction } from '@gep/kernel';
import { InputNode } from '../input/input-node';
import { computeCondition, conditionIndicator, type ConditionInput, type ConditionVariable } from './condition-account';
import { readCondition } from './read-condition';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
console.info(`condition-account.spec seed ${seed} (repeat with GEP_TEST_SEED)`);
fc.configureGlobal({ seed, numRuns: 300 });

const cover = {
  code: 'cover',
  class: 'B2',
  unit: '%',
  direction: 'higher-better',
  low: '10',
  high: '90',
  reference: { kind: 'historical', period: '1980' },
};
const density = {
  ...cover,
  code: 'density',
  class: 'A1',
  unit: 't/m3',
  direction: 'lower-better',
  low: '0.9',
  high: '1.7',
};
const document = {
  territory: '520523',
  unit: 'hm2',
  types: ['forest', 'grass'],
  variables: [cover, density],
  values: [
    { period: '2020', type: 'forest', patch: 'p1', area: '30', values: { cover: '50', density: '1.1' } },
    { period: '2020', type: 'forest', patch: 'p2', area: '10', values: { cover: '95' } },
    { period: '2020', type: 'grass', area: '10', variable: 'cover', value: '30' },
    { period: '2024', type: 'forest', area: '40', values: { cover: '70', density: '1.7' } },
  ],
};
const read = (wrong: object = {}): ConditionInput =>
  readCondition(InputNode.read(JSON.stringify({ ...document, ...wrong }), 'a.json'));
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'nothing';
};

describe('conditionIndicator', () => {
  const [higher, lower] = read().variables;
  it.each([
    [higher, '50', '1/2'],
    [higher, '5', '0'],
    [higher, '99', '1'],
    [lower, '0.9', '1'],
    [lower, '1.1', '3/4'],
    [lower, '2', '0'],
  ] as [ConditionVariable, string, string][])('$code at %s', (variable, value, expected) => {
    expect(String(conditionIndicator(variable, Fraction.parse(value)!))).toBe(expected);
  });
});

describe('computeCondition', () => {
  it('averages indicators by area, classes by weight, and shows what is missing', () => {
    const { periods, change } = computeCondition(read());
    const [forest, grass] = periods[0].types;
    // cover: (0.5 × 30 + 1 × 10) / 40; density only on p1: 0.75.
    expect(String(forest.variables.get('cover')!.indicator)).toBe('5/8');
    expect(String(forest.variables.get('density')!.measured)).toBe('3/4');
    expect(String(forest.classes.get('A1'))).toBe('3/4');
    expect(String(forest.index)).toBe('11/16');
    expect(forest.missing).toEqual(['density']);
    expect([grass.classes.get('A1'), String(grass.index), grass.missing]).toEqual([null, '1/4', ['density']]);
    expect(String(periods[0].index)).toBe('3/5');
    // 2024: cover 0.75, density 0: 3/8 − 11/16.
    expect([String(change.get('forest')), change.get('grass')]).toEqual(['-5/16', null]);
  });

  it('weighs variables inside classes and classes inside the index', () => {
    const variables = [
      { ...cover, weight: '3' },
      { ...density, class: 'B2' },
      { ...cover, code: 'height', class: 'C1' },
    ];
    const values = [
      { period: '2020', type: 'forest', area: '1', values: { cover: '50', density: '1.7', height: '90' } },
    ];
    const [forest] = computeCondition(read({ variables, values, classWeights: { C1: '3' } })).periods[0].types;
    expect(String(forest.classes.get('B2'))).toBe('3/8');
    expect(String(forest.index)).toBe('27/32');
  });

  it('gives the same figures whatever the order of places', () => {
    const places = fc.array(
      fc.record({ area: fc.integer({ min: 1, max: 9999 }), cover: fc.integer({ min: 0, max: 100 }) }),
      { minLength: 1, maxLength: 12 },
    );
    const indexOf = (rows: readonly { patch: string; area: number; cover: number }[]): string => {
      const values = rows.map(({ patch, area, cover: value }) => {
        return { period: '2020', type: 'forest', patch, area: String(area / 7), values: { cover: String(value) } };
      });
      return String(computeCondition(read({ values })).periods[0].index);
    };
    fc.assert(
      fc.property(places, (rows) => {
        const named = rows.map((row, at) => ({ ...row, patch: `p${at}` }));
        expect(indexOf([...named].reverse())).toBe(indexOf(named));
      }),
    );
  });

  it('refuses to average over different reference conditions', () => {
    for (const reference of [{ kind: 'target' }, { kind: 'historical', period: '1990' }])
      expect(codeOf(() => computeCondition(read({ variables: [cover, { ...density, reference }] })))).toBe(
        'accounting.condition-references',
      );
  });

  it('refuses one variable measured twice at one place', () => {
    const values = [1, 2].map((value) => ({ period: '2020', type: 'forest', area: '1', variable: 'cover', value }));
    expect(codeOf(() => computeCondition(read({ values })))).toBe('accounting.condition-twice');
  });
});

it.each([
  ['a direction left out', { variables: [{ ...cover, direction: undefined }] }],
  ['ends of the scale turned round', { variables: [{ ...cover, low: '90', high: '10' }] }],
  ['an unknown class', { variables: [{ ...cover, class: 'D1' }] }],
  ['a variable twice', { variables: [cover, cover] }],
  ['an unknown variable', { values: [{ period: '2020', type: 'forest', area: '1', values: { colour: '1' } }] }],
  ['an unknown type', { values: [{ period: '2020', type: 'bog', area: '1', values: {} }] }],
  [
    'two areas of one patch',
    { values: ['1', '2'].map((area) => ({ period: '2020', type: 'forest', area, values: {} })) },
  ],
])('%s is refused', (_what, wrong) => {
  expect(codeOf(() => read(wrong))).toBe('accounting.input-unreadable');
});
