/** A year of scores in a real database: supplied, verified, scored, notified, disputed, scored anew, vetoed, final, disclosed, replayed. */
import { randomUUID } from 'node:crypto';
import { DeliveryRefused, listIncidents, listScores, ScoreConflict, ScoreFiguresMissing } from '@gep/evaluation';
import { listDuties } from '@gep/procedure';
import { officer } from './procedure-setup';
import { termRule } from '../fixtures/sample-scorecard';
import { approver, checker, city, clerk, countyOf, judge, ScorecardTest, supplier } from './scorecard-setup';

let place: ScorecardTest;
beforeAll(async () => {
  place = await ScorecardTest.start();
  for (const period of ['2023', '2024'])
    await place.deliver('water', period, {
      header: ['unit', 'water [万m3]', '水库'],
      rows: [
        ['990101', period === '2023' ? 100 : 110, 5],
        ['990102', 100, 3],
        ['990103', 100, 1],
      ],
    });
});
afterAll(() => place.close());

const [notNow, samePerson] = [{ code: 'procedure.not-now' }, { code: 'procedure.same-person' }];
const cover = (rows: (string | number)[][], header = ['unit', 'cover']) =>
  place.deliver('forestry', '2024', { header, rows });
const longAgo = '2026-01-05';

it('takes no figure of another department, of another place or of the assessed unit itself, and none that nobody verified', async () => {
  const document = { documentName: 'x', documentDigest: 'd'.repeat(64) };
  const supply = (more: object) =>
    place.deliveries.supply(
      supplier,
      {
        ...{ place: '990100', period: '2024', department: 'forestry', supplier: '990100', ...document },
        ...{ table: { header: ['unit', 'cover'], rows: [['990101', 80]] }, ...more },
      },
      randomUUID(),
    );
  await expect(supply({ supplier: '990101' })).rejects.toThrow('never supplies its own figure');
  // Neither does a rival, a neighbour, nor somebody who is nowhere.
  for (const stranger of ['990102', '980000'])
    await expect(supply({ supplier: stranger })).rejects.toThrow(DeliveryRefused);
  await expect(supply({ department: 'water' })).rejects.toThrow(DeliveryRefused);
  await expect(supply({ department: 'tax' })).rejects.toThrow('has no such department');
  await expect(supply({ table: { header: ['unit', 'cover'], rows: [['980000', 1]] } })).rejects.toThrow(
    'no unit below',
  );
  await expect(supply({ table: { header: ['unit', 'cover'], rows: [['990101', 'much']] } })).rejects.toMatchObject({
    code: 'policy.input-refused',
  });
  const { id } = (await supply({})).result;
  await expect(place.compute('2024')).rejects.toThrow(ScoreFiguresMissing);
  const status = await place.deliveries.completeness(clerk, { place: '990100', period: '2024' });
  expect(
    status.departments.map(({ department, dueOn, owed, verified, waiting }) => [
      department,
      dueOn,
      owed,
      verified,
      waiting,
    ]),
  ).toEqual([
    ['water', '2025-03-15', 6, 6, 0],
    ['forestry', '2025-02-28', 3, 0, 1],
  ]);
  expect(status).toMatchObject({ owed: 9, verified: 6, percent: 66 });
  expect(status.departments[1]).toMatchObject({
    isOverdue: true,
    reminders: [{ on: '2025-01-29' }, {}, { on: '2025-02-28' }],
  });
  await expect(place.deliveries.judge(supplier, { id, act: 'verify' }, randomUUID())).rejects.toMatchObject({
    code: 'procedure.not-yours',
  });
  await place.deliveries.judge(checker, { id, act: 'reject', reason: 'of another year' }, randomUUID());
});

