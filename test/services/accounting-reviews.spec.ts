/** Reviews on the real database: the way up, returns, locks, new vintages in between, restatements, and what stays for ever. */
import { randomUUID } from 'node:crypto';
import {
  findDisclosure,
  findDisclosureById,
  FindingsOfAccount,
  listAccounts,
  listDisclosures,
  listFailures,
  type OpenFinding,
  renderDisclosure,
  type ReviewAct,
  type Reviewer,
  ReviewService,
  type ReviewView,
} from '@gep/accounting';
import { DomainError } from '@gep/kernel';
import { type AccountingTest, forest, startAccounting } from './accounting-setup';

/** Findings as a test sets them. */
class Findings extends FindingsOfAccount {
  open: readonly OpenFinding[] = [];
  override openFindings() {
    return Promise.resolve(this.open);
  }
}

let it$: AccountingTest;
let reviews: ReviewService;
let findings: Findings;
beforeEach(async () => {
  it$ = await startAccounting();
  await it$.publish();
  findings = new Findings();
  reviews = new ReviewService(it$.test.db, findings);
});
afterEach(() => it$.close());

const county = '520523';
const paths: Readonly<Record<string, string>> = {
  '520521': 'CN.520000.520500.520521',
  '520523': 'CN.520000.520500.520523',
  '520500': 'CN.520000.520500',
  '520602': 'CN.520000.520600.520602',
};
const permissions = {
  reporter: 'account.compute',
  checker: 'account.check',
  expert: 'account.review',
  approver: 'account.approve',
  publisher: 'account.publish',
} as const;
type Role = keyof typeof permissions;
/** Somebody with one role for a territory and all below it. */
const holder = (role: Role, territory = county): Reviewer => ({
  id: `${role}-${territory}`,
  name: `${role} of ${territory}`,
  scope: [paths[territory]],
  permissions: new Map([[permissions[role], [paths[territory]]]]),
});
const keyOf = (territory: string) => ({ territory, period: '2024', normId: 'sample' });
const way: readonly (readonly [ReviewAct, Role])[] = [
  ['submit', 'reporter'],
  ['check', 'checker'],
  ['review', 'expert'],
  ['approve', 'approver'],
  ['publish', 'publisher'],
];

const act = (wish: ReviewAct, who: Reviewer, territory = county, reason = 'the rain of May is missing') =>
  reviews.act(who, keyOf(territory), { act: wish, reason }, randomUUID());
/** The code of the refusal, or the state it leads to. */
async function outcome(doing: Promise<{ step: { state: string } }>): Promise<string> {
  return doing.then(
    ({ step }) => step.state,
    (error: unknown) => (error instanceof DomainError ? error.code.replace('accounting.', '') : String(error)),
  );
}
async function goUp(territory = county, steps = way.length): Promise<void> {
  for (const [wish, role] of way.slice(0, steps)) await act(wish, holder(role, territory), territory);
}
const show = (who: Reviewer = holder('reporter'), territory = county): Promise<ReviewView> =>
  reviews.show(who, keyOf(territory));
async function compute(hectares: number, territory = county) {
  await it$.observe([forest(territory, hectares)]);
  return it$.recompute('2024');
}
const inDatabase = <T>(work: Parameters<typeof it$.test.db.snapshot<T>>[1]) => it$.test.db.snapshot(it$.actor, work);
const events = (event: string) =>
  inDatabase<{ key: string; payload: Record<string, unknown> }[]>((tx) =>
    tx.query('SELECT key, payload FROM platform.outbox WHERE event = $1 ORDER BY id', [event]),
  );

