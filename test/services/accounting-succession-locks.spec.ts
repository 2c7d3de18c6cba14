/** Published accounts of counties that are split: they pass on, but what is locked under a code that goes on is never counted twice. */
import { AccountSuccessionService, listFailures } from '@gep/accounting';
import { Fraction } from '@gep/kernel';
import { sharesByArea, type SuccessionChange } from '@gep/territory';
import { holder, startReviews } from './review-setup';

type Reviews = Awaited<ReturnType<typeof startReviews>>;
let it$: Reviews;
const [old, fresh, other, upper] = ['520521', '520524', '520525', '520500'];

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

  await it$.act('restate', holder('approver', old), old, 'the county was split');
  const run = await it$.accounting.recompute();
  expect(run.progress.territories.refused).toBe(0);
  expect((await it$.accounting.account(old))!.origin).toBe('divided');
  expect((await totalOf(old))! + (await totalOf(fresh))!).toBe(published.totals.totalFen);
  expect(await totalOf(upper)).toBe(above);
  await it$.goUp(old);
  expect(await it$.accounting.account(old, { published: true })).toMatchObject({ origin: 'divided', vintage: 2 });
});