let first: string;
it('scores by the rule, share and rank, each point explained, and gives the same run for the same figures', async () => {
  await cover([
    ['990101', 80],
    ['990102', 60],
  ]);
  await cover([['990103', 'notApplicable']], ['unit', 'cover_state']);
  first = await place.compute('2024');
  expect(await place.compute('2024')).toBe(first);
  // 990101: 40 + 30 × 1.1 + 30; 990102: 40 × 0.75 + 30 + 30 × 0.75; 990103: 60 points for what applies, shared out to 100.
  expect(await place.scoresOf(first)).toEqual({
    '990101': ['103', 1, 'good'],
    '990102': ['82.5', 2, 'fair'],
    '990103': ['75', 3, 'fair'],
  });
  const { detail } = await place.runs.unitScore(clerk, first, '990103');
  expect(detail.indicators).toEqual([
    expect.objectContaining({
      indicator: 'cover',
      state: 'notApplicable',
      weightAsked: '40',
      weightUsed: '0',
      points: '0',
    }),
    expect.objectContaining({ indicator: 'water', weightAsked: '30', weightUsed: '50', previous: '100', points: '50' }),
    expect.objectContaining({ indicator: 'dams', weightUsed: '50', score: '50', points: '25' }),
  ]);
  expect(await place.runs.replay(clerk, first)).toMatchObject({ isSame: true, differing: [] });
});

it('goes from hand to hand, and is final only when the time to query is over', async () => {
  await expect(place.runs.act(clerk, { id: first, act: 'notify' }, randomUUID())).rejects.toMatchObject(notNow);
  await place.runs.act(checker, { id: first, act: 'verify' }, randomUUID());
  const both = officer('evaluation checker', city, 'evaluation.confirm', 'evaluation.approve');
  await expect(place.runs.act(both, { id: first, act: 'score' }, randomUUID())).rejects.toMatchObject(samePerson);
  await place.runs.act(approver, { id: first, act: 'score' }, randomUUID());
  await expect(place.runs.act(clerk, { id: first, act: 'notify', on: longAgo }, randomUUID())).rejects.toThrow('proof');
  const tooEarly = { on: '2024-12-31', documentDigest: 'e'.repeat(64) };
  await expect(place.runs.act(clerk, { id: first, act: 'notify', ...tooEarly }, randomUUID())).rejects.toThrow(
    'before the end of 2024',
  );
  await place.runs.act(clerk, { id: first, act: 'notify' }, randomUUID());
  await expect(place.runs.act(approver, { id: first, act: 'finalise' }, randomUUID())).rejects.toThrow('time to query');
  const seen = await place.runs.standings(countyOf('990102'), { period: '2024' });
  expect(seen.map(({ unit, standing, detail }) => [unit, standing, detail.score])).toEqual([
    ['990102', 'notified', '82.5'],
  ]);
});

let second: string;
it('answers an upheld appeal by a next version that changes what it concerns, and what depends on it', async () => {
  const subject = { kind: 'score-run', id: first };
  const party = { party: '990102', partyPath: `${city}.990102`, knownOn: new Date().toISOString().slice(0, 10) };
  const file = (figure: string) =>
    place.money.appeals.file(
      countyOf('990102'),
      { subject, figure, ...party, grounds: 'planted forest is left out' },
      randomUUID(),
    );
  await expect(file('990101:cover')).rejects.toThrow('no party');
  await expect(file('990102:nothing')).rejects.toMatchObject({ code: 'procedure.missing' });
  const { id } = await file('990102:cover');
  await place.money.appeals.act(clerk, { id, act: 'admit', reason: 'planted forest counts' }, randomUUID());
  const rescore = () => place.runs.rescore(clerk, { id: first, reason: 'appeal upheld' }, randomUUID());
  await expect(rescore()).rejects.toThrow('nothing has changed');
  // What nobody disputed stays as it was frozen, whatever was supplied since.
  await cover([
    ['990101', 10],
    ['990102', 80],
  ]);
  second = (await rescore()).result.id;
  expect(await place.scoresOf(second)).toEqual({
    '990101': ['103', 1, 'good'],
    '990102': ['92.5', 2, 'good'],
    '990103': ['75', 3, 'fair'],
  });
  expect(await place.scoresOf(first)).toMatchObject({ '990102': ['82.5', 2, 'fair'] });
  expect(await place.runs.show(clerk, second)).toMatchObject({
    versionNo: 2,
    about: first,
    cause: { appeals: [id], incidents: [] },
  });
  expect(judge.permissions!.get('appeal.decide')).toEqual([city]);
});

