/** A fund, territories, rules in force and persons apart, ready for the specs of settlement. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { ChangeService } from '@gep/accounting';
import {
  FundService,
  LedgerService,
  listAccounts,
  listFunds,
  listPartyBalances,
  readBookFacts,
  reportInvariants,
  type ShortfallPolicy,
  verifyBook,
} from '@gep/ledger';
import type { Actor } from '@gep/platform';
import { AppealService, ClockBooks, DisputedFigures } from '@gep/procedure';
import {
  loadPolicy,
  PolicyService,
  readPolicyText,
  RulebookFolder,
  RulebookService,
  type PolicyRule,
} from '@gep/rulebook';
import {
  type SettlementDraft,
  SettlementRequests,
  SettlementService,
  SettlementTools,
  type SettlementWish,
} from '@gep/settlement';
import { levelOfCode, parentOfCode, SuccessionService, TerritoryService } from '@gep/territory';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

const rulebookDir = path.resolve(__dirname, '../../rulebook');
export const province = 'CN.990000';
export const countyPath = (code: string): string => `${province}.990100.${code}`;
export const counties = ['990101', '990102', '990103'];

/** Each has one step of the money. */
export const [preparer, checker, approver, payer] = ['preparer', 'checker', 'approver', 'payer'].map((id) =>
  testActor([province], id),
);
export const ofCounty = (code: string): Actor => testActor([countyPath(code)], `people of ${code}`);

/** What was advanced and what came of it, by county, in a table of yuan. */
export const resultRule = `
id: result
title: { zh: 结果, en: Result }
mechanism: eco-compensation
status: usable
valid: { from: 2020-01-01 }
sources: [{ id: A, text: agreement, standing: A }]
parties: [{ code: fund, name: { zh: 资金, en: Fund } }]
columns:
  - { code: amount, unit: yuan, name: { zh: 金额, en: Amount } }
payments:
  - { code: pay, name: { zh: 补偿, en: Compensation }, from: fund, to: units, amount: amount, negative: bill }
`;

type Wish = SettlementWish extends infer One ? (One extends { id: string } ? Omit<One, 'id'> : never) : never;

export class SettlementTest {
  readonly ledger: LedgerService;
  readonly funds: FundService;
  readonly tools: SettlementTools;
  readonly settlements: SettlementService;
  readonly requests: SettlementRequests;
  readonly appeals: AppealService;
  readonly figures = new DisputedFigures();
  fundId = '';

  private constructor(readonly test: TestDatabase) {
    this.ledger = new LedgerService(test.db);
    this.funds = new FundService(test.db);
    const folder = new RulebookFolder(rulebookDir);
    const changes = new ChangeService(test.db, new RulebookService(test.db));
    this.tools = new SettlementTools(folder, new ClockBooks(folder), changes);
    this.settlements = new SettlementService(test.db, this.tools, this.figures);
    this.appeals = new AppealService(test.db, new ClockBooks(folder), this.figures);
    this.requests = new SettlementRequests(test.db, this.tools);
  }

  static async start(poolSize = 10): Promise<SettlementTest> {
    const it = new SettlementTest(await createTestDatabase({ poolSize }));
    const codes = ['CN', '990000', '990100', ...counties];
    await new TerritoryService(it.test.db).importTerritories(
      testActor(),
      codes.map((code) => ({
        ...{ code, nameZh: `测试${code}`, nameEn: null, level: levelOfCode(code), parentCode: parentOfCode(code) },
        ...{ validFrom: '2000-01-01', validTo: null, source: 'test' },
      })),
    );
    return it;
  }

  close(): Promise<void> {
    return this.test.drop();
  }

  /** A fund with one source of this year and amount, and a source for what parties pay. */
  async openFund(
    code: string,
    yuan: bigint,
    shortfallPolicy: ShortfallPolicy = 'pro-rata',
    year = 2025,
  ): Promise<string> {
    const names = { nameZh: `资金 ${code}`, nameEn: `fund ${code}` };
    const draft = { code, territoryPath: province, ...names, shortfallPolicy };
    const { id } = await this.funds.openFund(preparer, draft, randomUUID());
    for (const source of ['main', 'levied']) {
      const of = { fundId: id, code: source, department: source, purposes: [], budgetYear: year };
      await this.funds.addSource(preparer, of, randomUUID());
    }
    if (yuan > 0n) await this.receive(id, yuan, `receipt:${code}`, year);
    this.fundId = id;
    return id;
  }

  async receive(fundId: string, yuan: bigint, businessKey: string, year = 2025, source = 'main'): Promise<void> {
    const receipt = { fundId, source, amountFen: yuan * 100n, effectiveDate: `${year}-02-01`, memo: 'received' };
    await this.funds.receive(preparer, { ...receipt, businessKey }, randomUUID());
  }

