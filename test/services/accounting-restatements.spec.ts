/** Restatements on the real database: what was published stays byte for byte, and every moment shows what was known then. */
import {
  findDisclosure,
  findDisclosureById,
  listAccounts,
  listDisclosures,
  renderDisclosure,
  ReportService,
} from '@gep/accounting';
import { RulebookService } from '@gep/rulebook';
import { forest, type AccountingTest } from './accounting-setup';
import { county, holder, keyOf, outcome, reviewsOfEachTest } from './review-setup';

const { place, act, goUp, show, compute, events, inDatabase } = reviewsOfEachTest();
let it$: AccountingTest;
beforeEach(() => {
  it$ = place().accounting;
});

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

it('compares with the year before whichever was recorded first, and from its publication on for ever with the same', async () => {
  const year = async (period: string, hectares: number) => {
    await it$.observe([forest(county, hectares, { period })]);
    await it$.recompute(period);
  };
  const reports = new ReportService(it$.test.db, new RulebookService(it$.test.db));
  const { id: accountId } = await year('2024', 3).then(async () => (await it$.account(county))!);
  const growth = async (base?: string) => {
    const { tables } = await reports.report(it$.actor, { accountId, base });
    const [before, rows] = [tables[8].columns[1]?.name.en, tables[8].rows.map(({ cells }) => cells[4])];
    return [before, rows.at(-1), tables[11].rows.at(-1)!.cells[0]];
  };
  expect(await growth()).toEqual([undefined, undefined, { zh: '现价增长率', en: 'Growth at current prices' }]);
  await year('2022', 1);
  await year('2023', 2);
  const known = [
    '2023, current prices',
    '50.00',
    { zh: '现价增长率（比 2023）', en: 'Growth at current prices since 2023' },
  ];
  expect(await growth('2023')).toEqual(known);
  await goUp();
  await year('2023', 1);
  expect(await growth()).toEqual(known);
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

it('is abandoned with a reason: what was published holds on, locked, and is the current account again', async () => {
  await compute(3);
  expect(await outcome(act('abandon', holder('approver')))).toBe('act-not-now');
  await goUp();
  const first = (await inDatabase((tx) => findDisclosure(tx, keyOf(county))))!;
  expect(await outcome(act('abandon', holder('approver')))).toBe('act-not-now');
  await act('restate', holder('approver'), county, 'the area of 2024 was mapped anew');
  await compute(4);
  await act('submit', holder('reporter'));
  await act('return', holder('checker'));
  expect(await outcome(act('abandon', holder('reporter'), county, 'the old map was right'))).toBe('act-not-yours');
  expect(await outcome(act('abandon', holder('approver'), county, 'why'))).toBe('reason-missing');
  expect(await outcome(act('abandon', holder('approver'), county, 'the old map was right'))).toBe('published');

  const view = await show();
  expect(view).toMatchObject({
    ...{ state: 'published', round: 1, judged: { vintage: 1 }, current: { vintage: 1 }, published: { vintage: 1 } },
    last: { act: 'abandon', reason: 'the old map was right' },
    lock: { state: 'published', lockedBy: 'approver of 520523', unlock: [{ act: 'restate' }] },
  });
  expect((await it$.account(county))?.id).toBe(first.accountId);
  const [audit] = await inDatabase<{ after: object }[]>((tx) =>
    tx.query(`SELECT after_json::json AS after FROM platform.audit WHERE action = 'review.abandon'`),
  );
  expect(audit.after).toMatchObject({ state: 'published', round: 1, reason: 'the old map was right' });
  // The correction still stands among the observations: a run says that the lock keeps it out.
  const run = await it$.recompute();
  expect(run.progress.territories).toMatchObject({ refused: 0, locked: 1 });
  expect((await it$.account(county))?.id).toBe(first.accountId);

  await restate(5);
  const log = await inDatabase((tx) => listDisclosures(tx, {}, { limit: 10 }));
  expect(log.map(({ round, restates }) => [round, restates])).toEqual([
    [2, first.id],
    [1, null],
  ]);
});