it('carries an account from draft to publication, with a row, an audit row and a document', async () => {
  expect(await show()).toMatchObject({ state: 'draft', current: null, stepNo: 0, lock: null });
  expect(await outcome(act('submit', holder('reporter')))).toBe('nothing-to-submit');
  await compute(3);
  await goUp();
  const view = await show();
  const account = (await it$.account(county))!;
  const vintage = { accountId: account.id, vintage: 1, digest: account.digest };
  expect(view).toMatchObject({ state: 'published', round: 1, stepNo: 5, judged: vintage, published: vintage });
  const steps = await reviews.history(holder('expert'), keyOf(county));
  expect(steps.map(({ act: done, by, stepNo }) => [stepNo, done, by.name])).toEqual(
    way.map(([done, role], index) => [index + 1, done, `${role} of ${county}`]),
  );
  const times = steps.map(({ at }) => at.getTime());
  expect([...new Set(times)].sort((a, b) => a - b)).toEqual(times);
  const trail = await inDatabase((tx) =>
    tx.query(
      "SELECT action, territory_path::text AS path FROM platform.audit WHERE action LIKE 'review.%' ORDER BY seq",
    ),
  );
  expect(trail).toEqual(way.map(([done]) => ({ action: `review.${done}`, path: paths[county] })));
  const [published] = await events('accounting.account-published');
  expect(published.payload).toMatchObject({ territory: county, digest: account.digest, totalFen: '3000000' });
  expect(await events('accounting.account-restated')).toEqual([]);
});

it('acts once for one key, and once for two who act at the same step', async () => {
  await compute(3);
  await goUp(county, 1);
  const key = randomUUID();
  const [first, second] = [
    await reviews.act(holder('checker'), keyOf(county), { act: 'check' }, key),
    await reviews.act(holder('checker'), keyOf(county), { act: 'check' }, key),
  ];
  expect([first.replayed, second.replayed, second.step]).toEqual([false, true, first.step]);
  const two = [holder('expert'), { ...holder('expert'), id: 'another' }];
  const both = await Promise.all(two.map((who) => outcome(act('review', who))));
  expect(both.sort()).toEqual(['act-not-now', 'expertReviewed']);
  const late = reviews.act(holder('approver'), keyOf(county), { act: 'approve', afterStep: 2 }, randomUUID());
  expect(await outcome(late)).toBe('review-moved');
  expect((await show()).stepNo).toBe(3);
});

it('keeps makers from judging, whatever they may', async () => {
  await compute(3);
  await goUp(county, 1);
  // The test's own actor uploaded and asked for the run.
  const maker: Reviewer = { ...holder('checker'), id: it$.actor.id };
  expect(await outcome(act('check', maker))).toBe('same-person');
  const { acts } = await show(maker);
  expect(acts.find((offer) => offer.act === 'check')!.refusal?.code).toBe('accounting.same-person');
  expect(await outcome(act('check', holder('checker')))).toBe('departmentChecked');
});

it('shows a county to nobody of another county', async () => {
  await compute(3);
  await goUp(county, 1);
  const stranger = holder('checker', '520602');
  for (const asking of [
    show(stranger),
    reviews.history(stranger, keyOf(county)),
    act('check', stranger),
    reviews.show(stranger, keyOf('999999')),
  ]) {
    await expect(asking).rejects.toMatchObject({ kind: 'missing' });
  }
});

it('lets the upper level return and never submit; a correction goes up again from the start', async () => {
  await compute(3);
  await goUp(county, 3);
  const upper = holder('approver', '520500');
  expect(await outcome(act('return', upper, county, 'short'))).toBe('reason-missing');
  expect(await outcome(act('return', upper))).toBe('returned');
  expect(await outcome(act('submit', holder('reporter', '520500')))).toBe('act-not-yours');
  await compute(4);
  expect(await show()).toMatchObject({ state: 'returned', current: { vintage: 2 }, judged: { vintage: 1 } });
  await goUp();
  expect(await show()).toMatchObject({ state: 'published', judged: { vintage: 2 }, round: 1 });
});

it('sends a review back when a new vintage takes the place of the one under review, and says why', async () => {
  await compute(3);
  await goUp(county, 3);
  await compute(4);
  const view = await show();
  expect(view).toMatchObject({ state: 'computed', judged: { vintage: 2 }, last: { act: 'supersede' } });
  expect(view.last!.reason).toMatch(/vintage 2 took the place of vintage 1/);
  await it$.recompute();
  expect((await show()).stepNo).toBe(view.stepNo);
  expect(await outcome(act('check', holder('checker')))).toBe('departmentChecked');
});

