/** Accounts of counties that were split, or merged into one that goes on: they pass on to the successors, and no sum changes. */
import { randomUUID } from 'node:crypto';
import {
  AccountSuccessionService,
  findAccountById,
  FlowService,
  IntervalComputer,
  IntervalService,
  listAccounts,
  listChildren,
  listLines,
  listPartition,
  listVintages,
  SeriesService,
  type Account,
  type AccountFilter,
} from '@gep/accounting';
import { Fraction, sumFen } from '@gep/kernel';
import { RulebookService } from '@gep/rulebook';
import { sharesAsGiven, sharesByArea, sharesByMap, type SuccessionChange } from '@gep/territory';
import { type AccountingTest, forest, startAccounting } from './accounting-setup';

let it$: AccountingTest;
const [old, beside, fresh, upper] = ['520521', '520523', '520524', '520500'];
const period = '2023';
const above = [upper, '520000', 'CN'];

beforeEach(async () => {
  it$ = await startAccounting();
  // A price that leaves fen to round in every county.
  await it$.publish({ price: '0.037' });
  await it$.observe(
    [
      forest(old, 2.3457, { period }),
      forest(old, 7.1113, { period, type: 'grass' }),
      forest(beside, 3.1113, { period }),
      forest('530102', 5, { period }),
    ],
    [{ territory: old, period, item: 'maize', quantity: 17.3, price: 2113.7 }],
  );
  expect((await it$.recompute(period)).state).toBe('done');
});
afterEach(() => it$.close());

const split = (more: Partial<SuccessionChange>): SuccessionChange => ({
  ...{ kind: 'split', effective: '2023-06-01', predecessors: [old], basis: 'area', source: 'order 3' },
  successors: [{ code: old }, { code: fresh, nameZh: '西县' }],
  shares: sharesByArea(
    new Map([
      [old, Fraction.of(2n)],
      [fresh, Fraction.of(1n)],
    ]),
  ),
  ...more,
});
const record = async (change: SuccessionChange, leaveAccounts?: boolean) =>
  new AccountSuccessionService(it$.test.db).recordSuccession(it$.actor, { change, leaveAccounts });
