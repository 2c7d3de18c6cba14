/** Appeals on the real database: only what is disputed is frozen, clocks run, persons are apart, and the common superior decides. */
import { randomUUID } from 'node:crypto';
import {
  type AppealAct,
  AppealRefused,
  ClockRefused,
  frozenFigures,
  listDuties,
  listPublications,
  owePublication,
  ProcedureMissing,
} from '@gep/procedure';
import { books, city, county, neighbour, officer, otherProvince, ProcedureTest } from './procedure-setup';

let place: ProcedureTest;
beforeAll(async () => {
  place = await ProcedureTest.start();
});
afterAll(() => place.close());

const preparer = officer('preparer', city, 'settlement.prepare', 'publication.publish', 'appeal.decide');
const party = officer('party', county, 'appeal.file');
const clerk = officer('clerk', city, 'settlement.prepare');
const judge = officer('judge', city, 'appeal.decide', 'publication.publish');
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

const file = (id: string, more: object = {}, actor = party, key: string = randomUUID()) =>
  place.appeals.file(
    actor,
    {
      ...{ subject: { kind: 'sample', id }, figure: '990101', party: '990101', partyPath: county, knownOn: today() },
      ...{ grounds: 'the rain of May is missing', ...more },
    },
    key,
  );
const act = (id: string, deed: AppealAct, actor = judge, more: object = {}) =>
  place.appeals.act(actor, { id, act: deed, reason: 'as the papers show', ...more }, randomUUID());
const frozen = (id: string, actor = preparer) =>
  place.test.db
    .transaction(actor, (tx) => frozenFigures(tx, { kind: 'sample', id }))
    .then((figures) => [...figures].sort());
const events = () =>
  place.test.db.snapshot(preparer, (tx) =>
    tx.query<{ event: string; payload: { subjectId: string; outcome: string; figure: string } }[]>(
      'select event, payload from platform.outbox order by id',
    ),
  );

it('goes from query to decision, freezes the disputed figure alone, and says so when it ends', async () => {
  const id = await place.open(preparer, city);
  const key = randomUUID();
  const { id: appeal, state } = await file(id, { shownFen: 500n }, party, key);
  expect(state).toBe('queried');
  expect(await file(id, { shownFen: 500n }, party, key)).toEqual({
    ...{ id: appeal, state: 'queried', paidFen: null, remedy: null },
    replayed: true,
  });
  expect(await frozen(id)).toEqual(['990101']);
  await expect(file(id)).rejects.toThrow(AppealRefused);
  await expect(act(appeal, 'complain', party)).rejects.toThrow('the reply may come until');
  await expect(act(appeal, 'reply', party)).rejects.toMatchObject({ code: 'procedure.not-yours' });
  await act(appeal, 'reply', clerk);
  await act(appeal, 'complain', party);
  expect((await act(appeal, 'uphold-partly')).state).toBe('partly-upheld');
  expect(await frozen(id)).toEqual([]);
  const shown = await place.appeals.show(party, appeal);
  expect(shown).toMatchObject({ shownFen: 500n, outcome: 'partly-upheld', superiorPath: city });
  expect(shown.steps.map((step) => [step.act, step.actorId])).toEqual([
    ['open', 'party'],
    ['reply', 'clerk'],
    ['complain', 'party'],
    ['uphold-partly', 'judge'],
  ]);
  expect(shown.clocks.map(({ code, metOn, isLate }) => [code, metOn !== null, isLate]).sort()).toEqual([
    ['complaint', true, false],
    ['complaint-decision', true, false],
    ['query', true, false],
    ['query-reply', true, false],
    ['result-publication', false, false],
  ]);
  const [{ payload }] = (await events()).filter(({ payload: { subjectId } }) => subjectId === id);
  expect(payload).toMatchObject({ outcome: 'partly-upheld', figure: '990101' });
  const [duty] = await place.test.db.snapshot(judge, (tx) =>
    listDuties(tx, { subject: { kind: 'appeal', id: appeal } }),
  );
  expect(JSON.parse(duty.document)).toMatchObject({ outcome: 'partly-upheld', shownFen: '500' });
  await expect(act(appeal, 'withdraw', party)).rejects.toMatchObject({ code: 'procedure.not-now' });
});

