/** Income that names a settlement is what the settlement paid to that company, however many book it at once. */
import { randomUUID } from 'node:crypto';
import { reverseVoucher } from '@gep/ledger';
import { IncomeNotPaid } from '@gep/procurement';
import { SettlementMissing } from '@gep/settlement';
import { clerk, countyPath, DividendTest } from './dividend-setup';
import { PayingFund } from './settled-income';

let it_: DividendTest;
let fund: PayingFund;
beforeAll(async () => {
  it_ = await DividendTest.start();
  for (const code of ['forest', 'orchard']) await it_.company(code);
  fund = await PayingFund.open(it_.test.db, countyPath);
}, 60_000);
afterAll(() => it_.close());

const income = (company: string, yuan: bigint, settlement: string) =>
  it_.book(company, 'income', yuan, '2025-03-01', settlement);

it('is booked up to what the settlement paid to this company, and by no other', async () => {
  const id = await fund.pay('forest', 1_000, '2025-02-27');
  await expect(income('forest', 10n, randomUUID())).rejects.toThrow(SettlementMissing);
  await expect(income('forest', 10n, 'B-17')).rejects.toThrow(SettlementMissing);
  await expect(income('orchard', 10n, id)).rejects.toThrow(IncomeNotPaid);
  await expect(income('forest', 1_001n, id)).rejects.toMatchObject({
    facts: { paidFen: '100000', bookedFen: '0', settlement: id },
  });
  const { voucherId } = await income('forest', 700n, id);
  await expect(income('forest', 301n, id)).rejects.toThrow(IncomeNotPaid);
  await income('forest', 300n, id);
  await expect(income('forest', 1n, id)).rejects.toThrow(IncomeNotPaid);
  // What was reversed may be booked anew.
  await it_.test.db.transaction(clerk, (tx) => reverseVoucher(tx, clerk, { voucherId, memo: 'wrong day' }));
  await income('forest', 700n, id);
});

it('is booked once of many at once', async () => {
  const id = await fund.pay('forest', 500, '2025-02-27');
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => income('forest', 200n, id)));
  const refused = tries.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  expect(refused.map(({ reason }) => (reason as Error).constructor)).toEqual(Array(6).fill(IncomeNotPaid));
});

it('does not count what came back, and nothing is planned on it until the income is reversed', async () => {
  const id = await fund.pay('orchard', 400, '2025-02-27');
  const { voucherId } = await income('orchard', 300n, id);
  await it_.book('orchard', 'income', 50n, '2025-04-01');
  await fund.comeBack(id, 'orchard');
  await expect(income('orchard', 100n, id)).rejects.toMatchObject({ facts: { paidFen: '0', bookedFen: '30000' } });
  await it_.register('orchard', { a: '1' });
  await it_.closeBook('2025');
  const plan = () => it_.plan('orchard', '2025');
  await expect(plan()).rejects.toThrow(IncomeNotPaid);
  await it_.test.db.transaction(clerk, (tx) => reverseVoucher(tx, clerk, { voucherId, memo: 'it came back' }));
  // The closed year stays as it was closed; the reversal is of the year after, and the cash is short until then.
  expect((await it_.dividends.show(clerk, await plan())).incomeFen).toBe(35_000n);
  expect(await it_.balance('orchard', 'cash')).toBe(5_000n);
});
