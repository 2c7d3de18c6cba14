/** Agreements over the counties of the settlement specs, with persons who hold one permission each. */
import { randomUUID } from 'node:crypto';
import { TreeAccountsService } from '@gep/accounting';
import { AgreementService, BreachService, CycleService, type CycleWish, MeasurementService } from '@gep/compensation';
import { ClockBooks, type Officer } from '@gep/procedure';
import { loadPolicy, PolicyService, RulebookFolder, RulebookService } from '@gep/rulebook';
import { officer } from './procedure-setup';
import { province, SettlementTest } from './settlement-setup';

export const clerk = officer('preparer', province, 'agreement.manage', 'settlement.prepare');
export const checker = officer('checker', province, 'settlement.confirm');
export const approver = officer('approver', province, 'settlement.approve');
export const cashier = officer('payer', province, 'settlement.pay');

/** An agreement of the province with counties, settled by a table of the rule `result`; parts can be replaced. */
export const agreementOf = (code: string, more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    ...{ code, title: { zh: '测试协议', en: 'Test agreement' }, place: '990000' },
    ...{ scope: { zh: '三县', en: 'Three counties' }, target: { zh: '水质', en: 'Water' } },
    ...{ monitoring: { zh: '逐月监测', en: 'Every month' }, breach: { zh: '按条例', en: 'By the Regulation' } },
    ...{ duties: [], term: { from: '2024-01-01', to: '2099-12-31' }, policy: { id: 'result' } },
    fund: { code: 'eco', purpose: 'compensation' },
    input: { kind: 'measured' },
    parties: [
      {
        code: 'province',
        role: 'payer',
        place: '990000',
        rule: 'fund',
        book: 'fund:eco',
        name: { zh: '省', en: 'Province' },
      },
      ...['990101', '990102', '990103'].map((place) => ({
        ...{ code: `county-${place}`, role: 'receiver', place, name: { zh: `县${place}`, en: `County ${place}` } },
      })),
    ],
    ...more,
  });

export class CompensationTest {
  readonly agreements: AgreementService;
  readonly measurements: MeasurementService;
  readonly cycles: CycleService;
  readonly breaches: BreachService;

  private constructor(readonly money: SettlementTest) {
    const { db } = money.test;
    this.agreements = new AgreementService(db);
    this.measurements = new MeasurementService(db);
    this.breaches = new BreachService(db);
    const clocks = new ClockBooks(new RulebookFolder('rulebook'));
    const trees = new TreeAccountsService(db, new RulebookService(db));
    this.cycles = new CycleService(db, money.tools, trees, clocks);
  }

  static async start(): Promise<CompensationTest> {
    return new CompensationTest(await SettlementTest.start());
  }

  close(): Promise<void> {
    return this.money.close();
  }

  /** The rules about agreements as such, from the day on which the Regulation came into force. */
  async adoptOwnRules(): Promise<void> {
    const policies = new PolicyService(this.money.test.db);
    for (const id of ['advance-plan', 'breach-cut']) {
      const rule = await loadPolicy(id, 'rulebook');
      await policies.propose(clerk, rule, randomUUID());
      const wish = {
        edition: rule.edition,
        territoryPath: province,
        from: '2024-06-01',
        slot: id,
        reason: 'resolution 1',
      };
      await policies.adopt(approver, wish, randomUUID());
    }
  }

  /** Drafted, signed by all, in force. */
  async conclude(document: string, actor: Officer = clerk, enters: Officer = approver): Promise<string> {
    const { id } = (await this.agreements.draft(actor, document, randomUUID())).result;
    await this.signAll(id, actor);
    await this.agreements.enter(enters, id, randomUUID());
    return id;
  }

  async signAll(id: string, actor: Officer = clerk): Promise<void> {
    const { unsigned } = await this.agreements.show(actor, id);
    for (const party of unsigned)
      await this.agreements.sign(
        actor,
        { agreement: id, party, signatory: `head of ${party}`, signedOn: '2024-01-02', documentDigest: null },
        randomUUID(),
      );
  }

  /** Amounts of yuan by county, recorded and approved. */
  async measure(agreement: string, period: string, amounts: Readonly<Record<string, number>>): Promise<string> {
    const rows = Object.entries(amounts).map(([unit, amount]) => [unit, period, amount]);
    return this.measureTable(agreement, period, ['unit', 'period', 'amount'], rows);
  }

  async measureTable(
    agreement: string,
    period: string,
    header: readonly string[],
    rows: readonly (readonly (string | number)[])[],
  ): Promise<string> {
    const source = { suppliedBy: 'Ecology department', supplierPlace: null, sampledWith: null };
    const document = { documentName: 'report.xlsx', documentDigest: 'd'.repeat(64) };
    const wish = { agreement, period, header, rows, ...source, ...document };
    const { id } = (await this.measurements.record(clerk, wish, randomUUID())).result;
    await this.measurements.judge(checker, { id, act: 'approve' }, randomUUID());
    return id;
  }

  async compute(agreement: string, period: string, what: CycleWish['what'] = 'result'): Promise<string> {
    return (await this.cycles.compute(clerk, { agreement, period, what }, randomUUID())).result.id;
  }

  /** From computed to paid, each step by its person. */
  async carryOut(id: string): Promise<void> {
    await this.cycles.act(checker, { id, act: 'confirm' }, randomUUID());
    await this.carryOn(id);
  }

  /** One round of the money, of what can move. */
  async carryOn(id: string): Promise<void> {
    await this.cycles.act(clerk, { id, act: 'reserve' }, randomUUID());
    await this.cycles.act(approver, { id, act: 'approve' }, randomUUID());
    await this.cycles.act(cashier, { id, act: 'pay' }, randomUUID());
  }

  async stateOf(agreement: string, period: string): Promise<string> {
    return (await this.cycles.list(clerk, agreement, period))[0].state;
  }
}
