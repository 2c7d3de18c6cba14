/** The whole way of a settlement, from a fund's first day to a bill that is paid, each use case under a key of its own. */
import path from 'node:path';
import { ChangeService } from '@gep/accounting';
import { FundService, LedgerService, postRun, getFundAccount, noBasis, type RunDraft } from '@gep/ledger';
import { type Actor, answerOnce, appendAudit, type Database } from '@gep/platform';
import { ClockBooks } from '@gep/procedure';
import { PolicyService, readPolicyText, RulebookFolder, RulebookService } from '@gep/rulebook';
import { type SettlementDraft, SettlementService, SettlementTools, type SettlementWish } from '@gep/settlement';

/** Codes of places, so that each kill has a book of its own within one database. */
export const placeAt = (at: number): string => `CN.990000.${990001 + at}`;
export const everything: Actor = { id: 'system:settlement-way', name: 'reader', scope: ['CN'] };

const person = (id: string): Actor => ({ id, name: `Person ${id}`, scope: ['CN'] });
const [preparer, checker, approver, payer] = ['preparer', 'checker', 'approver', 'payer'].map(person);
const rulebookDir = path.resolve(__dirname, '../../rulebook');
const households = 40;

/** Of each place its own, so that nobody finds the rule of somebody else. */
const ruleOf = (place: string): string => `
id: result-${place.slice(-6)}
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

/**
 * Goes the way from its beginning; use cases that were carried out before answer as they did then.
 * @param begin told of each use case before its first statement
 */
export async function goTheWay(database: Database, place: string, begin: (useCase: string) => void): Promise<void> {
  const key = (useCase: string): string => {
    begin(useCase);
    return `${place}:${useCase}`;
  };
  const fundId = await fillFund(database, place, key);
  begin('');
  const draft = await draftOf(database, place, fundId, key);
  const folder = new RulebookFolder(rulebookDir);
  const changes = new ChangeService(database, new RulebookService(database));
  const tools = new SettlementTools(folder, new ClockBooks(folder), changes);
  // Read once, so that no use case has more statements than another time.
  begin('');
  await Promise.all([tools.units(), tools.clockBook()]);
  const settlements = new SettlementService(database, tools);

  const { id } = await settlements.compute(preparer, draft, key('compute'));
  const expiresAt = new Date('2126-01-01T00:00:00Z');
  const effectiveDate = '2026-03-01';
  const acts: readonly [useCase: string, actor: Actor, wish: SettlementWish][] = [
    ['confirm', checker, { act: 'confirm', id }],
    ['reserve', preparer, { act: 'reserve', id, expiresAt }],
    ['approve', approver, { act: 'approve', id, effectiveDate }],
    ['pay', payer, { act: 'pay', id, effectiveDate }],
    // The bank returned one payment; it is approved and paid again.
    [
      'return-payment',
      preparer,
      { act: 'return-payment', id, party: 'upper', reason: 'returned by the bank', expiresAt },
    ],
    ['approve-again', approver, { act: 'approve', id, effectiveDate }],
    ['pay-again', payer, { act: 'pay', id, effectiveDate }],
    ['collect', preparer, { act: 'collect', id, party: 'lower', amountFen: 20_000n, effectiveDate }],
  ];
  for (const [useCase, actor, wish] of acts) await settlements.act(actor, wish, key(useCase));
  begin('');
  await payHouseholds(database, place, fundId, key);
  await new LedgerService(database).closePeriod(approver, { territoryPath: place, period: '2026-03' }, key('close'));
  begin('');
}

type Key = (useCase: string) => string;

async function fillFund(database: Database, place: string, key: Key): Promise<string> {
  const funds = new FundService(database);
  const names = { nameZh: '生态补偿资金', nameEn: 'eco-compensation fund' };
  const draft = { code: 'eco', territoryPath: place, ...names, shortfallPolicy: 'pro-rata' } as const;
  const { id: fundId } = await funds.openFund(preparer, draft, key('open-fund'));
  for (const [code, budgetYear, amountFen] of [
    ['province', 2024, 100_000n],
    ['centre', 2025, 200_000n],
    ['levied', 2025, 0n],
  ] as const) {
    const source = { fundId, code, department: code, purposes: [], budgetYear };
    await funds.addSource(preparer, source, key(`add-source-${code}`));
    if (amountFen === 0n) continue;
    const receipt = { fundId, source: code, amountFen, effectiveDate: '2025-03-01', memo: 'received' };
    await funds.receive(preparer, { ...receipt, businessKey: `receipt:${code}` }, key(`receive-${code}`));
  }
  return fundId;
}

/** The rule is put in force, and the table of what each party gets or owes. */
async function draftOf(database: Database, place: string, fundId: string, key: Key): Promise<SettlementDraft> {
  const read = await readPolicyText({ path: 'rule.yaml', text: ruleOf(place) }, rulebookDir);
  const policies = new PolicyService(database);
  await policies.propose(preparer, read, key('propose-rule'));
  const terms = {
    edition: read.edition,
    territoryPath: place,
    from: '2020-01-01',
    slot: 'watershed',
    reason: 'signed',
  };
  await policies.adopt(approver, terms, key('adopt-rule'));
  const rows = Object.entries({ upper: 1000, middle: 500.5, lower: -200 }).map(([unit, yuan]) => [unit, '2025', yuan]);
  return {
    ...{ code: 'watershed-2025', agreement: 'watershed', territoryPath: place, mechanism: 'eco-compensation' },
    ...{ kind: 'settlement', period: '2025', policy: { id: '', edition: '' }, fundId, purpose: 'compensation' },
    ...{ parties: { fund: 'fund:eco' }, trueUp: { way: 'clawback' } },
    input: { kind: 'table', header: ['unit', 'period', 'amount'], rows, document: { name: 'table', digest: 'd' } },
  };
}

/** What a village owes its households, in one run. */
async function payHouseholds(database: Database, place: string, fundId: string, key: Key): Promise<void> {
  const fund = { id: fundId, code: 'eco', territoryPath: place };
  const accounts = await database.snapshot(everything, async (tx) => [
    await getFundAccount(tx, fund, 'spent'),
    await getFundAccount(tx, fund, 'payable'),
  ]);
  const amountsFen = BigInt64Array.from({ length: households + 1 }, (_, at) => (at === 0 ? 0n : -BigInt(100 + at)));
  amountsFen[0] = -amountsFen.reduce((sum, fen) => sum + fen, 0n);
  const rows = Array.from({ length: households + 1 }, (_, at) => at);
  const basis = { ...noBasis, ruleEdition: 'a'.repeat(64), agreement: 'village', period: '2025' };
  const run: RunDraft = {
    ...{
      businessKey: 'households',
      kind: 'dividend',
      effectiveDate: '2026-03-02',
      territoryPath: place,
      memo: 'shares',
    },
    ...{ accounts, territories: [place], bases: [{ ...basis, territoryPath: place }] },
    postings: {
      accountAt: Uint16Array.from(rows, (at) => Math.min(at, 1)),
      ...{ territoryAt: new Uint32Array(rows.length), basisAt: new Uint16Array(rows.length), amountsFen },
      parties: rows.map((at) => (at === 0 ? null : `户-${at}`)),
    },
  };
  const command = { actor: preparer, key: key('households'), action: 'households', body: place };
  await database.transaction(preparer, (tx) =>
    answerOnce(tx, command, async () => {
      const { id } = await postRun(tx, preparer, run);
      await appendAudit(tx, { actor: preparer, action: 'households', subject: id, territoryPath: place });
      return { id };
    }),
  );
}
