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

  /** From the budget to the money used. @returns what the company was paid and spent, in fen, and by which settlement */
  async buy(
    people: People,
    { year, paidIn, invoice }: PurchaseYear,
  ): Promise<{ paidFen: bigint; spentFen: bigint; settlementId: string }> {
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
    const spentFen = await this.spend(people, contract, paidIn, BigInt(amountFen));
    return { paidFen: BigInt(amountFen), spentFen, settlementId: paid.money.settlementId! };
  }

  /**
   * Seven tenths go into conservation and a tenth into wages in the year itself; the rest is what owners decide on in the next,
   * after which all is used, stated and closed.
   * @returns what was spent before the owners shared, in fen: the cost of the year
   */
  private async spend({ clerk, checker }: People, contract: string, year: string, paidFen: bigint): Promise<bigint> {
    const next = String(Number(year) + 1);
    // Rounded up, as the contract demands at least this share.
    const conservationFen = (paidFen * 7n + 9n) / 10n;
    const wagesFen = paidFen / 10n;
    const ownersFen = paidFen - conservationFen - wagesFen;
    const paper = { contract, documentDigest: paperDigest(contract) };
    for (const [use, name, purpose, amountFen, on] of [
      ['conservation', 'planting', '补植 planting', conservationFen, `${year}-06-01`],
      ['allowed', 'wages', 'wages', wagesFen, `${year}-11-30`],
      ['allowed', 'owners', 'owners', ownersFen, `${next}-05-23`],
    ] as const)
      await this.spendings.spend(
        clerk,
        { ...paper, use, purpose, amountFen, evidence: `${contract}-${name}`, on },
        keyOf(`spend-${contract}-${name}`),
      );
    for (const [stated, on] of [
      [year, `${next}-01-20`],
      [next, `${next}-05-24`],
    ])
      await this.spendings.state(clerk, { ...paper, year: stated, on }, keyOf(`state-${contract}-${stated}`));
    const closing = { contract, act: 'close', on: `${next}-05-25` } as const;
    await this.contracts.act(checker, closing, keyOf(`${contract}-close`));
    return conservationFen + wagesFen;
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
      ...{ allowedPurposes: ['wages', 'owners'], spendBy: `${Number(paidIn) + 1}-06-30`, trueUp: 'supplement' },
    } as ContractDraft;
  }
}
