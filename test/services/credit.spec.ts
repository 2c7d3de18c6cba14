/** A record of credit in the database: entries through several hands, corrections that lift measures, and a register that tells nobody. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { listEvents, SealedIdentifiers } from '@gep/credit';
import { testActor } from '../fixtures/test-database';
import {
  approver,
  bank,
  checker,
  CreditTest,
  elsewhere,
  listOf,
  manager,
  numberOf,
  paper,
  reporter,
  reviewer,
  villager,
  village,
} from './credit-setup';
import { officer } from './procedure-setup';

let place: CreditTest;
let superuser: Client;
beforeAll(async () => {
  place = await CreditTest.start();
  superuser = new Client({ connectionString: place.test.superuserUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await place.close();
});

const later = '2099-01-04';
const scoreOf = async (subject: string, day?: string): Promise<string> =>
  (await place.scores.explain(manager, subject, day)).score;
/** As if the notices had run out long ago; the guard of the table stands in the way of that. */
async function runOut(subject: string): Promise<void> {
  await superuser.query(
    `update credit.standing set effective_from = '2026-01-10' where subject_id = $1 and effective_from > now()`,
    [subject],
  );
}

it('takes an entry through its hands: good at once, bad after its notice, never by who reported it', async () => {
  const subject = await place.person(1);
  const { id } = await place.report(subject, 'sorting', { times: 4 });
  await expect(place.act(officer('reporter', village, 'credit.check'), id, 'accept')).rejects.toMatchObject({
    code: 'procedure.same-person',
  });
  await expect(place.act(checker, id, 'confirm')).rejects.toThrow('good behaviour');
  await place.act(checker, id, 'accept');
  await expect(place.act(checker, id, 'accept')).rejects.toMatchObject({ code: 'procedure.not-now' });
  await expect(place.report(subject, 'sorting')).rejects.toThrow('reference of its own');
  await place.entry(subject, 'project');
  const frontage = await place.report(subject, 'frontage');
  await place.act(checker, frontage.id, 'confirm');
  const told = await place.act(manager, frontage.id, 'notify');
  const discharge = await place.entry(subject, 'discharge');
  expect(await scoreOf(subject)).toBe('110');
  expect(told.effectiveFrom! > '2026-01-05').toBe(true);
  await runOut(subject);
  expect(await scoreOf(subject)).toBe('78');
  // Five years after the day, a bad entry is as if it had never been.
  expect(await scoreOf(subject, '2031-01-05')).toBe('78');
  expect(await scoreOf(subject, '2031-01-06')).toBe('110');
  await expect(
    place.act(approver, discharge, 'repair', { reason: 'treated', documentDigest: paper }),
  ).resolves.toMatchObject({ state: 'repaired' });
  expect(await scoreOf(subject)).toBe('108');
  const wrong = { code: 'credit.behaviour-unknown' };
  await expect(place.report(subject, 'singing')).rejects.toMatchObject(wrong);
});

it('has bad entries of more than five years ago out of the file, and out of the score', async () => {
  const subject = await place.person(9);
  const old = await place.entry(subject, 'frontage', { day: '2020-06-01' });
  await place.entry(subject, 'sorting', { day: '2020-06-01' });
  await runOut(subject);
  const { score, lines } = await place.scores.read(manager, { subject, purpose: 'yearly review' });
  expect([score, lines.map(({ behaviour }) => behaviour)]).toEqual(['101', ['sorting']]);
  const listed = await place.test.db.snapshot(manager, (tx) =>
    listEvents(tx, { subjectId: subject, page: { limit: 9 } }),
  );
  expect(listed.map(({ behaviour }) => behaviour)).toEqual(['sorting']);
  // Whoever has to answer for it finds it by its id.
  const found = await place.test.db.snapshot(manager, (tx) => listEvents(tx, { ids: [old], page: { limit: 1 } }));
  expect(found).toHaveLength(1);
});

it('counts points by the list of the day of the event, grades by that of today', async () => {
  const subject = await place.person(2);
  await place.entry(subject, 'sorting', { day: '2025-12-31' });
  await place.adopt(listOf(3), '2026-01-01');
  await place.entry(subject, 'sorting', { day: '2026-01-01' });
  const { score, grade, lines, stored } = await place.scores.explain(manager, subject);
  expect([score, grade, lines.map(({ counted }) => counted)]).toEqual(['104', 'A', ['1', '3']]);
  expect(stored).toMatchObject({ score: '104', grade: 'A', cause: 'event' });
});

