/** Accounts of counties that were split, or merged into one that goes on: they pass on to the successors, and no sum changes. */
import { findAccountById, listAccounts, listChildren, listLines, listVintages } from '@gep/accounting';
import { Fraction, sumFen } from '@gep/kernel';
import { sharesAsGiven, sharesByArea, sharesByMap, type SuccessionChange } from '@gep/territory';
import { forest } from './accounting-setup';
import { beside, expectWhole, fresh, old, period, split, startSuccessions, upper } from './succession-setup';

let it$: Awaited<ReturnType<typeof startSuccessions>>;
beforeEach(async () => {
  it$ = await startSuccessions();
});
afterEach(() => it$.close());

it('a split by area: each successor has its share of every line, and nothing above changes by a fen', async () => {
  const [whole, before] = [await it$.get(old), await it$.sums()];
  expect(whole.lines.length).toBe(3);
  expect(await it$.record(split())).toMatchObject({ changed: true, decided: [] });
  const run = await it$.recompute(period);
  expect([run.state, run.progress.territories.refused]).toEqual(['done', 0]);
  const parts = [await it$.get(old), await it$.get(fresh)];
  expectWhole(whole, parts);
  expect(await it$.sums()).toEqual(before);
  expect((await it$.get(upper)).coverage).toEqual({ present: 3, expected: 3, complete: true });
  expect(parts.map(({ origin, vintage, children }) => [origin, vintage, children])).toEqual(
    [
      [old, '2/3', 2],
      [fresh, '1/3', 1],
    ].map(([to, share, vintage]) => {
      const steps = [{ effective: '2023-06-01', from: old, to, basis: 'area', share }];
      const child = { territory: old, digest: whole.digest, accountId: whole.id, division: [{ share, steps }] };
      return ['divided', vintage, [child]];
    }),
  );

  const explained = await it$.accounting.explain(it$.actor, { accountId: parts[1].id });
  expect(explained.text!.en).toContain(`divided from accounts of predecessors: ${old}`);
  expect(explained.text!.zh).toMatch(/2023-06-01 520521 拆分，按面积划给 520524 1\/3/);
  const [line] = (await it$.accounting.explain(it$.actor, { accountId: parts[1].id, service: 'crops' })).children[0]
    .children[0].children;
  expect(line.children.find(({ kind }) => kind === 'child')).toMatchObject({
    code: old,
    account: { digest: whole.digest },
    text: { en: expect.stringContaining('1/3 to 520524 by the split of 520521 on 2023-06-01, by area') },
  });

  // Nothing twice: not by another run, not by one of a successor alone, not by the same change recorded again.
  for (const territory of ['CN', fresh, old]) {
    expect((await it$.recompute(period, territory)).progress.territories).toMatchObject({ computed: 0, refused: 0 });
  }
  expect(await it$.record(split())).toMatchObject({ changed: false });
  await expect(it$.record(split(), true)).rejects.toMatchObject({ code: 'territory.succession-refused' });
  const vintages = await it$.test.db.snapshot(it$.actor, (tx) =>
    listVintages(tx, { territory: old, period, normId: 'sample' }),
  );
  expect(vintages.map(({ vintage, origin }) => [vintage, origin])).toEqual([
    [2, 'divided'],
    [1, 'observed'],
  ]);
});

it('another price after a split: the old boundary is computed by it, divided anew, and is current nowhere', async () => {
  await it$.record(split());
  await it$.recompute(period);
  await it$.publish({ price: '0.041' });
  const run = await it$.recompute(period);
  expect(run.progress.territories.refused).toBe(0);
  const [a, b] = [await it$.get(old), await it$.get(fresh)];
  expect([a.origin, b.origin]).toEqual(['divided', 'divided']);
  expect(a.children[0].digest).toBe(b.children[0].digest);
  const whole = await it$.test.db.snapshot(it$.actor, async (tx) => {
    const [{ accountId }] = await listChildren(tx, a.id);
    return { ...(await findAccountById(tx, accountId))!, lines: (await listLines(tx, [accountId])).get(accountId)! };
  });
  expectWhole({ ...whole, children: [], baseSums: null }, [a, b]);
  const other = await it$.get(beside);
  expect((await it$.get(upper)).totals.totalFen).toBe(sumFen([whole, other].map(({ totals }) => totals.totalFen)));

  // Observed within what is left of it, the one has its own; the other keeps nothing of what was observed of both.
  await it$.observe([forest(old, 2, { period })]);
  await it$.observe([forest(fresh, 7, { period })]);
  expect((await it$.recompute(period)).progress.territories.refused).toBe(0);
  const own = [await it$.get(old), await it$.get(fresh)];
  expect(own.map(({ origin }) => origin)).toEqual(['observed', 'observed']);
  expect((await it$.get(upper)).totals.totalFen).toBe(sumFen([...own, other].map(({ totals }) => totals.totalFen)));
});

