/** Published accounts of counties that are split: they pass on, but what is locked under a code that goes on is never counted twice. */
import { randomUUID } from 'node:crypto';
import {
  AccountSuccessionService,
  FlowService,
  getAccount,
  listFailures,
  listLines,
  listPartition,
} from '@gep/accounting';
import { Fraction } from '@gep/kernel';
import { RulebookService } from '@gep/rulebook';
import { sharesByArea, type SuccessionChange } from '@gep/territory';
import { holder, startReviews } from './review-setup';

type Reviews = Awaited<ReturnType<typeof startReviews>>;
let it$: Reviews;
const [old, beside, fresh, other, upper] = ['520521', '520523', '520524', '520525', '520500'];

beforeEach(async () => {
  it$ = await startReviews();
  await it$.compute(4, old);
  await it$.goUp(old);
});
afterEach(() => it$.accounting.close());

const record = async (into: readonly string[]) => {
  const change: SuccessionChange = {
    ...{ kind: 'split', effective: '2024-06-01', predecessors: [old], basis: 'area', source: 'order 3' },
    successors: into.map((code) => ({ code, ...(code !== old && { nameZh: `县${code}` }) })),
    shares: sharesByArea(new Map(into.map((code, at) => [code, Fraction.of(BigInt(at + 1))]))),
  };
  return new AccountSuccessionService(it$.accounting.test.db).recordSuccession(it$.accounting.actor, { change });
};
const totalOf = async (code: string) => (await it$.accounting.account(code))?.totals.totalFen;

it('a published account of a county that ends passes on as any other, and stays published', async () => {
  const [published, above] = [(await it$.accounting.account(old))!, await totalOf(upper)];
  await record([fresh, other]);
  const run = await it$.accounting.recompute();
  expect([run.state, run.progress.territories.refused]).toEqual(['done', 0]);
  expect((await totalOf(fresh))! + (await totalOf(other))!).toBe(published.totals.totalFen);
  expect(await totalOf(upper)).toBe(above);
  expect((await it$.accounting.account(old, { published: true }))!.id).toBe(published.id);
});

it('of one that goes on, nothing is taken while it is published; restated, it is divided', async () => {
  const [published, above] = [(await it$.accounting.account(old))!, await totalOf(upper)];
  await record([old, fresh]);
  const held = await it$.accounting.recompute();
  const failures = await it$.inDatabase((tx) => listFailures(tx, held.id));
  expect(failures.map(({ subject, code }) => [subject, code])).toEqual([
    [old, 'accounting.account-locked'],
    [fresh, 'accounting.account-locked'],
  ]);
  expect([(await it$.accounting.account(old))!.id, await totalOf(fresh), await totalOf(upper)]).toEqual([
    published.id,
    undefined,
    above,
  ]);
  const waiting = { territory: fresh, period: '2024', norm: { id: 'sample' } };
  await expect(it$.inDatabase((tx) => getAccount(tx, waiting))).rejects.toMatchObject({
    ...{ code: 'accounting.account-not-passed-on', facts: { predecessors: [old] } },
  });

  await it$.act('restate', holder('approver', old), old, 'the county was split');
  const run = await it$.accounting.recompute();
  expect(run.progress.territories.refused).toBe(0);
  expect((await it$.accounting.account(old))!.origin).toBe('divided');
  expect((await totalOf(old))! + (await totalOf(fresh))!).toBe(published.totals.totalFen);
  expect(await totalOf(upper)).toBe(above);
  // Given up again, the published one stands; its share elsewhere is in no sum beside it.
  await it$.act('abandon', holder('approver', old), old, 'the split was not yet to be shown');
  expect((await it$.accounting.recompute()).progress.territories).toMatchObject({ refused: 0, locked: 2 });
  expect([await totalOf(old), await totalOf(upper)]).toEqual([published.totals.totalFen, above]);
  const listed = await it$.inDatabase((tx) => listPartition(tx, { period: '2024', level: 'county' }));
  expect(listed.map(({ territory }) => territory)).toEqual([old]);
  await it$.act('restate', holder('approver', old), old, 'the county was split');
  expect((await it$.accounting.recompute()).progress.territories.refused).toBe(0);
  expect(await totalOf(upper)).toBe(above);
  await it$.goUp(old);
  expect(await it$.accounting.account(old, { published: true })).toMatchObject({ origin: 'divided', vintage: 2 });
});

it('what merges into a published account of one that goes on stays in the sums above until that is restated', async () => {
  await it$.compute(3, beside);
  await it$.goUp(beside);
  const declared = await new FlowService(
    it$.accounting.test.db,
    new RulebookService(it$.accounting.test.db),
  ).declareFlow(
    it$.accounting.actor,
    {
      ...{ normId: 'sample', service: 'water', supplier: old, beneficiary: beside, share: '1/3', from: '2024-01-01' },
      ...{ reason: 'the river leads there', source: 'letter 7' },
    },
    randomUUID(),
  );
  await it$.accounting.recompute();
  const [before, parts] = [(await it$.accounting.account(upper))!, [await totalOf(old), await totalOf(beside)]];
  expect(before.totals.totalFen).toBeLessThan(parts[0]! + parts[1]!);
  const change: SuccessionChange = {
    ...{ kind: 'merge', effective: '2024-06-01', predecessors: [old, beside], successors: [{ code: beside }] },
    ...{ basis: 'whole', source: 'order 4' },
  };
  const { test, actor } = it$.accounting;
  await new AccountSuccessionService(test.db).recordSuccession(actor, { change });
  expect((await it$.accounting.recompute()).progress.territories).toMatchObject({ refused: 0, locked: 1 });
  expect((await it$.accounting.account(upper))!.id).toBe(before.id);

  await it$.act('restate', holder('approver', beside), beside, 'the other county was merged into it');
  expect((await it$.accounting.recompute()).progress.territories.refused).toBe(0);
  const joined = (await it$.accounting.account(beside))!;
  const lines = await it$.inDatabase(async (tx) => (await listLines(tx, [joined.id])).get(joined.id)!);
  expect(lines.filter(({ flow }) => flow === declared.id)).not.toEqual([]);
  expect([joined.totals.totalFen, await totalOf(upper)]).toEqual([before.totals.totalFen, before.totals.totalFen]);
});
