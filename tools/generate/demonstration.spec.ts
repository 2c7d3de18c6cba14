/** The demonstration is the same to the byte, passes the checks of the norm, and tells its story in the accounts. */
import { aggregateAccounts, checkQuality, computeAccount, stateAccounts, type Account } from '@gep/accounting';
import { digestOf } from '@gep/kernel';
import { checkFile, chunkDigest, observationDigest, vocabularyOf } from '@gep/observation';
import { loadNorm, loadQualityRules, type NormEdition } from '@gep/rulebook';
import { loadTerritoryFile } from '@gep/territory';
import { demonstrationYears, inventDemonstration } from './demonstration';

const { extentCsv, statisticsCsv, factsCsv } = inventDemonstration();
let accounts: Account[];
let norm: NormEdition;

beforeAll(async () => {
  norm = await loadNorm('cn-terrestrial', 'rulebook');
  const files = { 'extent.csv': extentCsv, 'statistics.csv': statisticsCsv };
  const read = Object.entries(files).map(([fileName, text]) => ({ fileName, bytes: Buffer.from(text) }));
  const { accepted, problems } = await checkFile(read, vocabularyOf(norm));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  accounts = accepted.map(({ territory, period, chunk, statistics, refusedRows }) => {
    const digest = observationDigest({ chunks: [chunkDigest(chunk)], statistics, refusedRows });
    return computeAccount(norm, { territory, period, places: [territory], chunks: [chunk], statistics, digest });
  });
});

const of = (territory: string, period: string): Account =>
  accounts.find((one) => one.territory === territory && one.period === period)!;
const value = (account: Account, service: string): number => Number(account.totals.byService[service] ?? 0n);

it('is the same to the byte, and another with another seed', () => {
  expect(inventDemonstration()).toEqual({ extentCsv, statisticsCsv, factsCsv });
  expect(digestOf(extentCsv + statisticsCsv + factsCsv)).toBe(
    '6070de7f39d0ea20573f7d5638aa17eb7f70e7af2d20ce7f130eaab3b7a8b185',
  );
  expect(inventDemonstration('other').extentCsv).not.toBe(extentCsv);
  for (const text of [extentCsv, statisticsCsv, factsCsv]) expect(text).toMatch(/^演示数据.*Demonstration/);
});

it('has ten counties over five years, all in the tree of invented places', async () => {
  expect(accounts).toHaveLength(50);
  const rows = await loadTerritoryFile('rulebook/territories/demonstration.yaml');
  const invented = rows.filter(({ code }) => code !== 'CN');
  expect(invented.every(({ code, source }) => code.startsWith('99') && source.includes('Demonstration'))).toBe(true);
  const counties = invented.map(({ code }) => code).filter((code) => !code.endsWith('00'));
  expect([...new Set(accounts.map(({ territory }) => territory))].sort()).toEqual(counties.sort());
  const basin = new Set([...extentCsv.matchAll(/,(\d{6})-qing-/g)].map(([, code]) => code));
  expect([...basin].sort()).toEqual(['991101', '991102', '991201', '991202']);
});

it('keeps the land of a county and restores part of it', () => {
  const areaOf = (account: Account, types: readonly string[]): number =>
    types.reduce((sum, type) => sum + (account.areaByType[type] ?? 0), 0);
  for (const { territory } of accounts.filter(({ period }) => period === '2020')) {
    const sums = demonstrationYears.map((year) =>
      areaOf(of(territory, year), Object.keys(of(territory, year).areaByType)),
    );
    expect(Math.max(...sums) - Math.min(...sums)).toBeLessThan(1e-6);
  }
  const [before, after] = [of('991103', '2020'), of('991103', '2024')];
  expect(areaOf(after, ['mixedForest', 'broadleafShrub'])).toBeGreaterThan(
    areaOf(before, ['mixedForest', 'broadleafShrub']) * 1.5,
  );
  expect(value(after, 'sedimentReduction')).toBeGreaterThan(value(before, 'sedimentReduction'));
});

it('is dry in 2022, dearer in 2023, and visited more at the end', () => {
  for (const { territory } of accounts.filter(({ period }) => period === '2022')) {
    const [wetter, dry] = [of(territory, '2021'), of(territory, '2022')];
    expect(value(dry, 'waterRetention')).toBeLessThan(value(wetter, 'waterRetention'));
    expect(value(of(territory, '2024'), 'tourism')).toBeGreaterThan(value(of(territory, '2020'), 'tourism'));
    const priceOf = (year: string): number =>
      Number(of(territory, year).lines.find(({ item }) => item === 'maize')!.price);
    expect(priceOf('2023')).toBeGreaterThan(priceOf('2022'));
  }
});

it('leaves counties, cities and province nothing to mend, and to explain only what the drought did', async () => {
  const rules = await loadQualityRules('rulebook');
  const above = (territory: string, parts: readonly Account[]): Account[] =>
    demonstrationYears.map((period) => {
      const children = parts.filter((one) => one.period === period);
      return aggregateAccounts({ territory, period, norm, expectedChildren: children.length }, children);
    });
  const cities = ['991100', '991200'].map((city) =>
    above(
      city,
      accounts.filter(({ territory }) => territory.startsWith(city.slice(0, 4))),
    ),
  );
  const counties = [...new Set(accounts.map(({ territory }) => territory))].map((code) =>
    accounts.filter(({ territory }) => territory === code),
  );
  const found = [...counties, ...cities, above('990000', cities.flat())].flatMap(
    (own) => checkQuality(stateAccounts(own, norm, rules), rules).findings,
  );
  const asked = found.filter(({ grade }) => grade !== 'D');
  expect([...new Set(asked.map(({ rule, grade }) => `${grade} ${rule}`))]).toEqual(['C rateJump']);
  expect(asked.filter(({ cells }) => !/waterRetention|mixedForest/.test(cells[0]))).toEqual([]);
  // The norm itself states prices of several years: told of every account, asked of none.
  expect(found.filter(({ rule, grade }) => rule === 'mixedPriceYears' && grade === 'D')).toHaveLength(65);
});
