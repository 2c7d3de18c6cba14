/** Two dividends of the company of the demonstration: from the closed book over notice and vote to the line of every household. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LedgerService } from '@gep/ledger';
import type { Database } from '@gep/platform';
import { ClockBooks, type Officer } from '@gep/procedure';
import {
  CompanyBookService,
  DividendRuns,
  DividendService,
  type PlanWish,
  RegisterService,
  type TaskAct,
} from '@gep/procurement';
import { RulebookFolder } from '@gep/rulebook';
import { keyOf, paperDigest, type People } from './people';
import { companyCode } from './purchases.service';

/** Does what a worker is asked for: through the queue, or at once in a test. */
export type WorkOff = (runs: DividendRuns, asked: { readonly id: string; readonly taskId: string }) => Promise<void>;

/** What the company was paid in a year. */
export interface CompanyIncome {
  readonly year: string;
  readonly paidFen: bigint;
  /** What of it went into conservation and wages. */
  readonly spentFen: bigint;
  readonly settlementId: string;
}

const households = 48;

export class DemonstrationDividends {
  private readonly registers: RegisterService;
  private readonly books: CompanyBookService;
  private readonly dividends: DividendService;
  private readonly runs: DividendRuns;

  constructor(
    private readonly database: Database,
    rulebookDir: string,
    private readonly county: { readonly code: string; readonly path: string },
    private readonly workOff: WorkOff,
  ) {
    const clocks = new ClockBooks(new RulebookFolder(rulebookDir));
    this.registers = new RegisterService(database);
    this.books = new CompanyBookService(database);
    this.dividends = new DividendService(database, clocks);
    this.runs = new DividendRuns(database, clocks);
  }

  /** Invented households, each with a parcel of its own and a share in one that three hold together. */
  async register({ clerk }: People): Promise<void> {
    const folder = mkdtempSync(path.join(tmpdir(), 'gep-demonstration-'));
    try {
      const file = (name: string, lines: readonly string[]): string => {
        const target = path.join(folder, name);
        writeFileSync(target, `${lines.join('\n')}\n`);
        return target;
      };
      const files = {
        owners: file('owners.csv', ['code,name,kind,territory,shares', ...this.owners()]),
        parcels: file('parcels.csv', ['code,territory,base_year,base_gep,owner,share', ...this.parcels()]),
      };
      await this.registers.import(clerk, { company: companyCode, files, since: '2022-12-31' }, keyOf('register'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Opens the company's book. */
  async openBook({ clerk }: People): Promise<void> {
    await this.books.open(clerk, companyCode, keyOf('book'));
  }

  /** Income of a year into the book, what was spent of it out of it, and the rest to the households. */
  async share(people: People, { year, paidFen, spentFen, settlementId }: CompanyIncome): Promise<void> {
    const { clerk, approver, cashier } = people;
    const entry = { company: companyCode, period: year, agreement: null, documentDigest: paperDigest(`book ${year}`) };
    const record = (kind: 'income' | 'cost', amountFen: bigint, day: string): Promise<unknown> =>
      this.books.record(
        clerk,
        {
          ...{ ...entry, kind, amountFen, on: `${year}-${day}`, evidence: `demo-${kind}-${year}` },
          ...{ settlementId: kind === 'income' ? settlementId : null, memo: '演示 · demonstration' },
        },
        keyOf(`${kind}-${year}`),
      );
    await record('income', paidFen, '04-22');
    await record('cost', spentFen, '11-30');
    const ledger = new LedgerService(this.database);
    await ledger.closePeriod(clerk, { territoryPath: this.county.path, period: year }, keyOf(`close-${year}`));
    const id = await this.resolve(people, year);
    for (const [act, by] of [
      ['allot', clerk],
      ['approve', approver],
      ['pay', cashier],
    ] as const)
      await this.work(id, year, act, by);
  }

  /** Plan, ten days of notice, and a vote; the law that asks for them is in force since May 2025. */
  private async resolve({ clerk }: People, year: string): Promise<string> {
    const next = String(Number(year) + 1);
    const plan: PlanWish = {
      ...{ company: companyCode, period: year, policy: 'two-mountains-dividend', reserveShare: '0.1' },
      ...{ counting: 'record-date', recordDate: `${next}-06-30`, unclaimedAfter: 365, memo: '演示 · demonstration' },
    };
    const { id } = await this.dividends.plan(clerk, plan, keyOf(`plan-${year}`));
    const paper = { documentDigest: paperDigest(`dividend ${year}`) };
    await this.dividends.notice(clerk, { id, on: `${next}-05-12`, ...paper }, keyOf(`notice-${year}`));
    const vote = { members: households, attended: 41, inFavour: 38, against: 3, online: true, heldOn: `${next}-05-23` };
    await this.dividends.vote(clerk, { id, ...vote, ...paper }, keyOf(`vote-${year}`));
    return id;
  }

  private async work(id: string, year: string, act: TaskAct, by: Officer): Promise<void> {
    await this.workOff(this.runs, await this.runs.request(by, { id, act }, keyOf(`dividend-${year}-${act}`)));
  }

  private owners(): string[] {
    return householdCodes().map((code) => `${code},演示户 ${code.slice(-3)},household,${this.county.code},`);
  }

  private parcels(): string[] {
    return householdCodes().flatMap((code, at) => {
      const shared = `demo-hill-${Math.floor(at / 3)}`;
      const common = { own: baseYuan(code), hill: baseYuan(shared) };
      const place = this.county.code;
      return [
        `demo-plot-${at},${place},2022,${common.own},${code},`,
        `${shared},${place},2022,${common.hill},${code},1/3`,
      ];
    });
  }
}

const householdCodes = (): string[] =>
  Array.from({ length: households }, (_, at) => `demo-household-${String(at + 1).padStart(3, '0')}`);

/** Invented, the same at every start: 20,000 to 85,535 yuan. */
const baseYuan = (name: string): number => 20_000 + createHash('sha256').update(name).digest().readUInt16BE(0);
