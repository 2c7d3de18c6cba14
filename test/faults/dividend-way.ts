/** A company with a dividend that members resolved, and the work on it: allotted, approved and paid, each under a key of its own. */
import { setTimeout as wait } from 'node:timers/promises';
import path from 'node:path';
import { LedgerService } from '@gep/ledger';
import type { Database } from '@gep/platform';
import { AppealService, ClockBooks, DisputedFigures, type Officer } from '@gep/procedure';
import {
  CompanyBookService,
  CompanyService,
  DividendRuns,
  DividendService,
  findTask,
  getCompany,
  listDividends,
  RegisterService,
  type TaskAct,
} from '@gep/procurement';
import { getPolicyEdition, loadPolicy, PolicyService, RulebookFolder } from '@gep/rulebook';
import { levelOfCode, parentOfCode, TerritoryService } from '@gep/territory';
import { testActor } from '../fixtures/test-database';

const rulebookDir = path.resolve(__dirname, '../../rulebook');
const above = 'CN.990000';
const owners = 25;
const officer = (id: string, ...permissions: string[]): Officer => ({
  ...testActor([above], id),
  permissions: new Map(permissions.map((permission) => [permission, [above]])),
});
const clerk = officer('clerk', 'owner.manage', 'appeal.file');
const approver = officer('approver', 'settlement.approve');
const cashier = officer('cashier', 'settlement.pay');

/** A city has codes for 99 counties. */
export function countyAt(at: number): string {
  const city = 990100 + 100 * Math.floor(at / 99);
  return `${above}.${city}.${city + 1 + (at % 99)}`;
}
const codeOf = (place: string): string => place.slice(place.lastIndexOf('.') + 1);
const companyOf = (place: string): string => `company-${codeOf(place)}`;

/** Counties, and the rule by which all of them share. */
export async function prepareCounties(database: Database, counties: number): Promise<void> {
  const places = Array.from({ length: counties }, (_, at) => countyAt(at));
  const codes = [...new Set(places.flatMap((place) => place.split('.')))];
  await new TerritoryService(database).importTerritories(
    testActor(),
    codes.map((code) => ({
      ...{ code, nameZh: `测试${code}`, nameEn: null, level: levelOfCode(code), parentCode: parentOfCode(code) },
      ...{ validFrom: '2000-01-01', validTo: null, source: 'test' },
    })),
  );
  const rule = await loadPolicy('two-mountains-shares', rulebookDir);
  const policies = new PolicyService(database);
  await policies.propose(clerk, rule, 'propose');
  const wish = { edition: rule.edition, territoryPath: above, from: '2020-01-01', slot: '', reason: 'resolved' };
  await policies.adopt(approver, wish, 'adopt');
}

/** From the registration to a resolved plan of which one line will be disputed. */
export async function resolveDividend(database: Database, place: string): Promise<void> {
  const key = (useCase: string): string => `${place}:${useCase}`;
  const documentDigest = 'd'.repeat(64);
  const company = companyOf(place);
  const territory = codeOf(place);
  const particulars = {
    ...{ code: company, territory, validFrom: '2020-01-01', nameZh: '公司', nameEn: 'company' },
    ...({ legalForm: 'company', creditCode: null, payeeName: company, bank: 'bank', accountNo: '99000001' } as const),
    ...({ status: 'active', reason: 'registered', documentDigest: null } as const),
  };
  await new CompanyService(database).record(clerk, particulars, key('company'));
  const shares = Array.from({ length: owners }, (_, at) => ({
    ...({ code: `h-${at}`, name: `户主${at}`, kind: 'household', territory } as const),
    shares: String(1 + at),
  }));
  const registration = { company, since: '2020-12-31', lists: { owners: shares, parcels: [] }, documentDigest };
  await new RegisterService(database).register(clerk, registration, key('owners'));
  const income = {
    ...({ company, kind: 'income', amountFen: 1_000_003n, on: '2025-03-01', period: '2025' } as const),
    ...{ agreement: null, settlementId: null, memo: 'sold', documentDigest, evidence: 'slip-1' },
  };
  await new CompanyBookService(database).record(clerk, income, key('income'));
  await new LedgerService(database).closePeriod(clerk, { territoryPath: place, period: '2025' }, key('close'));
  const dividends = new DividendService(database, clocks());
  const plan = {
    ...({ company, period: '2025', policy: 'two-mountains-shares', reserveShare: '0.1', memo: '' } as const),
    ...({ counting: 'record-date', recordDate: '2026-05-31', unclaimedAfter: 90 } as const),
  };
  const { id } = await dividends.plan(clerk, plan, key('plan'));
  await dividends.notice(clerk, { id, on: '2026-04-16', documentDigest }, key('notice'));
  const vote = { members: 9, attended: 7, inFavour: 6, against: 1, online: true, heldOn: '2026-04-27' };
  await dividends.vote(clerk, { id, ...vote, documentDigest }, key('vote'));
}

const clocks = (): ClockBooks => new ClockBooks(new RulebookFolder(rulebookDir));

/**
 * Allots, approves and pays, and what was done before answers as it did then.
 * @param begin told of each use case before its first statement
 */
export async function shareOut(database: Database, place: string, begin: (useCase: string) => void): Promise<void> {
  const figures = new DisputedFigures();
  const books = clocks();
  await books.read();
  const runs = new DividendRuns(database, books, figures);
  const find = () =>
    database.snapshot(clerk, async (tx) => {
      const { id: companyId } = await getCompany(tx, companyOf(place));
      const [{ id: found, plan }] = await listDividends(tx, { companyId });
      await getPolicyEdition(tx, plan!.ruleEdition);
      return found;
    });
  // What a process reads once, and the second connection, by which a deed notes how far it is: neither is among the counted.
  const [id] = await Promise.all([find(), find()]);
  const work = async (act: TaskAct, by: Officer): Promise<void> => {
    begin(`ask-${act}`);
    const { taskId } = await runs.request(by, { id, act }, `${place}:${act}`);
    begin(act);
    await runs.run(taskId);
    begin('');
    // Whoever was killed may still be held for alive by the server; in the worker the reconciler comes again.
    const isOpen = async (): Promise<boolean> => {
      const last = await database.snapshot(clerk, (tx) => findTask(tx, id));
      return last?.id === taskId && last.doneAt === null;
    };
    for (let tries = 0; tries < 500 && (await isOpen()); tries++) {
      await wait(20);
      await runs.run(taskId);
    }
  };
  await work('allot', clerk);
  const objection = {
    ...{ subject: { kind: 'dividend', id }, figure: 'h-3', party: 'owner:h-3', partyPath: place },
    ...{ knownOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10), grounds: 'shares of the household' },
  };
  await new AppealService(database, books, figures).file(clerk, objection, `${place}:object`);
  await work('approve', approver);
  await work('pay', cashier);
}
