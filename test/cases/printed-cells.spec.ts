/** Each kind of printed cell over one small study, against figures worked out by hand; and what is said of a cell that nothing answers. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { computeAccount, reproduceTables, type TablesReproduction } from '@gep/accounting';
import { checkFile, chunkDigest, observationDigest, vocabularyOf } from '@gep/observation';
import { loadNorm, loadStudy } from '@gep/rulebook';

const rulebook = path.join(__dirname, '../../rulebook');
const value = (code: string, unit: string, amount: string, from = '2000-01-01'): string =>
  `  - { code: ${code}, name: { zh: 甲, en: ${code} }, unit: '${unit}', values: [{ value: ${amount}, from: ${from}, grade: published, source: 'lake#1' }] }`;
const service = (code: string, group: string, category: string, rest: string): string =>
  `  - { code: ${code}, category: ${category}, group: ${group}, name: { zh: ${code}服务, en: ${code} }, ${rest} }`;
const norm = (exchangeFrom: string): string => `
id: small-lake
title: { zh: 小湖, en: Small lake }
status: usable
basis: [{ zh: 示例, en: Example }]
citations: [{ id: lake, text: 'Example (2020)' }]
currency: yuan
ecosystemTypes:
  - { code: forest, name: { zh: 林地, en: Forest }, hj1166: '1' }
  - { code: grass, name: { zh: 草地, en: Grass }, hj1166: '3' }
  - { code: bare, name: { zh: 裸地, en: Bare }, hj1166: '8' }
attributes:
  - { code: area, unit: hm2, name: { zh: 面积, en: Area }, required: true, min: 0 }
  - { code: rate, unit: t/(hm2*a), name: { zh: 模数, en: Rate } }
products:
  - { code: fishOutput, name: { zh: 鱼, en: Fish }, unit: t, priceUnit: yuan/kg, class: fish }
parameters:
${value('dredging', 'yuan/m3', '20')}
${value('density', 't/m3', '2')}
${value('nitrogen', '%', '0.5')}
${value('nitrogenPrice', 'yuan/t', '4000')}
${value('fishShare', '%', '42')}
${value('exchange', 'yuan/USD', '8', exchangeFrom)}
groups:
  - { code: soil, name: { zh: 土壤保持, en: Soil } }
  - { code: food, name: { zh: 食物, en: Food } }
formulas:
  - { code: soilKept, scope: patch, unit: t/a, name: { zh: 土壤保持量, en: Soil kept }, expression: area * rate }
  - { code: siltAvoided, scope: patch, unit: m3/a, name: { zh: 减淤, en: Silt }, expression: soilKept / density }
  - { code: nitrogenKept, scope: patch, unit: t/a, name: { zh: 保氮, en: Nitrogen }, expression: soilKept * nitrogen }
  - { code: dollars, scope: territory, unit: yuan/m3, name: { zh: 价, en: Price }, expression: 'dredging * exchange / (8 [yuan/USD])' }
services:
${service('silt', 'soil', 'regulating', 'types: [forest, grass], quantity: siltAvoided, price: { formula: dollars }, gamma: 1')}
${service('nitrogen', 'soil', 'regulating', 'types: [forest, grass], quantity: nitrogenKept, price: { parameter: nitrogenPrice }, gamma: 1')}
${service('fish', 'food', 'provisioning', 'quantity: { measured: fishOutput }, price: { product: price }, gamma: fishShare')}
`;
// Silt 2020: (10 × 100 + 20 × 50) / 2 × 20 = 20,000 yuan; nitrogen: 2000 × 0.5 % × 4000 = 40,000; fish: 10 t × 10 yuan/kg × 42 % = 42,000
// (2010: 20 t × 12 yuan/kg × 42 % = 100,800; the rest is the same).
const areas = `territory,period,type,area [hm2],rate
990109-lake,2010,forest,8,100
990109-lake,2010,grass,24,50
990109-lake,2010,bare,2,
990109-lake,2020,forest,10,100
990109-lake,2020,grass,20,50
990109-lake,2020,bare,4,
`;
const statistics = `territory,period,item,quantity,unit,price,priceUnit
990109-lake,2010,fishOutput,20,t,12,元/kg
990109-lake,2020,fishOutput,10,t,10,元/kg
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'gep-cells-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function reproduce(tables: string, exchangeFrom = '2000-01-01'): Promise<TablesReproduction> {
  const head = `case: small-lake
title: { zh: 小湖, en: Small lake }
source: { zh: 示例, en: Example }
norm: .
observations: [面积.csv, stat.csv]
tables:
`;
  const files = { 'norm.yaml': norm(exchangeFrom), '面积.csv': areas, 'stat.csv': statistics };
  for (const [name, text] of Object.entries({ ...files, 'published.yaml': head + tables }))
    await writeFile(path.join(folder, name), text);
  const study = await loadStudy(folder, rulebook);
  if (study.form !== 'tables') throw new Error('a study of tables');
  const edition = await loadNorm(study.norm, rulebook);
  const { accepted, problems } = await checkFile(study.observations, vocabularyOf(edition));
  expect(problems).toEqual([]);
  const observed = accepted.map(({ territory, period, chunk, statistics: reported, refusedRows }) => {
    const digest = observationDigest({ chunks: [chunkDigest(chunk)], statistics: reported, refusedRows });
    return { territory, period, places: [territory], chunks: [chunk], statistics: reported, digest };
  });
  const accounts = observed.flatMap((one) => {
    try {
      return [computeAccount(edition, one)];
    } catch {
      return [];
    }
  });
  return reproduceTables(edition, study.printed, accounts, observed);
}

const table = (id: string, keys: string, cells: readonly string[]): string =>
  [`  - id: ${id}`, `    title: { zh: 表, en: Table }`, ...keys.split('\n').map((key) => `    ${key}`), '    cells:']
    .concat(cells.map((cell) => `      ${cell}`))
    .join('\n')
    .concat('\n');
const in2020 = "where: { period: '2020' }\nrows: service\ncolumns: measure";

const differing = ({ tables }: TablesReproduction): string[] =>
  tables
    .flatMap(({ cells }) => cells)
    .filter(({ verdict }) => verdict !== 'equal')
    .map(({ id, published, rounded, unit }) => `${id}: ${published} ≠ ${rounded} ${unit}`);

it('ranks among all codes of the level, whatever rows and levels the table prints', async () => {
  const found = await reproduce(
    [
      table('services', in2020, [
        'silt: { rank: 3 }',
        'fish: { rank: 1 }',
        'soil: { value: 6, rank: 1 }',
        'regulating: { value: 6 }',
      ]),
      table('types', "where: { period: '2020' }\nrows: type\ncolumns: measure", ['bare: { rank: 3 }']),
      table('held', "where: { period: '2020', group: soil }\nrows: service\ncolumns: measure", ['silt: { rank: 2 }']),
      table('sets', `${in2020}\nsets: { both: { name: { zh: 和, en: Both }, codes: [silt, nitrogen] } }`, [
        'both: { rank: 1 }',
        'fish: { rank: 2 }',
        'nitrogen: { rank: 2 }',
      ]),
    ].join(''),
  );
  expect(differing(found)).toEqual([]);
});

it('reads per cent in any cell, and prices before γ beside unit values after it', async () => {
  const found = await reproduce(
    [
      table('gdp', `${in2020}\nper: { amount: 6.375, unit: 万元 }`, [
        'total: { ratio: 160.0% }',
        'fish: { ratio: 0.66 }',
      ]),
      table('percent', `${in2020}\nper: { amount: 6.375, unit: 万元 }\nunits: { ratio: '%' }`, [
        'total: { ratio: 160.0 }',
      ]),
      table('prices', in2020, [
        'fish: { price: 10 元/kg, unitValue: 4.2 元/kg }',
        'silt: { price: 20 }',
        'nitrogen: { price: 4 元/kg, quantity: 10 t }',
      ]),
    ].join(''),
  );
  expect(differing(found)).toEqual([]);
  expect(found.tables[0].cells[0].unit).toBe('%');
});

it('turns yuan into a printed currency by the rate that the table names', async () => {
  const dollars = (keys: string): Promise<TablesReproduction> =>
    reproduce(
      table('usd', `${in2020}\nunits: { value: 10^3 USD, perArea: USD/hm2, ratio: USD/person }\n${keys}`, [
        'silt: { value: 2.5, price: 2.5 USD/m3 }',
        'total: { value: 12.75, perArea: 375.0, ratio: 127.50 }',
        'nitrogen: { value: 4.00 万元, share: 39.2 }',
      ]),
    );
  const per = 'per: { amount: 100, unit: person }';
  expect(differing(await dollars(`${per}\nexchange: exchange`))).toEqual([]);
  await expect(dollars(per)).rejects.toThrow(
    /accounts are in yuan, which is not "10\^3 USD"; give the table exchange: <code of a parameter of the norm in yuan\/USD>/,
  );
  await expect(dollars(`${per}\nexchange: dredging`)).rejects.toThrow(/no rate "dredging".*known here: exchange/);
});

it('gives differences, yearly rates and dynamic degrees since another period', async () => {
  const found = await reproduce(
    [
      table('change', `${in2020}\nsince: '2010'`, [
        'total: { difference: -5.88, growth: -36.57, yearlyChange: -3.66, yearlyGrowth: -4.45 }',
        'fish: { difference: -58800.00 元 }',
      ]),
      table('land', "where: { period: '2020' }\nrows: type\ncolumns: measure\nsince: '2010'", [
        'forest: { areaDifference: 2, areaGrowth: 25.0, dynamicDegree: 2.50 }',
        'grass: { areaDifference: -0.04 km2, dynamicDegree: -1.67% }',
      ]),
    ].join(''),
  );
  expect(differing(found)).toEqual([]);
});

it('has the quantity of a formula beside those of services, by type, total and year', async () => {
  const found = await reproduce(
    [
      table('quantities', in2020, ['soilKept: { quantity: 0.20 万t }', 'silt: { quantity: 1000 m3 }']),
      table('types', "where: { period: '2020' }\nrows: formula\ncolumns: type\nmeasure: quantity", [
        'soilKept: { forest: 1000, grass: 1000, total: 2000 }',
      ]),
      table('rates', 'rows: formula\ncolumns: period\nmeasure: quantity\nunits: { quantity: t/a }', [
        "soilKept: { '2010': 2000, '2020': 2000, total: 4000 }",
      ]),
    ].join(''),
  );
  expect(differing(found)).toEqual([]);
  expect(found.names['soilKept'].en).toBe('Soil kept');
  const byType = "where: { period: '2020' }\nrows: formula\ncolumns: type\nmeasure: quantity";
  await expect(reproduce(table('types', byType, ['dollars: { forest: 20 }']))).rejects.toThrow(
    /formula "dollars" \(scope territory\) has no figure by type/,
  );
  await expect(reproduce(table('types', in2020, ['soilKept: { value: 20 }']))).rejects.toThrow(
    /has a quantity and no value/,
  );
});

it('takes codes of items, services, groups and categories in any of their rows', async () => {
  const cells = [
    'fishOutput: { value: 4.2 }',
    'fish: { value: 4.2 }',
    'food: { value: 4.2 }',
    'regulating: { value: 6 }',
  ];
  const rows = ['item', 'service', 'group', 'category'];
  const tables = rows.map((axis) => table(axis, in2020.replace('rows: service', `rows: ${axis}`), cells));
  expect(differing(await reproduce(tables.join('')))).toEqual([]);
});

it('says each thing that lacks by itself, once, with how to mend it', async () => {
  const refused = (tables: string): Promise<string> =>
    reproduce(tables).then(
      () => '',
      (error: Error) => error.message,
    );
  const cells = ['silt: { ratio: 1, growth: 2 }', 'fish: { ratio: 1 }'];
  expect(await refused(table('lacking', in2020, cells))).toMatch(
    /lacking\.silt\.ratio, lacking\.fish\.ratio: ratio has nothing to divide by; .*per: [\s\S]*lacking\.silt\.growth: growth has no period to start from/,
  );
  expect(
    await refused(
      table('group', "where: { period: '2020', service: soil }\nrows: type\ncolumns: measure", [
        'forest: { value: 1 }',
        'grass: { value: 1 }',
      ]),
    ),
  ).toMatch(/^1 places[\s\S]*\n {2}group: there is no service "soil", it is a group; write group: soil$/);
  expect(
    await refused(
      table('line', "where: { period: '2020', type: bare }\nrows: service\ncolumns: measure", [
        'silt: { unitValue: 1, quantity: 3 }',
      ]),
    ),
  ).toMatch(/line\.silt\.unitValue, line\.silt\.quantity: the accounts have no line for 2020, bare, silt/);
  expect(await refused(table('units', in2020, ['soil: { unitValue: 1, price: 2 元/t }']))).toMatch(
    /the lines are in m3 and t/,
  );
  expect(await refused(table('prices', 'rows: service\ncolumns: measure', ['total: { price: 2 元/t }']))).toMatch(
    /cannot be converted/,
  );
  expect(await refused(table('prices', 'rows: service\ncolumns: measure', ['fish: { price: 2 元/kg }']))).toMatch(
    /prices\.fish\.price: the lines of the cell have several prices \(12 元\/kg, 10 元\/kg\)/,
  );
  expect(await refused(table('measures', in2020, ['silt: { valu: 1 }', 'fish: { valu: 1 }']))).toMatch(
    /\n {2}\d+: tables\[0\]\.cells\.silt\.valu: there is no measure "valu".*did you mean "value"\?/,
  );
});

it('leaves out cells of a period that was refused', async () => {
  const found = await reproduce(
    [
      table('years', 'rows: service\ncolumns: period', ["silt: { '2010': 2.00, '2020': 2.00, total: 4.00 }"]),
      table('growth', `${in2020}\nsince: '2010'`, ['silt: { growth: 0, value: 2.00 }']),
    ].join(''),
    '2015-01-01',
  );
  expect(found.leftOut).toEqual(['years.silt.2010', 'years.silt.total', 'growth.silt.growth']);
  expect(found.counts).toEqual({ equal: 2, within: 0, off: 0 });
});

it('takes files of the folder by any name, and none outside it', async () => {
  await reproduce(table('any', in2020, ['silt: { value: 2 }']));
  const text = (name: string): string => `case: small-lake
title: { zh: 小湖, en: Small lake }
source: { zh: 示例, en: Example }
norm: .
observations: ['${name}']
tables: []
`;
  for (const name of ['../面积.csv', 'a/b.csv', 'a\\b.csv', 'C:b.csv', '.csv', '..csv', '面积.txt', '面\u202e积.csv']) {
    await writeFile(path.join(folder, 'published.yaml'), text(name));
    await expect(loadStudy(folder, rulebook)).rejects.toThrow(/name of a file in this folder \(any script\)/);
  }
  await rm(path.join(folder, 'published.yaml'));
  await expect(loadStudy(folder, rulebook)).rejects.toThrow(/has no published\.yaml/);
});
