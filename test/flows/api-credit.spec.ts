/** Credit over HTTP: a village's list, an entry through its hands, a query with consent, an objection upheld that lifts a measure. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { PolicyService, readPolicyText } from '@gep/rulebook';
import { testActor } from '../fixtures/test-database';
import { keyed } from './api-matrix';
import { list, pathOf, startApi, type ApiUnderTest, type Json } from './api-under-test';

const county = '520523';
const hands = {
  reporter: 'credit-reporter',
  checker: 'credit-checker',
  officer: 'credit-officer',
  approver: 'credit-approver',
  bank: 'credit-user',
  villager: 'credit-subject',
} as const;
type Hand = keyof typeof hands;
const paper = 'a'.repeat(64);
const number = '990101199001010043';
const rule = `
id: county-credit
title: { zh: 县信用, en: County credit }
mechanism: credit
status: usable
valid: { from: 2020-01-01 }
sources: [{ id: A, text: made up, standing: A }]
credit:
  score: { base: 100, source: A }
  behaviours:
    - { code: sorting, name: { zh: 分类, en: Sorting }, subjects: [person], points: 1, yearlyCap: 3, source: A }
    - { code: discharge, name: { zh: 排放, en: Discharge }, subjects: [person], points: -30, severity: severe, source: A }
  grades:
    - { code: B, name: { zh: 乙, en: B }, from: 0 }
    - { code: A, name: { zh: 甲, en: A }, from: 100 }
  measures:
    - code: subsidyCut
      name: { zh: 减少补贴, en: Subsidy reduced }
      kind: punishment
      subjects: [person]
      law: { zh: 条例第一条, en: 'Rule, art. 1' }
      leastSeverity: severe
      source: A
  loan: { unsecured: 300000, guaranteed: 1000000, years: 5, pledge: yes, source: A }
`;

let api: ApiUnderTest;
let superuser: Client;
const tokens = new Map<Hand, string>();
beforeAll(async () => {
  api = await startApi();
  superuser = new Client({ connectionString: api.database.superuserUrl });
  await superuser.connect();
  for (const [hand, role] of Object.entries(hands))
    tokens.set(hand as Hand, await api.person(`credit-${hand}`, role, county));
  const made = await readPolicyText({ path: 'list.yaml', text: rule }, 'rulebook');
  const policies = new PolicyService(api.database.db);
  await policies.propose(testActor(['CN'], 'proposer'), made, randomUUID());
  const wish = { edition: made.edition, territoryPath: pathOf(county), from: '2020-01-01', reason: 'made up' };
  await policies.adopt(testActor(['CN'], 'adopter'), wish, randomUUID());
});
afterAll(async () => {
  await superuser.end();
  await api.stop();
});

async function ask(hand: Hand, method: 'GET' | 'POST', path: string, body?: object, status = 200): Promise<Json> {
  const reply = await api.call(method, `/api/v1/${path}`, { ...(body && keyed(body)), token: tokens.get(hand) });
  expect([path, reply.status, reply.status >= 400 || status >= 400 ? reply.text : '']).toEqual([
    path,
    status,
    status >= 400 ? reply.text : '',
  ]);
  return reply.body;
}
const id = ({ id: made }: Json): string => String(made);

it('goes from a report to an objection that is upheld, each step by its person, and tells the subject who looked', async () => {
  const subject = id(
    await ask(
      'officer',
      'POST',
      'credit/subjects',
      { kind: 'person', territory: county, name: '演示人', number, since: '2020-01-01', consentDigest: paper },
      201,
    ),
  );
  const report = (behaviour: string, more: object) =>
    ask(
      'reporter',
      'POST',
      'credit/events',
      { number, behaviour, day: '2026-01-05', evidence: '照片', evidenceDigest: paper, ...more },
      201,
    );
  const act = (hand: Hand, event: string, body: object, status = 200) =>
    ask(hand, 'POST', `credit/events/${event}/acts`, body, status);
  const good = id(await report('sorting', { times: 4 }));
  await act('officer', good, { act: 'accept' }, 403);
  await act('checker', good, { act: 'accept' });
  const bad = id(await report('discharge', {}));
  await act('checker', bad, { act: 'confirm' });
  const told = await act('officer', bad, { act: 'notify' });
  expect(told.state).toBe('effective');
  // As if its notice had run out.
  await superuser.query(`update credit.standing set effective_from = '2026-01-10' where event_id = $1`, [bad]);
  const record = await ask('officer', 'POST', `credit/subjects/${subject}/record`, { purpose: '年度检查' });
  const reasons = Object.fromEntries(list(record.lines).map((line) => [String(line.behaviour), line.reasons]));
  expect([record.score, record.grade, reasons]).toEqual(['73', 'B', { sorting: ['capped'], discharge: ['counted'] }]);

  await ask('officer', 'POST', `credit/subjects/${subject}/links`, { login: 'credit-villager', linked: true });
  const question = {
    number,
    purpose: 'loan',
    loan: { kind: 'unsecured', amountFen: '20000000', months: 36, pledgeSigned: true },
  };
  await ask('bank', 'POST', 'credit/queries', question, 403);
  const consent = id(
    await ask(
      'officer',
      'POST',
      'credit/consents',
      {
        subject,
        login: 'credit-bank',
        purpose: 'loan',
        from: '2026-01-01',
        until: '2098-12-31',
        documentDigest: paper,
      },
      201,
    ),
  );
  expect((await ask('bank', 'POST', 'credit/queries', question)).loan).toMatchObject({
    open: false,
    obstacles: ['severe-entry'],
  });

  const later = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const measure = id(
    await ask(
      'officer',
      'POST',
      'credit/measures',
      { subject, item: 'subsidyCut', causes: [bad], reason: 'as found', untilDay: later, share: '0.5' },
      201,
    ),
  );
  for (const [hand, body] of [
    ['officer', { act: 'notify' }],
    ['officer', { act: 'hear', reason: '本人到场陈述' }],
    ['approver', { act: 'decide', reason: '情节严重' }],
    ['officer', { act: 'enter' }],
  ] as const)
    await ask(hand, 'POST', `credit/measures/${measure}/acts`, body);
  const objection = id(await ask('villager', 'POST', 'my/credit/objections', { event: bad, grounds: '不是我户' }, 201));
  const [paused] = list((await ask('villager', 'GET', 'my/credit')).items);
  expect([paused.score.score, list(paused.measures)[0].paused]).toEqual(['103', true]);
  await ask('approver', 'POST', `credit/objections/${objection}/acts`, { act: 'uphold', reason: '证人证实' });
  const [own] = list((await ask('villager', 'GET', 'my/credit')).items);
  expect(own).toMatchObject({
    subject: { identifiers: { name: '演示人' } },
    score: { score: '103', grade: 'A' },
    measures: [{ state: 'lifted' }],
  });
  expect(list(own.readings).map(({ what, purpose }) => `${String(what)} ${String(purpose)}`)).toEqual([
    'score loan',
    'record 年度检查',
  ]);
  expect(list((await ask('bank', 'GET', 'credit/notices')).items)).toMatchObject([
    { subjectId: subject, eventId: bad },
  ]);
  await ask('villager', 'POST', `my/credit/consents/${consent}/withdrawal`, {});
  await ask('bank', 'POST', 'credit/queries', question, 403);
  const { least, rows } = await ask('officer', 'GET', `credit/grades?territory=${county}`);
  expect([least, list(rows).flatMap(({ persons }) => list(persons))]).toEqual([5, [null, null]]);
});
