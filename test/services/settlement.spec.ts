/** Settlements in a real database: from a table by a rule to money, by persons apart, with advances, disputes and corrections. */
import { randomUUID } from 'node:crypto';
import { listVouchers } from '@gep/ledger';
import { listDuties } from '@gep/procedure';
import type { SettlementDraft } from '@gep/settlement';
import { approver, checker, ofCounty, payer, preparer, resultRule, SettlementTest } from './settlement-setup';

let it_: SettlementTest;
beforeAll(async () => {
  it_ = await SettlementTest.start();
  await it_.openFund('eco', 1_000_000n);
  for (const agreement of ['plain', 'advanced', 'short', 'returned']) await it_.adopt(resultRule, agreement);
});
afterAll(() => it_.close());

const tableOf = (period: string, amounts: Readonly<Record<string, number>>): SettlementDraft['input'] => ({
  ...{ kind: 'table', header: ['unit', 'period', 'amount'], document: { name: 'table', digest: 'd' } },
  rows: Object.entries(amounts).map(([unit, amount]) => [unit, period, amount]),
});

const refusal = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );

it('takes a table by the rule in force to payments, each step by another person, and posts every party by itself', async () => {
  const draft = it_.draft('plain-2025', 'plain', { '990101': 100, '990102': 50.5, '990103': -20 });
  const id = await it_.compute(draft);
  expect((await it_.settlements.compute(preparer, draft, randomUUID())).id).toBe(id);
  expect(await refusal(it_.compute({ ...draft, purpose: 'other' }))).toBe('settlement.conflict');
  expect(await refusal(it_.compute({ ...draft, code: 'plain-2025b' }))).toBe('settlement.conflict');
  expect(await it_.told(id)).toEqual([
    'computed',
    '990101 open 0/10000 paid 0',
    '990102 open 0/5050 paid 0',
    '990103 open 0/0 paid 0',
  ]);
  expect(await refusal(it_.act(preparer, id, { act: 'confirm' }))).toBe('procedure.same-person');
  expect(await refusal(it_.act(preparer, id, { act: 'reserve' }))).toBe('procedure.not-now');
  await it_.act(checker, id, { act: 'confirm' });
  await it_.act(preparer, id, { act: 'reserve' });
  expect(await refusal(it_.act(preparer, id, { act: 'approve' }))).toBe('procedure.same-person');
  await it_.act(approver, id, { act: 'approve' });
  expect(await refusal(it_.act(approver, id, { act: 'pay' }))).toBe('procedure.same-person');
  await it_.act(payer, id, { act: 'pay' });
  expect(await it_.told(id)).toEqual([
    'paid',
    '990101 paid 10000/10000 paid 10000',
    '990102 paid 5050/5050 paid 5050',
    '990103 billed 0/0 paid 0',
  ]);
  expect(await refusal(it_.act(preparer, id, { act: 'collect', party: '990103', amountFen: 2001n }))).toBe(
    'settlement.conflict',
  );
  await it_.act(preparer, id, { act: 'collect', party: '990103', amountFen: 2000n });
  expect((await it_.told(id))[0]).toBe('closed');
  expect(await it_.balance('spent')).toBe(15050n);
  expect(await it_.balance('payable')).toBe(0n);
  expect(await it_.balance('levied')).toBe(-2000n);
  expect(await it_.balance('source.levied')).toBe(2000n);
  const vouchers = await it_.test.db.snapshot(preparer, (tx) => listVouchers(tx, {}));
  expect(vouchers.filter(({ businessKey }) => businessKey.startsWith(`settlement:${id}:pay:`))).toHaveLength(2);
  const duties = await it_.test.db.snapshot(preparer, (tx) => listDuties(tx, { page: { limit: 10 } }));
  expect(duties.map(({ rule, subject }) => [rule, subject.id])).toEqual([['result', id]]);
  expect(await it_.settlements.verify(preparer, id)).toMatchObject({ holds: true, found: [] });
});

it('shows a county its own part and lines, with the gist of the settlement, and nothing of its neighbours', async () => {
  const [{ id }] = await it_.settlements.list(preparer, { code: 'plain-2025' });
  const seen = await it_.view(id, ofCounty('990102'));
  expect(seen.head).toBeNull();
  expect(seen.gist).toMatchObject({ code: 'plain-2025', agreement: 'plain', period: '2025' });
  expect(seen.parts.map(({ party, state, paidFen }) => [party, state, paidFen])).toEqual([['990102', 'paid', 5050n]]);
  expect(await it_.settlements.list(ofCounty('990102'), {})).toEqual([]);
  const told = await it_.settlements.explain(ofCounty('990102'), id, { unit: '990102' });
  expect(told.lines).toHaveLength(1);
  expect(told.lines[0].detail.values).toEqual([expect.objectContaining({ code: 'amount', value: '50.5' })]);
  expect(await refusal(it_.settlements.explain(ofCounty('990102'), id, { unit: '990101' }))).toBe('settlement.missing');
});

it('settles after advances: what stands advanced in the book counts, more is paid and less is clawed back', async () => {
  const advance = it_.draft('adv-1', 'advanced', { '990101': 60, '990102': 80 }, { kind: 'advance' });
  const first = await it_.compute(advance);
  await it_.carryOut(first);
  expect(await it_.told(first)).toEqual([
    'closed',
    '990101 paid 6000/6000 paid 6000',
    '990102 paid 8000/8000 paid 8000',
  ]);
  expect(await it_.standing('advanced', ['advanced', 'adv-1'])).toEqual({ '990101': 6000n, '990102': 8000n });
  const result = await it_.compute(it_.draft('res-1', 'advanced', { '990101': 100, '990102': 50 }));
  const { parts } = await it_.view(result);
  expect(parts.map((part) => [part.party, part.claimFen, part.advanceSpentFen, part.clawbackFen])).toEqual([
    ['990101', 4000n, 6000n, 0n],
    ['990102', 0n, 5000n, 3000n],
  ]);
  expect(await refusal(it_.compute({ ...advance, code: 'adv-2' }))).toBe('settlement.conflict');
  await it_.carryOut(result);
  expect(await it_.standing('advanced', ['advanced', 'adv-1', 'res-1'])).toEqual({});
  expect(await it_.standing('clawback', ['advanced'])).toEqual({ '990102': 3000n });
  await it_.act(preparer, result, { act: 'collect', of: 'clawback', party: '990102', amountFen: 3000n });
  expect((await it_.told(result))[0]).toBe('closed');
  expect(await it_.brokenInvariants()).toEqual([]);
});

it('undoes one payment that the bank returned, holds its money again, and pays anew with a new number', async () => {
  const id = await it_.compute(it_.draft('ret-1', 'returned', { '990101': 30, '990102': 40 }));
  await it_.carryOut(id);
  expect((await it_.told(id))[0]).toBe('closed');
  expect(await refusal(it_.act(payer, id, { act: 'return-payment', party: '990101', reason: 'wrong account' }))).toBe(
    'procedure.same-person',
  );
  await it_.act(preparer, id, { act: 'return-payment', party: '990101', reason: 'wrong account' });
  expect(await it_.told(id)).toEqual([
    'reserved',
    '990101 reserved 3000/3000 paid 0',
    '990102 paid 4000/4000 paid 4000',
  ]);
  await it_.act(approver, id, { act: 'approve' });
  await it_.act(payer, id, { act: 'pay' });
  expect(await it_.told(id)).toEqual(['closed', '990101 paid 3000/3000 paid 3000', '990102 paid 4000/4000 paid 4000']);
  const { parts } = await it_.view(id);
  expect(parts[0].vouchers).toHaveLength(4);
  expect(await it_.brokenInvariants()).toEqual([]);
});

