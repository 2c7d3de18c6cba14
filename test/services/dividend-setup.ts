/** A company with a book, owners with parcels, and persons apart, ready for the specs of dividends. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LedgerService, readBookFacts, reportInvariants } from '@gep/ledger';
import { AppealService, ClockBooks, DisputedFigures, type Officer } from '@gep/procedure';
import {
  CompanyBookService,
  CompanyService,
  DividendRuns,
  DividendService,
  HoldingService,
  LineMoneyService,
  listLines,
  OwnAppeals,
  OwnDividends,
  RegisterService,
} from '@gep/procurement';
import { loadPolicy, PolicyService, RulebookFolder } from '@gep/rulebook';
import { levelOfCode, parentOfCode, TerritoryService } from '@gep/territory';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

const rulebookDir = path.resolve(__dirname, '../../rulebook');
export const countyPath = 'CN.990000.990100.990101';
export const villages = ['990101001001', '990101001002'];
const officer = (id: string, ...permissions: string[]): Officer => ({
  ...testActor(['CN.990000'], id),
  permissions: new Map(permissions.map((permission) => [permission, ['CN.990000']])),
});
export const clerk = officer('clerk', 'owner.manage', 'appeal.file');
export const approver = officer('approver', 'settlement.approve', 'appeal.decide');
export const cashier = officer('cashier', 'settlement.pay');
/** The head of the county's fund could do all three, but not on one dividend. */
export const everything = officer('everything', 'owner.manage', 'settlement.approve', 'settlement.pay');
/** A household at its own login: no territory at all. */
export const household = (id: string) => testActor([], id);
export const digest = 'd'.repeat(64);

