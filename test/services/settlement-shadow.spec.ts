/** A year on trial: nothing is posted, held or left behind, and what becomes real is the same to the fen or refused. */
import { randomUUID } from 'node:crypto';
import { readPolicyText } from '@gep/rulebook';
import { ShadowChanged, type SettlementDraft } from '@gep/settlement';
import { here, payer, preparer, refusalOf, startRestatements, there, type RestatementsTest } from './restatement-setup';

let it$: RestatementsTest;
beforeEach(async () => {
  it$ = await startRestatements();
});
afterEach(() => it$.close());

const year = () => [
  it$.tabled('share-2024', 'share', [30000, 10000]),
  it$.tabled('rate-2024', 'rate', [60_000_000, 20_000_000]),
];
const standing = () =>
  it$.reviews.inDatabase<Record<string, string>[]>((tx) =>
    tx.query(
      `select (select count(*) from settlement.settlement) as settlements, (select count(*) from settlement.snapshot) as snapshots,
         (select count(*) from settlement.reliance) as reliances, (select count(*) from procedure.subject) as subjects,
         (select count(*) from ledger.voucher) as vouchers, (select count(*) from ledger.reservation) as reservations,
         (select count(*) from platform.outbox where event like 'settlement%') as events`,
    ),
  );

it('takes the funds down in the order given, and leaves nothing behind but itself', async () => {
  const [before] = await standing();
  const wish = { name: '2024 on trial', drafts: year() };
  const { id } = await it$.shadows.run(preparer, wish, 'key');
  expect(await it$.shadows.run(preparer, wish, 'key')).toEqual({ id });
  expect(await standing()).toEqual([before]);
  const { entries, settlements, name } = await it$.shadows.show(preparer, id);
  expect([name, settlements]).toEqual(['2024 on trial', null]);
  expect(
    entries.map(({ parts }) => parts.map((part) => [part.party, part.claimFen, part.grantedFen, part.shortfallFen])),
  ).toEqual([
    [
      [there, 1_500_000n, 1_500_000n, 0n],
      [here, 4_500_000n, 4_500_000n, 0n],
    ],
    // 100,000 yuan were there, and 60,000 are gone.
    [
      [there, 2_000_000n, 1_000_000n, 1_000_000n],
      [here, 6_000_000n, 3_000_000n, 3_000_000n],
    ],
  ]);
  expect((await it$.shadows.list(preparer, { limit: 10 })).map((one) => one.id)).toEqual([id]);
});

it('becomes real as the same plan, once, and the money follows it to the fen', async () => {
  const { id } = await it$.shadows.run(preparer, { name: 'plan', drafts: year() }, randomUUID());
  const { entries } = await it$.shadows.show(preparer, id);
  const { settlements } = await it$.shadows.promote(preparer, id, randomUUID());
  expect(await refusalOf(it$.shadows.promote(preparer, id, randomUUID()))).toBe('settlement.shadow-refused');
  expect((await it$.shadows.show(preparer, id)).settlements).toEqual(settlements);
  for (const [at, settlement] of settlements.entries()) {
    const { parts, state, head } = await it$.view(settlement);
    expect([state, head!.decisionDigest, head!.snapshotDigest]).toEqual([
      ...['computed', entries[at].decisionDigest, entries[at].snapshotDigest],
    ]);
    expect(parts.map(({ party, claimFen, entitledFen }) => [party, claimFen, entitledFen])).toEqual(
      entries[at].parts.map(({ party, claimFen, entitledFen }) => [party, claimFen, entitledFen]),
    );
  }
  for (const settlement of settlements) await it$.pay(settlement);
  const paid = await Promise.all(settlements.map((one) => it$.view(one)));
  expect(paid.map(({ parts }) => parts.map(({ party, paidFen }) => [party, paidFen]))).toEqual(
    entries.map(({ parts }) => parts.map(({ party, grantedFen }) => [party, grantedFen])),
  );
  expect(await it$.invariants()).toEqual([]);
});

it('is refused with a list of what changed: money, rule, amounts', async () => {
  const { id } = await it$.shadows.run(preparer, { name: 'plan', drafts: year() }, randomUUID());
  await it$.receive(1_000_00n);
  const { file } = it$.rules.rate;
  const other = await readPolicyText({ ...file, text: file.text.replace('gep / 1000', 'gep / 2000') }, 'rulebook');
  await it$.adopt(other, 'rate');
  const [before] = await standing();
  const refused = await it$.shadows.promote(preparer, id, randomUUID()).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ShadowChanged);
  expect((refused as ShadowChanged).changes.map(({ code, what }) => `${code} ${what}`)).toEqual([
    ...['share-2024 money', 'rate-2024 rule', 'rate-2024 money', 'rate-2024 amount'],
  ]);
  expect((refused as ShadowChanged).text.en).toContain('had received/held/paid 10000000/0/0 fen and has 10100000/0/0');
  expect(await standing()).toEqual([before]);
});

it('is shown beside the year before', async () => {
  const before = await it$.compute(
    it$.tabled('share-2023', 'share', [10000, 10000], { period: '2023', moneyPeriod: '2024' }),
  );
  const { id } = await it$.shadows.run(preparer, { name: 'plan', drafts: year() }, randomUUID());
  const { entries } = await it$.shadows.show(preparer, id);
  expect(entries.map(({ yearBefore }) => yearBefore)).toEqual([before, null]);
});

it('is not for corrections, for a result after its own advance, nor for what is real already', async () => {
  const run = (drafts: SettlementDraft[]) => refusalOf(it$.shadows.run(payer, { name: 'plan', drafts }, randomUUID()));
  const [share] = year();
  expect(await run([])).toBe('settlement.shadow-refused');
  expect(await run([{ ...share, kind: 'true-up', about: randomUUID() }])).toBe('settlement.shadow-refused');
  expect(await run([{ ...share, code: 'advance', kind: 'advance' }, share])).toBe('settlement.shadow-refused');
  await it$.compute(share);
  expect(await run([share])).toBe('settlement.shadow-refused');
  expect(await refusalOf(it$.shadows.show(payer, randomUUID()))).toBe('settlement.shadow-missing');
});
