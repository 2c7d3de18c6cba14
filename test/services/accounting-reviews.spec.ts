/** Reviews on the real database: the way up, returns, locks, new vintages in between, the tree, and findings. */
import { randomUUID } from 'node:crypto';
import { listFailures, OperatorGate, type Reviewer } from '@gep/accounting';
import { ObservationService } from '@gep/observation';
import { RulebookService } from '@gep/rulebook';
import { type AccountingTest, forest } from './accounting-setup';
import { county, holder, keyOf, outcome, paths, reviewsOfEachTest, way } from './review-setup';

const { place, act, goUp, show, compute, events, inDatabase } = reviewsOfEachTest();
let it$: AccountingTest;
beforeEach(() => {
  it$ = place().accounting;
});

it('carries an account from draft to publication, with a row, an audit row and a document', async () => {
  expect(await show()).toMatchObject({ state: 'draft', current: null, stepNo: 0, lock: null });
  expect(await outcome(act('submit', holder('reporter')))).toBe('nothing-to-submit');
  await compute(3);
  await goUp();
  const view = await show();
  const account = (await it$.account(county))!;
  const vintage = { accountId: account.id, vintage: 1, digest: account.digest };
  expect(view).toMatchObject({ state: 'published', round: 1, stepNo: 5, judged: vintage, published: vintage });
  const steps = await place().reviews.history(holder('expert'), keyOf(county));
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
    await place().reviews.act(holder('checker'), keyOf(county), { act: 'check' }, key),
    await place().reviews.act(holder('checker'), keyOf(county), { act: 'check' }, key),
  ];
  expect([first.replayed, second.replayed, second.step]).toEqual([false, true, first.step]);
  const two = [holder('expert'), { ...holder('expert'), id: 'another' }];
  const both = await Promise.all(two.map((who) => outcome(act('review', who))));
  expect(both.sort()).toEqual(['act-not-now', 'expertReviewed']);
  const late = place().reviews.act(holder('approver'), keyOf(county), { act: 'approve', afterStep: 2 }, randomUUID());
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

it('counts every department that delivered a sheet among the makers', async () => {
  const office = { ...holder('checker'), scope: ['CN.520000.520500.520523'] };
  await it$.deliver('land', { extent: [forest(county, 3)] });
  const maize = { territory: county, period: '2024', item: 'maize', quantity: 1, price: 1 };
  await it$.deliver('crops', { statistics: [maize] }, { actor: office });
  await it$.deliver('water', { statistics: [{ ...maize, item: 'waterUse' }] });
  await it$.recompute('2024');
  await goUp(county, 1);
  expect(await outcome(act('check', office))).toBe('same-person');
  expect(await outcome(act('check', { ...office, id: 'checker of the next room' }))).toBe('departmentChecked');
});

it('shows a county to nobody of another county', async () => {
  await compute(3);
  await goUp(county, 1);
  const stranger = holder('checker', '520602');
  const asking = await Promise.allSettled([
    show(stranger),
    place().reviews.history(stranger, keyOf(county)),
    act('check', stranger),
    place().reviews.show(stranger, keyOf('999999')),
  ]);
  for (const answer of asking) expect(answer).toMatchObject({ status: 'rejected', reason: { kind: 'missing' } });
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

it('lets the operator load what a county reported, until it is submitted', async () => {
  const observations = new ObservationService(it$.test.db, new RulebookService(it$.test.db), new OperatorGate());
  const load = async (actor: Reviewer | AccountingTest['actor'], hectares: number) => {
    const bytes = Buffer.from(JSON.stringify({ extent: [forest(county, hectares)] }));
    return (await observations.importFile(actor, { bytes, fileName: 'a.json', normId: 'sample' })).status;
  };
  expect([await load(holder('reporter'), 2), await load(it$.actor, 3)]).toEqual(['accepted', 'accepted']);
  await it$.recompute();
  await goUp(county, 1);
  expect([await load(it$.actor, 4), await load(holder('reporter'), 5)]).toEqual(['refused', 'accepted']);
});

it('sends a review back when a new vintage takes the place of the one under review, and says why', async () => {
  await compute(3);
  await goUp(county, 3);
  await compute(4);
  const view = await show();
  expect(view).toMatchObject({ state: 'computed', judged: { vintage: 2 }, last: { act: 'supersede' } });
  expect(view.last!.reason).toMatch(/vintage 2 took the place of vintage 1/);
  const audit = await it$.test.db.snapshot(it$.actor, (tx) =>
    tx.query(
      `SELECT actor_id AS by, territory_path::text AS path, after_json::json ->> 'vintage' AS vintage
       FROM platform.audit WHERE action = 'review.supersede'`,
    ),
  );
  expect(audit).toEqual([{ by: 'system:accounting', path: 'CN.520000.520500.520523', vintage: '2' }]);
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
  expect(run.progress.territories).toMatchObject({ refused: 0, locked: 1 });
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
  place().findings.open = [{ rule: 'price-jump', grade: 'B', text: { zh: '单价跳变', en: 'the unit price jumps' } }];
  expect(await outcome(act('check', holder('checker')))).toBe('findings-open');
  place().findings.open = [];
  expect(await outcome(act('check', holder('checker')))).toBe('departmentChecked');
});

it('never changes a step or a disclosure, not even for the owner of the table', async () => {
  await compute(3);
  await goUp();
  for (const table of ['review_step', 'disclosure']) {
    const write = it$.test.db.transaction(it$.actor, (tx) => tx.query(`UPDATE accounting.${table} SET round = 7`));
    await expect(write).rejects.toThrow(/permission denied|append/);
  }
});