it('pauses only what is objected to, re-scores and lifts when the objection is upheld, and tells the bank that had asked', async () => {
  const subject = await place.person(3);
  const frontage = await place.entry(subject, 'frontage');
  const discharge = await place.entry(subject, 'discharge');
  await runOut(subject);
  await place.subjects.link(manager, { subject, userId: villager.id, linked: true }, randomUUID());
  const consent = {
    subject,
    granteeId: bank.id,
    purpose: 'loan',
    fromDay: '2026-01-01',
    untilDay: '2098-12-31',
    documentDigest: paper,
  };
  const loan = { kind: 'unsecured', amountFen: 300_000_00n, months: 60, pledgeSigned: true } as const;
  const question = { number: numberOf(3), purpose: 'loan', loan };
  await expect(place.queries.ask(bank, question)).rejects.toMatchObject({ code: 'credit.consent-needed' });
  const { result: given } = await place.queries.consent(manager, consent, randomUUID());
  expect(await place.queries.ask(bank, question)).toMatchObject({
    score: '68',
    grade: 'C',
    loan: { open: false, obstacles: ['severe-entry'] },
  });
  await expect(place.queries.ask(bank, { ...question, purpose: 'marketing' })).rejects.toMatchObject({
    code: 'credit.consent-needed',
  });

  const cut = {
    subject,
    item: 'subsidyCut',
    causes: [discharge],
    reason: 'severe discharge',
    untilDay: later.replace('2099', '2026'),
    share: '0.5',
  };
  await expect(
    place.measures.propose(manager, { ...cut, causes: [frontage], untilDay: '2027-01-01' }, randomUUID()),
  ).rejects.toThrow('out of proportion');
  await expect(place.measures.propose(manager, { ...cut, item: 'prison' }, randomUUID())).rejects.toThrow(
    'not published',
  );
  await expect(
    place.measures.propose(manager, { ...cut, untilDay: later, share: '0.6' }, randomUUID()),
  ).rejects.toThrow('0.5 at most');
  const { result: measure } = await place.measures.propose(
    manager,
    { ...cut, untilDay: await dayAhead() },
    randomUUID(),
  );
  const step = (actor: typeof manager, act: 'notify' | 'hear' | 'decide' | 'enter') =>
    place.measures.act(actor, { id: measure.id, act, reason: 'as the record shows' }, randomUUID());
  await step(manager, 'notify');
  await expect(step(approver, 'decide')).rejects.toThrow('after the subject was heard');
  await step(manager, 'hear');
  await expect(step(officer('manager', village, 'credit.approve'), 'decide')).rejects.toMatchObject({
    code: 'procedure.same-person',
  });
  await step(approver, 'decide');
  await step(manager, 'enter');

  const stranger = officer('stranger', village, 'credit.own');
  const grounds = 'it was the neighbour';
  await expect(place.objections.file(stranger, { event: discharge, grounds }, randomUUID())).rejects.toMatchObject({
    code: 'credit.missing',
  });
  const { result: objection } = await place.objections.file(villager, { event: discharge, grounds }, randomUUID());
  expect(await scoreOf(subject)).toBe('98');
  expect(await place.queries.ask(bank, question)).toMatchObject({ objectionOpen: true, loan: { open: true } });
  expect(await place.measures.list(manager, { subjectId: subject })).toMatchObject([
    { state: 'in-force', paused: true },
  ]);
  const judge = (actor: typeof manager, act: 'reject' | 'uphold' | 'extend' | 'review' | 'uphold-review') =>
    place.objections.act(actor, { id: objection.id, act, reason: 'witnesses were heard' }, randomUUID());
  await judge(approver, 'extend');
  await judge(approver, 'reject');
  expect(await scoreOf(subject)).toBe('68');
  await judge(villager, 'review');
  await expect(judge(approver, 'uphold-review')).rejects.toMatchObject({ code: 'procedure.same-person' });
  await judge(reviewer, 'uphold-review');
  expect(await scoreOf(subject)).toBe('98');
  expect(await place.measures.list(manager, { subjectId: subject })).toMatchObject([
    { state: 'lifted', paused: false },
  ]);
  expect(await place.queries.notices(bank, 10)).toMatchObject([{ subjectId: subject, eventId: discharge }]);
  const { rows } = await superuser.query(`select payload from platform.outbox where event = 'credit.corrected'`);
  expect(rows).toMatchObject([
    { payload: { subjectId: subject, score: '98', readers: [bank.id], lifted: [measure.id] } },
  ]);

  const decisions = await place.queries.loanDecisions(bank, 9);
  expect(decisions.map(({ open, grade, mostFen, amountFen }) => [open, grade, mostFen, amountFen])).toEqual([
    [true, 'B', 300_000_00n, 300_000_00n],
    [false, 'C', 0n, 300_000_00n],
  ]);
  const decided = await superuser.query(
    `select payload from platform.outbox where event = 'credit.loan-decided' order by id`,
  );
  expect(decided.rows.map(({ payload }) => payload.decisionId).sort()).toEqual(decisions.map(({ id }) => id).sort());
  expect(await place.queries.loanDecisions(stranger, 9)).toEqual([]);

  const [record] = await place.own.list(villager);
  expect(record.subject.identifiers).toMatchObject({ name: '张三3', number: numberOf(3) });
  expect(record.readings.map(({ what, purpose, readerName }) => [what, purpose, readerName])).toEqual([
    ['score', 'loan', bank.name],
    ['score', 'loan', bank.name],
  ]);
  expect(await place.own.list(stranger)).toEqual([]);
  await place.queries.withdraw(villager, { id: given.id, own: true }, randomUUID());
  await expect(place.queries.ask(bank, question)).rejects.toMatchObject({ code: 'credit.consent-needed' });
});

