/** Daily series of a norm: what is read, what is refused, and that a norm without one keeps the name of its edition. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseUnits } from '../yaml/parse-units';
import { parseNorm } from '../norm/parse-norm';

const unitsFile = path.resolve(__dirname, '../../../../rulebook/units.yaml');
const units = parseUnits({ path: 'units.yaml', text: readFileSync(unitsFile, 'utf8') });
const norm = (series: string, expression: string, more = ''): string => `
id: daily
title: { zh: 逐日, en: Daily }
status: usable
basis: [{ zh: 示例, en: an example }]
currency: yuan
ecosystemTypes: [{ code: forestLand, name: { zh: 林地, en: Forest land }, hj1166: '1' }]
attributes: [{ code: area, unit: hm2, name: { zh: 面积, en: Area }, required: true }]
${series}
parameters:
  - code: price
    name: { zh: 价格, en: Price }
    unit: yuan/(hm2*mm*a)
    values: [{ value: 2, from: 2020-01-01, grade: unverified, source: an example }]
groups: [{ code: water, name: { zh: 水, en: Water } }]
formulas:
  - { code: wet, scope: patch, unit: hm2*mm, name: { zh: 湿, en: Wet }, expression: '${expression}' }
${more}
services:
  - { code: rainHeld, category: regulating, group: water, name: { zh: 蓄, en: Held }, quantity: wet, price: { parameter: price }, gamma: 1 }
`;
const rain =
  'series: [{ code: dailyRain, unit: mm, name: { zh: 日雨量, en: Daily rain }, min: 0, max: 2000, mostMissing: 0.05 }]';
const read = (text: string) => parseNorm([{ path: 'norm.yaml', text }], units);

it('reads a series, and formulas sum it over days', () => {
  const { norm: edition, problems } = read(norm(rain, 'area * sum(days, dailyRain)'));
  expect(problems).toEqual([]);
  expect(edition!.series[0]).toMatchObject({ code: 'dailyRain', unit: { text: 'mm' } });
  expect(edition!.series[0].mostMissing.toString()).toBe('1/20');
  const other = read(norm(rain.replace('0.05', '0.1'), 'area * sum(days, dailyRain)')).norm!;
  expect(other.edition).not.toBe(edition!.edition);
});

it('checks a formula of the day by itself', () => {
  const daily = (expression: string): string =>
    norm(
      rain,
      'area * sum(days, heavy)',
      `  - { code: heavy, scope: day, unit: mm, name: { zh: 大, en: Heavy }, expression: '${expression}' }`,
    );
  expect(read(daily('if(dailyRain >= 12 [mm], dailyRain, 0)')).problems).toEqual([]);
  expect(read(daily('dailyRain * area')).problems.map(({ code }) => code)).toEqual(['formula.wrong-scope']);
});

it('takes an amount of the period as it is, and asks anything else modelled to say that it is of a year', () => {
  const plain = (expression: string) => read(norm(rain, expression).replace('yuan/(hm2*mm*a)', 'yuan/(hm2*mm)'));
  const { norm: edition, problems } = plain('area * sum(days, dailyRain)');
  expect(problems).toEqual([]);
  expect(edition!.services[0].yuanScale.toString()).toBe('1');
  const stock = plain('area * 1 [mm]').problems;
  expect(stock.map(({ code, path }) => [code, path])).toEqual([['norm.money', 'services[0].price']]);
  expect(stock[0].mend.en).toContain('must say that it is of a year');
});

it.each([
  [rain.replace('code: dailyRain', 'code: month'), 'norm.reserved-name'],
  [rain.replace('min: 0', 'min: 3000'), 'norm.bounds'],
  [rain.replace('0.05', '1'), 'norm.bounds'],
  [rain.replace('unit: mm', 'unit: mmm'), 'norm.unknown-unit'],
  [rain.replace('code: dailyRain', 'code: price'), 'norm.duplicate-code'],
  ['', 'formula.unknown-name'],
])('refuses %s', (series, code) => {
  const { norm: edition, problems } = read(norm(series, 'area * sum(days, dailyRain)'));
  expect(edition).toBeUndefined();
  expect(problems.map((problem) => problem.code)).toContain(code);
});
