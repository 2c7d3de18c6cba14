/** Norms: a sound one becomes an edition, a faulty one gives every fault with its place, reason and mend. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { NormFile, NormProblem } from './norm';
import { parseNorm } from './parse-norm';
import { parseUnits } from '../yaml/parse-units';

const rulebookDir = path.resolve(__dirname, '../../../../rulebook');
const units = parseUnits({ path: 'units.yaml', text: readFileSync(path.join(rulebookDir, 'units.yaml'), 'utf8') });

const head = `id: small
title: { zh: 小, en: Small }
status: usable
basis: [{ zh: 依据, en: Basis }]
currency: yuan
ecosystemTypes:
  - { code: forest, name: { zh: 林, en: Forest }, hj1166: '1' }
  - { code: field, name: { zh: 田, en: Field }, hj1166: '5' }
attributes:
  - { code: area, unit: hm2, name: { zh: 面积, en: Area }, required: true, min: 0 }
  - { code: rain, unit: mm/a, name: { zh: 雨, en: Rain }, fallback: usualRain }
products:
  - { code: maize, name: { zh: 玉米, en: Maize }, unit: t, priceUnit: yuan/kg, class: crop, type: field }
`;
const parameters = `parameters:
  - code: usualRain
    name: { zh: 常年雨量, en: Usual rain }
    unit: m/a
    values: [{ value: 1.2, from: 2000-01-01, grade: unverified, source: Nowhere }]
  - code: waterPrice
    name: { zh: 水价, en: Price of water }
    unit: yuan/m3
    values:
      - { value: 1/7, type: forest, from: 2000-01-01, grade: published, source: Table 1 }
      - { value: 2.40, type: field, from: 2000-01-01, grade: published, source: Table 1 }
`;
const services = `groups: [{ code: water, name: { zh: 水, en: Water } }, { code: food, name: { zh: 食, en: Food } }]
formulas:
  - code: waterKept
    scope: patch
    unit: m3/a
    name: { zh: 水量, en: Water kept }
    expression: area * max(rain - 500 [mm/a], 0 [mm/a])
services:
  - code: water
    category: regulating
    group: water
    name: { zh: 水, en: Water }
    quantity: waterKept
    price: { parameter: waterPrice }
    gamma: 1
  - code: crops
    category: provisioning
    group: food
    name: { zh: 作物, en: Crops }
    types: [field]
    quantity: { products: crop }
    price: { product: price }
    gamma: 0.5
`;
const norm = (edit: (text: string) => string = (text) => text): NormFile[] =>
  [
    { path: 'norm.yaml', text: head },
    { path: 'parameters.yaml', text: parameters },
    { path: 'services.yaml', text: services },
  ].map((file) => ({ ...file, text: edit(file.text) }));
const problemsOf = (files: NormFile[]): NormProblem[] => parseNorm(files, units).problems;
/** What a problem is and where: `services.yaml:12:5 norm.money`. */
const brief = ({ file, line, column, code }: NormProblem): string => `${file}:${line}:${column} ${code}`;
const replaced = (from: string, to: string): NormFile[] => {
  expect([head, parameters, services].some((text) => text.includes(from))).toBe(true);
  return norm((text) => text.replace(from, to));
};

describe('a sound norm', () => {
  const { norm: small, problems } = parseNorm(norm(), units);

  it('becomes an edition with everything resolved', () => {
    expect(problems).toEqual([]);
    expect(small).toMatchObject({ id: 'small', status: 'usable', currency: 'yuan' });
    expect(small?.edition).toMatch(/^[0-9a-f]{64}$/);
    const [water, crops] = small!.services;
    expect(water).toMatchObject({
      types: ['forest', 'field'],
      quantity: { kind: 'formula', formula: 'waterKept' },
      price: { kind: 'parameter', parameter: 'waterPrice' },
    });
    expect(crops).toMatchObject({ quantity: { kind: 'products', products: ['maize'] }, price: { kind: 'product' } });
    expect(small!.products[0].yuanScale.toString()).toBe('1000');
    expect(crops.gamma).toMatchObject({ kind: 'constant' });
  });

  it('keeps numbers exactly as written', () => {
    const [forest, field] = small!.parameters[1].values;
    expect([forest.value.toString(), field.value.toString()]).toEqual(['1/7', '12/5']);
    expect(small!.parameters[1]).toMatchObject({ byType: true, byPlace: false });
  });

  it('may be one file or many', () => {
    const joined = parseNorm([{ path: 'all.yaml', text: head + parameters + services }], units);
    expect(joined.norm?.edition).toBe(small?.edition);
    const more = { path: 'more.yaml', text: 'groups: [{ code: more, name: { zh: 多, en: More } }]' };
    const split = parseNorm([...norm(), more], units);
    expect(split.norm?.groups.map(({ code }) => code)).toEqual(['water', 'food', 'more']);
  });

  it('gives one value to several types at once', () => {
    const files = replaced('type: forest, from', 'types: [forest], from');
    expect(parseNorm(files, units).norm?.edition).toBe(small?.edition);
  });
});

