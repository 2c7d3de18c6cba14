/** Two counties with published accounts, a fund above them, a rule in force, and the hands that money passes through. */
import { randomUUID } from 'node:crypto';
import { ChangeService } from '@gep/accounting';
import { DomainError } from '@gep/kernel';
import { FundService, listSources, readBookFacts, reportInvariants, verifyBook } from '@gep/ledger';
import { AppealService, ClockBooks, DisputedFigures } from '@gep/procedure';
import { loadPolicy, PolicyService, readPolicyText, RulebookFolder, RulebookService } from '@gep/rulebook';
import {
  SettlementService,
  SettlementTools,
  ShadowService,
  TrueUpService,
  type SettlementDraft,
  type SettlementView,
  type TrueUpRecord,
} from '@gep/settlement';
import { testActor } from '../fixtures/test-database';
import { county, holder, paths, startReviews } from './review-setup';

export const [here, there, above] = [county, '520521', '520500'];
export const prefecture = 'CN.520000.520500';
export const [preparer, checker, approver, payer] = ['preparer', 'checker', 'approver', 'payer'].map((id) =>
  testActor(['CN'], id),
);
const worker = testActor(['CN'], 'worker');

/** Each county gets a thousandth of its GEP. */
const rateRule = `
id: rate-of-gep
title: { zh: 按 GEP 的千分之一, en: A thousandth of GEP }
mechanism: eco-compensation
status: usable
valid: { from: 2015-01-01 }
sources: [{ id: S1, text: made up for a test, standing: A }]
parties: [{ code: fund, name: { zh: 专项资金, en: Fund } }]
columns:
  - { code: gep, unit: yuan, name: { zh: GEP, en: GEP }, min: 0 }
payments:
  - { code: award, name: { zh: 奖励, en: Award }, from: fund, to: units, amount: gep / 1000, negative: refuse }
`;

