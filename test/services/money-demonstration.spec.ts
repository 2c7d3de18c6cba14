/** The money of the demonstration on a real database: from receipts to household lines, the book balanced, and once only. */
import { readBookFacts, reportInvariants } from '@gep/ledger';
import { listClocks, listDuties, todayOf } from '@gep/procedure';
import { listDividends, listLines } from '@gep/procurement';
import { demonstrateMoney } from '../../tools/start/money/money-demonstration.service';
import { peopleOf } from '../../tools/start/money/people';
import { type DemonstrationTest, startDemonstration } from './demonstration-setup';

const years = ['2022', '2023', '2024'];
const people = peopleOf('CN.990000');
let it$: DemonstrationTest;
beforeAll(async () => {
  it$ = await startDemonstration();
  await it$.observeInvented(years);
  for (const period of years) {
    const wish = { period, normId: 'cn-terrestrial', territory: '990000' };
    const { runId } = await it$.runs.requestRecompute(it$.actor, wish, `run-${period}`);
    await it$.workOff(runId);
  }
});
afterAll(() => it$.close());

it('takes two years from receipts to household lines', async () => {
  const { db } = it$.test;
  const demonstrate = (said: string[] = []) =>
    demonstrateMoney(db, 'rulebook', {
      say: ({ en }) => void said.push(en),
      workOff: (runs, { taskId }) => runs.run(taskId).then(() => undefined),
    }).then(() => said);
  expect(await demonstrate()).toHaveLength(2);
  await db.snapshot(people.clerk, async (tx) => {
    const dividends = await listDividends(tx, {});
    expect(dividends.map(({ period }) => period).sort()).toEqual(['2024', '2025']);
    for (const { id, allotment } of dividends) {
      const lines = await listLines(tx, id, 'paid');
      expect(lines).toHaveLength(48);
      expect(lines.reduce((sum, { amountFen }) => sum + amountFen, 0n)).toBe(allotment!.dividendFen);
    }
    const broken = reportInvariants(await readBookFacts(tx)).filter(({ holds }) => holds === false);
    expect(broken).toEqual([]);
    expect(await listDuties(tx, { open: true })).toEqual([]);
    const published = await listDuties(tx, { open: false });
    expect(published.map(({ rule, isLate }) => `${rule} ${isLate}`)).toContain('result false');
    expect(published.filter(({ isLate }) => isLate)).toEqual([]);
    expect(await listClocks(tx, { overdueOn: await todayOf(tx) })).toEqual([]);
  });
  expect(await demonstrate()).toEqual([]);
});