describe('the edition', () => {
  const edition = parseNorm(norm(), units).norm!.edition;
  const editionAfter = (from: string, to: string): string | undefined =>
    parseNorm(replaced(from, to), units).norm?.edition;

  it.each([
    ['a comment', 'unit: m/a', 'unit: m/a # a remark'],
    ['the order of keys', 'code: maize, name: { zh: 玉米, en: Maize }', 'name: { en: Maize, zh: 玉米 }, code: maize'],
    ['the way a number is written', 'value: 2.40', 'value: 24e-1'],
    ['quotes', 'unit: m/a', `unit: 'm/a'`],
    ['spaces in a formula', 'area * max(rain', 'area  *  max(rain'],
    ['the order of values', '- { value: 1/7, type: forest', '- { type: forest, value: 1/7'],
  ])('does not change with %s', (_, from, to) => expect(editionAfter(from, to)).toBe(edition));

  it.each([
    ['a value', 'value: 2.40', 'value: 2.41'],
    ['a date', 'type: field, from: 2000-01-01', 'type: field, from: 2000-01-02'],
    ['a grade', 'grade: unverified', 'grade: solved'],
    ['a source', 'Nowhere', 'Somewhere'],
    ['a unit', 'unit: m/a', 'unit: mm/a'],
    ['a formula', '500 [mm/a]', '501 [mm/a]'],
    ['γ', 'gamma: 0.5', 'gamma: 0.6'],
    ['a name', 'en: Maize', 'en: Corn'],
    ['a bound', 'required: true, min: 0', 'required: true, min: 1'],
  ])('changes with %s', (_, from, to) => {
    expect(editionAfter(from, to)).toMatch(/^[0-9a-f]{64}$/);
    expect(editionAfter(from, to)).not.toBe(edition);
  });

  it('changes with the meaning of a unit', () => {
    const definitions = units.definitions.map((unit) => (unit.code === 'mm' ? { ...unit, is: '1/999 m' } : unit));
    const other = new (units.constructor as new (d: typeof definitions) => typeof units)(definitions);
    expect(parseNorm(norm(), other).norm!.edition).not.toBe(edition);
  });
});