export class DividendTest {
  readonly registers: RegisterService;
  readonly holdings: HoldingService;
  readonly books: CompanyBookService;
  readonly dividends: DividendService;
  readonly runs: DividendRuns;
  readonly money: LineMoneyService;
  readonly own: OwnDividends;
  readonly appeals: AppealService;
  readonly ownAppeals: OwnAppeals;
  readonly ledger: LedgerService;
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'dividend-'));

  private constructor(readonly test: TestDatabase) {
    const { db } = test;
    const clocks = new ClockBooks(new RulebookFolder(rulebookDir));
    const figures = new DisputedFigures();
    this.registers = new RegisterService(db);
    this.holdings = new HoldingService(db);
    this.books = new CompanyBookService(db);
    this.dividends = new DividendService(db, clocks);
    this.runs = new DividendRuns(db, clocks, figures);
    this.money = new LineMoneyService(db);
    this.own = new OwnDividends(db);
    this.appeals = new AppealService(db, clocks, figures);
    this.ownAppeals = new OwnAppeals(db, this.appeals);
    this.ledger = new LedgerService(db);
  }

  static async start(): Promise<DividendTest> {
    const it = new DividendTest(await createTestDatabase({ poolSize: 10 }));
    const codes = ['CN', '990000', '990100', '990101', '990101001', ...villages];
    await new TerritoryService(it.test.db).importTerritories(
      testActor(),
      codes.map((code) => ({
        ...{ code, nameZh: `测试${code}`, nameEn: null, level: levelOfCode(code), parentCode: parentOfCode(code) },
        ...{ validFrom: '2000-01-01', validTo: null, source: 'test' },
      })),
    );
    for (const id of ['two-mountains-dividend', 'two-mountains-shares']) {
      const rule = await loadPolicy(id, rulebookDir);
      const policies = new PolicyService(it.test.db);
      await policies.propose(clerk, rule, randomUUID());
      const wish = {
        edition: rule.edition,
        territoryPath: 'CN.990000',
        from: '2020-01-01',
        slot: id,
        reason: 'resolved',
      };
      await policies.adopt(approver, wish, randomUUID());
    }
    return it;
  }

  async close(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    await this.test.drop();
  }

  async company(code: string): Promise<void> {
    await new CompanyService(this.test.db).record(
      clerk,
      {
        ...{ code, territory: '990101', validFrom: '2020-01-01', nameZh: `公司${code}`, nameEn: `company ${code}` },
        ...{ legalForm: 'company', creditCode: null, payeeName: code, bank: 'bank', accountNo: '99000001' },
        ...{ status: 'active', reason: 'registered', documentDigest: null },
      } as Parameters<CompanyService['record']>[1],
      randomUUID(),
    );
    await this.books.open(clerk, code, randomUUID());
  }

  file(name: string, ...lines: readonly string[]): string {
    const file = path.join(this.folder, `${randomUUID()}-${name}`);
    writeFileSync(file, `${lines.join('\n')}\n`);
    return file;
  }

  /** Owners `code: shares or nothing`, parcels `code: [base yuan, holders]`. */
  async register(
    company: string,
    owners: Readonly<Record<string, string>>,
    parcels: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>]>> = {},
  ) {
    const ownerRows = Object.entries(owners).map(
      ([code, shares]) => `${code},户主${code},household,${villages[0]},${shares}`,
    );
    const parcelRows = Object.entries(parcels).flatMap(([code, [base, holders]]) =>
      Object.entries(holders).map(([owner, share]) => `${code},${villages[1]},2020,${base},${owner},${share}`),
    );
    const files = {
      owners: this.file('owners.csv', 'code,name,kind,territory,shares', ...ownerRows),
      parcels: this.file('parcels.csv', 'code,territory,base_year,base_gep,owner,share', ...parcelRows),
    };
    return this.registers.import(clerk, { company, files, since: '2020-12-31' }, randomUUID());
  }

  async book(company: string, kind: 'income' | 'cost', yuan: bigint, on: string, settlementId: string | null = null) {
    const entry = { kind, amountFen: yuan * 100n, on, period: on.slice(0, 4), agreement: null, settlementId };
    const evidence = `slip-${randomUUID()}`;
    return this.books.record(clerk, { company, ...entry, memo: kind, documentDigest: digest, evidence }, randomUUID());
  }

  async closeBook(period: string): Promise<void> {
    await this.ledger.closePeriod(clerk, { territoryPath: countyPath, period }, randomUUID());
  }

  async plan(company: string, period: string, more: Partial<Parameters<DividendService['plan']>[1]> = {}) {
    const plan = { company, period, policy: 'two-mountains-dividend', reserveShare: '0.1', memo: 'plan of the board' };
    const dates = { counting: 'record-date', recordDate: '2026-05-31', unclaimedAfter: 90 } as const;
    return (await this.dividends.plan(clerk, { ...plan, ...dates, ...more }, randomUUID())).id;
  }

  /** Notice and a vote that passes. */
  async resolve(id: string): Promise<void> {
    await this.dividends.notice(clerk, { id, on: '2026-04-16', documentDigest: digest }, randomUUID());
    const vote = { members: 9, attended: 7, inFavour: 6, against: 1, online: true, heldOn: '2026-04-27' };
    await this.dividends.vote(clerk, { id, ...vote, documentDigest: digest }, randomUUID());
  }

  /** Asks for work and does it, as a worker would. */
  async work(id: string, act: 'allot' | 'approve' | 'pay', by: Officer) {
    const { taskId } = await this.runs.request(by, { id, act }, randomUUID());
    await this.runs.run(taskId);
    return this.dividends.show(clerk, id);
  }

  /** From the register to paid. */
  async payOut(id: string) {
    await this.work(id, 'allot', clerk);
    await this.work(id, 'approve', approver);
    return this.work(id, 'pay', cashier);
  }

  async lines(id: string, standing: 'allotted' | 'declared' | 'paid' = 'allotted') {
    const lines = await this.test.db.snapshot(clerk, (tx) => listLines(tx, id, standing));
    return Object.fromEntries(lines.map(({ owner, amountFen, state }) => [owner, `${amountFen} ${state}`]));
  }

  async balance(company: string, role: string): Promise<bigint> {
    return (await this.books.show(clerk, company)).get(role as 'cash') ?? 0n;
  }

  async owed(company: string, role: 'payable' | 'unclaimed') {
    const rows = await this.test.db.snapshot(clerk, (tx) =>
      tx.query<{ party: string; fen: string }[]>(
        `select party, sum(amount_fen) as fen from ledger.posting join ledger.book_account a on a.id = account_id
         where a.code = $1 group by party having sum(amount_fen) <> 0 order by party`,
        [`company.${company}.${role}`],
      ),
    );
    return Object.fromEntries(rows.map(({ party, fen }) => [party, BigInt(fen)]));
  }

  async brokenInvariants(): Promise<string[]> {
    const all = testActor(['CN'], 'checker');
    const results = await this.test.db.snapshot(all, async (tx) => reportInvariants(await readBookFacts(tx)));
    return results.filter(({ holds }) => holds === false).map(({ says }) => says.en);
  }
}