it('keeps deciding apart from the disputed subject, from answering and from those who stand too low', async () => {
  const id = await place.open(preparer, city);
  const { id: appeal } = await file(id);
  const all = officer('all', city, 'settlement.prepare', 'appeal.decide');
  await act(appeal, 'reply', all);
  await act(appeal, 'complain', party);
  await expect(act(appeal, 'uphold', preparer)).rejects.toMatchObject({ code: 'procedure.same-person' });
  await expect(act(appeal, 'reject', all)).rejects.toMatchObject({ code: 'procedure.same-person' });
  const low = officer('low', county, 'appeal.decide');
  await expect(act(appeal, 'reject', low)).rejects.toMatchObject({ code: 'procedure.not-yours' });
  const twice = await Promise.allSettled([
    act(appeal, 'reject'),
    act(appeal, 'uphold', officer('second', 'CN.990000', 'appeal.decide')),
  ]);
  expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

it('lies between governments of two provinces with their common superior, and is seen by both sides only', async () => {
  const id = await place.open(preparer, city);
  const far = officer('far', otherProvince, 'appeal.file', 'appeal.decide');
  const { id: appeal } = await file(id, { figure: '', party: '980100', partyPath: otherProvince }, far);
  expect(await frozen(id)).toEqual(['']);
  expect((await place.appeals.show(clerk, appeal)).superiorPath).toBe('CN');
  await expect(place.appeals.show(party, appeal)).rejects.toThrow(ProcedureMissing);
  await act(appeal, 'reply', clerk);
  await act(appeal, 'complain', far);
  await expect(act(appeal, 'uphold')).rejects.toMatchObject({ code: 'procedure.not-yours' });
  await expect(act(appeal, 'uphold', far)).rejects.toMatchObject({ code: 'procedure.not-yours' });
  await act(appeal, 'uphold', officer('nation', 'CN', 'appeal.decide'));
  expect(await place.appeals.list(far, { open: false })).toMatchObject([{ id: appeal, outcome: 'upheld' }]);
  expect(await frozen(id)).toEqual([]);
});

it('pauses the whole once and for thirty days at most, and does not count what an inspection takes', async () => {
  const id = await place.open(preparer, city);
  const { id: appeal } = await file(id);
  await act(appeal, 'reply', clerk);
  await act(appeal, 'complain', party);
  const daysOn = (days: number) => new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10);
  await expect(act(appeal, 'pause', judge, { until: daysOn(32) })).rejects.toThrow(AppealRefused);
  await act(appeal, 'pause', judge, { until: daysOn(30) });
  expect(await frozen(id)).toEqual(['', '990101']);
  await expect(act(appeal, 'pause')).rejects.toThrow(AppealRefused);
  const dueOn = async () =>
    (await place.appeals.show(judge, appeal)).clocks.find(({ code }) => code === 'complaint-decision')!.dueOn;
  const before = await dueOn();
  await act(appeal, 'inspect', judge, { days: 5 });
  expect((await dueOn()) > before).toBe(true);
  await act(appeal, 'withdraw', party);
  expect(await frozen(id)).toEqual([]);
  const { clocks } = await place.appeals.show(party, appeal);
  expect(clocks.find(({ code }) => code === 'complaint-decision')).toMatchObject({
    waivedBecause: 'the appeal ended: withdrawn',
    isLate: false,
  });
});

it('takes no query after seven working days, nor one about a figure that is not there, not theirs or not so', async () => {
  const id = await place.open(preparer, city);
  await expect(file(id, { knownOn: '2025-03-03' })).rejects.toThrow(ClockRefused);
  await expect(file(id, { knownOn: '2999-03-03' })).rejects.toThrow(AppealRefused);
  await expect(file(randomUUID())).rejects.toThrow(ProcedureMissing);
  await expect(file(id, { partyPath: neighbour })).rejects.toMatchObject({ code: 'procedure.not-yours' });
  place.figures.add('sample', (_tx, _subject, figure) =>
    Promise.resolve(figure === '990101' ? { amountFen: 700n, parties: ['990101', '990102'] } : undefined),
  );
  await expect(file(id, { figure: '990109' })).rejects.toThrow(ProcedureMissing);
  await expect(file(id, { party: '990103' })).rejects.toThrow(AppealRefused);
  await expect(file(id, { shownFen: 500n })).rejects.toThrow('it is 7.00 yuan now');
  await file(id, { shownFen: 700n });
  expect(await frozen(id)).toEqual(['990101']);
});

it('complains of silence, tells of what is late once, and lets what was answered lapse', async () => {
  const [silent, answered] = [await place.open(preparer, city), await place.open(preparer, city)];
  const first = (await file(silent)).id;
  const second = (await file(answered)).id;
  await act(second, 'reply', clerk);
  await place.letPass(first, 20);
  await place.letPass(second, 60);
  expect(await place.overdue.run()).toEqual({ overdue: 1, lapsed: 1 });
  expect(await place.overdue.run()).toEqual({ overdue: 0, lapsed: 0 });
  expect((await events()).filter(({ event }) => event === 'procedure.clock-overdue')).toMatchObject([
    { payload: { subjectId: first, code: 'query-reply', territoryPath: city } },
  ]);
  expect((await place.appeals.show(party, second)).outcome).toBe('lapsed');
  expect(await frozen(answered)).toEqual([]);
  expect(await frozen(silent)).toEqual(['990101']);
  await act(first, 'complain', party);
  await act(first, 'uphold');
  const { clocks } = await place.appeals.show(party, first);
  expect(clocks.find(({ code }) => code === 'query-reply')).toMatchObject({
    isLate: true,
    waivedBecause: expect.any(String),
  });
});

it('publishes what is owed for all to read, or keeps the legal exception, once', async () => {
  const [id, kept, book] = [await place.open(preparer, city), await place.open(preparer, city), await books.read()];
  const owe = (subjectId: string) =>
    place.test.db.transaction(preparer, async (tx) => {
      const subject = { kind: 'sample', id: subjectId };
      await owePublication(tx, preparer, book, {
        subject,
        territoryPath: city,
        rule: 'result',
        document: { amountFen: '100' },
      });
      return (await listDuties(tx, { subject }))[0].id;
    });
  const [duty, secret] = [await owe(id), await owe(kept)];
  await expect(place.publications.publish(clerk, duty, randomUUID())).rejects.toMatchObject({
    code: 'procedure.not-yours',
  });
  await expect(place.publications.publish(party, duty, randomUUID())).rejects.toThrow(ProcedureMissing);
  await place.publications.publish(judge, duty, randomUUID());
  await expect(place.publications.publish(judge, duty, randomUUID())).rejects.toThrow('is not dealt with twice');
  await place.publications.except(
    judge,
    { dutyId: secret, law: 'Disclosure Regulation, art. 14', reason: 'state secret' },
    randomUUID(),
  );
  await expect(place.publications.publish(judge, secret, randomUUID())).rejects.toThrow('excepted by law');
  const public_ = { id: 'public', name: 'public', scope: [], publishedScope: ['CN'] };
  const seen = await place.test.db.snapshot(public_, (tx) => listPublications(tx, {}));
  expect(seen.map(({ document, subject }) => [document, subject.id])).toEqual([['{"amountFen":"100"}', id]]);
  expect(await place.test.db.snapshot(public_, (tx) => listDuties(tx, {}))).toEqual([]);
  const open = await place.test.db.snapshot(judge, (tx) =>
    listDuties(tx, { open: true, subject: { kind: 'sample', id } }),
  );
  expect(open).toEqual([]);
});

it('lets no objection come between looking at what is frozen and the deed that rests on it', async () => {
  const id = await place.open(preparer, city);
  const order: string[] = [];
  const filing = await place.test.db.transaction(preparer, async (tx) => {
    expect([...(await frozenFigures(tx, { kind: 'sample', id }))]).toEqual([]);
    const filed = file(id, { shownFen: 700n }).then(() => order.push('filed'));
    await new Promise((done) => setTimeout(done, 200));
    order.push('paid');
    return { filed };
  });
  await filing.filed;
  expect(order).toEqual(['paid', 'filed']);
  expect(await frozen(id)).toEqual(['990101']);
});
