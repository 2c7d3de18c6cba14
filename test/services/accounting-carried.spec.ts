/** What is read of carried accounts: lists of one partition, flows taken back as before, series, and what a part cannot answer. */
import { randomUUID } from 'node:crypto';
import {
  checkQuality,
  FlowService,
  IntervalComputer,
  IntervalService,
  listPartition,
  SeriesService,
  stateAccounts,
  type AccountFilter,
} from '@gep/accounting';
import { Fraction, sumFen } from '@gep/kernel';
import { loadQualityRules, RulebookService } from '@gep/rulebook';
import { sharesByArea, type SuccessionChange } from '@gep/territory';
import { beside, fresh, old, period, split, startSuccessions, upper } from './succession-setup';

let it$: Awaited<ReturnType<typeof startSuccessions>>;
beforeEach(async () => {
  it$ = await startSuccessions();
});
afterEach(() => it$.close());

const countiesOf = async (more: Partial<AccountFilter> = {}) => {
  const listed = await it$.test.db.snapshot(it$.actor, (tx) =>
    listPartition(tx, { period, level: 'county', normId: 'sample', ...more }),
  );
  return listed.map(({ territory, totals }) => [territory, totals.totalFen]);
};

it('a list of a period is one partition: before the recompute the predecessors, after it the successors', async () => {
  const before = await countiesOf();
  const nation = (await it$.get('CN')).totals.totalFen;
  const moment = new Date();
  const expectPartition = async (codes: readonly string[]) => {
    const listed = await countiesOf();
    expect(listed.map(([code]) => code)).toEqual(codes);
    expect(sumFen(listed.map(([, fen]) => fen as bigint))).toBe(nation);
  };
  const south = '520525';
  await it$.record(
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

  await it$.record({
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
  const before = await it$.sums();
  const backOf = async (code: string) => (await it$.get(code)).lines.filter(({ flow }) => flow === id);
  const back = await backOf(upper);
  expect(back.map(({ valueFen }) => valueFen < 0n)).toContain(true);

  await it$.record(split());
  expect((await it$.recompute(period)).progress.territories.refused).toBe(0);
  expect(await it$.sums()).toEqual(before);
  expect(await backOf(upper)).toEqual(back);

  // The one takes the rest of the other in: between it and the split one the flow still goes.
  const merge: SuccessionChange = {
    ...{ kind: 'merge', effective: '2023-09-01', predecessors: [fresh, beside], basis: 'whole', source: 'order 4' },
    successors: [{ code: beside }],
  };
  await it$.record(merge);
  expect((await it$.recompute(period)).progress.territories.refused).toBe(0);
  expect(await it$.sums()).toEqual(before);

  // All in one: there it is taken back, and what the one has is what the three had.
  await it$.record({ ...merge, effective: '2023-11-01', predecessors: [old, beside] });
  expect((await it$.recompute(period)).progress.territories.refused).toBe(0);
  expect(await it$.sums()).toEqual(before);
  expect(await backOf(beside)).toEqual(back);
  expect((await it$.recompute(period)).progress.territories).toMatchObject({ computed: 0, refused: 0 });

  // What is declared from now on is said of what the code has become.
  const later = await declare(beside, '530102', '1/2');
  await it$.recompute(period);
  expect((await it$.get('CN')).lines.some(({ flow }) => flow === later.id)).toBe(true);
});

it('a series tells which account a point was divided from, and what needs the observation of a part is refused', async () => {
  await it$.record(split());
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
  expect((await drawn(upper)).accountDigest).toBe((await it$.get(upper)).digest);
  await computer.onModuleDestroy();
});

it('the checks find nothing wrong with a divided account, nor with the sum of such', async () => {
  await it$.record(split());
  await it$.recompute(period);
  const rules = await loadQualityRules('rulebook');
  for (const territory of [old, fresh, upper]) {
    const account = await it$.get(territory);
    const norm = await it$.test.db.snapshot(it$.actor, (tx) =>
      new RulebookService(it$.test.db).getNorm(tx, account.norm.id, account.norm.edition),
    );
    const { findings } = checkQuality(stateAccounts([account], norm, rules), rules);
    expect(findings.filter(({ grade }) => grade === 'A' || grade === 'B')).toEqual([]);
  }
});
