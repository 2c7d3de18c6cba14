/** Settlements that pay a company, for the specs of its book. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { ChangeService } from '@gep/accounting';
import { FundService } from '@gep/ledger';
import type { Actor, Database } from '@gep/platform';
import { ClockBooks } from '@gep/procedure';
import { PolicyService, readPolicyText, RulebookFolder, RulebookService } from '@gep/rulebook';
import { SettlementService, SettlementTools } from '@gep/settlement';

const rulebookDir = path.resolve(__dirname, '../../rulebook');
const ruleText = `
id: company-purchase
title: { zh: 采购, en: Purchase }
mechanism: increment-procurement
status: usable
valid: { from: 2020-01-01 }
sources: [{ id: A, text: contract, standing: A }]
parties: [{ code: fund, name: { zh: 资金, en: Fund } }]
columns:
  - { code: amount, unit: yuan, name: { zh: 金额, en: Amount } }
payments:
  - { code: pay, name: { zh: 采购款, en: Price }, from: fund, to: units, amount: amount, negative: refuse }
`;

/** A fund of a territory with money of 2025, and companies that it pays by settlements. */
export class PayingFund {
  readonly settlements: SettlementService;
  private fundId = '';
  private edition = '';

  private constructor(
    private readonly database: Database,
    private readonly territoryPath: string,
    private readonly people: Readonly<Record<'preparer' | 'checker' | 'approver' | 'payer', Actor>>,
  ) {
    const folder = new RulebookFolder(rulebookDir);
    const changes = new ChangeService(database, new RulebookService(database));
    this.settlements = new SettlementService(database, new SettlementTools(folder, new ClockBooks(folder), changes));
  }

  static async open(database: Database, territoryPath: string): Promise<PayingFund> {
    const person = (id: string): Actor => ({ id, name: id, scope: [territoryPath] });
    const people = {
      ...{ preparer: person('fund-preparer'), checker: person('fund-checker') },
      ...{ approver: person('fund-approver'), payer: person('fund-payer') },
    };
    const it = new PayingFund(database, territoryPath, people);
    const rule = await readPolicyText({ path: 'rule.yaml', text: ruleText }, rulebookDir);
    it.edition = rule.edition;
    const policies = new PolicyService(database);
    await policies.propose(people.preparer, rule, randomUUID());
    const terms = { edition: rule.edition, territoryPath, from: '2020-01-01', slot: 'purchase', reason: 'signed' };
    await policies.adopt(people.approver, terms, randomUUID());
    const funds = new FundService(database);
    const names = { code: 'purchase', nameZh: '采购资金', nameEn: 'purchase fund' };
    const fund = { ...names, territoryPath, shortfallPolicy: 'pro-rata' } as const;
    it.fundId = (await funds.openFund(people.preparer, fund, randomUUID())).id;
    const source = { fundId: it.fundId, code: 'main', department: 'main', purposes: [], budgetYear: 2025 };
    await funds.addSource(people.preparer, source, randomUUID());
    const receipt = { fundId: it.fundId, source: 'main', amountFen: 10_000_000n, effectiveDate: '2025-01-02' };
    await funds.receive(people.preparer, { ...receipt, memo: 'budget', businessKey: 'budget' }, randomUUID());
    return it;
  }

  /** Pays a company on a day. @returns id of the settlement */
  async pay(company: string, yuan: number, effectiveDate: string): Promise<string> {
    const { preparer, checker, approver, payer } = this.people;
    const code = `purchase-${randomUUID().slice(0, 8)}`;
    const { id } = await this.settlements.compute(
      preparer,
      {
        ...{ code, agreement: code, territoryPath: this.territoryPath, mechanism: 'increment-procurement' },
        ...{ kind: 'settlement', period: '2025', policy: { id: '', edition: this.edition }, fundId: this.fundId },
        ...{ purpose: 'purchase', parties: { fund: 'fund:purchase' }, trueUp: { way: 'clawback' } },
        input: {
          ...{ kind: 'table', header: ['unit', 'period', 'amount'], rows: [[`company:${company}`, '2025', yuan]] },
          document: { name: 'table', digest: 'd' },
        },
      },
      randomUUID(),
    );
    await this.settlements.act(checker, { id, act: 'confirm' }, randomUUID());
    await this.settlements.act(preparer, { id, act: 'reserve' }, randomUUID());
    await this.settlements.act(approver, { id, act: 'approve', effectiveDate }, randomUUID());
    await this.settlements.act(payer, { id, act: 'pay', effectiveDate }, randomUUID());
    return id;
  }

  /** The bank sends the payment back. */
  async comeBack(id: string, company: string): Promise<void> {
    const wish = { id, act: 'return-payment', party: `company:${company}`, reason: 'account closed' } as const;
    await this.settlements.act(this.people.preparer, wish, randomUUID());
  }
}
