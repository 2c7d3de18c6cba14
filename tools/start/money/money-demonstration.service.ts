/** Money on the demonstration, two years of it: from receipts of the funds to counties, villages, a company and its households. */
import { setTimeout as sleep } from 'node:timers/promises';
import { operator } from '@gep/access';
import { ChangeService } from '@gep/accounting';
import { type Bilingual, DomainError } from '@gep/kernel';
import type { Database } from '@gep/platform';
import { ClockBooks } from '@gep/procedure';
import { findTask, listDividends } from '@gep/procurement';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { SettlementTools } from '@gep/settlement';
import { loadTerritoryFile } from '@gep/territory';
import path from 'node:path';
import { DemonstrationCompensation } from './compensation.service';
import { type CompanyIncome, DemonstrationDividends, type WorkOff } from './dividends.service';
import { adoptRule, openFund } from './opened-fund.service';
import { peopleOf } from './people';
import { publishAccounts } from './published-accounts.service';
import { publishResults } from './published-results.service';
import { DemonstrationPurchases, purchaseYears } from './purchases.service';
import { provinceAgreement, countyAgreement } from './agreements';

type Say = (text: Bilingual) => void;

const patienceMs = 120_000;
const pollMs = 100;
const provincePath = 'CN.990000';
const county = { code: '991103', path: 'CN.990000.991100.991103' };

/** Waits until the worker has done a task of a dividend. */
export const waitForWorker =
  ({ database }: { readonly database: Database }): WorkOff =>
  async (_runs, { id }) => {
    for (const deadline = Date.now() + patienceMs; ;) {
      const task = await database.snapshot(operator, (tx) => findTask(tx, id));
      if (task?.failure) throw new Error(`${task.act} of the dividend ${id}: ${task.failure.text.en}`);
      if (task?.doneAt) return;
      if (Date.now() > deadline) throw new Error(`the dividend ${id} is not done: ${task?.stage}`);
      await sleep(pollMs);
    }
  };

/** From the first receipt to the last household. What a user has changed meanwhile may stand in the way: that is told. */
export async function demonstrateMoney(
  database: Database,
  rulebookDir: string,
  options: { readonly say: Say; readonly workOff: WorkOff },
): Promise<void> {
  try {
    await demonstrate(database, rulebookDir, options);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { zh, en } = error.text;
    options.say({ zh: `演示资金到此为止：${zh}`, en: `the demonstration of money ends here: ${en}` });
  }
}

async function demonstrate(
  database: Database,
  rulebookDir: string,
  { say, workOff }: { readonly say: Say; readonly workOff: WorkOff },
): Promise<void> {
  const people = peopleOf(provincePath);
  // The last deed of all: what somebody made of it since is theirs.
  const done = await database.snapshot(people.clerk, (tx) => listDividends(tx, {}));
  if (done.length >= purchaseYears.length) return;
  const places = await loadTerritoryFile(path.join(rulebookDir, 'territories', 'demonstration.yaml'));
  const counties = places.filter(({ level }) => level === 'county');
  await publishAccounts(database, rulebookDir, accountsOf(counties), say);
  const folder = new RulebookFolder(rulebookDir);
  const changes = new ChangeService(database, new RulebookService(database));
  const tools = new SettlementTools(folder, new ClockBooks(folder), changes);
  for (const { id, territoryPath, slot } of rules)
    await adoptRule(database, people, { id, territoryPath, slot, rulebookDir });
  await openFund(database, people, provinceFund);
  const fundId = await openFund(database, people, countyFund);
  const compensation = new DemonstrationCompensation(database, tools, rulebookDir);
  await compensation.payCounties(
    people,
    counties.map(({ code, nameZh, nameEn }) => ({ code, nameZh, nameEn: nameEn ?? code })),
  );
  await compensation.payVillages(people, county.code, fundId);
  const purchases = new DemonstrationPurchases(database, tools, { code: county.code, fundId });
  const dividends = new DemonstrationDividends(database, rulebookDir, county, workOff);
  await purchases.foundCompany(people);
  await dividends.openBook(people);
  await dividends.register(people);
  const incomes: CompanyIncome[] = [];
  for (const year of purchaseYears) incomes.push({ year: year.paidIn, ...(await purchases.buy(people, year)) });
  for (const income of incomes) await dividends.share(people, income);
  await publishResults(database, people);
  say({
    zh: '演示资金：两年补偿、增量采购与分红已过账（gep settlement list、gep contract list、gep dividend list）',
    en: 'demonstration money: two years of compensation, purchases and dividends are in the book (gep settlement list, gep contract list, gep dividend list)',
  });
}

const rules = [
  { id: 'gep-share', territoryPath: provincePath, slot: provinceAgreement },
  { id: 'gep-share', territoryPath: county.path, slot: countyAgreement },
  { id: 'advance-plan', territoryPath: provincePath, slot: 'advance-plan' },
  { id: 'increment-effects', territoryPath: county.path, slot: '' },
  { id: 'two-mountains-dividend', territoryPath: county.path, slot: '' },
];

const provinceFund = {
  ...{ code: 'demo-eco', nameZh: '演示省生态保护补偿资金', nameEn: 'Eco-compensation fund of the demonstration' },
  ...{ territoryPath: provincePath, purpose: 'eco-compensation' },
  receipts: [2023, 2024].flatMap((year) => [
    { year, department: 'finance', yuan: 70_000_000n },
    { year, department: 'natural resources', yuan: 20_000_000n },
    { year, department: 'water', yuan: 10_000_000n },
  ]),
};

const countyFund = {
  ...{ code: 'demo-bingling', nameZh: '丙岭县生态资金（演示）', nameEn: 'Eco fund of Bingling (demonstration)' },
  ...{ territoryPath: county.path, purpose: 'increment-procurement' },
  receipts: [2023, 2024].map((year) => ({ year, department: 'finance', yuan: 30_000_000n })),
};

/** Two years of every county, and the year before of the one whose increment is bought. */
const accountsOf = (counties: readonly { readonly code: string }[]): { territory: string; period: string }[] => [
  ...counties.flatMap(({ code }) => ['2023', '2024'].map((period) => ({ territory: code, period }))),
  { territory: county.code, period: '2022' },
];
