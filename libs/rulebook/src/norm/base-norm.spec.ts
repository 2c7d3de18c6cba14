/** A small base norm and an overlay on it, for the specs of norms over norms. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseUnits } from '../yaml/parse-units';
import type { NormEdition, NormFile, NormProblem } from './norm';
import { parseNorm } from './parse-norm';

export const rulebookDir = path.resolve(__dirname, '../../../../rulebook');
export const units = parseUnits({
  path: 'units.yaml',
  text: readFileSync(path.join(rulebookDir, 'units.yaml'), 'utf8'),
});

export const base = `id: base
title: { zh: 基础, en: Base }
status: usable
basis: [{ zh: 依据, en: Basis }]
currency: yuan
ecosystemTypes:
  - { code: forest, name: { zh: 林, en: Forest }, hj1166: '1' }
  - { code: field, name: { zh: 田, en: Field }, hj1166: '5' }
attributes:
  - { code: area, unit: hm2, name: { zh: 面积, en: Area }, required: true }
products:
  - { code: maize, name: { zh: 玉米, en: Maize }, unit: t, priceUnit: yuan/t, class: crop }
  - { code: dust, name: { zh: 排放, en: Emission }, unit: t, priceUnit: yuan/t, class: emission }
parameters:
  - code: rate
    name: { zh: 率, en: Rate }
    unit: t/(hm2*a)
    values:
      - { value: 1, types: [forest, field], from: 2000-01-01, grade: published, source: Book }
      - { value: 2, type: field, from: 2020-01-01, grade: published, source: Book }
  - code: cost
    name: { zh: 成本, en: Cost }
    unit: yuan/t
    values: [{ value: 150, from: 2000-01-01, grade: published, source: Book }]
groups: [{ code: air, name: { zh: 气, en: Air } }]
formulas:
  - { code: held, scope: patch, unit: t/a, name: { zh: 量, en: Held }, expression: area * rate }
services:
  - { code: dustHeld, category: regulating, group: air, name: { zh: 滞尘, en: Dust }, quantity: held, price: { parameter: cost }, gamma: 1 }
  - { code: crops, category: provisioning, group: air, name: { zh: 粮, en: Crops }, quantity: { products: crop }, price: { product: price }, gamma: 0.5 }
`;
export const head = `id: over
title: { zh: 上层, en: Over }
status: usable
basis: [{ zh: 另一依据, en: Other basis }]
extends: base
`;
export const files = (own: string, below = base): NormFile[] => [
  { path: 'norm.yaml', text: own },
  { path: 'base/norm.yaml', text: below },
];
export const problemsOf = (own: string): NormProblem[] => parseNorm(files(own), units).problems;
export const brief = ({ file, line, column, code }: NormProblem): string => `${file}:${line}:${column} ${code}`;
/** The overlay with more keys. */
export function over(own: string): NormEdition {
  const { norm, problems } = parseNorm(files(head + own), units);
  expect(problems).toEqual([]);
  return norm!;
}
export const below = parseNorm([{ path: 'norm.yaml', text: base }], units).norm!;

describe('the base norm', () => {
  it('is sound', () => expect(below.services.map(({ code }) => code)).toEqual(['dustHeld', 'crops']));
});