it('recomputes nothing that is approved or published, and says who locked it and what unlocks it', async () => {
  await compute(3);
  await compute(2, '520602');
  await goUp(county, 4);
  await it$.observe([forest(county, 5), forest('520602', 6)]);
  const run = await it$.recompute();
  expect(run.progress.territories).toMatchObject({ refused: 1 });
  const [failure] = await inDatabase((tx) => listFailures(tx, run.id));
  expect(failure).toMatchObject({ subject: county, code: 'accounting.account-locked' });
  expect(failure.facts).toMatchObject({ state: 'approved', lockedBy: `approver of ${county}` });
  expect(failure.facts.unlock).toMatchObject([{ act: 'return' }]);
  expect(failure.en).toMatch(/unlocked by: "return"/);
  expect((await it$.account(county))!.vintage).toBe(1);
  expect((await it$.account('520602'))!.vintage).toBe(2);
  // The level above is added up from what stands.
  expect((await it$.account('520500'))!.totals.totalFen).toBe(3_000_000n);
  expect(await outcome(act('withdraw', holder('reporter')))).toBe('account-locked');
  expect((await show()).lock).toMatchObject({ lockedBy: `approver of ${county}`, state: 'approved' });
  await act('return', holder('publisher'));
  expect((await it$.recompute()).progress.territories).toMatchObject({ refused: 0 });
  expect((await it$.account(county))!.vintage).toBe(2);
});

it('leaves a locked account alone without a word when nothing has changed, aggregates too', async () => {
  await compute(3);
  await goUp();
  expect((await it$.recompute()).progress.territories).toMatchObject({ computed: 0, refused: 0 });
});

it('approves a level after its children, from what was approved there, and then holds them', async () => {
  await it$.observe([forest('520521', 2), forest(county, 3)]);
  await it$.recompute();
  await goUp('520500', 3);
  const approving = act('approve', holder('approver', '520500'), '520500');
  await expect(approving).rejects.toMatchObject({
    code: 'accounting.children-not-approved',
    facts: { children: [{ territory: '520521' }, { territory: county }] },
  });
  await goUp('520521', 4);
  await goUp(county, 5);
  await act('approve', holder('approver', '520500'), '520500');
  expect((await show(holder('approver', '520500'), '520500')).state).toBe('approved');
  expect(await outcome(act('return', holder('approver', '520521'), '520521'))).toBe('held-from-above');
  expect(await outcome(act('restate', holder('approver')))).toBe('held-from-above');
  await act('publish', holder('publisher', '520500'), '520500');
  expect(await outcome(act('restate', holder('approver')))).toBe('restated');
});

it('does not approve a level that was added up from another vintage of a child', async () => {
  await compute(3);
  await it$.observe([forest('520521', 2)]);
  await it$.recompute();
  await goUp('520500', 3);
  await goUp('520521', 4);
  // The county alone is computed again: the level above still holds its first vintage.
  await it$.observe([forest(county, 7)]);
  await it$.runs
    .requestRecompute(it$.actor, { ...keyOf(county), normId: 'sample' }, randomUUID())
    .then(async ({ runId }) => {
      const [task] = await it$.runs.flowOf(runId);
      const leaf = (node: typeof task): typeof task => (node.children?.[0] ? leaf(node.children[0]) : node);
      const { data } = leaf(task);
      await it$.tasks.runBatch(data.runId, data.taskNo);
    });
  await goUp(county, 4);
  await expect(act('approve', holder('approver', '520500'), '520500')).rejects.toMatchObject({
    facts: { children: [{ territory: county, because: 'other-vintage' }] },
  });
});

it('holds an account back for findings until they are settled', async () => {
  await compute(3);
  await goUp(county, 1);
  findings.open = [{ rule: 'price-jump', grade: 'B', text: { zh: '单价跳变', en: 'the unit price jumps' } }];
  expect(await outcome(act('check', holder('checker')))).toBe('findings-open');
  findings.open = [];
  expect(await outcome(act('check', holder('checker')))).toBe('departmentChecked');
});