it('takes away grade, award and place for a falsification that another person confirmed, as the next version', async () => {
  await place.notify(second);
  const found = {
    ...{ territory: '990101', kind: 'proven-falsification' as const, period: '2024', happenedOn: '2024-06-01' },
    ...{ foundOn: '2025-06-01', authority: 'Provincial inspection', finding: 'cover was reported without survey' },
    ...{ documentName: 'decision 7', documentDigest: 'f'.repeat(64) },
  };
  const { id } = (await place.incidents.record(clerk, found, randomUUID())).result;
  await expect(place.incidents.record(clerk, found, randomUUID())).rejects.toThrow('recorded already');
  const rescore = () => place.runs.rescore(clerk, { id: second, reason: 'falsification' }, randomUUID());
  await expect(rescore()).rejects.toThrow(ScoreConflict);
  await place.incidents.act(checker, { id, act: 'confirm' }, randomUUID());
  const third = (await rescore()).result.id;
  const { cause } = await place.runs.show(clerk, third);
  const { detail } = await place.runs.unitScore(clerk, third, '990101');
  expect(cause).toMatchObject({ incidents: [id] });
  expect(detail).toMatchObject({
    ...{ score: '103', grade: 'poor', rank: 0, award: false, refer: true },
    ...{ vetoes: ['falsification'], measures: ['blame'] },
  });
  expect(await place.scoresOf(third)).toMatchObject({ '990102': ['92.5', 1, 'good'], '990103': ['75', 2, 'fair'] });
  await place.notify(third, longAgo);
  await place.runs.act(approver, { id: third, act: 'finalise' }, randomUUID());
  expect((await place.runs.show(clerk, second)).state).toBe('superseded');
  const finals = await place.money.test.db.snapshot(clerk, (tx) =>
    listScores(tx, { territoryPath: city, year: 2024, final: true }),
  );
  expect(finals.map(({ unit, runId }) => [unit, runId === third])).toEqual([
    ['990102', true],
    ['990103', true],
    ['990101', true],
  ]);
  const [duty] = await place.money.test.db.snapshot(clerk, (tx) =>
    listDuties(tx, { subject: { kind: 'score-run', id: third } }),
  );
  expect(JSON.parse(duty.document)).toMatchObject({
    withheld: [],
    versionNo: 3,
    scores: [{ unit: '990102', rank: 1 }, {}, { rank: null }],
  });
  await place.runs.act(clerk, { id: third, act: 'disclose' }, randomUUID());
  const known = await place.money.test.db.snapshot(clerk, (tx) =>
    listIncidents(tx, { territoryPath: city, from: '2025-01-01' }),
  );
  expect(known).toEqual([
    expect.objectContaining({ id, kind: 'proven-falsification', authority: 'Provincial inspection' }),
  ]);
  for (const run of [first, second, third]) expect((await place.runs.replay(clerk, run)).isSame).toBe(true);
});

