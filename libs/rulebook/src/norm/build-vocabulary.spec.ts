/** What a norm need not say of its products, and the multiples of units that it may use. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseUnits } from '../yaml/parse-units';
import { parseNorm } from './parse-norm';

const file = path.resolve(__dirname, '../../../../rulebook/units.yaml');
const units = parseUnits({ path: 'units.yaml', text: readFileSync(file, 'utf8') });
const norm = (products: string) => `id: small
title: { zh: 小, en: Small }
status: usable
basis: [{ zh: 依据, en: Basis }]
currency: yuan
ecosystemTypes: [{ code: forest, name: { zh: 林, en: Forest }, hj1166: '1' }]
attributes: [{ code: area, unit: hm2, name: { zh: 面积, en: Area }, required: true }]
products:
${products}
parameters: []
groups: [{ code: culture, name: { zh: 文化, en: Culture } }]
formulas: []
services:
  - { code: visits, category: cultural, group: culture, name: { zh: 旅游, en: Visits }, quantity: { products: all }, price: { product: price }, gamma: 1 }
`;
const read = (products: string) => parseNorm([{ path: 'norm.yaml', text: norm(products) }], units);

it('prices a statistic in yuan for one of it where no unit of price is said, and money by itself', () => {
  const built = read(`  - { code: visits, name: { zh: 人次, en: Visits }, unit: 万人次, class: all }
  - { code: income, name: { zh: 收入, en: Income }, unit: 亿元, class: all }
  - { code: smoke, name: { zh: 烟, en: Smoke }, unit: t/a, class: all }`);
  expect(built.problems).toEqual([]);
  expect(built.norm!.products.map(({ priceUnit, yuanScale }) => [priceUnit.text, yuanScale.toNumber()])).toEqual([
    ['yuan/万人次', 1],
    ['1', 100000000],
    ['yuan/(t/a)', 1],
  ]);
});

it('refuses a unit of price that makes no money, and says the usual one', () => {
  const { problems } = read(
    `  - { code: visits, name: { zh: 人次, en: Visits }, unit: 万人次, priceUnit: '1', class: all }`,
  );
  expect(problems.some(({ mend }) => mend.en.includes('yuan/万人次'))).toBe(true);
});
