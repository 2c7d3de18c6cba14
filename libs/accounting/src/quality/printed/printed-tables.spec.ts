/** What the checks find in the printed tables of published studies, every finding looked at, and in plain tables of a report. */
import { readFile } from 'node:fs/promises';
import { checkFile, ProblemList, readTables, vocabularyOf } from '@gep/observation';
import {
  loadNorm,
  loadQualityRules,
  loadStudy,
  type NormEdition,
  type PrintedCase,
  type QualityRules,
} from '@gep/rulebook';
import type { Account } from '../../account/account';
import { computeAccount } from '../../account/compute-account';
import { checkQuality } from '../check-quality';
import { FiguresUnreadable } from '../errors';
import type { Finding } from '../finding';
import type { PlainTable } from './read-rows';
import { stateReport } from './state-report';
import { stateTables } from './state-tables';

let rules: QualityRules;
let words: NormEdition;
beforeAll(async () => {
  rules = await loadQualityRules('rulebook');
  words = await loadNorm('cn-terrestrial', 'rulebook');
});

interface Study {
  readonly norm: NormEdition;
  readonly printed: PrintedCase;
  readonly accounts: readonly Account[];
}

async function loadPrinted(name: string): Promise<Study> {
  const study = await loadStudy(name, 'rulebook');
  if (study.form !== 'tables') throw new Error(`${name} has no printed tables`);
  const norm = await loadNorm(study.norm, 'rulebook');
  const { accepted } = await checkFile(study.observations, vocabularyOf(norm));
  const accounts = accepted.map(({ territory, period, chunk, statistics }) =>
    computeAccount(norm, { territory, period, places: [territory], chunks: [chunk], statistics, digest: '' }),
  );
  // The notes on its slips are taken away: nothing may be read out of them.
  return { norm, printed: { ...study.printed, notes: [] }, accounts };
}

const findingsOf = ({ norm, printed, accounts }: Study): Finding[] =>
  stateTables(norm, printed, accounts).flatMap((stated) => checkQuality(stated, rules).findings);
const shown = (findings: readonly Finding[]): string[] =>
  findings.map(({ grade, rule, cells, expected, found }) => `${grade} ${rule} ${cells[0]} ${found} for ${expected}`);

/** Every finding was looked at in the study: each is in its notes, and the studies have no other slip that figures show. */
const published: Readonly<Record<string, readonly string[]>> = {
  // Farms 480.05, stands 479.58: the paper gives no reason.
  'altai-forest-2014': ['A totalNotParts table4.total.total 479.58 for 480.05'],
  // Table 3 has four decimals, the totals were added from figures of two; oxygen rests on net primary production.
  'garze-2010': [
    'C twoTotals categories.provisioning.value 632.64 for 632.65',
    'C shareWrong table1.forest.areaShare 21.33 for 21.32',
    'C oxygenCarbonRatio table3.oxygenReleased.quantity 8.09914 for 0.727273',
    'C twoTotals table4.farming.grassland 22.07 for 22.08',
    'C twoTotals wetland.provisioning.value 595.90 for 595.91',
  ],
  // Paddy uses water: legal, a hint.
  'beibu-gulf-2014': [
    'D negativeValue table8.waterSupply.1999.value -1.82 for null',
    'D negativeValue table8.waterSupply.2006.value -0.812 for null',
    'D negativeValue table8.waterSupply.2014.value -0.619 for null',
  ],
};

describe.each(Object.entries(published))('%s', (name, wanted) => {
  let study: Study;
  beforeAll(async () => {
    study = await loadPrinted(name);
  });

  it('has these findings and no others', () => {
    expect(shown(findingsOf(study))).toEqual(wanted);
  });
});

/** Slips put into a study, with the rule and the cell that must be found. */
const slips: readonly [study: string, cell: string, printed: string, rule: string, at?: string][] = [
  ['altai-forest-2014', 'table3.mature.total', '142.82', 'digitSwap'],
  ['altai-forest-2014', 'table2.total.air', '3563.07', 'cellWrong'],
  ['altai-forest-2014', 'table3-per-area.overMature.perArea', '5.69', 'derivedWrong'],
  ['altai-forest-2014', 'shares.water.rank', '2', 'rankWrong'],
  ['altai-forest-2014', 'gdp.654300-altai.ratio', '21.2', 'derivedWrong'],
  ['beibu-gulf-2014', 'table7-2006-2014.wetland.2014', '-28.51', 'derivedWrong'],
  ['beibu-gulf-2014', 'table8.soil.2006', '6.79', 'twoTotals', 'table7.total.2006'],
  ['garze-2010', 'table3.hydropower.value', '55.0590', 'quantityTimesPrice'],
  ['garze-2010', 'table3-groups.climate.share', '26.80', 'shareWrong'],
];

