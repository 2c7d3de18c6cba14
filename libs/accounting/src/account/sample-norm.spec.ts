/** Norms and observations for the specs of this folder: a small fixed one, and random ones. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import type { PatchChunk, StatisticRow } from '@gep/observation';
import { NormEdition, parseNorm, parseUnits } from '@gep/rulebook';
import { ObservedPeriod } from './observed-period';

export const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
export const units = parseUnits({ path: 'units.yaml', text: readFileSync('rulebook/units.yaml', 'utf8') });

/** @throws with every problem when the text is not a sound norm */
export function normFrom(text: string): NormEdition {
  const { norm, problems } = parseNorm([{ path: 'norm.yaml', text }], units);
  if (!norm) throw new Error(JSON.stringify(problems, null, 1));
  return norm;
}

/** Two modelled services, one of them with a price formula over the rows, a measured product and a stand-in attribute. */
export const sampleNormText = `
id: sample
title: { zh: 样例, en: Sample }
status: usable
basis: [{ zh: 无, en: none }]
currency: yuan
ecosystemTypes:
  - { code: forest, name: { zh: 林, en: Forest }, hj1166: '1' }
  - { code: dry, name: { zh: 旱, en: Dry }, hj1166: '5' }
  - { code: bare, name: { zh: 裸, en: Bare }, hj1166: '8' }
attributes:
  - { code: area, unit: hm2, name: { zh: 面积, en: Area }, required: true }
  - { code: rain, unit: mm/a, name: { zh: 降水, en: Rain } }
  - { code: slope, unit: '1', name: { zh: 坡度, en: Slope }, fallback: usualSlope }
products:
  - { code: maize, name: { zh: 玉米, en: Maize }, unit: t, priceUnit: yuan/kg, class: crop, type: dry }
parameters:
  - code: usualSlope
    name: { zh: 常坡, en: Usual slope }
    unit: '1'
    values: [{ value: 2, from: 2000-01-01, grade: unverified, source: practice }]
  - code: share
    name: { zh: 系数, en: Share }
    unit: '1'
    values:
      - { value: 1/3, type: forest, from: 2000-01-01, grade: published, source: book }
      - { value: 0.25, type: dry, from: 2000-01-01, grade: solved, source: solved }
      - { value: 0.5, type: forest, place: '520000', from: 2000-01-01, grade: solved, source: province }
  - code: waterPrice
    name: { zh: 水价, en: Price of water }
    unit: yuan/m3
    values: [{ value: 2.4, from: 2000-01-01, grade: published, source: book }, { value: 3, from: 2024-06-01, grade: published, source: book }]
  - code: soilPrice
    name: { zh: 土价, en: Price of soil }
    unit: yuan/t
    values: [{ value: 1/7, from: 2000-01-01, grade: published, source: book }]
  - code: yield
    name: { zh: 单产, en: Yield }
    unit: t/(hm2*a)
    values: [{ value: 3, from: 2000-01-01, grade: published, source: book }]
  - code: natureShare
    name: { zh: 自然贡献, en: Share of nature }
    unit: '1'
    values: [{ value: 0.4, from: 2000-01-01, grade: solved, source: solved }]
groups:
  - { code: food, name: { zh: 食物, en: Food } }
  - { code: water, name: { zh: 水, en: Water } }
  - { code: soil, name: { zh: 土, en: Soil } }
formulas:
  - { code: waterKept, scope: patch, unit: m3/a, name: { zh: 水源涵养, en: Water kept }, expression: area * rain * share }
  - { code: soilKept, scope: patch, unit: t/a, name: { zh: 土壤保持, en: Soil kept }, expression: 'area * yield * max(slope - 1, 0)' }
  - { code: scarcity, scope: territory, unit: yuan/t, name: { zh: 稀缺价, en: Price by scarcity }, expression: 'soilPrice * (1 + sum(types, area) / 1000 [hm2])' }
services:
  - { code: crops, category: provisioning, group: food, name: { zh: 农产品, en: Crops }, quantity: { products: crop }, price: { product: price }, gamma: natureShare }
  - { code: waterConservation, category: regulating, group: water, name: { zh: 水源涵养, en: Water }, types: [forest, dry], quantity: waterKept, price: { parameter: waterPrice }, gamma: 1 }
  - { code: soilConservation, category: regulating, group: soil, name: { zh: 土壤保持, en: Soil }, types: [forest, dry], quantity: soilKept, price: { formula: scarcity }, gamma: 1 }
`;

/** One row of an observation; an attribute that is left out is absent. */
export type SampleRow = { type: string } & Record<string, string | number>;

/** A chunk of rows, read from lines 2, 3, … of the sheet `extent`. */
export function chunkOf(rows: readonly SampleRow[], firstRow = 2): PatchChunk {
  const types = [...new Set(rows.map(({ type }) => type))];
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => name !== 'type');
  const column = (name: string): Float64Array => Float64Array.from(rows, (row) => Number(row[name] ?? NaN));
  return {
    rows: rows.length,
    types,
    typeIndex: Uint16Array.from(rows, ({ type }) => types.indexOf(type)),
    patchIds: null,
    sourceRow: Int32Array.from(rows, (_, at) => at + firstRow),
    sourceSheet: 'extent',
    columns: Object.fromEntries(names.map((name) => [name, column(name)])),
  };
}