const read = async (territory: string) => {
  const found = await it$.account(territory, { period });
  if (!found) return undefined;
  return it$.test.db.snapshot(it$.actor, async (tx) => ({
    ...found,
    lines: (await listLines(tx, [found.id])).get(found.id)!,
    children: await listChildren(tx, found.id),
    baseSums: null,
  }));
};
const get = async (territory: string) => (await read(territory))!;
const sums = async (): Promise<unknown[]> => Promise.all(above.map(async (code) => (await get(code)).totals));
const expectWhole = (whole: Account, parts: readonly Account[]): void => {
  expect(sumFen(parts.map(({ totals }) => totals.totalFen))).toBe(whole.totals.totalFen);
  whole.lines.forEach((line, at) => {
    const of = parts.map(({ lines }) => lines[at]);
    expect(of.map(({ service, type, item, price }) => [service, type, item, price])).toEqual(
      parts.map(() => [line.service, line.type, line.item, line.price]),
    );
    expect(sumFen(of.map(({ valueFen }) => valueFen))).toBe(line.valueFen);
    expect(of.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(line.quantity);
  });
  for (const [type, area] of Object.entries(whole.areaByType)) {
    expect(parts.reduce((sum, { areaByType }) => sum + areaByType[type], 0)).toBe(area);
  }
};

it('a split by area: each successor has its share of every line, and nothing above changes by a fen', async () => {
  const [whole, before] = [await get(old), await sums()];
  expect(whole.lines.length).toBe(3);
  expect(await record(split({}))).toMatchObject({ changed: true, decided: [] });
  const run = await it$.recompute(period);
  expect([run.state, run.progress.territories.refused]).toEqual(['done', 0]);
  const parts = [await get(old), await get(fresh)];
  expectWhole(whole, parts);
  expect(await sums()).toEqual(before);
  expect((await get(upper)).coverage).toEqual({ present: 3, expected: 3, complete: true });
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
  expect(await record(split({}))).toMatchObject({ changed: false });
  await expect(record(split({}), true)).rejects.toMatchObject({ code: 'territory.succession-refused' });
  const vintages = await it$.test.db.snapshot(it$.actor, (tx) =>
    listVintages(tx, { territory: old, period, normId: 'sample' }),
  );
  expect(vintages.map(({ vintage, origin }) => [vintage, origin])).toEqual([
    [2, 'divided'],
    [1, 'observed'],
  ]);
});

it('another price after a split: the old boundary is computed by it, divided anew, and is current nowhere', async () => {
  await record(split({}));
  await it$.recompute(period);
  await it$.publish({ price: '0.041' });
  const run = await it$.recompute(period);
  expect(run.progress.territories.refused).toBe(0);
  const [a, b] = [await get(old), await get(fresh)];
  expect([a.origin, b.origin]).toEqual(['divided', 'divided']);
  expect(a.children[0].digest).toBe(b.children[0].digest);
  const whole = await it$.test.db.snapshot(it$.actor, async (tx) => {
    const [{ accountId }] = await listChildren(tx, a.id);
    return { ...(await findAccountById(tx, accountId))!, lines: (await listLines(tx, [accountId])).get(accountId)! };
  });
  expectWhole({ ...whole, children: [], baseSums: null }, [a, b]);
  const other = await get(beside);
  expect((await get(upper)).totals.totalFen).toBe(sumFen([whole, other].map(({ totals }) => totals.totalFen)));

  // Observed within what is left of it, the one has its own; the other keeps nothing of what was observed of both.
  await it$.observe([forest(old, 2, { period })]);
  await it$.observe([forest(fresh, 7, { period })]);
  expect((await it$.recompute(period)).progress.territories.refused).toBe(0);
  const own = [await get(old), await get(fresh)];
  expect(own.map(({ origin }) => origin)).toEqual(['observed', 'observed']);
  expect((await get(upper)).totals.totalFen).toBe(sumFen([...own, other].map(({ totals }) => totals.totalFen)));
});

it('a split by map gives each type by its own shares; one by given shares goes by them', async () => {
  const whole = await get(old);
  const before = await sums();
  const shares = sharesByMap([
    { patch: '1', type: 'forest', area: '2.3457', successor: fresh },
    { patch: '2', type: 'grass', area: '3', successor: '520525' },
    { patch: '3', type: 'grass', area: '4.1113', successor: fresh },
  ]);
  await record(
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
  const parts = [await get(fresh), await get('520525')];
  expectWhole(whole, parts);
  expect(await sums()).toEqual(before);
  expect(parts.map(({ areaByType }) => areaByType.forest)).toEqual([2.3457, 0]);
  expect(parts[1].totals.byType.forest).toBe(0n);
  expect(parts[0].children[0].division![0].steps[0]).toMatchObject({ basis: 'map', shareByType: { forest: '1' } });

  // One of them is split again, by shares as they are given: both go back to what was observed.
  await record({
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
  const three = [await get(fresh), await get('520525'), await get('520526')];
  expectWhole(whole, three);
  expect(await sums()).toEqual(before);
  expect(three[2].children[0]).toMatchObject({ territory: old, accountId: whole.id });
  expect(three[2].children[0].division![0].steps.map(({ from, to, basis }) => [from, to, basis])).toEqual([
    [old, fresh, 'map'],
    [fresh, '520526', 'given'],
  ]);
});

it('a merge into one that goes on: it has what both had, once', async () => {
  const [a, b, before] = [await get(old), await get(beside), await sums()];
  const merge: SuccessionChange = {
    ...{ kind: 'merge', effective: '2023-06-01', predecessors: [old, beside], successors: [{ code: beside }] },
    ...{ basis: 'whole', source: 'order 4' },
  };
  expect(await record(merge)).toMatchObject({ changed: true, decided: [] });
  const run = await it$.recompute(period);
  expect([run.state, run.progress.territories.refused]).toEqual(['done', 0]);
  const joined = await get(beside);
  expect(joined).toMatchObject({ origin: 'aggregated', vintage: 2, coverage: { present: 2, expected: 2 } });
  expect(joined.totals.totalFen).toBe(a.totals.totalFen + b.totals.totalFen);
  expect(joined.children.map(({ territory, accountId }) => [territory, accountId])).toEqual([
    [old, a.id],
    [beside, b.id],
  ]);
  expect(await sums()).toEqual(before);
  expect((await it$.recompute(period)).progress.territories).toMatchObject({ computed: 0, refused: 0 });

  // And what it is split into afterwards sums to that.
  await record(
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
  expectWhole(joined, [await get(beside), await get(fresh)]);
  expect(await sums()).toEqual(before);
});

it('accounts left behind on purpose pass on to nobody', async () => {
  const whole = await get(old);
  const { decided } = await record(split({}), true);
  expect(decided).toMatchObject([{ territory: old, period, goesOn: true }]);
  await it$.recompute(period);
  expect((await get(old)).id).toBe(whole.id);
  expect(await read(fresh)).toBeUndefined();
  const listed = await it$.test.db.snapshot(it$.actor, (tx) => listAccounts(tx, { period, level: 'county' }));
  expect(listed.map(({ territory }) => territory)).toEqual([old, beside, '530102']);
});

const countiesOf = async (more: Partial<AccountFilter> = {}) => {
  const listed = await it$.test.db.snapshot(it$.actor, (tx) =>
    listPartition(tx, { period, level: 'county', normId: 'sample', ...more }),
  );
  return listed.map(({ territory, totals }) => [territory, totals.totalFen]);
};

it('a list of a period is one partition: before the recompute the predecessors, after it the successors', async () => {
  const before = await countiesOf();
  const nation = (await get('CN')).totals.totalFen;
  const moment = new Date();
  const expectPartition = async (codes: readonly string[]) => {
    const listed = await countiesOf();
    expect(listed.map(([code]) => code)).toEqual(codes);
    expect(sumFen(listed.map(([, fen]) => fen as bigint))).toBe(nation);
  };
  const south = '520525';
  await record(
    split({
      successors: [
        { code: fresh, nameZh: '北县' },
        { code: south, nameZh: '南县' },
      ],
      shares: sharesByArea(new Map([fresh, south].map((code) => [code, Fraction.one]))),
    }),
  );
  expect(await countiesOf()).toEqual(before);
  await it$.recompute(period);
  await expectPartition([beside, fresh, south, '530102']);
  expect(await countiesOf({ asOf: moment })).toEqual(before);
  // Named, a predecessor is there.
  expect((await countiesOf({ territories: [old] })).map(([code]) => code)).toEqual([old]);

  await record({
    ...{ kind: 'merge', effective: '2023-09-01', predecessors: [south, beside], basis: 'whole', source: 'order 4' },
    successors: [{ code: beside }],
  });
  await expectPartition([beside, fresh, south, '530102']);
  await it$.recompute(period);
  await expectPartition([beside, fresh, '530102']);
});

const declare = async (supplier: string, beneficiary: string, share: string) =>
  new FlowService(it$.test.db, new RulebookService(it$.test.db)).declareFlow(
    it$.actor,
    {
      ...{ normId: 'sample', service: 'water', supplier, beneficiary, share, from: '2023-01-01' },
      ...{ reason: 'the river leads there', source: 'letter 7' },
    },
    randomUUID(),
  );

it('flows declared for a county that is split, or that merges with the other end, are taken back as before', async () => {
  const { id } = await declare(old, beside, '1/3');
  await it$.recompute(period);
  const before = await sums();
  const backOf = async (code: string) => (await get(code)).lines.filter(({ flow }) => flow === id);
  const back = await backOf(upper);
  expect(back.map(({ valueFen }) => valueFen < 0n)).toContain(true);

  await record(split({}));
  expect((await it$.recompute(period)).progress.territories.refused).toBe(0);
  expect(await sums()).toEqual(before);
  expect(await backOf(upper)).toEqual(back);

  // The one takes the rest of the other in: between it and the split one the flow still goes.
  const merge: SuccessionChange = {
    ...{ kind: 'merge', effective: '2023-09-01', predecessors: [fresh, beside], basis: 'whole', source: 'order 4' },
    successors: [{ code: beside }],
  };
  await record(merge);
  expect((await it$.recompute(period)).progress.territories.refused).toBe(0);
  expect(await sums()).toEqual(before);

  // All in one: there it is taken back, and what the one has is what the three had.
  await record({ ...merge, effective: '2023-11-01', predecessors: [old, beside] });
  expect((await it$.recompute(period)).progress.territories.refused).toBe(0);
  expect(await sums()).toEqual(before);
  expect(await backOf(beside)).toEqual(back);
  expect((await it$.recompute(period)).progress.territories).toMatchObject({ computed: 0, refused: 0 });

  // What is declared from now on is said of what the code has become.
  const later = await declare(beside, '530102', '1/2');
  await it$.recompute(period);
  expect((await get('CN')).lines.some(({ flow }) => flow === later.id)).toBe(true);
});

it('a series tells which account a point was divided from, and what needs the observation of a part is refused', async () => {
  await record(split({}));
  await it$.recompute(period);
  const rulebook = new RulebookService(it$.test.db);
  const series = await new SeriesService(it$.test.db, rulebook).series(it$.actor, {
    ...{ territory: fresh, from: period, to: period, norm: 'sample' },
  });
  expect(series.points[0]).toMatchObject({ ways: ['area'], parts: [{ territory: old, vintage: 1, shares: ['1/3'] }] });
  const computer = new IntervalComputer(1);
  const intervals = new IntervalService(it$.test.db, rulebook, computer);
  const drawn = async (territory: string) =>
    intervals.interval(it$.actor, { territory, period, norm: { id: 'sample' } }, { draws: 100, seed: 7 });
  await expect(drawn(fresh)).rejects.toMatchObject({ code: 'accounting.account-only-in-part' });
  // Above both it is there once.
  expect((await drawn(upper)).accountDigest).toBe((await get(upper)).digest);
  await computer.onModuleDestroy();
});