export async function startRestatements() {
  const reviews = await startReviews();
  const { accounting } = reviews;
  const { db } = accounting.test;
  const folder = new RulebookFolder('rulebook');
  const tools = new SettlementTools(folder, new ClockBooks(folder), new ChangeService(db, new RulebookService(db)));
  const [funds, policies] = [new FundService(db), new PolicyService(db)];
  const settlements = new SettlementService(db, tools);
  const appeals = new AppealService(db, new ClockBooks(folder), new DisputedFigures());
  const [trueUps, shadows] = [new TrueUpService(db, tools), new ShadowService(db, tools)];
  const rules = {
    share: await loadPolicy('gep-share', 'rulebook'),
    rate: await readPolicyText({ path: 'rate.yaml', text: rateRule }, 'rulebook'),
  };
  const adopt = async (rule: (typeof rules)['share'], slot: string) => {
    await policies.propose(preparer, rule, randomUUID());
    const wish = { edition: rule.edition, from: '2020-01-01', territoryPath: prefecture, reason: 'resolution 1', slot };
    await policies.adopt(approver, wish, randomUUID());
  };
  await adopt(rules.share, 'share');
  await adopt(rules.rate, 'rate');
  const { id: fundId } = await funds.openFund(
    preparer,
    { code: 'eco', territoryPath: prefecture, nameZh: '生态资金', nameEn: 'eco', shortfallPolicy: 'pro-rata' },
    randomUUID(),
  );
  const receive = async (amountFen: bigint, code = 'main') => {
    await funds
      .addSource(preparer, { fundId, code, department: 'finance', purposes: [], budgetYear: 2024 }, randomUUID())
      .catch(() => undefined);
    const receipt = { fundId, source: code, amountFen, effectiveDate: '2024-03-01', memo: 'received' };
    await funds.receive(preparer, { ...receipt, businessKey: `receipt:${randomUUID()}` }, randomUUID());
  };
  await receive(100_000_00n);

  const view = (id: string) => settlements.view(preparer, id);
  /** Without hectares: of what lies below. */
  const publish = async (territory: string, hectares: number) => {
    if (hectares > 0) await reviews.compute(hectares, territory);
    await reviews.goUp(territory);
  };
  const latest = async (territory: string): Promise<string> => {
    const [{ id }] = await reviews.inDatabase<{ id: string }[]>((tx) =>
      tx.query('select id from accounting.disclosure where territory_code = $1 order by since desc limit 1', [
        territory,
      ]),
    );
    return id;
  };
  return {
    ...{ reviews, accounting, db, tools, funds, policies, settlements, trueUps, shadows, rules, fundId, receive, view },
    ...{ publish, latest, adopt },
    /** Publishes the account of a county anew. @returns the id of the disclosure */
    async restate(territory: string, hectares: number, reason = 'the area of 2024 was mapped anew') {
      await reviews.act('restate', holder('approver', territory), territory, reason);
      await publish(territory, hectares);
      return latest(territory);
    },
    draft(code: string, agreement: 'share' | 'rate', more: Partial<SettlementDraft> = {}): SettlementDraft {
      return {
        ...{ code, territoryPath: prefecture, mechanism: 'eco-compensation', kind: 'settlement', agreement },
        ...{ period: '2024', policy: { id: '', edition: '' }, fundId, purpose: 'eco-compensation' },
        ...{ parties: { fund: 'fund:eco' }, trueUp: { way: 'clawback' } },
        input: {
          ...{ kind: 'accounts', periods: ['2024'], units: [here, there] },
          columns: [{ column: 'gep', norm: 'sample', figure: 'total', prices: 'current' }],
          ...(agreement === 'share' && { totals: { pool: '1000' } }),
        },
        ...more,
      };
    },
    /** The same with GEP of both counties, in yuan, from a document; the money is that of 2024. */
    tabled(
      code: string,
      agreement: 'share' | 'rate',
      gep: readonly [number, number],
      more: Partial<SettlementDraft> = {},
    ): SettlementDraft {
      const period = more.period ?? '2024';
      return {
        ...this.draft(code, agreement),
        input: {
          ...{ kind: 'table', header: ['unit', 'period', 'gep'] },
          document: { name: 'gep.xlsx', digest: 'a'.repeat(64) },
          rows: [here, there].map((unit, at) => [unit, period, gep[at]]),
          ...(agreement === 'share' && { totals: { pool: '60000' } }),
        },
        moneyPeriod: '2024',
        ...more,
      };
    },
    /** Somebody of the county disputes its figure. */
    async object(settlement: string, territory: string) {
      const path = paths[territory];
      const person = { ...testActor([path], `of-${territory}`), permissions: new Map([['appeal.file', [path]]]) };
      const [{ today }] = await reviews.inDatabase<{ today: string }[]>((tx) =>
        tx.query(`select (now() at time zone 'Asia/Shanghai')::date as today`),
      );
      const subject = { kind: 'settlement', id: settlement };
      const about = { subject, figure: territory, party: territory, partyPath: path, knownOn: today };
      const { id } = await appeals.file(person, { ...about, grounds: 'the area is wrong' }, randomUUID());
      return {
        withdraw: () => appeals.act(person, { id, act: 'withdraw', reason: 'it was explained' }, randomUUID()),
      };
    },
    async compute(draft: SettlementDraft): Promise<string> {
      return (await settlements.compute(preparer, draft, randomUUID())).id;
    },
    /** From wherever it stands to paid, by four persons. */
    async pay(id: string): Promise<SettlementView> {
      const acts = [
        ...([
          ['confirm', checker],
          ['reserve', preparer],
          ['approve', approver],
          ['pay', payer],
        ] as const),
      ];
      const { state } = await view(id);
      for (const [act, person] of ['paid', 'confirmed'].includes(state ?? '') ? acts.slice(1) : acts) {
        if ((await view(id)).state === 'closed') break;
        await settlements.act(person, { act, id }, randomUUID());
      }
      return view(id);
    },
    /** As the worker answers the event. */
    answer: (disclosureId: string): Promise<TrueUpRecord[]> => trueUps.draft(worker, disclosureId),
    /** Fen that each county has been paid in all, less what is owed back. */
    async netPaid(): Promise<Record<string, bigint>> {
      const net = await reviews.inDatabase<{ party: string; fen: string }[]>((tx) =>
        tx.query(
          `select p.party, sum(case when a.code = 'eco.clawback' then -p.amount_fen else p.amount_fen end) as fen
           from ledger.posting p join ledger.book_account a on a.id = p.account_id join ledger.voucher v on v.id = p.voucher_id
           where (a.code = 'eco.payable' and p.amount_fen > 0) or a.code = 'eco.clawback' group by p.party`,
        ),
      );
      return Object.fromEntries(net.map(({ party, fen }) => [party, BigInt(fen)]));
    },
    sources: () => reviews.inDatabase((tx) => listSources(tx, fundId)),
    /** Names of the invariants of the book that do not hold. */
    invariants: () =>
      reviews.inDatabase(async (tx) =>
        reportInvariants({ ...(await readBookFacts(tx)), chain: await verifyBook(tx) })
          .filter(({ holds }) => !holds)
          .map(({ name, found }) => [name, ...found]),
      ),
    close: () => accounting.close(),
  };
}
export type RestatementsTest = Awaited<ReturnType<typeof startRestatements>>;

/** The code of the refusal; empty when there was none. */
export const refusalOf = (doing: Promise<unknown>): Promise<string> =>
  doing.then(
    () => '',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );
