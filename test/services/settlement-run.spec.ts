/** A settlement with more parties than are paid by a voucher each: one run, out of which one payment comes back alone. */
import { listVouchers } from '@gep/ledger';
import { payer, preparer, resultRule, approver, checker, SettlementTest } from './settlement-setup';

const villages = Array.from({ length: 2_001 }, (_, at) => `village-${String(at).padStart(4, '0')}`);

let it_: SettlementTest;
beforeAll(async () => {
  it_ = await SettlementTest.start();
  await it_.openFund('eco', 3_000_000n);
  await it_.adopt(resultRule, 'villages');
});
afterAll(() => it_.close());

it('pays 2,001 parties as one run, takes one payment back, and pays it again by itself', async () => {
  const draft = it_.draft('villages-2025', 'villages', Object.fromEntries(villages.map((unit, at) => [unit, at + 1])));
  const id = await it_.compute(draft);
  await it_.act(checker, id, { act: 'confirm' });
  await it_.act(preparer, id, { act: 'reserve' });
  await it_.act(approver, id, { act: 'approve' });
  await it_.act(payer, id, { act: 'pay' });
  const paid = await it_.view(id);
  expect([paid.state, new Set(paid.parts.map(({ state }) => state))]).toEqual(['closed', new Set(['paid'])]);
  const sumFen = (BigInt(villages.length) * BigInt(villages.length + 1) * 100n) / 2n;
  expect(paid.parts.reduce((sum, { paidFen }) => sum + paidFen, 0n)).toBe(sumFen);
  const payments = await it_.test.db.snapshot(preparer, (tx) =>
    listVouchers(tx, { kind: 'payment', limit: 10 } as never),
  );
  expect(payments.map(({ postingCount }) => postingCount)).toEqual([2 * villages.length]);
  await it_.act(preparer, id, { act: 'return-payment', party: villages[7], reason: 'account closed' });
  expect((await it_.view(id)).parts.filter(({ state }) => state !== 'paid').map(({ party }) => party)).toEqual([
    villages[7],
  ]);
  await it_.act(approver, id, { act: 'approve' });
  await it_.act(payer, id, { act: 'pay' });
  expect([await it_.balance('spent'), await it_.balance('payable')]).toEqual([sumFen, 0n]);
  expect(await it_.brokenInvariants()).toEqual([]);
});
