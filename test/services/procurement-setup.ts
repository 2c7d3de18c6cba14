/** A company with a right to sell, a fund, a rule in force and published accounts of a county, ready for the specs of procurement. */
import { randomUUID } from 'node:crypto';
import { FindingsOfAccount, type Reviewer, ReviewService } from '@gep/accounting';
import { DomainError } from '@gep/kernel';
import { FundService } from '@gep/ledger';
import type { Actor } from '@gep/platform';
import { ClockBooks, type Officer } from '@gep/procedure';
import {
  CompanyService,
  type ContractDraft,
  ContractService,
  type ContractWish,
  MarketPurchaseService,
  SoldGainService,
  SpendingService,
  viewContract,
} from '@gep/procurement';
import { loadPolicy, PolicyService, readPolicyText, RulebookFolder, RulebookService } from '@gep/rulebook';
import { SettlementTools } from '@gep/settlement';
import { ChangeService } from '@gep/accounting';
import { type AccountingTest, forest, startAccounting } from './accounting-setup';
import { holder, way } from './review-setup';

export const county = '520523';
const path = 'CN.520000.520500.520523';
export const digest = 'd'.repeat(64);

const valuation = {
  valuer: 'valuer one',
  paidBy: 'buyer' as const,
  gepFen: '2000000000',
  premiumFen: '1494000000',
  documentDigest: digest,
};
/** A site whose services are sold (invented values; what they come to is published). */
export const dayang = {
  ...{
    code: 'dayang',
    company: 'dajun',
    territory: county,
    parcel: 'site 7',
    buyer: 'solar company (invented)',
    valuation,
  },
  ...{
    secondOpinionAboveFen: null,
    secondOpinion: null,
    policy: 'dayang',
    firstDueOn: '2021-01-31',
    monthsBetween: 12,
  },
  ...{ on: '2020-05-29', gains: [{ service: 'water', year: '2021', amountFen: '100' }] },
};

/** The code of the refusal, and its text. */
export const refusal = (doing: Promise<unknown>): Promise<string> =>
  doing.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? `${error.code}: ${error.text.en}` : String(error)),
  );

/** Somebody with these permissions in the county. */
const person = (id: string, ...permissions: string[]): Officer => ({
  ...{ id, name: `Person ${id}`, scope: [path] },
  permissions: new Map(permissions.map((permission) => [permission, [path]])),
});
export const preparer = person('preparer', 'settlement.prepare', 'procurement.manage', 'publication.publish');
export const checker = person('checker', 'settlement.confirm');
export const approver = person('approver', 'settlement.approve');
export const cashier = person('cashier', 'settlement.pay');
export const clerk = person('clerk', 'procurement.manage');

class NoFindings extends FindingsOfAccount {
  override openFindings() {
    return Promise.resolve([]);
  }
}

export class ProcurementTest {
  readonly companies: CompanyService;
  readonly contracts: ContractService;
  readonly spendings: SpendingService;
  readonly gains: SoldGainService;
  readonly market: MarketPurchaseService;
  readonly reviews: ReviewService;
  fundId = '';

  private constructor(readonly accounting: AccountingTest) {
    const { db } = accounting.test;
    const rulebook = new RulebookService(db);
    const folder = new RulebookFolder('rulebook');
    const tools = new SettlementTools(folder, new ClockBooks(folder), new ChangeService(db, rulebook));
    this.companies = new CompanyService(db);
    this.contracts = new ContractService(db, tools, rulebook);
    this.spendings = new SpendingService(db);
    this.gains = new SoldGainService(db);
    this.market = new MarketPurchaseService(db, tools);
    this.reviews = new ReviewService(db, new NoFindings());
  }

  /** @param hectares of forest by year: 10,000 yuan of the counted service each */
  static async start(hectares: Readonly<Record<string, number>>): Promise<ProcurementTest> {
    const it = new ProcurementTest(await startAccounting());
    await it.accounting.publish();
    for (const [year, area] of Object.entries(hectares)) await it.publishYear(year, area);
    const funds = new FundService(it.db);
    const names = { nameZh: '专项资金', nameEn: 'special fund', shortfallPolicy: 'pro-rata' } as const;
    const { id: fundId } = await funds.openFund(preparer, { code: 'gep', territoryPath: path, ...names }, randomUUID());
    it.fundId = fundId;
    const source = { fundId, code: 'main', department: 'finance', purposes: [], budgetYear: 2024 };
    await funds.addSource(preparer, source, randomUUID());
    const receipt = { fundId, source: 'main', amountFen: 1_000_000_00n, effectiveDate: '2024-02-01' };
    await funds.receive(preparer, { ...receipt, memo: 'received', businessKey: 'receipt:gep' }, randomUUID());
    for (const rule of ['increment-contract', 'increment-effects', 'dayang']) await it.adopt(rule);
    await it.recordCompany('dajun');
    await it.grant('dajun');
    return it;
  }

  get db() {
    return this.accounting.test.db;
  }

  close(): Promise<void> {
    return this.accounting.close();
  }