export function observedOf(
  rows: readonly SampleRow[],
  statistics: readonly StatisticRow[] = [],
  more: Partial<ObservedPeriod> = {},
): ObservedPeriod {
  return {
    territory: '520523',
    period: '2024',
    places: ['520523', 'CN'],
    chunks: [chunkOf(rows)],
    statistics,
    digest: 'observation',
    ...more,
  };
}

/** A reported amount of maize. */
export function maize(quantity: string, price: string | null, type: string | null = null): StatisticRow {
  return {
    item: 'maize',
    type,
    quantity,
    unit: 't',
    price,
    priceUnit: price && 'yuan/kg',
    sheet: 'statistics',
    row: 2,
  };
}

const number = fc.integer({ min: 1, max: 99999 }).map((n) => `${n / 1000}`);
const patchExpression = fc
  .tuple(
    fc.constantFrom('area', 'area * rain', 'area * max(rain - evaporation, floor)', 'area * exp(-rate * slope)'),
    fc.constantFrom('', ' * rate', ' * (1 - cover * rate)', ' * if(slope > 1, rate, 2)', ' / (1 + rate)'),
  )
  .map(([base, factor]) => base + factor);

/** The unit of a random quantity follows from whether rain takes part. */
const unitOf = (expression: string): string => (expression.includes('rain') ? 'm3/a' : 'hm2');

/** Texts of norms of up to six services over random formulas, prices and γ; all values exist for all types. */
const anyNormText = fc
  .record({
    types: fc.integer({ min: 1, max: 5 }),
    services: fc.array(
      fc.record({
        expression: patchExpression,
        category: fc.constantFrom('provisioning', 'regulating', 'cultural'),
        group: fc.constantFrom('one', 'two'),
        price: number,
        gamma: fc.constantFrom('1', '0.3', '1/3'),
        some: fc.nat(31),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    values: fc.array(number, { minLength: 20, maxLength: 20 }),
  })
  .map(({ types, services, values }) => {
    const codes = Array.from({ length: types }, (_, at) => `type${at}`);
    const byType = (code: string, unit: string, shift: number): string =>
      `  - { code: ${code}, name: { zh: 参数, en: ${code} }, unit: '${unit}', values: [${codes
        .map(
          (type, at) =>
            `{ value: ${values[(at + shift) % 20]}, type: ${type}, from: 2000-01-01, grade: published, source: book }`,
        )
        .join(', ')}] }`;
    const single = (code: string, unit: string, value: string): string =>
      `  - { code: ${code}, name: { zh: 参数, en: ${code} }, unit: '${unit}', values: [{ value: ${value}, from: 2000-01-01, grade: published, source: book }] }`;
    return `
id: random
title: { zh: 随机, en: Random }
status: usable
basis: [{ zh: 无, en: none }]
currency: yuan
ecosystemTypes: [${codes.map((code) => `{ code: ${code}, name: { zh: 类, en: Type }, hj1166: '1' }`).join(', ')}]
attributes:
  - { code: area, unit: hm2, name: { zh: 面积, en: Area }, required: true }
  - { code: rain, unit: mm/a, name: { zh: 降水, en: Rain } }
  - { code: evaporation, unit: mm/a, name: { zh: 蒸发, en: Evaporation } }
  - { code: slope, unit: '1', name: { zh: 坡, en: Slope } }
parameters:
${byType('rate', '1', 0)}
${byType('cover', '1', 5)}
${byType('floor', 'mm/a', 9)}
${services.map(({ expression, price }, at) => single(`price${at}`, unitOf(expression) === 'm3/a' ? 'yuan/m3' : 'yuan/(hm2*a)', price)).join('\n')}
groups: [{ code: one, name: { zh: 一, en: One } }, { code: two, name: { zh: 二, en: Two } }]
formulas:
${services.map(({ expression }, at) => `  - { code: quantity${at}, scope: patch, unit: ${unitOf(expression)}, name: { zh: 量, en: Quantity }, expression: '${expression}' }`).join('\n')}
services:
${services
  .map(({ category, group, gamma, some }, at) => {
    const chosen = codes.filter((_, type) => (some >> type) % 2 === 1);
    const applies = chosen.length === 0 ? '' : `types: [${chosen.join(', ')}], `;
    return `  - { code: service${at}, category: ${category}, group: ${group}, name: { zh: 服务, en: Service }, ${applies}quantity: quantity${at}, price: { parameter: price${at} }, gamma: '${gamma}', negative: keep }`;
  })
  .join('\n')}
`;
  });

const measured = (max: number): fc.Arbitrary<number> =>
  fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max, noNaN: true }));

/** A random norm, as text so that a counterexample can be read, with rows for it. */
export const anyCase = anyNormText.chain((text) =>
  fc.record({
    text: fc.constant(text),
    rows: fc.array(
      fc.record({
        type: fc.constantFrom(...typesIn(text)),
        area: measured(1e4),
        rain: measured(3000),
        evaporation: measured(3000),
        slope: measured(5),
      }),
      { maxLength: 60 },
    ),
  }),
);

const typesIn = (text: string): string[] => [...new Set(text.match(/type\d/g))];

describe('the sample norms', () => {
  it('are sound', () => {
    expect(normFrom(sampleNormText).services).toHaveLength(3);
    fc.assert(
      fc.property(anyCase, ({ text }) => expect(normFrom(text).services.length).toBeGreaterThan(0)),
      { seed, numRuns: 20 },
    );
  });
});
