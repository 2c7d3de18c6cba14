/** Two years in which a county buys the increment of its regulating services from a Two-Mountains company, step by step. */
import {
  type ContractAct,
  type CompanyDraft,
  CompanyService,
  type SaleRightDraft,
  type ContractDraft,
  ContractService,
  SpendingService,
  viewContract,
} from '@gep/procurement';
import type { Database } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import type { SettlementTools } from '@gep/settlement';
import { keyOf, paperDigest, type People } from './people';

export const companyCode = 'demo-bingling';

/** A year's contract with the days of its steps, which follow each other as the law asks. */
interface PurchaseYear {
  readonly year: string;
  readonly paidIn: string;
  readonly invoice: string;
}

export const purchaseYears: readonly PurchaseYear[] = [
  { year: '2023', paidIn: '2024', invoice: 'DEMONSTRATION0001' },
  { year: '2024', paidIn: '2025', invoice: 'DEMONSTRATION0002' },
];

export class DemonstrationPurchases {
  private readonly companies: CompanyService;
  private readonly contracts: ContractService;
  private readonly spendings: SpendingService;

  constructor(
    private readonly database: Database,
    tools: SettlementTools,
    private readonly county: { readonly code: string; readonly fundId: string },
  ) {
    this.companies = new CompanyService(database);
    this.contracts = new ContractService(database, tools, new RulebookService(database));
    this.spendings = new SpendingService(database);
  }

  async foundCompany({ clerk }: People): Promise<void> {
    const company: CompanyDraft = {
      ...{ code: companyCode, territory: this.county.code, validFrom: '2022-01-01' },
      ...{ nameZh: '丙岭两山公司（演示）', nameEn: 'Two-Mountains company of Bingling (demonstration)' },
      ...{ legalForm: 'collective', creditCode: null, payeeName: '丙岭两山公司（演示）', bank: '演示银行' },
      ...{ accountNo: '9900000000000001', status: 'active', reason: '虚构 · invented', documentDigest: null },
    };
    await this.companies.record(clerk, company, keyOf('company'));
    const right: SaleRightDraft = {
      ...{ company: companyCode, territory: this.county.code, parcel: null, basis: 'entrustment' },
      ...{ validFrom: '2022-01-01', validTo: null, reason: '虚构 · invented', documentDigest: paperDigest('right') },
    };
    await this.companies.grantRight(clerk, right, keyOf('right-to-sell'));
  }

  /** From the budget to the money used. @returns what the company was paid, in fen, and by which settlement */
  async buy(
    people: People,
    { year, paidIn, invoice }: PurchaseYear,
  ): Promise<{ paidFen: bigint; settlementId: string }> {
    const { administrator, checker, approver, cashier, clerk } = people;
    const contract = `${companyCode}-${year}`;
    await this.contracts.open(administrator, this.terms(contract, year, paidIn), keyOf(`open-${contract}`));
    const view = () => this.database.snapshot(administrator, (tx) => viewContract(tx, contract, `${paidIn}-12-31`));
    const act = (who: typeof clerk, name: ContractAct, day: string, more: object = {}): Promise<unknown> =>
      this.contracts.act(who, { contract, act: name, on: `${paidIn}-${day}`, ...more }, keyOf(`${contract}-${name}`));
    const paper = { documentDigest: paperDigest(contract) };
    const where = { facts: { where: 'https://example.org/demonstration' } };
    await act(administrator, 'budget', '02-19', { facts: { line: '2110501', amountFen: '1000000000' } });
    await act(administrator, 'measure', '02-20');
    await act(checker, 'certify', '02-21');
    await act(administrator, 'reserve', '02-23');
    await act(administrator, 'notice', '03-04', where);
    await act(administrator, 'award', '03-12', { facts: { opinions: '无异议 none' } });
    await act(administrator, 'sign', '03-14', { facts: { bondFen: '0' }, ...paper });
    await act(administrator, 'publish', '03-18', where);
    await act(administrator, 'file', '03-20', { facts: { authority: '演示财政局', number: '1' } });
    const users = { users: '3', opinions: '水清了 the water is clear', where: 'https://example.org/demonstration' };
    await act(checker, 'accept', '04-10', { facts: users, ...paper });
    await act(administrator, 'disclose', '04-11', {});
    const amountFen = (await view()).money.amountFen!.toString();
    await act(clerk, 'invoice', '04-15', { facts: { number: invoice, amountFen, issuedOn: `${paidIn}-04-15` } });
    await act(approver, 'approve', '04-18');
    await act(cashier, 'pay', '04-22');
    const paid = await view();
    await this.spend(people, contract, paidIn, BigInt(amountFen));
    return { paidFen: BigInt(amountFen), settlementId: paid.money.settlementId! };
  }

  /** Seven tenths go into conservation at once, wages take a fifth, and the rest is what owners share. */
  private async spend({ clerk }: People, contract: string, year: string, paidFen: bigint): Promise<void> {
    const spending = {
      contract,
      use: 'conservation',
      purpose: '补植 planting',
      amountFen: (paidFen * 7n) / 10n,
    } as const;
    const evidence = { evidence: `${contract}-planting`, documentDigest: paperDigest(contract), on: `${year}-06-01` };
    await this.spendings.spend(clerk, { ...spending, ...evidence }, keyOf(`spend-${contract}`));
  }

  private terms(code: string, year: string, paidIn: string): ContractDraft {
    return {
      ...{
        code,
        company: companyCode,
        year,
        unit: this.county.code,
        norm: 'cn-terrestrial',
        effects: ['area', 'condition', 'supply'],
      },
      ...{ pricesOf: '2022', rate: '0.001', reference: 'previousYear', baseYear: null, floorFen: null },
      ...{ capFen: null, negative: 'record', policy: 'increment-effects', fundId: this.county.fundId },
      ...{ purpose: 'increment-procurement', buyer: '丙岭县（演示） Bingling (demonstration)' },
      ...{ singleSourceReason: '唯一受托方（虚构） the only one entrusted (invented)', conservationShare: '0.7' },
      ...{ allowedPurposes: ['wages'], spendBy: `${paidIn}-12-31`, trueUp: 'supplement' },
    } as ContractDraft;
  }
}
