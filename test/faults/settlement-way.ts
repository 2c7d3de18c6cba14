/** The whole way of a settlement, from a fund's first day to the household, each use case under a key of its own. */
import {
  FundService,
  LedgerService,
  getFundAccount,
  listSources,
  noBasis,
  postRun,
  type Fund,
  type RunDraft,
} from '@gep/ledger';
import { answerOnce, appendAudit, type Actor, type Database } from '@gep/platform';

/** Codes of places, so that each kill has a book of its own within one database. */
export const placeAt = (at: number): string => `CN.990000.${990001 + at}`;
export const everything: Actor = { id: 'system:settlement-way', name: 'reader', scope: ['CN'] };

const person = (id: string): Actor => ({ id, name: `Person ${id}`, scope: ['CN'] });
const [preparer, approver, payer] = ['preparer', 'approver', 'payer'].map(person);
const code = 'eco';
const paidFen = 120_000n;
const households = 40;
const basis = { ...noBasis, ruleEdition: 'a'.repeat(64), agreement: 'watershed-2025', period: '2025' };

/**
 * Goes the way from its beginning; use cases that were carried out before answer as they did then.
 * @param begin told of each use case before its first statement
 */
export async function goTheWay(database: Database, place: string, begin: (useCase: string) => void): Promise<void> {
  const [funds, ledger] = [new FundService(database), new LedgerService(database)];
  const key = (useCase: string): string => `${place}:${useCase}`;
  const names = { nameZh: '生态补偿资金', nameEn: 'eco-compensation fund' };
  const head = { territoryPath: place, memo: 'settlement under test' };

  begin('open-fund');
  const draft = { code, territoryPath: place, ...names, shortfallPolicy: 'pro-rata' } as const;
  const { id: fundId } = await funds.openFund(preparer, draft, key('open-fund'));
  const fund: Fund = { ...draft, id: fundId };
  for (const [source, budgetYear] of Object.entries({ province: 2024, centre: 2025 })) {
    begin(`add-source-${source}`);
    const added = { fundId, code: source, department: source, purposes: [], budgetYear };
    await funds.addSource(preparer, added, key(`add-source-${source}`));
    begin(`receive-${source}`);
    const businessKey = `receipt:${source}`;
    const receipt = { fundId, source, amountFen: 100_000n, effectiveDate: '2025-03-01', memo: 'received', businessKey };
    await funds.receive(preparer, receipt, key(`receive-${source}`));
  }
  const quiet = async <T>(work: () => Promise<T>): Promise<T> => (begin(''), work());
  const accounts = await quiet(() =>
    database.snapshot(everything, async (tx) => ({
      spent: await getFundAccount(tx, fund, 'spent'),
      payable: await getFundAccount(tx, fund, 'payable'),
      sources: new Map((await listSources(tx, fundId)).map((source) => [source.code, source.accountId])),
    })),
  );

  begin('reserve');
  const claims = [{ code: 'village', amountFen: paidFen }];
  const decision = { fundId, decisionKey: 'year', purpose: 'water', period: '2025', claims };
  // The same moment in every attempt: it is part of what the key stands for.
  const expiresAt = new Date('2126-01-01T00:00:00Z');
  const [claim] = await funds.reserveClaims(preparer, { ...decision, expiresAt }, key('reserve'));

  begin('settle');
  const line = { party: null, territoryPath: place, basis };
  const postings = [
    { ...line, accountId: accounts.spent, amountFen: paidFen },
    { ...line, accountId: accounts.payable, amountFen: -paidFen, party: 'village' },
  ];
  const settled = { ...head, businessKey: 'settled', kind: 'settlement', effectiveDate: '2025-06-30' } as const;
  await ledger.post(preparer, { ...settled, postings }, key('settle'));

  for (const [at, reservationId] of claim.reservationIds.entries()) {
    begin(`approve-${at + 1}`);
    await ledger.decide(approver, { reservationId, act: 'approve', reason: 'in order' }, key(`approve-${at + 1}`));
  }

  const payment = (businessKey: string, source: string, amountFen: bigint, reservationId: string) => ({
    ...{ ...head, businessKey, kind: 'payment' as const, effectiveDate: '2025-07-15', draws: [{ reservationId }] },
    postings: [
      { ...line, accountId: accounts.payable, amountFen, party: 'village' },
      { ...line, accountId: accounts.sources.get(source)!, amountFen: -amountFen },
    ],
  });
  begin('pay-province');
  const first = payment('paid:province', 'province', 100_000n, claim.reservationIds[0]);
  await ledger.post(payer, first, key('pay-province'));
  begin('pay-centre');
  const second = payment('paid:centre', 'centre', 20_000n, claim.reservationIds[1]);
  const { id: returned } = await ledger.post(payer, second, key('pay-centre'));
  begin('payment-returned');
  await ledger.reverse(approver, { voucherId: returned, memo: 'the bank returned it' }, key('payment-returned'));

  begin('households');
  const run = householdRun(place, accounts.spent, accounts.payable);
  await database.transaction(preparer, (tx) =>
    answerOnce(tx, { actor: preparer, key: key('households'), action: 'households', body: place }, async () => {
      const { id } = await postRun(tx, preparer, run);
      await appendAudit(tx, { actor: preparer, action: 'households', subject: id, territoryPath: place });
      return { id };
    }),
  );
  begin('close');
  await ledger.closePeriod(approver, { territoryPath: place, period: '2025' }, key('close'));
  begin('');
}

/** What the village owes its households, in one run. */
function householdRun(place: string, spent: string, payable: string): RunDraft {
  const amountsFen = BigInt64Array.from({ length: households + 1 }, (_, at) => -BigInt(100 + at));
  amountsFen[0] = 0n;
  amountsFen[0] = -amountsFen.reduce((sum, fen) => sum + fen, 0n);
  const rows = Array.from({ length: households + 1 }, (_, at) => at);
  return {
    ...{
      businessKey: 'households',
      kind: 'dividend',
      effectiveDate: '2025-11-30',
      territoryPath: place,
      memo: 'shares',
    },
    ...{ accounts: [spent, payable], territories: [place], bases: [{ ...basis, territoryPath: place }] },
    postings: {
      accountAt: Uint16Array.from(rows, (at) => Math.min(at, 1)),
      ...{ territoryAt: new Uint32Array(rows.length), basisAt: new Uint16Array(rows.length), amountsFen },
      parties: rows.map((at) => (at === 0 ? null : `户-${at}`)),
    },
  };
}