it('a split by map gives each type by its own shares; one by given shares goes by them', async () => {
  const whole = await it$.get(old);
  const before = await it$.sums();
  const shares = sharesByMap([
    { patch: '1', type: 'forest', area: '2.3457', successor: fresh },
    { patch: '2', type: 'grass', area: '3', successor: '520525' },
    { patch: '3', type: 'grass', area: '4.1113', successor: fresh },
  ]);
  await it$.record(
    split({
      shares,
      basis: 'map',
      successors: [
        { code: fresh, nameZh: '西县' },
        { code: '520525', nameZh: '东县' },
      ],
    }),
  );
  expect((await it$.recompute(period)).state).toBe('done');
  const parts = [await it$.get(fresh), await it$.get('520525')];
  expectWhole(whole, parts);
  expect(await it$.sums()).toEqual(before);
  expect(parts.map(({ areaByType }) => areaByType.forest)).toEqual([2.3457, 0]);
  expect(parts[1].totals.byType.forest).toBe(0n);
  expect(parts[0].children[0].division![0].steps[0]).toMatchObject({ basis: 'map', shareByType: { forest: '1' } });

  // One of them is split again, by shares as they are given: both go back to what was observed.
  await it$.record({
    ...split({ predecessors: [fresh], effective: '2023-09-01', basis: 'given' }),
    successors: [{ code: fresh }, { code: '520526', nameZh: '南县' }],
    shares: sharesAsGiven(
      new Map([
        [fresh, Fraction.of(1n, 7n)],
        ['520526', Fraction.of(6n, 7n)],
      ]),
    ),
  });
  expect((await it$.recompute(period)).state).toBe('done');
  const three = [await it$.get(fresh), await it$.get('520525'), await it$.get('520526')];
  expectWhole(whole, three);
  expect(await it$.sums()).toEqual(before);
  expect(three[2].children[0]).toMatchObject({ territory: old, accountId: whole.id });
  expect(three[2].children[0].division![0].steps.map(({ from, to, basis }) => [from, to, basis])).toEqual([
    [old, fresh, 'map'],
    [fresh, '520526', 'given'],
  ]);
});

it('a merge into one that goes on: it has what both had, once', async () => {
  const [a, b, before] = [await it$.get(old), await it$.get(beside), await it$.sums()];
  const merge: SuccessionChange = {
    ...{ kind: 'merge', effective: '2023-06-01', predecessors: [old, beside], successors: [{ code: beside }] },
    ...{ basis: 'whole', source: 'order 4' },
  };
  expect(await it$.record(merge)).toMatchObject({ changed: true, decided: [] });
  const run = await it$.recompute(period);
  expect([run.state, run.progress.territories.refused]).toEqual(['done', 0]);
  const joined = await it$.get(beside);
  expect(joined).toMatchObject({ origin: 'aggregated', vintage: 2, coverage: { present: 2, expected: 2 } });
  expect(joined.totals.totalFen).toBe(a.totals.totalFen + b.totals.totalFen);
  expect(joined.children.map(({ territory, accountId }) => [territory, accountId])).toEqual([
    [old, a.id],
    [beside, b.id],
  ]);
  expect(await it$.sums()).toEqual(before);
  expect((await it$.recompute(period)).progress.territories).toMatchObject({ computed: 0, refused: 0 });

  // And what it is split into afterwards sums to that.
  await it$.record(
    split({
      predecessors: [beside],
      effective: '2023-10-01',
      successors: [{ code: beside }, { code: fresh, nameZh: '北县' }],
      shares: sharesByArea(
        new Map([
          [beside, Fraction.of(1n)],
          [fresh, Fraction.of(2n)],
        ]),
      ),
    }),
  );
  expect((await it$.recompute(period)).progress.territories.refused).toBe(0);
  expectWhole(joined, [await it$.get(beside), await it$.get(fresh)]);
  expect(await it$.sums()).toEqual(before);
});

it('accounts left behind on purpose pass on to nobody', async () => {
  const whole = await it$.get(old);
  const { decided } = await it$.record(split(), true);
  expect(decided).toMatchObject([{ territory: old, period, goesOn: true }]);
  await it$.recompute(period);
  expect((await it$.get(old)).id).toBe(whole.id);
  expect(await it$.read(fresh)).toBeUndefined();
  const listed = await it$.test.db.snapshot(it$.actor, (tx) => listAccounts(tx, { period, level: 'county' }));
  expect(listed.map(({ territory }) => territory)).toEqual([old, beside, '530102']);
});
