/** What the checks find in the printed mine study without being told, beside the slips that people found in it. */
import { readFileSync } from 'node:fs';
import { loadCase, loadNorm, loadQualityRules, type QualityRules } from '@gep/rulebook';
import { checkFile, vocabularyOf } from '@gep/observation';
import { checkQuality, type QualityReport } from './check-quality';
import type { Finding } from './finding';
import { stateCase } from './state-case';
import type { StatedAccount } from './stated-account';

let rules: QualityRules;
let stated: StatedAccount;
let report: QualityReport;

beforeAll(async () => {
  rules = await loadQualityRules('rulebook');
  const { published, observations } = await loadCase('jinsha-mine', 'rulebook');
  const norm = await loadNorm(published.norm, 'rulebook');
  const { accepted } = await checkFile(observations, vocabularyOf(norm));
  const observed = accepted.map(({ territory, period, chunk, statistics }) => {
    return { territory, period, places: [territory], chunks: [chunk], statistics, digest: '' };
  });
  // The notes on its slips are taken away: nothing may be read out of them.
  stated = stateCase({ ...published, notes: [] }, norm, observed, rules);
  report = checkQuality(stated, rules);
});

const findingAt = (rule: string, cell: string): Finding | undefined =>
  report.findings.find((finding) => finding.rule === rule && finding.cells.includes(cell));

/** The slips listed by people who read the study, as rule and cell. */
const slips: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'water conservation of dryland and grassland exchanged': [
    ['swappedCells', 'table5.before.waterConservation.dryland'],
    ['swappedCells', 'table5.before.waterConservation.grassland'],
  ],
  'sediment: 0.160 and 0.0598 m3/t': [['unitPriceJump', 'table4.after.sedimentReduction.value']],
  'nitrogen: 7.5 times the printed content': [
    ['formulaConstant', 'table4.before.nitrogenReduction.quantity'],
    ['formulaConstant', 'table4.after.nitrogenReduction.quantity'],
  ],
  'phosphorus: another content, another price': [
    ['formulaDisagrees', 'table4.before.phosphorusReduction.quantity'],
    ['formulaDisagrees', 'table4.after.phosphorusReduction.quantity'],
    ['quantityTimesPrice', 'table4.before.phosphorusReduction.value'],
    ['quantityTimesPrice', 'table4.after.phosphorusReduction.value'],
  ],
  'air: ten times the printed rates; dust before is lower': [
    ['formulaConstant', 'table4.before.so2.quantity'],
    ['formulaConstant', 'table4.after.so2.quantity'],
    ['formulaConstant', 'table4.before.nox.quantity'],
    ['formulaConstant', 'table4.after.nox.quantity'],
    ['formulaConstant', 'table4.before.dust.quantity'],
    ['formulaConstant', 'table4.after.dust.quantity'],
  ],
  'cooling: beyond any number of days': [
    ['formulaConstant', 'table4.before.climateRegulation.quantity'],
    ['formulaConstant', 'table4.after.climateRegulation.quantity'],
  ],
  'grassland 26.97 and the total of types': [
    ['twoTotals', 'table6.after.grassland.value'],
    ['totalNotParts', 'table6.total.after'],
  ],
  'shares of grassland and construction land': [
    ['shareWrong', 'table1.before.grassland.share'],
    ['shareWrong', 'table1.before.constructionLand.share'],
  ],
  'a share that rose downwards': [['directionReversed', 'text.4.2']],
};

it.each(Object.entries(slips))('finds: %s', (_, wanted) => {
  expect(wanted.filter(([rule, cell]) => !findingAt(rule, cell))).toEqual([]);
});

