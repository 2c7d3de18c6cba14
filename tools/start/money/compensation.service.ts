/** Two years of eco-compensation: the province pays its counties, and one county pays its villages on. */
import { TreeAccountsService } from '@gep/accounting';
import { AgreementService, CycleService } from '@gep/compensation';
import { formatYuan } from '@gep/kernel';
import { FundService, listSources } from '@gep/ledger';
import type { Database } from '@gep/platform';
import { ClockBooks } from '@gep/procedure';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import type { SettlementTools } from '@gep/settlement';
import { countyAgreement, countyTerms, provinceAgreement, provinceTerms } from './agreements';
import { keyOf, type People } from './people';

interface Place {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

export class DemonstrationCompensation {
  private readonly agreements: AgreementService;
  private readonly cycles: CycleService;

  constructor(
    private readonly database: Database,
    tools: SettlementTools,
    rulebookDir: string,
  ) {
    this.agreements = new AgreementService(database);
    const trees = new TreeAccountsService(database, new RulebookService(database));
    this.cycles = new CycleService(database, tools, trees, new ClockBooks(new RulebookFolder(rulebookDir)));
  }

  /** Drafted, signed by all, in force. */
  private async conclude({ administrator, approver }: People, code: string, document: string): Promise<void> {
    const { id } = (await this.agreements.draft(administrator, document, keyOf(`agreement-${code}`))).result;
    const { unsigned } = await this.agreements.show(administrator, id);
    for (const party of unsigned) {
      const signature = { agreement: id, party, signatory: '演示代表 · demonstration', signedOn: '2023-01-10' };
      const wish = { ...signature, documentDigest: null };
      await this.agreements.sign(administrator, wish, keyOf(`sign-${code}-${party}`));
    }
    await this.agreements.enter(approver, id, keyOf(`enter-${code}`));
  }

  /** From computed to paid, each step by its person. @returns id of the settlement */
  private async settle(people: People, agreement: string, period: string, what: string): Promise<string> {
    const { administrator, checker, approver, cashier } = people;
    const key = (act: string): string => keyOf(`${agreement}-${period}-${what}-${act}`);
    const { id } = (await this.cycles.compute(administrator, { agreement, period, what } as never, key('compute')))
      .result;
    await this.cycles.act(checker, { id, act: 'confirm' }, key('confirm'));
    await this.cycles.act(administrator, { id, act: 'reserve' }, key('reserve'));
    await this.cycles.act(approver, { id, act: 'approve' }, key('approve'));
    await this.cycles.act(cashier, { id, act: 'pay' }, key('pay'));
    return id;
  }

  /** A year in full, then an advance of the next one and its result. */
  async payCounties(people: People, counties: readonly Place[]): Promise<void> {
    await this.conclude(people, provinceAgreement, provinceTerms(counties));
    await this.settle(people, provinceAgreement, '2023', 'result');
    await this.settle(people, provinceAgreement, '2024', 'advance:spring');
    await this.settle(people, provinceAgreement, '2024', 'result');
  }

  /** What the county was paid for 2023 comes into its own fund, and goes to its villages by what their land gives. */
  async payVillages(people: People, county: string, fundId: string): Promise<void> {
    const { administrator } = people;
    const [cycle] = await this.cycles.list(administrator, provinceAgreement, '2023');
    const { view } = cycle.settlements[0];
    const { paidFen } = view.parts.find(({ party }) => party === county)!;
    const funds = new FundService(this.database);
    const source = { fundId, code: 'province-2023', department: 'province', purposes: ['eco-compensation'] };
    await funds.addSource(administrator, { ...source, budgetYear: 2023 }, keyOf('source-county'));
    const receipt = {
      ...{ fundId, source: source.code, amountFen: paidFen, effectiveDate: '2024-07-15' },
      ...{ businessKey: 'receipt:demo-bingling:province-2023', memo: '省级补偿资金 · compensation of the province' },
    };
    await funds.receive(administrator, { ...receipt, agreement: view.gist.code }, keyOf('receipt-county'));
    const [{ receivedFen }] = await this.database.snapshot(administrator, (tx) => listSources(tx, fundId));
    await this.conclude(people, countyAgreement, countyTerms(county, formatYuan(receivedFen)));
    await this.settle(people, countyAgreement, '2023', 'result');
  }
}
