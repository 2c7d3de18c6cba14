/** Targets on the real database: negotiated, issued, followed by published accounts, restated, amended, merged, closed. */
import { listPlanCopies } from '@gep/evaluation';
import { DomainError } from '@gep/kernel';
import { listDuties, PublicationService, todayOf } from '@gep/procedure';
import { listDependents } from '@gep/settlement';
import { SuccessionService } from '@gep/territory';
import { paths } from './review-setup';
import {
  approver,
  checker,
  clerk,
  documentOf,
  here,
  key,
  partyOf,
  startTargets,
  statistics,
  type TargetsTest,
  there,
} from './targets-setup';

let it$: TargetsTest;
let { plans, progress, figures }: Pick<TargetsTest, 'plans' | 'progress' | 'figures'> = {} as TargetsTest;
beforeAll(async () => {
  it$ = await startTargets();
  ({ plans, progress, figures } = it$);
});
afterAll(() => it$.close());

const refused = async (doing: Promise<unknown>): Promise<{ code: string; en: string }> =>
  doing.then(
    () => ({ code: 'done', en: '' }),
    (error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
      return { code: error.code, en: error.text.en };
    },
  );

it('takes figures from outside by a department above the unit alone, and counts them once another person confirmed', async () => {
  const wish = { territory: here, measure: 'gdp', year: 2022, pricesOf: null, value: '100.00', document: 'x' } as const;
  const own = { ...wish, suppliedByBody: 'the county', documentDigest: 'b'.repeat(64) };
  expect((await refused(figures.supply(partyOf(here), { ...own, supplier: here }, key()))).code).toBe(
    'evaluation.figure-refused',
  );
  expect((await refused(figures.supply(statistics, { ...own, supplier: '520500', value: '1e3' }, key()))).en).toContain(
    'yuan',
  );
  const base = await refused(plans.draft(clerk, documentOf(), key()));
  expect([base.code, base.en]).toEqual(['evaluation.base-refused', expect.stringContaining(`${here} gdp`)]);
  for (const [at, territory] of [here, there].entries())
    await it$.supplyGdp(territory, 2022, at === 0 ? '100.00' : '200.00');
  for (const year of [2023, 2024]) await it$.supplyGdp(here, year, '110.00');
  await it$.supplyGdp(there, 2023, '190.00');
});

it('is negotiated: each unit reads its own targets and answers, and nobody is passed over without a reason', async () => {
  const { id } = (await plans.draft(clerk, documentOf(), key())).result;
  const { db } = it$;
  const seen = await db.snapshot(partyOf(here), (tx) => listPlanCopies(tx, { limit: 10 }));
  expect(seen.map(({ unit }) => unit)).toEqual([here]);
  expect(seen[0].targets[0]).toMatchObject({ base: { fen: 1_000_000_00n }, milestones: [{}, { fen: 1_100_000_00n }] });
  expect((await refused(plans.show(partyOf(here), id))).code).toBe('evaluation.target-missing');
  const none = { documentDigest: null };
  const counter = {
    ...none,
    plan: id,
    unit: here,
    answer: 'countered',
    counter: { gep: '1050000' },
    reason: '旱年',
  } as const;
  await plans.reply(partyOf(here), counter, key());
  expect((await refused(plans.reply(partyOf(there), counter, key()))).code).toBe('evaluation.target-missing');
  const silent = await refused(plans.act(checker, { plan: id, act: 'negotiate' }, key()));
  expect([silent.code, silent.en]).toEqual(['evaluation.target-conflict', expect.stringContaining(there)]);
  await plans.reply(
    partyOf(there),
    { ...none, plan: id, unit: there, answer: 'accepted', counter: {}, reason: '' },
    key(),
  );
  expect((await refused(plans.act(clerk, { plan: id, act: 'negotiate' }, key()))).code).toBe('procedure.not-yours');
  await plans.act(checker, { plan: id, act: 'negotiate' }, key());
  expect((await refused(plans.act(approver, { plan: id, act: 'issue' }, key()))).en).toContain(
    'counter-proposals of 520523',
  );
  await plans.act(checker, { plan: id, act: 'return', reason: 'take the proposal up' }, key());
  const own = { indicator: 'gep', path: 'linear', unit: here, target: '1050000.00' };
  const { targets } = JSON.parse(documentOf()) as { targets: object[] };
  const document = documentOf({ targets: [...targets, own] });
  await plans.revise(clerk, { plan: id, document, reason: 'as the county proposed' }, key());
  await plans.act(checker, { plan: id, act: 'negotiate' }, key());
  await plans.act(approver, { plan: id, act: 'issue' }, key());
  const view = await plans.show(clerk, 'gep');
  expect([view.state, view.versionNo, view.countered]).toEqual(['issued', 2, []]);
  // 1,500,000 × 1.12 less 1,050,000 and 550,000.
  expect(view.gaps[0].years[1]).toEqual({ year: 2024, wholeFen: 168000000n, unitsFen: 160000000n, gapFen: 8000000n });
  expect((await refused(plans.reply(partyOf(here), counter, key()))).en).toContain('appeal');
  const [duty] = await db.snapshot(clerk, (tx) => listDuties(tx, { subject: { kind: 'target-plan', id } }));
  expect(JSON.parse(duty.document)).toMatchObject({
    kind: 'target-plan',
    objection: { zh: expect.stringContaining('质疑') },
  });
  await new PublicationService(db).publish(clerk, duty.id, key());
});