it('finds little beside them, and nothing grave that is not so', () => {
  const listed = new Set(Object.values(slips).flatMap((cells) => cells.map((pair) => pair.join(' '))));
  const beside = report.findings.filter(({ rule, cells }) => !cells.some((cell) => listed.has(`${rule} ${cell}`)));
  const shown = beside.map(({ grade, rule, cells }) => `${grade} ${rule} ${cells[0]}`);
  expect(shown).toEqual([
    // The study prints m3/a for tonnes of nitrogen and phosphorus.
    'A unitMismatch table4.before.nitrogenReduction.unit',
    'A unitMismatch table4.before.phosphorusReduction.unit',
    'A unitMismatch table4.after.nitrogenReduction.unit',
    'A unitMismatch table4.after.phosphorusReduction.unit',
    // Soil is the potential loss that was avoided; sulphur dioxide is the tenfold rate again.
    'C implausibleRate table4.before.sedimentReduction.quantity',
    'C implausibleRate table4.before.so2.quantity',
    'C unitPriceJump table4.after.agriculturalProducts.value',
    'C implausibleRate table4.after.sedimentReduction.quantity',
    'C implausibleRate table4.after.so2.quantity',
    // 2.22 by the printed figures: a last digit.
    'C shareWrong table6.after.grassland.share',
    'D unitPriceJump table4.after.phosphorusReduction.value',
    'D rateJump table5.after.agriculturalProducts.dryland',
    'D rateJump table5.after.airPurification.dryland',
    'D rateJump table5.after.climateRegulation.grassland',
  ]);
  expect(report.counts).toEqual({ A: 11, B: 12, C: 8, D: 4 });
});

it('finds nothing of it once the tables are mended', () => {
  const mended = JSON.parse(JSON.stringify(stated)) as { periods: { cells: { at: string; value: string }[] }[] };
  const cells = mended.periods[0].cells.filter(({ at }) => /waterConservation\.(dryland|grassland)/.test(at));
  [cells[0].value, cells[1].value] = [cells[1].value, cells[0].value];
  const again = checkQuality(mended as unknown as StatedAccount, rules);
  expect(again.findings.filter(({ rule }) => rule === 'swappedCells')).toEqual([]);
});

it('tells of a reported price beside the one that the norm took, and nothing where they are the same', () => {
  const findings = (price: string): string[] => {
    const setAside = [
      { at: 'statistics.power.price', item: 'power', price, unit: 'yuan/kWh', by: 'powerPrice', taken: '0.53' },
    ];
    const [first, ...others] = stated.periods;
    const { findings: all } = checkQuality({ ...stated, periods: [{ ...first, setAside }, ...others] }, rules);
    return all
      .filter(({ rule }) => rule === 'reportedPriceUnused')
      .map(({ grade, cells, expected, found, cause }) => [grade, ...cells, expected, found, cause.en].join(' '));
  };
  expect(findings('0.3')).toEqual(['C statistics.power.price 0.53 0.3 the norm prices power by its own powerPrice']);
  expect(findings('0.530')).toEqual([]);
});

it('grades a mix of price years by whose years they are', () => {
  const grades = (pricedByNorm: boolean): string[] => {
    const [first, ...others] = stated.periods;
    const services = first.services.map((row, at) => ({
      ...row,
      priceYear: at === 0 ? '1990' : '2010',
      pricedByNorm: at > 0 || pricedByNorm,
    }));
    const { findings } = checkQuality({ ...stated, periods: [{ ...first, services }, ...others] }, rules);
    return findings.filter(({ rule }) => rule === 'mixedPriceYears').map(({ grade }) => grade);
  };
  expect([grades(true), grades(false)]).toEqual([['D'], ['B']]);
});

it('gives each finding a key that stays while the figure stays', () => {
  const keys = report.findings.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(checkQuality(stated, rules).findings.map(({ key }) => key)).toEqual(keys);
});

it('names a source and a mend in both languages for every rule', () => {
  const text = readFileSync('rulebook/checks/quality.yaml', 'utf8');
  for (const { code, name, mend, source } of rules.rules.values()) {
    expect([code, name.zh && name.en && mend.zh && mend.en && source].every(Boolean)).toBe(true);
    expect(text).toContain(code);
  }
});