const dayAhead = async (): Promise<string> => {
  const { rows } = await superuser.query(`select (now() + interval '6 months')::date::text as day`);
  return rows[0].day as string;
};

it('keeps who it is out of everything but the sealed register, and opens it for a purpose that is noted', async () => {
  const subject = await place.person(4);
  await expect(place.person(4)).rejects.toThrow(subject);
  const found = await place.subjects.search(manager, {
    field: 'number',
    text: ` ${numberOf(4).toLowerCase()} `,
    kind: 'person',
  });
  expect(found.map(({ id }) => id)).toEqual([subject]);
  const foreigner = testActor([elsewhere], 'foreigner');
  expect(await place.subjects.search(foreigner, { field: 'number', text: numberOf(4), kind: 'person' })).toEqual([]);
  await expect(place.subjects.identify(foreigner, subject, 'notice of a measure')).rejects.toMatchObject({
    code: 'credit.missing',
  });
  expect(await place.subjects.identify(manager, subject, 'notice of a measure')).toMatchObject({
    identifiers: { name: '张三4' },
  });
  expect(await place.subjects.readings(manager, subject, { limit: 9 })).toMatchObject([
    { what: 'identity', purpose: 'notice of a measure', readerName: manager.name },
  ]);
  const dump = await superuser.query(`select string_agg(t::text, ' ') as text from (
    select row_to_json(a)::text as t from platform.audit a union all select row_to_json(o)::text from platform.outbox o
    union all select row_to_json(i)::text from platform.idempotency i union all select row_to_json(s)::text from credit.identifier s) x`);
  expect(dump.rows[0].text).not.toContain('张三');
  expect(dump.rows[0].text).not.toContain(numberOf(4));
  const refused = place.subjects.search(manager, { field: 'number', text: '990101199001010049', kind: 'person' });
  await expect(refused).rejects.toMatchObject({ code: 'credit.identifier-refused' });
  await expect(refused).rejects.not.toThrow('990101199001010049');
});

it('seals anew under a new key, finds and opens under both, and nothing without keys', async () => {
  const old = place.test.config.creditKeys!;
  const both = `next:${'n'.repeat(43)}:${'m'.repeat(43)},${old}`;
  const rotating = new (place.subjects.constructor as new (...parts: unknown[]) => typeof place.subjects)(
    place.test.db,
    new SealedIdentifiers(both),
  );
  const everybody = testActor(['CN'], 'keeper');
  const { rows } = await superuser.query('select count(*)::int as count from credit.identifier');
  expect(await rotating.rotate(everybody)).toEqual({ sealed: rows[0].count });
  expect(await rotating.rotate(everybody)).toEqual({ sealed: 0 });
  const [{ id }] = await rotating.search(manager, { field: 'number', text: numberOf(4), kind: 'person' });
  expect(await rotating.identify(manager, id, 'notice of a measure')).toMatchObject({ identifiers: { name: '张三4' } });
  await expect(place.subjects.identify(manager, id, 'notice of a measure')).rejects.toMatchObject({
    code: 'credit.keys-missing',
  });
  await superuser.query(
    `update credit.identifier set subject_id = subject_id, sealed = (select sealed from credit.identifier where subject_id <> $1 and field = 'name' limit 1)
    where subject_id = $1 and field = 'name'`,
    [id],
  );
  await expect(rotating.identify(manager, id, 'notice of a measure')).rejects.toThrow();
});

it('has in the database what a service forgot: who reports does not check, a bad entry waits, nothing is rewritten', async () => {
  const subject = await place.person(5);
  const { id } = await place.report(subject, 'discharge');
  const step = (actor: typeof reporter, from: string, to: string, effective: string | null) =>
    place.test.db.transaction(actor, (tx) =>
      tx.query(
        `insert into credit.event_step (event_id, act, from_state, to_state, effective_from, actor_name) values ($1, 'made up', $2, $3, $4, 'x')`,
        [id, from, to, effective],
      ),
    );
  await expect(step(reporter, 'reported', 'confirmed', null)).rejects.toThrow('whoever reports does not check');
  await expect(step(checker, 'confirmed', 'effective', later)).rejects.toThrow('does not follow');
  await expect(step(checker, 'reported', 'effective', later)).rejects.toThrow('after its notice');
  await step(checker, 'reported', 'confirmed', null);
  await expect(step(checker, 'confirmed', 'effective', '2026-01-01')).rejects.toThrow('after its notice');
  await expect(
    place.test.db.transaction(checker, (tx) => tx.query(`update credit.event set times = 2 where id = $1`, [id])),
  ).rejects.toThrow();
});

it('shows how many have which grade, and hides the few', async () => {
  const table = await place.tables.read(manager, 'CN.990000.990100.990101');
  expect(table.least).toBe(5);
  for (const { persons } of table.rows)
    for (const cell of persons) expect(cell === null || cell === 0 || cell >= 5).toBe(true);
});
