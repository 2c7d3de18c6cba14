/** Slips put into the tables of invented papers: a cell of a cross table, rounded prices, γ, areas in every unit. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkFile, vocabularyOf } from '@gep/observation';
import { loadNorm, loadQualityRules, loadStudy, type NormEdition, type QualityRules } from '@gep/rulebook';
import { computeAccount } from '../../account/compute-account';
import type { Account } from '../../account/account';
import { checkQuality } from '../check-quality';
import type { Finding } from '../finding';
import { stateAccounts } from '../state-accounts';
import type { PlainTable } from './read-rows';
import { stateReport } from './state-report';
import { stateTables } from './state-tables';

let rules: QualityRules;
let words: NormEdition;
let folder: string;
beforeAll(async () => {
  rules = await loadQualityRules('rulebook');
  words = await loadNorm('cn-terrestrial', 'rulebook');
  folder = await mkdtemp(path.join(tmpdir(), 'gep-invented-'));
});
afterAll(() => rm(folder, { recursive: true }));

const shown = (findings: readonly Finding[]): string[] =>
  findings.map(({ grade, rule, cells, expected, found }) => `${grade} ${rule} ${cells[0]} ${found} for ${expected}`);

/** A county by service and type in 亿元; tourism belongs to no type. */
const county = `年份,类别,服务,类型,价值量（亿元）
2020,供给,农业,农田,15.73
2020,供给,农业,合计,15.73
2020,供给,林业,森林,1.89
2020,供给,林业,合计,1.89
2020,调节,土壤保持,森林,26.26
2020,调节,土壤保持,灌丛,3.67
2020,调节,土壤保持,草地,1.23
2020,调节,土壤保持,农田,1.74
2020,调节,土壤保持,合计,32.90
2020,调节,水源涵养,森林,63.36
2020,调节,水源涵养,灌丛,11.43
2020,调节,水源涵养,草地,5.48
2020,调节,水源涵养,农田,9.58
2020,调节,水源涵养,合计,89.85
2020,调节,固碳,森林,2.95
2020,调节,固碳,灌丛,0.37
2020,调节,固碳,草地,0.13
2020,调节,固碳,农田,0.55
2020,调节,固碳,合计,4.00
2020,调节,空气净化,森林,1.09
2020,调节,空气净化,灌丛,0.11
2020,调节,空气净化,草地,0.02
2020,调节,空气净化,农田,0.03
2020,调节,空气净化,合计,1.25
2020,文化,旅游,合计,48.62
2020,合计,合计,森林,95.55
2020,合计,合计,灌丛,15.58
2020,合计,合计,草地,6.86
2020,合计,合计,农田,27.63
2020,合计,合计,合计,194.24`;
const findingsIn = (text: string): Finding[] => {
  const rows = text.split('\n').map((line, at) => ({ row: at + 1, cells: line.split(',') }));
  const tables: readonly PlainTable[] = [{ name: 't4', rows }];
  return stateReport(tables, words).flatMap((stated) => checkQuality(stated, rules).findings);
};

it('has nothing to say of the county as it is, whose tourism stands beside its types', () => {
  expect(shown(findingsIn(county))).toEqual([]);
  expect(shown(findingsIn(county.replace('旅游,合计,48.62', '旅游,合计,40.00')))).toEqual([
    'A totalNotParts t4.31.value 194.24 for 185.62',
  ]);
});

it('has nothing to say of the cross table in the guide', async () => {
  const guide = await readFile('docs/how-to-account-a-paper.md', 'utf8');
  const [, text] = /## 7\.[^]*?```csv\n([^]*?)\n```/.exec(guide)!;
  expect(shown(findingsIn(text))).toEqual([]);
  expect(shown(findingsIn(text.replace('48.62', '48.26')))).not.toEqual([]);
});