  async publishYear(period: string, area: number): Promise<void> {
    await this.accounting.observe([forest(county, area, { period })]);
    await this.accounting.recompute(period);
    for (const [act, role] of way) {
      const who: Reviewer = holder(role);
      await this.reviews.act(who, { territory: county, period, normId: 'sample' }, { act }, randomUUID());
    }
  }

  private async adopt(id: string): Promise<void> {
    const policies = new PolicyService(this.db);
    const preset = await loadPolicy(id, 'rulebook');
    // A preset of another place is proposed as a rule of one's own.
    const text = preset.file.text.replace(/^place: .*\n/m, '');
    const rule = await readPolicyText({ path: preset.file.path, text }, 'rulebook');
    const from = rule.valid.from;
    const slot = id === 'increment-effects' ? `procurement:rival:${county}` : '';
    await policies.propose(preparer, rule, randomUUID());
    const wish = { edition: rule.edition, territoryPath: path, from, slot, reason: 'resolution 1 (invented)' };
    await policies.adopt(approver, wish, randomUUID());
  }

  recordCompany(code: string, actor: Actor = clerk) {
    return this.companies.record(
      actor,
      {
        ...{
          code,
          territory: county,
          validFrom: '2020-01-01',
          nameZh: `两山公司 ${code}（演示）`,
          nameEn: `Company ${code}`,
        },
        legalForm: 'collective',
        ...{ creditCode: null, payeeName: `company ${code}`, bank: 'bank (invented)', accountNo: '62220000' },
        ...{ status: 'active', reason: 'founded by the collective (invented)', documentDigest: null },
      },
      randomUUID(),
    );
  }

  grant(company: string, from = '2020-01-01') {
    const right = {
      territory: county,
      parcel: null,
      basis: 'entrustment',
      validFrom: from,
      validTo: null,
    } as const;
    return this.companies.grantRight(
      clerk,
      { company, ...right, reason: 'entrusted', documentDigest: digest },
      randomUUID(),
    );
  }

  open(code: string, year: string, more: Partial<ContractDraft> = {}) {
    return this.contracts.open(
      preparer,
      {
        ...{
          code,
          company: 'dajun',
          year,
          unit: county,
          norm: 'sample',
          effects: null,
          pricesOf: '2021',
          rate: '0.02',
        },
        ...{ reference: 'previousYear', baseYear: null, floorFen: null, capFen: null, negative: 'record' },
        ...{
          policy: 'increment-contract',
          fundId: this.fundId,
          purpose: 'increments',
          buyer: 'county bureau (invented)',
        },
        ...{ singleSourceReason: 'the company alone has the right to sell', conservationShare: '0.7' },
        ...{ allowedPurposes: ['wages'], spendBy: '2026-06-30', trueUp: 'supplement', ...more },
      } as ContractDraft,
      randomUUID(),
    );
  }

  act(actor: Officer, contract: string, act: ContractWish['act'], more: Partial<ContractWish> = {}) {
    return this.contracts.act(actor, { contract, act, ...more }, randomUUID());
  }

  view(contract: string) {
    return this.db.snapshot(preparer, (tx) => viewContract(tx, contract, '2026-11-01'));
  }

  /** From the plan to the certified increment; gives what is due. */
  async measure(contract: string, budgetFen = '100000000'): Promise<bigint | null> {
    const on = '2025-02-10';
    await this.act(preparer, contract, 'budget', { on, facts: { line: '2110501', amountFen: budgetFen } });
    await this.act(preparer, contract, 'measure', { on });
    await this.act(checker, contract, 'certify', { on });
    return (await this.view(contract)).money.dueFen;
  }

  /** From the certified increment to the invoice, on days of March 2025. */
  async buy(contract: string, invoice: string): Promise<void> {
    await this.act(preparer, contract, 'reserve', { on: '2025-02-20' });
    await this.act(preparer, contract, 'notice', { on: '2025-03-03', facts: { where: 'https://notice.example.cn' } });
    await this.act(preparer, contract, 'award', { on: '2025-03-11', facts: { opinions: 'none came' } });
    await this.act(preparer, contract, 'sign', { on: '2025-03-20', facts: { bondFen: '0' }, documentDigest: digest });
    await this.act(preparer, contract, 'publish', {
      on: '2025-03-24',
      facts: { where: 'https://contract.example.cn' },
    });
    await this.act(preparer, contract, 'file', { on: '2025-03-31', facts: { authority: 'finance', number: '7' } });
    const facts = { users: '3', opinions: 'the water is clear', where: 'https://accepted.example.cn' };
    await this.act(checker, contract, 'accept', { on: '2025-04-10', facts, documentDigest: digest });
    await this.act(preparer, contract, 'disclose', { on: '2025-04-11' });
    const amountFen = (await this.view(contract)).money.amountFen!.toString();
    const bill = { number: invoice, amountFen, issuedOn: '2025-04-12' };
    await this.act(clerk, contract, 'invoice', { on: '2025-04-14', facts: bill });
  }
}
