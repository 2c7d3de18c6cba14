/** Procedures on the real database: two at once, persons apart, rows out of sight, clocks, and freezing only what is disputed. */
import { randomUUID } from 'node:crypto';
import {
  ClockRefused,
  frozenFigures,
  listClocks,
  listSubjects,
  meetClock,
  type Officer,
  openSubject,
  owePublication,
  PublicationRefused,
  startClock,
  stateOf,
  StepRefused,
  SubjectMoved,
  takeStep,
} from '@gep/procedure';
import { type Act, books, county, neighbour, officer, ProcedureTest, table } from './procedure-setup';

let place: ProcedureTest;
let test: ProcedureTest['test'];
beforeAll(async () => {
  place = await ProcedureTest.start();
  test = place.test;
});
afterAll(() => place.close());

const [preparer, approver, cashier] = [
  officer('preparer', county, 'settlement.approve'),
  officer('approver', county, 'settlement.approve'),
  officer('cashier', county),
];
const open = (id: string, actor = preparer) =>
  test.db.transaction(actor, (tx) => openSubject(tx, actor, table, { id, territoryPath: county }));
const take = (id: string, act: Act, actor: Officer, more = {}) =>
  test.db.transaction(actor, (tx) => takeStep(tx, actor, table, { id, act, ...more }));
const codeOf = (deed: Promise<unknown>): Promise<string> =>
  deed.then(
    () => 'done',
    (error: unknown) => (error instanceof StepRefused || error instanceof SubjectMoved ? error.code : String(error)),
  );

it('keeps every step with who, when and why, and opens a subject once', async () => {
  const id = randomUUID();
  const [first, second] = await Promise.all([open(id), open(id, approver)]);
  expect(second).toEqual(first);
  await take(id, 'mend', preparer);
  await take(id, 'approve', approver, { reason: ' checked ', documentDigest: 'a'.repeat(64) });
  await take(id, 'pay', cashier);
  const found = await test.db.snapshot(preparer, (tx) => stateOf(tx, { kind: 'sample', id }));
  expect(found).toMatchObject({ state: 'paid', territoryPath: county });
  expect(
    found!.steps.map(({ no, act, from, to, actorName, reason }) => [no, act, from, to, actorName, reason]),
  ).toEqual([
    [1, 'open', null, 'prepared', `Test actor ${first.actorId}`, null],
    [2, 'mend', 'prepared', 'prepared', 'Test actor preparer', null],
    [3, 'approve', 'prepared', 'approved', 'Test actor approver', 'checked'],
    [4, 'pay', 'approved', 'paid', 'Test actor cashier', null],
  ]);
  expect(found!.steps[2]).toMatchObject({ documentDigest: 'a'.repeat(64), at: expect.any(Date) });
});

it('holds preparer, approver and payer apart, and says who did the other step', async () => {
  const id = randomUUID();
  await open(id);
  await expect(take(id, 'approve', preparer)).rejects.toMatchObject({
    code: 'procedure.same-person',
    text: { en: expect.stringContaining('Test actor preparer has done "open"') },
  });
  expect(await codeOf(take(id, 'approve', cashier))).toBe('procedure.not-yours');
  await take(id, 'approve', approver);
  expect(await codeOf(take(id, 'pay', approver))).toBe('procedure.same-person');
  expect(await codeOf(take(id, 'stop', cashier, { reason: ' no ' }))).toBe('procedure.reason-missing');
  expect(await codeOf(take(id, 'approve', approver))).toBe('procedure.not-now');
  await take(id, 'pay', cashier);
});