it('names both where the figures do not tell which of two is wrong', () => {
  const sum = (fish: string): Finding[] =>
    findingsIn(`年份,服务,价值量（万元）\n2020,鱼,${fish}\n2020,水,400\n2020,合计,521`);
  expect(shown(sum('121'))).toEqual([]);
  const [{ rule, cells: places, cause }] = sum('112');
  expect([rule, ...places]).toEqual(['totalNotParts', 't4.4.value', 't4.2.value']);
  expect(cause.en).toContain('512');
  expect(cause.en).toContain('121 for 112');
});

const cells: readonly [right: string, wrong: string, finding: string, cause: RegExp][] = [
  ['水源涵养,草地,5.48', '4.58', 'A digitSwap t4.13.value 4.58 for 5.48', /digits exchanged/],
  ['固碳,森林,2.95', '29.5', 'A cellWrong t4.16.value 29.5 for 2.95', /factor of 10 too large/],
  ['空气净化,草地,0.02', '0.20', 'A cellWrong t4.23.value 0.20 for 0.02', /factor of 10 too large/],
  ['土壤保持,农田,1.74', '2.91', 'A cellWrong t4.9.value 2.91 for 1.74', /typed or copied/],
  ['水源涵养,合计,89.85', '88.95', 'A digitSwap t4.15.value 88.95 for 89.85', /digits exchanged/],
  ['合计,草地,6.86', '6.36', 'A cellWrong t4.29.value 6.36 for 6.86', /typed or copied/],
];

it.each(cells)('names the one cell: %s printed %s', (right, wrong, finding, cause) => {
  const found = findingsIn(county.replace(right, right.replace(/[\d.]+$/, wrong)));
  expect(shown(found)).toEqual([finding]);
  expect(found[0].cause.en).toMatch(cause);
});

it('says what a row calls itself', () => {
  const [{ labels }] = findingsIn(county.replace('草地,5.48', '草地,4.58'));
  expect(labels?.[0]).toBe('调节 · 水源涵养 · 草地');
});