describe('restatement', () => {
  const documentOf = (id: string): Promise<string> =>
    inDatabase(async (tx) => renderDisclosure(tx, (await findDisclosureById(tx, id))!));
  const restate = async (hectares: number) => {
    await act('restate', holder('approver'), county, 'the area of 2024 was mapped anew');
    expect((await show()).lock).toBeNull();
    expect(await outcome(act('submit', holder('reporter')))).toBe('nothing-restated');
    await compute(hectares);
    await goUp();
  };

  it('keeps what was published, byte for byte, and announces the difference', async () => {
    await compute(3);
    await goUp();
    const first = (await inDatabase((tx) => findDisclosure(tx, keyOf(county))))!;
    const before = await documentOf(first.id);
    await restate(4);
    expect(await documentOf(first.id)).toBe(before);
    const second = (await inDatabase((tx) => findDisclosure(tx, keyOf(county))))!;
    const after = await documentOf(second.id);
    expect(after).not.toBe(before);
    expect(JSON.parse(before)).toMatchObject({
      totals: { totalFen: '3000000' },
      publication: { round: 1, reason: null },
    });
    expect(JSON.parse(after)).toMatchObject({
      totals: { totalFen: '4000000' },
      publication: { round: 2, reason: 'the area of 2024 was mapped anew' },
    });
    const [event, ...more] = await events('accounting.account-restated');
    expect(more).toEqual([]);
    expect(event.key).toBe(second.id);
    expect(event.payload).toMatchObject({
      ...{ territory: county, round: 2, restates: first.id, reason: 'the area of 2024 was mapped anew' },
      difference: {
        before: { accountId: first.accountId, digest: first.accountDigest, vintage: 1 },
        after: { accountId: second.accountId, digest: second.accountDigest, vintage: 2 },
        totalFen: { before: '3000000', after: '4000000', absolute: '1000000' },
        byService: { water: { before: '3000000', after: '4000000', absolute: '1000000' } },
      },
    });
    const log = await inDatabase((tx) => listDisclosures(tx, { corrections: true }, { limit: 10 }));
    expect(log.map(({ id, restates }) => [id, restates])).toEqual([[second.id, first.id]]);
  });

  it('shows at every moment what was known and what was published then', async () => {
    const moments: Date[] = [];
    const tick = async () => {
      const [{ now }] = await inDatabase<{ now: Date }[]>((tx) => tx.query('SELECT clock_timestamp() AS now'));
      moments.push(now);
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await tick();
    await compute(3);
    await tick();
    await goUp();
    await tick();
    await restate(4);
    await tick();
    const totals = async (asOf: Date, published: boolean) => {
      const found = await it$.account(county, { asOf, published });
      const listed = await inDatabase((tx) => listAccounts(tx, { territories: [county], asOf, published }));
      expect(listed.map(({ id }) => id)).toEqual(found ? [found.id] : []);
      return found?.totals.totalFen;
    };
    const known = [undefined, 3_000_000n, 3_000_000n, 4_000_000n];
    const published = [undefined, undefined, 3_000_000n, 4_000_000n];
    for (const [index, moment] of moments.entries()) {
      expect([index, await totals(moment, false)]).toEqual([index, known[index]]);
      expect([index, await totals(moment, true)]).toEqual([index, published[index]]);
    }
  });

  it('leaves the published figure standing while the restatement is under way', async () => {
    await compute(3);
    await goUp();
    await act('restate', holder('approver'));
    await compute(9);
    expect((await it$.account(county))!.totals.totalFen).toBe(9_000_000n);
    expect((await it$.account(county, { published: true }))!.totals.totalFen).toBe(3_000_000n);
    expect((await show()).published).toMatchObject({ vintage: 1 });
  });

  it('says so when a disclosure no longer renders as it was published', async () => {
    await compute(3);
    await goUp();
    const disclosure = (await inDatabase((tx) => findDisclosure(tx, keyOf(county))))!;
    const forged = { ...disclosure, publisherName: 'somebody else' };
    await expect(inDatabase((tx) => renderDisclosure(tx, forged))).rejects.toThrow(/no longer renders/);
  });
});

it('never changes a step or a disclosure, not even for the owner of the table', async () => {
  await compute(3);
  await goUp();
  for (const table of ['review_step', 'disclosure']) {
    const write = it$.test.db.transaction(it$.actor, (tx) => tx.query(`UPDATE accounting.${table} SET round = 7`));
    await expect(write).rejects.toThrow(/permission denied|append/);
  }
});