it('withdraws what was approved and not paid, and leaves nothing behind', async () => {
  const spent = await it_.balance('spent');
  const id = await it_.compute(it_.draft('short-1', 'short', { '990101': 10, '990102': -5 }));
  await it_.act(checker, id, { act: 'confirm' });
  await it_.act(preparer, id, { act: 'reserve' });
  await it_.act(checker, id, { act: 'return', reason: 'figures to be looked at' });
  await it_.act(checker, id, { act: 'confirm' });
  await it_.act(preparer, id, { act: 'reserve' });
  await it_.act(approver, id, { act: 'approve' });
  expect(await it_.balance('spent')).toBe(spent + 1000n);
  await it_.act(preparer, id, { act: 'withdraw', reason: 'computed from the wrong table' });
  expect(await it_.balance('spent')).toBe(spent);
  expect((await it_.told(id))[0]).toBe('withdrawn');
  await expect(it_.compute(it_.draft('short-2', 'short', { '990101': 10 }))).resolves.toBeDefined();
  expect(await it_.brokenInvariants()).toEqual([]);
});

it('leaves what is disputed out of reserving, approving and paying, and lets it go on alone when the appeal ends', async () => {
  await it_.adopt(resultRule, 'disputed');
  const id = await it_.compute(it_.draft('dis-1', 'disputed', { '990101': 10, '990102': 20 }));
  await it_.act(checker, id, { act: 'confirm' });
  const appeal = await it_.object(id, '990102', 2000n);
  await it_.act(preparer, id, { act: 'reserve' });
  await it_.act(approver, id, { act: 'approve' });
  await it_.act(payer, id, { act: 'pay' });
  expect(await it_.told(id)).toEqual(['paid', '990101 paid 1000/1000 paid 1000', '990102 disputed 0/2000 paid 0']);
  await expect(it_.act(preparer, id, { act: 'reserve' })).rejects.toMatchObject({
    ...{ code: 'settlement.nothing-now', facts: { parties: ['990102'], appeals: [{ appeal, figure: '990102' }] } },
  });
  await it_.endObjection(appeal);
  await it_.act(preparer, id, { act: 'reserve' });
  const again = await it_.object(id, '990102', 2000n);
  expect(await refusal(it_.act(approver, id, { act: 'approve' }))).toBe('settlement.nothing-now');
  await it_.endObjection(again);
  await it_.act(approver, id, { act: 'approve' });
  await it_.act(payer, id, { act: 'pay' });
  expect(await it_.told(id)).toEqual(['closed', '990101 paid 1000/1000 paid 1000', '990102 paid 2000/2000 paid 2000']);
});

it('records what the fund cannot give, and claims that queue come again before later ones', async () => {
  const fund = it_.fundCode;
  await it_.openFund('thin', 100n, 'queue');
  it_.fundCode = 'thin';
  for (const agreement of ['q1', 'q2']) await it_.adopt(resultRule, agreement);
  const first = await it_.compute(it_.draft('queue-1', 'q1', { '990101': 90, '990102': 60 }));
  await it_.carryOut(first);
  expect(await it_.told(first)).toEqual(['paid', '990101 queued 0/9000 paid 0', '990102 queued 0/6000 paid 0']);
  const second = await it_.compute(
    it_.draft(
      'queue-2',
      'q2',
      { '990103': 10 },
      { period: '2026', moneyPeriod: '2026', input: tableOf('2026', { '990103': 10 }) },
    ),
  );
  await it_.receive(it_.fundId, 55n, 'receipt:thin:2', 2025);
  await it_.act(checker, second, { act: 'confirm' });
  await it_.act(preparer, second, { act: 'reserve' });
  // The older claims are paid whole, and the later one waits.
  expect((await it_.view(first)).parts.map(({ grantedFen }) => grantedFen)).toEqual([9000n, 6000n]);
  expect((await it_.view(second)).parts.map(({ grantedFen, state }) => [grantedFen, state])).toEqual([[0n, 'queued']]);
  await it_.act(approver, first, { act: 'approve' });
  await it_.act(payer, first, { act: 'pay' });
  expect((await it_.told(first))[0]).toBe('closed');
  expect(await it_.brokenInvariants()).toEqual([]);
  it_.fundCode = fund;
  it_.fundId = await it_.fundOf(fund);
});

it('corrects what was paid: more is paid, less is clawed back of the payment, and a rest waits for the next settlement', async () => {
  await it_.adopt(resultRule, 'corrected');
  const trueUp = { way: 'supplement', supplementLimit: '0.1' } as const;
  const first = await it_.compute(it_.draft('cor-1', 'corrected', { '990101': 100, '990102': 100 }, { trueUp }));
  const correction = it_.draft(
    'cor-1.c1',
    'corrected',
    { '990101': 150, '990102': 70 },
    { trueUp, kind: 'true-up', about: first },
  );
  expect(await refusal(it_.compute(correction))).toBe('settlement.conflict');
  await it_.carryOut(first);
  const second = await it_.compute(correction);
  const { parts } = await it_.view(second);
  expect(
    parts.map((part) => [part.party, part.claimFen, part.clawbackFen, part.waitingFen, part.waitingCause]),
  ).toEqual([
    ['990101', 2000n, 0n, 3000n, 'limit'],
    ['990102', 0n, 3000n, 0n, null],
  ]);
  await it_.carryOut(second);
  expect(await it_.standing('clawback', ['corrected'])).toEqual({ '990102': 3000n });
  expect(await refusal(it_.act(preparer, first, { act: 'reserve' }))).not.toBe('done');
  const next = await it_.compute(
    it_.draft(
      'cor-2',
      'corrected',
      {},
      { trueUp, period: '2026', moneyPeriod: '2026', input: tableOf('2026', { '990101': 10 }) },
    ),
  );
  expect((await it_.view(next)).parts.map(({ party, takenFen, claimFen }) => [party, takenFen, claimFen])).toEqual([
    ['990101', 3000n, 4000n],
  ]);
  await it_.carryOut(next);
  expect((await it_.told(next))[0]).toBe('closed');
  expect(await it_.brokenInvariants()).toEqual([]);
});

it('pays whoever followed a county that is no more', async () => {
  await it_.adopt(resultRule, 'merged');
  const id = await it_.compute(it_.draft('mer-1', 'merged', { '990103': 10 }));
  await it_.act(checker, id, { act: 'confirm' });
  await it_.act(preparer, id, { act: 'reserve' });
  await it_.act(approver, id, { act: 'approve' });
  await it_.merge('990103', '990102', '2026-01-01');
  await it_.act(payer, id, { act: 'pay', effectiveDate: '2026-06-30' });
  expect((await it_.told(id))[0]).toBe('closed');
  const paid = await it_.test.db.snapshot(preparer, (tx) =>
    listVouchers(tx, { businessKey: `settlement:${id}:pay:990103:1` }),
  );
  expect(paid[0].postings.map(({ party }) => party)).toEqual(['990102', '990102']);
  await it_.act(preparer, id, { act: 'return-payment', party: '990103', reason: 'wrong account' });
  await it_.act(approver, id, { act: 'approve' });
  await it_.act(payer, id, { act: 'pay', effectiveDate: '2026-07-30' });
  expect((await it_.told(id))[0]).toBe('closed');
  expect(await it_.brokenInvariants()).toEqual([]);
});

it('computes what was asked for by the queue once, in the name of whoever asked, and keeps a refusal as the outcome', async () => {
  await it_.adopt(resultRule, 'queued');
  const draft = it_.draft('que-1', 'queued', { '990101': 10 });
  const { requestId } = await it_.requests.request(preparer, draft, randomUUID());
  expect(await it_.requests.reconcile(0)).toBe(1);
  await Promise.all([1, 2, 3].map(() => it_.requests.compute(requestId)));
  const { settlementId } = await it_.requests.get(preparer, requestId);
  expect((await it_.view(settlementId!)).steps.map(({ actorId, act }) => [actorId, act])).toEqual([
    ['preparer', 'open'],
  ]);
  const other = await it_.requests.request(preparer, { ...draft, code: 'que-2' }, randomUUID());
  await it_.requests.compute(other.requestId);
  expect((await it_.requests.get(preparer, other.requestId)).refusal).toMatchObject({ code: 'settlement.conflict' });
  expect(await it_.requests.reconcile(0)).toBe(0);
});

it('decides every settlement anew from its snapshot and finds the same to the bit', async () => {
  const verdicts = await it_.settlements.verifyAll(preparer);
  expect(verdicts.length).toBeGreaterThan(10);
  expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
});