const rowOf = async (year: number, unit: string, indicator: string) => {
  const { rows } = await progress.follow(clerk, { plan: 'gep', year });
  return rows.find((row) => row.units.includes(unit) && row.indicator === indicator)!;
};

it('follows a year by what is published, with the vintages, and both of the dual mandate', async () => {
  const row = await rowOf(2023, here, 'gep');
  expect(row).toMatchObject({
    state: 'measured',
    milestoneFen: 1_025_000_00n,
    actualFen: 1_030_000_00n,
    isReached: true,
  });
  expect([row.attainmentShown, row.yearlyGrowth, row.parts.length]).toEqual(['100.49', '3', 1]);
  expect(row.parts[0]).toMatchObject({ territory: here, year: 2023, vintage: 1 });
  expect(await rowOf(2023, here, 'real')).toMatchObject({ milestoneFen: 1_020_000_00n, actualFen: 1_030_000_00n });
  expect(await rowOf(2023, here, 'dense')).toMatchObject({ unit: 'yuan/hm2', actualFen: 10_000_00n });
  expect(await rowOf(2023, here, 'own')).toMatchObject({ state: 'measured', actualFen: 1_030_000_00n });
  expect(await rowOf(2023, '520500', 'gep')).toMatchObject({ state: 'pending', actualFen: null });
  const { dual } = await progress.follow(clerk, { plan: 'gep', year: 2023 });
  expect(dual).toEqual([
    { units: [there], onYearBefore: 'neither', onBase: 'neither' },
    { units: [here], onYearBefore: 'both', onBase: 'both' },
  ]);
  expect(await rowOf(2024, there, 'gep')).toMatchObject({
    state: 'pending',
    reason: { en: expect.stringContaining('2024') },
  });
  const listed = await it$.db.snapshot(partyOf(here), (tx) =>
    progress.listProgress(tx, { territory: here, year: 2023 }),
  );
  expect(listed[0].rows.map(({ units, indicator }) => `${units.join()} ${indicator}`)).toEqual(
    ['gep', 'real', 'dense', 'own', 'gdp'].map((indicator) => `${here} ${indicator}`),
  );
});