  /** Proposes a rule of the rulebook, or a text, and puts it in force for an agreement. */
  async adopt(idOrText: string, slot: string): Promise<PolicyRule> {
    const rule = idOrText.includes('\n')
      ? await readPolicyText({ path: 'rule.yaml', text: idOrText }, rulebookDir)
      : await loadPolicy(idOrText, rulebookDir);
    const policies = new PolicyService(this.test.db);
    await policies.propose(preparer, rule, randomUUID());
    const wish = { edition: rule.edition, territoryPath: province, from: '2020-01-01', slot, reason: 'resolution 1' };
    await policies.adopt(approver, wish, randomUUID());
    return rule;
  }

  /** A draft of the counties' amounts in yuan, by the rule `result`. */
  draft(
    code: string,
    agreement: string,
    amounts: Readonly<Record<string, number>>,
    more: Partial<SettlementDraft> = {},
  ): SettlementDraft {
    const rows = Object.entries(amounts).map(([unit, amount]) => [unit, '2025', amount]);
    return {
      ...{
        code,
        agreement,
        territoryPath: province,
        mechanism: 'eco-compensation',
        kind: 'settlement',
        period: '2025',
      },
      ...{ policy: { id: '', edition: '' }, fundId: this.fundId, purpose: 'compensation', trueUp: { way: 'clawback' } },
      parties: { fund: `fund:${this.fundCode}` },
      input: { kind: 'table', header: ['unit', 'period', 'amount'], rows, document: { name: 'table', digest: 'd' } },
      ...more,
    };
  }

  fundCode = 'eco';

  async compute(draft: SettlementDraft, actor: Actor = preparer): Promise<string> {
    return (await this.settlements.compute(actor, draft, randomUUID())).id;
  }

  act(actor: Actor, id: string, wish: Wish) {
    return this.settlements.act(actor, { ...wish, id }, randomUUID());
  }

  view(id: string, actor: Actor = preparer) {
    return this.settlements.view(actor, id);
  }

  /** An objection of a county against its figure. */
  async object(id: string, county: string, shownFen: bigint): Promise<string> {
    const file = { ...ofCounty(county), permissions: new Map([['appeal.file', [countyPath(county)]]]) };
    const draft = {
      ...{ subject: { kind: 'settlement', id }, figure: county, shownFen, party: county, shownDigest: null },
      ...{
        partyPath: countyPath(county),
        knownOn: new Date().toISOString().slice(0, 10),
        grounds: 'the area is wrong',
      },
    };
    return (await this.appeals.file(file, draft, randomUUID())).id;
  }

  async endObjection(id: string, county = counties[1]): Promise<void> {
    const file = { ...ofCounty(county), permissions: new Map([['appeal.file', [countyPath(county)]]]) };
    await this.appeals.act(file, { id, act: 'withdraw', reason: 'explained' }, randomUUID());
  }

  async merge(from: string, into: string, effective: string): Promise<void> {
    await new SuccessionService(this.test.db).recordSuccession(testActor(), {
      ...{ kind: 'merge', predecessors: [from, into], effective, basis: 'whole', source: 'decree' },
      successors: [{ code: into }],
    });
  }

  async fundOf(code: string): Promise<string> {
    return (await this.test.db.snapshot(preparer, (tx) => listFunds(tx))).find((fund) => fund.code === code)!.id;
  }

  /** From computed to paid, each step by its person. */
  async carryOut(id: string): Promise<void> {
    await this.act(checker, id, { act: 'confirm' });
    await this.act(preparer, id, { act: 'reserve' });
    await this.act(approver, id, { act: 'approve' });
    await this.act(payer, id, { act: 'pay' });
  }

  /** `party state amounts`, for each part. */
  async told(id: string): Promise<string[]> {
    const { state, parts } = await this.view(id);
    return [
      `${state}`,
      ...parts.map((part) => `${part.party} ${part.state} ${part.grantedFen}/${part.claimFen} paid ${part.paidFen}`),
    ];
  }

  async balance(role: string, actor: Actor = preparer): Promise<bigint> {
    const code = `${this.fundCode}.${role}`;
    const found = await this.test.db.snapshot(actor, (tx) => listAccounts(tx, { code, within: province }));
    return found.find(({ account }) => account.code === code)!.balance.postedFen;
  }

  async standing(role: string, agreements: readonly string[]): Promise<Record<string, bigint>> {
    const code = `${this.fundCode}.${role}`;
    return this.test.db.snapshot(preparer, async (tx) => {
      const found = await listAccounts(tx, { code, within: province });
      const { id } = found.find(({ account }) => account.code === code)!.account;
      return Object.fromEntries((await listPartyBalances(tx, id, agreements)).map((one) => [one.party, one.postedFen]));
    });
  }

  /** Names of the invariants of the book that do not hold. */
  brokenInvariants(): Promise<unknown[]> {
    return this.test.db.snapshot(testActor(), async (tx) => {
      const results = reportInvariants({ ...(await readBookFacts(tx)), chain: await verifyBook(tx) });
      return results.filter(({ holds }) => !holds).map(({ name, found }) => [name, ...found]);
    });
  }
}