it.each(slips)('finds in %s that %s reads %s', async (name, cell, text, rule, at = cell) => {
  const study = await loadPrinted(name);
  const [id, row, column] = cell.split('.');
  const tables = study.printed.tables.map((table) =>
    table.id === id ? { ...table, cells: { ...table.cells, [row]: { ...table.cells[row], [column]: text } } } : table,
  );
  const found = findingsOf({ ...study, printed: { ...study.printed, tables } });
  const isAt = ({ cells }: Finding): boolean => cells.some((one) => one === at || one === `${at}.value`);
  expect(shown(found.filter((finding) => finding.rule === rule && isAt(finding)))).toHaveLength(1);
});

const plain = (text: string, name = 'report'): PlainTable => ({
  name,
  rows: text.split('\n').map((line, at) => ({ row: at + 1, cells: line.split(',') })),
});
const findingsIn = (...tables: readonly PlainTable[]): Finding[] =>
  stateReport(tables, words).flatMap((stated) => checkQuality(stated, rules).findings);

it('finds the slip of the sample report and what follows from it', async () => {
  const bytes = await readFile('libs/accounting/samples/report.csv');
  const [table] = await readTables({ bytes, fileName: 'report.csv' }, new ProblemList());
  const rows = [...table.rows].map(({ row, cells }) => ({ row, cells: cells.map((cell) => String(cell ?? '')) }));
  expect(shown(findingsIn({ name: 'report', rows }))).toEqual([
    'A shareWrong report.4.share 9.4 for 8.9',
    'A digitSwap report.4.value 469.00 for 496.00',
    'A totalNotParts report.5.value 832.00 for 805.00',
    'D unitPriceJump report.12.value 17000 for 15129.1',
  ]);
});

const byType = `year,type,area [km2],value [10^8 yuan],share (%),value per area [万元/hm2],rank
2020,forest land,1200,36.0,60.0,3.00,1
2020,grassland,800,16.0,26.7,2.00,2
2020,lake,100,8.0,13.3,8.00,3
2020,total,2100,60.0,100.0,2.86,`;

it('reads tables by type with areas, shares, ranks and values per area', () => {
  expect(shown(findingsIn(plain(byType)))).toEqual([]);
  expect(shown(findingsIn(plain(byType.replace(',8.00,3', ',0.80,3'))))).toEqual([
    'A derivedWrong report.4.perArea 0.80 for 8.00',
  ]);
  expect(shown(findingsIn(plain(byType.replace('2.00,2', '2.00,3'))))).toEqual(['A rankWrong report.3.rank 3 for 2']);
  expect(shown(findingsIn(plain(byType.replace(',800,', ',880,'))))).toContain(
    'A totalNotParts report.5.area 2100 for 2180',
  );
});

it('holds a second table against the first', () => {
  const services =
    'year,service,value [亿元],growth\n2015,water,20.0,\n2015,carbon,30.0,\n2015,total,50.0,\n2020,water,22.0,10.0%\n2020,carbon,38.0,26.7%\n2020,total,60.0,20.0%';
  expect(shown(findingsIn(plain(byType, 'types'), plain(services, 'services')))).toEqual([]);
  const other = services.replace('38.0,26.7%', '39.5,31.7%').replace('60.0,20.0%', '61.5,23.0%');
  expect(shown(findingsIn(plain(byType, 'types'), plain(other, 'services')))).toEqual([
    'A twoTotals services.7.value 61.5 for 60.0',
  ]);
  expect(shown(findingsIn(plain(services.replace('26.7%', '62.7%'))))).toEqual([
    'A derivedWrong report.6.growth 62.7 for 26.7',
  ]);
});

it('takes a share of its category where that is what fits, and a row without a figure for a part that was not printed', () => {
  const text = 'category,service,value,share\n供给,a,30,60\n供给,b,20,40\n供给,小计,50,\n调节,c,150,\n合计,,200,';
  expect(shown(findingsIn(plain(text)))).toEqual([]);
  expect(shown(findingsIn(plain(text.replace('b,20,40', 'b,,'))))).toEqual([]);
  expect(shown(findingsIn(plain(text.replace('b,20,40', 'b,25,40'))))).toContain(
    'A totalNotParts report.4.value 50 for 55',
  );
});

it('refuses what it cannot read, all of it, with the place and the mend', () => {
  const text = 'year,service,value [furlongs],colour,quantity\n2020,water,12,blue,1 or 2\n2020,,3,,';
  expect(() => findingsIn(plain(text))).toThrow(FiguresUnreadable);
  try {
    findingsIn(plain(text));
  } catch (error) {
    const { text: words } = error as FiguresUnreadable;
    for (const part of ['report 1 colour', 'report 2 value', 'report 2 quantity', 'report 3 period'])
      expect(words.en).toContain(part);
    expect(words.zh).toContain('不是已知单位');
  }
  expect(() => findingsIn(plain('a,b\n1,2'))).toThrow(/no heading/);
});