it('records a year and confirms it by another hand; a restated account is told, found from below, and recorded anew', async () => {
  const { db } = it$;
  const { id } = (await progress.record(clerk, { plan: 'gep', year: 2023 }, key())).result;
  expect((await refused(progress.judge(clerk, { id, act: 'confirm' }, key()))).code).toBe('procedure.not-yours');
  await progress.judge(checker, { id, act: 'confirm' }, key());
  const [duty] = await db.snapshot(clerk, (tx) => listDuties(tx, { subject: { kind: 'target-progress', id } }));
  expect(duty.rule).toBe('result');
  const before = await rowOf(2023, here, 'gep');
  await it$.restate(here, '2023', 102);
  const [{ accountId }] = before.parts;
  const dependents = await it$.place.inDatabase((tx) => listDependents(tx, { accountId: accountId! }));
  expect(dependents.map(({ dependent, figure }) => [dependent.kind, dependent.id, figure])).toContainEqual([
    ...['target-progress', id, `${here}/gep`],
  ]);
  const shown = await progress.show(clerk, id);
  expect(shown.restated.map(({ territory, year }) => [territory, year])).toEqual([[here, 2023]]);
  const again = (await progress.record(clerk, { plan: 'gep', year: 2023 }, key())).result;
  await progress.judge(checker, { id: again.id, act: 'confirm' }, key());
  const listed = await progress.listOf(clerk, { plan: 'gep', year: 2023, limit: 10 });
  expect(listed.map(({ round, state, restated }) => [round, state, restated.length])).toEqual([
    [2, 'confirmed', 0],
    [1, 'superseded', 1],
  ]);
  expect(listed[0].rows.find(({ units, indicator }) => units[0] === here && indicator === 'gep')).toMatchObject({
    ...{ actualFen: 1_020_000_00n, isReached: false },
  });
});

it('freezes the figure that a unit disputes, and no other', async () => {
  const [{ id, rows }] = await progress.listOf(clerk, { plan: 'gep', year: 2023, limit: 1 });
  const own = { subject: { kind: 'target-progress', id }, party: here, partyPath: paths[here], grounds: '面积有误' };
  const { today } = await it$.db.snapshot(clerk, async (tx) => ({ today: await todayOf(tx) }));
  const draft = { ...own, figure: `${here}/gep`, knownOn: today };
  const wrong = await refused(it$.appeals.file(partyOf(here), { ...draft, shownFen: 1n }, key()));
  expect([wrong.code, wrong.en]).toEqual(['procedure.appeal-refused', expect.stringContaining('1020000.00 yuan')]);
  const others = await refused(it$.appeals.file(partyOf(here), { ...draft, figure: `${there}/gep` }, key()));
  expect(others.en).toContain(`the parties are ${there}`);
  expect(rows.some(({ units, indicator }) => units[0] === here && indicator === 'gep')).toBe(true);
  await it$.appeals.file(partyOf(here), { ...draft, shownFen: 102_000_000n }, key());
  expect((await progress.show(clerk, id)).disputed).toEqual([`${here}/gep`]);
});

it('judges each year by the edition that was in force for it', async () => {
  const { targets } = JSON.parse(documentOf()) as { targets: object[] };
  const lower = { indicator: 'gep', path: 'linear', unit: here, target: '1040000' };
  const earlier = await refused(plans.amend(clerk, 'gep', documentOf({ from: 2023 }), key()));
  expect(earlier.en).toContain('after 2023');
  expect((await refused(plans.draft(clerk, documentOf(), key()))).en).toContain('amend');
  const { id } = (await plans.amend(clerk, 'gep', documentOf({ from: 2024, targets: [...targets, lower] }), key()))
    .result;
  await plans.act(checker, { plan: id, act: 'negotiate', reason: 'heard at the meeting' }, key());
  expect((await rowOf(2024, here, 'gep')).milestoneFen).toBe(1_050_000_00n);
  await plans.act(approver, { plan: id, act: 'issue' }, key());
  expect((await plans.show(clerk, 'gep')).editions.map(({ from }) => from)).toEqual([2023, 2024]);
  expect(await rowOf(2024, here, 'gep')).toMatchObject({
    edition: 2,
    milestoneFen: 1_040_000_00n,
    actualFen: 1_060_000_00n,
  });
  expect(await rowOf(2023, here, 'gep')).toMatchObject({ edition: 1, milestoneFen: 1_025_000_00n });
});

