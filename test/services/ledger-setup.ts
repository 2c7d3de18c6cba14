/** A book with a fund of two sources, ready for the specs of the ledger. */
import { randomUUID } from 'node:crypto';
import {
  FundService,
  LedgerService,
  listAccounts,
  listFunds,
  listSources,
  noBasis,
  ProposalService,
  readBookFacts,
  reportInvariants,
  reverseVoucher,
  verifyBook,
  type Posting,
  type VoucherDraft,
} from '@gep/ledger';
import type { Actor } from '@gep/platform';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';

export const county = 'CN.990000.990100.990101';
/** Preparer, approver and payer are three persons. */
export const [preparer, approver, payer] = ['preparer', 'approver', 'payer'].map((id) => testActor(['CN'], id));
export const basis = { ...noBasis, period: '2025', ruleEdition: 'a'.repeat(64), agreement: 'agreement-1' };

export class LedgerTest {
  readonly ledger: LedgerService;
  readonly funds: FundService;
  readonly proposals: ProposalService;
  private readonly accounts = new Map<string, string>();

  private constructor(readonly test: TestDatabase) {
    this.ledger = new LedgerService(test.db);
    this.funds = new FundService(test.db);
    this.proposals = new ProposalService(test.db);
  }

  static async start(poolSize = 20): Promise<LedgerTest> {
    return new LedgerTest(await createTestDatabase({ poolSize }));
  }

  close(): Promise<void> {
    return this.test.drop();
  }

  /** Id of the account of this code in the county. */
  async account(code: string): Promise<string> {
    const known = this.accounts.get(code);
    if (known) return known;
    const found = await this.test.db.snapshot(preparer, (tx) => listAccounts(tx, { code, within: county }));
    const id = found.find(({ account }) => account.code === code)!.account.id;
    this.accounts.set(code, id);
    return id;
  }

  async balance(code: string): Promise<{ postedFen: bigint; reservedFen: bigint }> {
    const ids = [await this.account(code)];
    const [{ balance }] = await this.test.db.snapshot(preparer, (tx) => listAccounts(tx, { ids }));
    return balance;
  }

  /** A fund with sources `code: [year, received fen, purposes]`. */
  async openFund(
    code: string,
    sources: Readonly<Record<string, readonly [number, bigint, ...string[]]>>,
    shortfallPolicy: 'all-or-nothing' | 'pro-rata' | 'priority' | 'queue' = 'pro-rata',
  ): Promise<string> {
    const names = { nameZh: `资金 ${code}`, nameEn: `fund ${code}` };
    const { id } = await this.funds.openFund(
      preparer,
      { code, territoryPath: county, ...names, shortfallPolicy },
      randomUUID(),
    );
    for (const [source, [budgetYear, amountFen, ...purposes]] of Object.entries(sources)) {
      const draft = { fundId: id, code: source, department: `department ${source}`, purposes, budgetYear };
      await this.funds.addSource(preparer, draft, randomUUID());
      const receipt = { fundId: id, source, amountFen, effectiveDate: `${budgetYear}-03-01`, memo: 'received' };
      if (amountFen > 0n)
        await this.funds.receive(preparer, { ...receipt, businessKey: `receipt:${code}:${source}` }, randomUUID());
    }
    return id;
  }

  async sources(fundId: string) {
    return this.test.db.snapshot(preparer, (tx) => listSources(tx, fundId));
  }

  /** Names of the invariants that do not hold. */
  async invariants() {
    return this.test.db.snapshot(preparer, async (tx) => {
      const chain = await verifyBook(tx);
      const results = reportInvariants({ ...(await readBookFacts(tx)), chain });
      return results.filter(({ holds }) => !holds).map(({ name, found }) => [name, ...found]);
    });
  }

  async fundIds() {
    return this.test.db.snapshot(preparer, (tx) => listFunds(tx));
  }

  async posting(code: string, amountFen: bigint, more: Partial<Posting> = {}): Promise<Posting> {
    return { accountId: await this.account(code), party: null, amountFen, territoryPath: county, basis, ...more };
  }

  /** What a county is owed: spent by the fund, payable to the party. */
  async settlement(fund: string, businessKey: string, party: string, fen: bigint): Promise<VoucherDraft> {
    const postings = [await this.posting(`${fund}.spent`, fen), await this.posting(`${fund}.payable`, -fen, { party })];
    const head = { businessKey, kind: 'settlement', effectiveDate: '2025-06-30', territoryPath: county } as const;
    return { ...head, memo: 'settled', postings };
  }

  /** Pays the party out of a reservation on a source. */
  async payment(
    fund: string,
    source: string,
    businessKey: string,
    [party, fen]: readonly [string, bigint],
    ...reservationIds: string[]
  ): Promise<VoucherDraft> {
    const postings = [
      await this.posting(`${fund}.payable`, fen, { party }),
      await this.posting(`${fund}.source.${source}`, -fen),
    ];
    const head = { businessKey, kind: 'payment', effectiveDate: '2025-07-15', territoryPath: county } as const;
    const draws = reservationIds.map((reservationId) => ({ reservationId, amountFen: fen }));
    return { ...head, memo: 'paid', postings, draws };
  }

  /** As a mechanism undoes what it posted. */
  undo(voucherId: string, actor: Actor = payer) {
    return this.test.db.transaction(actor, (tx) => reverseVoucher(tx, actor, { voucherId, memo: 'undone' }));
  }

  post(draft: VoucherDraft, actor: Actor = payer) {
    return this.ledger.post(actor, draft, randomUUID());
  }

  async reserve(account: string, businessKey: string, amountFen: bigint, expiresAt = new Date(Date.now() + 3_600_000)) {
    const draft = { businessKey, accountId: await this.account(account), amountFen, expiresAt, memo: 'held' };
    return this.ledger.reserve(preparer, draft, randomUUID());
  }

  approve(reservationId: string, amountFen?: bigint, actor: Actor = approver) {
    return this.ledger.decide(actor, { reservationId, act: 'approve', amountFen, reason: 'approved' }, randomUUID());
  }

  void(reservationId: string, actor: Actor = preparer) {
    return this.ledger.decide(actor, { reservationId, act: 'void', reason: 'not needed' }, randomUUID());
  }
}