const lakeNorm = (areaUnit: string): string => `
id: lake
title: { zh: 湖, en: Lake }
status: usable
basis: [{ zh: 虚构论文, en: Invented paper }]
citations: [{ id: lake, text: Invented paper }]
currency: yuan
ecosystemTypes:
  - { code: lake, name: { zh: 湖泊, en: Lake }, hj1166: '42' }
  - { code: forest, name: { zh: 森林, en: Forest }, hj1166: '1' }
attributes:
  - { code: area, unit: ${areaUnit}, name: { zh: 面积, en: Area }, required: true, min: 0 }
products:
  - { code: fishCaught, name: { zh: 鱼, en: Fish }, unit: t, priceUnit: yuan/kg, class: fish }
  - { code: tpRemoved, name: { zh: 总磷, en: Phosphorus removed }, unit: kg, class: water }
  - { code: tnRemoved, name: { zh: 总氮, en: Nitrogen removed }, unit: t, class: water }
  - { code: floodStored, name: { zh: 洪水, en: Flood stored }, unit: m3, class: water }
parameters:
  - { code: tpCost, name: { zh: 磷, en: Phosphorus }, unit: yuan/kg, values: [{ value: 3.59125, from: 2000-01-01, grade: published, source: 'lake#1' }] }
  - { code: tnCost, name: { zh: 氮, en: Nitrogen }, unit: yuan/kg, values: [{ value: 2.15475, from: 2000-01-01, grade: published, source: 'lake#1' }] }
  - { code: floodCost, name: { zh: 洪水, en: Flood }, unit: yuan/m3, values: [{ value: 1.032604, from: 2000-01-01, grade: published, source: 'lake#1' }] }
  - { code: dustCost, name: { zh: 滞尘, en: Dust }, unit: yuan/t, values: [{ value: 150, from: 2000-01-01, grade: published, source: 'lake#1' }] }
  - { code: dustRate, name: { zh: 滞尘, en: Dust }, unit: 'kg/(hm2*a)', values: [{ value: 3320, type: forest, from: 2000-01-01, grade: published, source: 'lake#1' }] }
  - { code: fishShare, name: { zh: 贡献率, en: Share of nature }, unit: '%', values: [{ value: 42, from: 2000-01-01, grade: published, source: 'lake#1' }] }
groups:
  - { code: products, name: { zh: 产品, en: Products } }
  - { code: purification, name: { zh: 净化, en: Purification } }
  - { code: flood, name: { zh: 洪水, en: Flood } }
  - { code: air, name: { zh: 空气, en: Air } }
formulas:
  - { code: dustKept, scope: patch, unit: t/a, name: { zh: 滞尘, en: Dust }, expression: area * dustRate }
services:
  - { code: fish, category: provisioning, group: products, name: { zh: 渔业, en: Fish }, quantity: { measured: fishCaught }, price: { product: price }, gamma: fishShare }
  - { code: tp, category: regulating, group: purification, name: { zh: 总磷, en: Phosphorus }, quantity: { measured: tpRemoved }, price: { parameter: tpCost }, gamma: 1 }
  - { code: tn, category: regulating, group: purification, name: { zh: 总氮, en: Nitrogen }, quantity: { measured: tnRemoved }, price: { parameter: tnCost }, gamma: 1 }
  - { code: floodControl, category: regulating, group: flood, name: { zh: 洪水, en: Flood }, quantity: { measured: floodStored }, price: { parameter: floodCost }, gamma: 1 }
  - { code: dust, category: regulating, group: air, name: { zh: 滞尘, en: Dust }, types: [forest], quantity: dustKept, price: { parameter: dustCost }, gamma: 1 }
`;
const statistics = `territory,period,item,quantity,unit,price,priceUnit
990203-east,2018,fishCaught,5236,t,14.2,yuan/kg
990203-east,2018,tpRemoved,48650,kg,,
990203-east,2018,tnRemoved,612.4,t,,
990203-east,2018,floodStored,6820,万m3,,
990203-west,2018,fishCaught,3874,t,14.2,yuan/kg
990203-west,2018,tpRemoved,31720,kg,,
990203-west,2018,tnRemoved,438.9,t,,
990203-west,2018,floodStored,4115,万m3,,
`;
const published = `
case: two-towns
title: { zh: 两镇, en: Two towns }
source: { zh: 虚构论文, en: Invented paper }
norm: .
observations: [areas.csv, statistics.csv]
territories:
  990203-east: { zh: 东镇, en: East }
  990203-west: { zh: 西镇, en: West }
tables:
  - id: table4
    title: { zh: 价值（万元）, en: Values }
    where: { period: '2018' }
    rows: service
    columns: territory
    cells:
      fish: { 990203-east: 3122.75, 990203-west: 2310.45, total: 5433.20 }
      tp: { 990203-east: 17.47, 990203-west: 11.39, total: 28.86 }
      tn: { 990203-east: 131.96, 990203-west: 94.57, total: 226.53 }
      floodControl: { 990203-east: 7042.36, 990203-west: 4249.17, total: 11291.52 }
      purification: { 990203-east: 149.43, 990203-west: 105.96, total: 255.39 }
  - id: quantities
    title: { zh: 实物量与单价, en: Quantities and prices }
    where: { period: '2018' }
    rows: service
    columns: measure
    cells:
      fish: { quantity: 9110 t, unitValue: 14.2 元/kg }
      tp: { quantity: 80370 kg, unitValue: 3.59 元/kg }
      tn: { quantity: 1051.3 t, unitValue: 2.15 元/kg }
      floodControl: { quantity: 10935 万m3, unitValue: 1.03 元/m3 }
`;