it('forecasts by the years that were published, and says why it does not', async () => {
  const few = await it$.forecasts.forecast(clerk, { plan: 'gep', until: 2023, indicator: 'gep', unit: here });
  expect(few.rows[0]).toMatchObject({ points: [{ year: 2021 }, { year: 2022 }, { year: 2023 }] });
  expect(few.rows[0].forecast).toMatchObject({
    state: 'refused',
    reason: { en: expect.stringContaining('3 published') },
  });
  expect(few.rows[0].neededGrowth).toBeCloseTo(1_050_000 / 1_020_000 - 1, 12);
  const drawn = { plan: 'gep', until: 2023, unit: here, draws: 100, seed: 7 };
  const { rows, method } = await it$.forecasts.forecast(clerk, drawn);
  expect([method.id, rows.map(({ indicator }) => indicator).join()]).toEqual([
    'log-linear-t',
    'gep,real,dense,own,gdp',
  ]);
  expect(rows[0].measured).toMatchObject({ draws: 100, seed: 7, lowFen: 102000000n, probability: 0 });
  expect(rows.slice(1).map(({ measured }) => measured)).toEqual([null, null, null, null]);
  const unknown = await refused(it$.forecasts.forecast(clerk, { plan: 'none', until: 2023 }));
  expect(unknown.code).toBe('evaluation.target-missing');
});

it('judges merged units together, and closes after the last year', async () => {
  const successions = new SuccessionService(it$.db);
  await successions.recordSuccession(it$.place.accounting.actor, {
    ...{ kind: 'merge', effective: '2024-07-01', predecessors: [there, here], source: 'order 1' },
    ...{ successors: [{ code: here, nameZh: '合县' }], basis: 'whole' },
  });
  const early = await refused(progress.close(approver, { plan: 'gep' }, key()));
  expect([early.code, early.en]).toEqual(['evaluation.target-conflict', expect.stringContaining('2024')]);
  const units = [there, here].sort();
  const outdated = await rowOf(2024, there, 'gep');
  expect(outdated).toMatchObject({ units, places: [here], state: 'refused' });
  expect(outdated.reason!.en).toContain('before the change of 2024-07-01');
  await it$.restate(here, '2024');
  // 106 and 51 hectares, against 1,040,000 and 550,000 yuan.
  expect(await rowOf(2024, here, 'gep')).toMatchObject({ units, actualFen: 157000000n, milestoneFen: 159000000n });
  expect(await rowOf(2024, here, 'dense')).toMatchObject({ units, milestoneFen: 10_100_00n, actualFen: 10_000_00n });
  expect(await rowOf(2024, here, 'gdp')).toMatchObject({ base: { fen: 300_00n }, actualFen: 110_00n });
  const { id } = (await progress.record(clerk, { plan: 'gep', year: 2024 }, key())).result;
  await progress.judge(checker, { id, act: 'confirm' }, key());
  expect((await refused(progress.close(clerk, { plan: 'gep' }, key()))).code).toBe('procedure.not-yours');
  await progress.close(approver, { plan: 'gep' }, key());
  const { state, id: plan } = await plans.show(clerk, 'gep');
  expect(state).toBe('closed');
  const duties = await it$.place.inDatabase((tx) => listDuties(tx, { subject: { kind: 'target-close', id: plan } }));
  const document = JSON.parse(duties[0].document) as { rows: { units: string[]; indicator: string }[] };
  expect(document.rows.find(({ indicator }) => indicator === 'gep')).toMatchObject({ state: 'pending' });
  expect(document.rows.find((row) => row.units.length === 2)).toMatchObject({ attainment: '98.74', isReached: false });
});

it('refuses what follows another edition of the norm, as progress and as a base, and says how to mend it', async () => {
  await it$.place.accounting.publish({ price: '3' });
  await it$.restate(here, '2023');
  const row = await rowOf(2023, here, 'gep');
  expect([row.state, row.reason!.en]).toEqual(['refused', expect.stringContaining('edition of the norm is not that')]);
  expect(row.reason!.en).toContain('gep target amend');
  const document = documentOf({ code: 'next', base: 2023, term: { first: 2024, last: 2028 } });
  const base = await refused(plans.draft(clerk, document.replaceAll('"pricesOf":2022', '"pricesOf":2023'), key()));
  expect([base.code, base.en]).toEqual(['evaluation.base-refused', expect.stringContaining('different editions')]);
});