describe('a faulty norm', () => {
  it.each([
    ['a misspelt key', 'grade: unverified', 'graed: unverified', ['parameters.yaml:5:46 norm.unknown-key']],
    ['a word that is not allowed', 'status: usable', 'status: usabel', ['norm.yaml:3:9 norm.not-allowed']],
    ['a key in the wrong form', 'value: 1.2,', 'value: some,', ['parameters.yaml:5:23 norm.malformed']],
    ['a list that is none', 'basis: [{ zh: 依据, en: Basis }]', 'basis: none', ['norm.yaml:4:8 norm.wrong-kind']],
    [
      'a day that does not exist',
      'type: field, from: 2000-01-01',
      'type: field, from: 2000-02-30',
      ['parameters.yaml:11:43 norm.malformed'],
    ],
    ['an unknown unit', 'unit: m/a', 'unit: mile/a', ['parameters.yaml:4:11 norm.unknown-unit']],
    ['an unknown type', 'type: field, from', 'type: feild, from', ['parameters.yaml:11:30 norm.unknown-code']],
    ['overlapping dates', 'type: field, from', 'type: forest, from', ['parameters.yaml:11:44 norm.overlapping-dates']],
    [
      'a code given twice',
      'code: usualRain',
      'code: waterPrice',
      [
        'norm.yaml:11:68 norm.unknown-code',
        'parameters.yaml:6:11 norm.duplicate-code',
        'services.yaml:14:12 norm.money',
      ],
    ],
    [
      'a value missing for a type',
      '      - { value: 2.40, type: field, from: 2000-01-01, grade: published, source: Table 1 }\n',
      '',
      ['parameters.yaml:10:7 norm.value-missing'],
    ],
    ['a price that is no price', 'unit: yuan/m3', 'unit: yuan/t', ['services.yaml:14:12 norm.money']],
    ['a product whose price is no money', 'priceUnit: yuan/kg', 'priceUnit: yuan/m3', ['norm.yaml:13:69 norm.money']],
    ['an unknown formula', 'quantity: waterKept', 'quantity: waterKetp', ['services.yaml:13:15 norm.unknown-code']],
    ['an unknown group', 'group: food', 'group: fodo', ['services.yaml:18:12 norm.unknown-code']],
    ['an unknown class of products', 'products: crop', 'products: corp', ['services.yaml:21:27 norm.unknown-code']],
    ['γ above one', 'gamma: 0.5', 'gamma: 1.5', ['services.yaml:23:12 norm.gamma']],
    ['γ with a unit', 'gamma: 0.5', 'gamma: waterPrice', ['services.yaml:23:12 norm.gamma']],
    [
      'a product price of a modelled quantity',
      'price: { parameter: waterPrice }',
      'price: { product: price }',
      ['services.yaml:14:12 norm.price-of-nothing'],
    ],
    [
      'two prices',
      'price: { parameter: waterPrice }',
      'price: { parameter: waterPrice, formula: waterKept }',
      ['services.yaml:14:12 norm.wrong-size'],
    ],
    [
      'a price by patch',
      'price: { parameter: waterPrice }',
      'price: { formula: waterKept }',
      ['services.yaml:14:23 norm.wrong-scope'],
    ],
    ['a fallback of another dimension', 'unit: m/a', 'unit: m', ['norm.yaml:11:68 norm.fallback-unit']],
    [
      'a fallback of a required attribute',
      'fallback: usualRain',
      'required: true, fallback: usualRain',
      ['norm.yaml:11:84 norm.fallback-of-required'],
    ],
    [
      'no area',
      'code: area, unit: hm2',
      'code: size, unit: hm2',
      ['norm.yaml:10:5 norm.no-area', 'services.yaml:7:17 formula.unknown-name'],
    ],
    ['bounds the wrong way round', 'min: 0 }', 'min: 5, max: 1 }', ['norm.yaml:10:79 norm.bounds']],
    ['a formula that does not fit', 'area * max(rain', 'area * max(area', ['services.yaml:7:35 formula.unit-mismatch']],
    ['a key that is missing', 'currency: yuan\n', '', ['norm.yaml:0:0 norm.missing-key']],
    ['a key repeated', 'status: usable', 'status: usable\nstatus: skeleton', ['norm.yaml:4:1 norm.yaml']],
    ['a single key in two files', 'groups:', 'status: usable\ngroups:', ['services.yaml:1:1 norm.given-twice']],
  ])('with %s', (_, from, to, expected) => {
    expect(problemsOf(replaced(from, to)).map(brief)).toEqual(expected);
  });

  it('says what, why and how to mend in both languages', () => {
    const text = { zh: '公式“waterKetp”不存在', en: 'formula "waterKetp" does not exist' };
    const mend = { zh: '是否应为“waterKept”？', en: 'did you mean "waterKept"?' };
    const problems = problemsOf(replaced('quantity: waterKept', 'quantity: waterKetp'));
    expect(problems).toMatchObject([{ path: 'services[0].quantity', text, mend }]);
  });

  it('gives all problems of all files at once', () => {
    const files = norm((text) =>
      text
        .replace('status: usable', 'status: ready')
        .replace('unit: m/a', 'unit: mile/a')
        .replace('type: field, from', 'type: feild, from')
        .replace('gamma: 0.5', 'gamma: 1.5')
        .replace('area * max(rain', 'area * max(sun'),
    );
    expect(problemsOf(files).map(brief)).toEqual([
      'norm.yaml:3:9 norm.not-allowed',
      'parameters.yaml:4:11 norm.unknown-unit',
      'parameters.yaml:11:30 norm.unknown-code',
      'services.yaml:7:28 formula.unknown-name',
      'services.yaml:23:12 norm.gamma',
    ]);
  });

  it('is no edition, nor are no files, nor is text that is no YAML', () => {
    expect(parseNorm([], units).norm).toBeUndefined();
    expect(problemsOf([]).map(({ code }) => code)).toContain('norm.empty');
    for (const text of [
      '',
      'just text',
      '- a\n- b',
      ': : :',
      '[[[[',
      'a: &x [*x, *x]',
      '\t\tx: 1',
      '['.repeat(200_000),
    ]) {
      const { norm: edition, problems } = parseNorm([{ path: 'norm.yaml', text }], units);
      expect(edition).toBeUndefined();
      expect(problems.length).toBeGreaterThan(0);
    }
  });

  it('does not run away on aliases that multiply', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...[...'bcdefghij'].map(
        (name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`).join(', ')}]`,
      ),
    ];
    expect(problemsOf([{ path: 'norm.yaml', text: bomb.join('\n') }]).map(({ code }) => code)).toEqual(['norm.yaml']);
  });

  it('reports a broken entry once and not again wherever it is named', () => {
    const files = norm((text) =>
      text
        .replace('expression: area * max(rain - 500 [mm/a], 0 [mm/a])', 'expression: area * rain * factor / factor')
        .replace('parameters:\n', 'parameters:\n  - { code: factor, name: { zh: 系数, en: Factor }, values: [] }\n'),
    );
    expect(problemsOf(files).map(brief)).toEqual([
      'parameters.yaml:2:5 norm.missing-key',
      'parameters.yaml:2:59 norm.wrong-size',
    ]);
  });
});