async function findingsOfStudy(tables: string): Promise<Finding[]> {
  const areas = 'territory,period,type,area\n990203-east,2018,lake,500\n990203-west,2018,lake,300\n';
  const files = {
    'norm.yaml': lakeNorm('hm2'),
    'areas.csv': areas,
    'statistics.csv': statistics,
    'published.yaml': tables,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  const study = await loadStudy(folder, 'rulebook');
  if (study.form !== 'tables') throw new Error('no printed tables');
  const norm = await loadNorm(study.norm, 'rulebook');
  const { accepted } = await checkFile(study.observations, vocabularyOf(norm));
  const accounts = accepted.map(({ territory, period, chunk, statistics: reported }): Account =>
    computeAccount(norm, { territory, period, places: [territory], chunks: [chunk], statistics: reported, digest: '' }),
  );
  return stateTables(norm, study.printed, accounts).flatMap((stated) => checkQuality(stated, rules).findings);
}

it('takes a printed price for rounded, and γ from the norm', async () => {
  expect(shown(await findingsOfStudy(published))).toEqual([]);
  expect(shown(await findingsOfStudy(published.replace('1.03 元/m3', '1.30 元/m3')))).toEqual([
    'A priceDisagrees table4.floodControl.total.value 11291.52 for 14215.50',
  ]);
});

it('understands what one unit is worth, with γ in it or not yet', async () => {
  const lacks = published.replace(
    'fish: { quantity: 9110 t, unitValue: 14.2 元/kg }',
    'fish: { quantity: 9110 t, unitValue: 5.964 元/kg }',
  );
  expect(shown(await findingsOfStudy(lacks))).toEqual([]);
  const neither = published.replace('unitValue: 14.2 元/kg', 'unitValue: 17.2 元/kg');
  expect(shown(await findingsOfStudy(neither))).toEqual([
    'A quantityTimesPrice table4.fish.total.value 5433.20 for 6581.07',
  ]);
});

it('names a cell whose row is of two towns and whose column of one', async () => {
  const found = await findingsOfStudy(published.replace('990203-east: 131.96', '990203-east: 13.20'));
  expect(shown(found)).toEqual(['A cellWrong table4.tn.990203-east 13.20 for 131.96']);
  expect(found[0]).toMatchObject({ territory: '990203-east', service: 'tn' });
  expect(found[0].cause.en).toMatch(/factor of 10 too small/);
});

it('shows money in the unit that has a name', async () => {
  const inYi = published.replace('rows: service', 'rows: service\n    units: { value: 10^8 yuan }');
  const [{ unit }] = await findingsOfStudy(inYi.replace('total: 28.86', 'total: 38.86'));
  expect(unit).toBe('亿元');
});

const yields = (change: (row: string) => string): string =>
  ['年份,服务,实物量,单位,单价,单价单位,价值量（万元）']
    .concat(['2019,鱼,5000,t,14.2,元/kg,2982.00', '2020,鱼,5236,t,14.2,元/kg,3122.75'].map(change))
    .join('\n');

it('suspects a γ that is not stated only where every row comes to one share', () => {
  expect(shown(findingsIn(yields((row) => row)))).toEqual([
    'C quantityTimesPrice t4.2.value 2982.00 for 7100.00',
    'C quantityTimesPrice t4.3.value 3122.75 for 7435.12',
  ]);
  const other = yields((row) => row.replace('2982.00', '3982.00'));
  expect(
    findingsIn(other)
      .filter(({ rule }) => rule === 'quantityTimesPrice')
      .map(({ grade }) => grade),
  ).toEqual(['A', 'A']);
});

it.each([
  ['hm2', '128436'],
  ['km2', '1284.36'],
  ['mu', '1926540'],
  ['万亩', '192.654'],
  ['m2', '1284360000'],
])('divides by areas in %s', async (unit, area) => {
  const file = path.join(folder, 'norm-of-areas');
  await rm(file, { recursive: true, force: true });
  await writeFile(path.join(folder, 'norm.yaml'), lakeNorm(`'${unit}'`));
  const norm = await loadNorm(folder, 'rulebook');
  const account = async (size: string): Promise<string[]> => {
    const bytes = Buffer.from(`territory,period,type,area\n990203,2018,forest,${size}\n`);
    const { accepted } = await checkFile({ bytes, fileName: 'areas.csv' }, vocabularyOf(norm));
    const [{ territory, period, chunk }] = accepted;
    const made = computeAccount(norm, {
      territory,
      period,
      places: [territory],
      chunks: [chunk],
      statistics: [],
      digest: '',
    });
    return shown(checkQuality(stateAccounts([made], norm, rules), rules).findings);
  };
  expect(await account(area)).toEqual([]);
});