it('puts the value verified last in the place of what is missing, marked, and computes by the queue once', async () => {
  await place.deliver('water', '2025', {
    header: ['unit', 'water'],
    rows: [
      ['990101', 120],
      ['990102', 100],
      ['990103', 90],
    ],
  });
  const { id } = (await place.requests.request(clerk, { place: '990100', period: '2025' }, randomUUID())).result;
  await place.requests.compute(id);
  await place.requests.compute(id);
  const { refusal } = await place.requests.get(clerk, id);
  // 990103 had no cover in any year.
  expect(refusal).toMatchObject({ code: 'evaluation.score-figures-missing' });
  await place.deliver('forestry', '2025', {
    header: ['unit', 'cover', 'cover_state'],
    rows: [['990103', '', 'ownFault']],
  });
  const again = (await place.requests.request(clerk, { place: '990100', period: '2025' }, randomUUID())).result.id;
  await place.requests.compute(again);
  const { runId } = await place.requests.get(clerk, again);
  const run = await place.runs.show(clerk, runId!);
  expect(run.standIns).toEqual(
    expect.arrayContaining([
      { unit: '990101', column: 'dams', from: '2024' },
      { unit: '990102', column: 'cover', from: '2024' },
    ]),
  );
  const own = run.scores.find(({ unit }) => unit === '990103')!.detail.indicators[0];
  expect(own).toMatchObject({ indicator: 'cover', state: 'ownFault', weightUsed: '40', score: '0', points: '0' });
});

it('judges a term when it has ended, from final scores and by incidents of any of its years', async () => {
  await place.adopt(termRule, 'term');
  const spill = {
    ...{ territory: '990102', kind: 'major-incident' as const, period: '2023', happenedOn: '2023-06-01' },
    ...{ foundOn: '2023-07-01', authority: 'Inspection', finding: 'a spill', documentName: 'decision 9' },
    documentDigest: 'a'.repeat(64),
  };
  const { id } = (await place.incidents.record(clerk, spill, randomUUID())).result;
  await place.incidents.act(checker, { id, act: 'confirm' }, randomUUID());
  const compute = async (period: string) =>
    (await place.runs.compute(clerk, { place: '990100', period, scorecard: 'test-term' }, randomUUID())).result.id;
  await expect(compute('2023')).rejects.toMatchObject({
    code: 'policy.not-decided',
    facts: { faults: [{ code: 'policy.within-term' }] },
  });
  // Of 2026 nothing is final.
  await expect(compute('2026')).rejects.toThrow('scores of the years come from final runs');
  const run = await compute('2024');
  const { scores, sources } = await place.runs.show(clerk, run);
  expect(scores.map(({ unit, detail }) => [unit, detail.score, detail.grade, detail.award, detail.vetoes])).toEqual([
    ['990102', '92.5', 'good', false, ['majorIncident']],
    ['990103', '75', 'poor', false, []],
    ['990101', '100', 'poor', false, ['falsification']],
  ]);
  expect(sources.filter(({ scoreRunId }) => scoreRunId).map(({ unit }) => unit)).toEqual([
    '990102',
    '990103',
    '990101',
  ]);
  const wish = { place: '990100', period: '2024', scorecard: 'test-term' };
  expect(await place.deliveries.completeness(clerk, wish)).toMatchObject({ resultDueOn: '2025-09-30', owed: 0 });

  // Who was disputed becomes final later, and is owed to the public then.
  await place.notify(run, longAgo);
  const party = { party: '990103', partyPath: `${city}.990103`, knownOn: new Date().toISOString().slice(0, 10) };
  const objection = { subject: { kind: 'score-run', id: run }, figure: '990103', grounds: 'too few points', ...party };
  const { id: appeal } = await place.money.appeals.file(countyOf('990103'), objection, randomUUID());
  const finalise = () => place.runs.act(approver, { id: run, act: 'finalise' }, randomUUID());
  await finalise();
  await expect(finalise()).rejects.toThrow('no unit is left');
  await place.money.appeals.act(
    countyOf('990103'),
    { id: appeal, act: 'withdraw', reason: 'it was right' },
    randomUUID(),
  );
  await finalise();
  const late = await place.money.test.db.snapshot(clerk, (tx) => listDuties(tx, { within: city }));
  const lateOnes = late.filter(({ subject }) => subject.kind === 'score-late');
  expect(lateOnes.map(({ document }) => JSON.parse(document) as object)).toMatchObject([
    { withheld: [], scores: [{ unit: '990102' }, { unit: '990103' }, { unit: '990101' }] },
  ]);
});