it('lets exactly one of twenty at once win, and tells the others who did', async () => {
  const id = randomUUID();
  await open(id);
  const several = Array.from({ length: 20 }, (_, n) => officer(`approver-${n}`, county, 'settlement.approve'));
  const answers = await Promise.allSettled(several.map((each) => take(id, 'approve', each)));
  const won = answers.findIndex(({ status }) => status === 'fulfilled');
  const refusals = answers.flatMap((each) => (each.status === 'rejected' ? [each.reason as StepRefused] : []));
  expect(refusals).toHaveLength(19);
  for (const refusal of refusals) {
    expect(refusal.code).toBe('procedure.not-now');
    expect(refusal.text.en).toContain(`Test actor approver-${won} did "approve"`);
  }
  const later = await Promise.allSettled(
    [1, 2].map(() => take(id, 'stop', cashier, { reason: 'halted', afterStep: 2 })),
  );
  expect(later.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

it('hides subjects of other territories, for reading and for writing', async () => {
  const id = randomUUID();
  await open(id);
  const stranger = officer('stranger', neighbour, 'settlement.approve');
  expect(await test.db.snapshot(stranger, (tx) => stateOf(tx, { kind: 'sample', id }))).toBeUndefined();
  await expect(take(id, 'approve', stranger)).rejects.toMatchObject({ code: 'procedure.missing' });
  await expect(open(id, stranger)).rejects.toMatchObject({ code: 'platform.out-of-scope' });
  await expect(
    test.db.transaction(stranger, (tx) =>
      openSubject(tx, stranger, table, { id: randomUUID(), territoryPath: county }),
    ),
  ).rejects.toMatchObject({ code: 'platform.out-of-scope' });
  const mine = await test.db.snapshot(preparer, (tx) =>
    listSubjects(tx, { kind: 'sample', state: 'prepared', within: county, page: { limit: 100 } }),
  );
  expect(mine.map((each) => each.id)).toContain(id);
});

it('refuses a step that does not follow from the one before, whoever writes it', async () => {
  const id = randomUUID();
  await open(id);
  const write = (columns: string, values: string) =>
    test.db.transaction(preparer, (tx) =>
      tx.query(
        `insert into procedure.step (kind, subject_id, act, actor_name, ${columns}) values ('sample', '${id}', 'pay', 'x', ${values})`,
      ),
    );
  await expect(write('from_state, to_state', `'approved', 'paid'`)).rejects.toThrow('does not follow');
  await expect(write('no, from_state, to_state', `9, 'prepared', 'paid'`)).rejects.toThrow('permission denied');
  await expect(
    test.db.transaction(preparer, (tx) => tx.query(`update procedure.step set act = 'pay' where subject_id = '${id}'`)),
  ).rejects.toThrow('permission denied');
});

it('counts clocks on working days, marks late ones late, and never lets waiting be cut short', async () => {
  const [id, book] = [randomUUID(), await books.read()];
  await open(id);
  const subject = { kind: 'sample', id };
  const start = (code: string, from: string) =>
    test.db.transaction(preparer, (tx) =>
      startClock(tx, preparer, book, { subject, territoryPath: county, code, from }),
    );
  const meet = (code: string, on: string) =>
    test.db.transaction(preparer, (tx) => meetClock(tx, preparer, { subject, code, on }));
  // The Sunday before Labour Day of 2025 was worked, the first five days of May were not.
  expect(await start('contract-publication', '2025-04-25')).toMatchObject({ dueOn: '2025-04-28', isCovered: true });
  expect(await start('single-source-notice', '2025-04-25')).toMatchObject({ dueOn: '2025-05-06' });
  expect(await start('contract-signing', '2025-04-25')).toMatchObject({ dueOn: '2025-05-25', isCovered: true });
  expect(await start('query', '2025-04-25')).toMatchObject({ dueOn: '2025-05-08' });
  expect((await start('query', '2025-04-25')).dueOn).toBe('2025-05-08');
  await expect(meet('single-source-notice', '2025-05-06')).rejects.toThrow(ClockRefused);
  await meet('single-source-notice', '2025-05-07');
  await expect(meet('query', '2025-05-09')).rejects.toThrow(ClockRefused);
  const overdue = async () =>
    (await test.db.snapshot(preparer, (tx) => listClocks(tx, { subject, overdueOn: '2025-06-01' }))).map(
      ({ code }) => code,
    );
  expect(await overdue()).toEqual(['contract-publication', 'contract-signing']);
  await meet('contract-signing', '2025-06-03');
  await expect(meet('contract-signing', '2025-06-04')).rejects.toThrow('is not met twice');
  expect(await overdue()).toEqual(['contract-publication']);
  const met = await test.db.snapshot(preparer, (tx) => listClocks(tx, { subject, open: false }));
  expect(met.map(({ code, metOn, isLate }) => [code, metOn, isLate])).toEqual([
    ['single-source-notice', '2025-05-07', false],
    ['contract-signing', '2025-06-03', true],
  ]);
  await expect(start('contract-signing', '1999-01-01')).rejects.toThrow(ClockRefused);
  await expect(meet('contract-publication', '2999-01-01')).rejects.toThrow(ClockRefused);
});

it('owes a publication once, and none that names a household', async () => {
  const [id, book] = [randomUUID(), await books.read()];
  await open(id);
  const subject = { kind: 'sample', id };
  const owe = (document: object) =>
    test.db.transaction(preparer, (tx) =>
      owePublication(tx, preparer, book, {
        subject,
        territoryPath: county,
        rule: 'result',
        document,
        from: '2025-04-25',
      }),
    );
  await expect(owe({ lines: [{ party: 'owner:0001', amountFen: '100' }] })).rejects.toThrow(PublicationRefused);
  const first = await owe({ amountFen: '100' });
  expect(first.dueOn).toBe('2025-05-27');
  expect(await owe({ amountFen: '200' })).toEqual(first);
  expect(await test.db.snapshot(preparer, (tx) => frozenFigures(tx, subject))).toEqual(new Set());
});
