/** Credit over HTTP: a village's list, an entry through its hands, a query with consent, an objection upheld that lifts a measure. */
import { randomUUID } from 'node:crypto';
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
  points: { months: 24, source: A }
`;

let api: ApiUnderTest;
const tokens = new Map<Hand, string>();
beforeAll(async () => {
  api = await startApi();
  for (const [hand, role] of Object.entries(hands))
    tokens.set(hand as Hand, await api.person(`credit-${hand}`, role, county));
  const made = await readPolicyText({ path: 'list.yaml', text: rule }, 'rulebook');
  const policies = new PolicyService(api.database.db);
  await policies.propose(testActor(['CN'], 'proposer'), made, randomUUID());
  const wish = { edition: made.edition, territoryPath: pathOf(county), from: '2020-01-01', reason: 'made up' };
  await policies.adopt(testActor(['CN'], 'adopter'), wish, randomUUID());
});
afterAll(async () => {
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
  await act('officer', bad, { act: 'notify', on: '2026-01-08' }, 409);
  const told = await act('officer', bad, { act: 'notify', on: '2026-01-08', documentDigest: paper });
  expect(told).toMatchObject({ state: 'effective', effectiveFrom: '2026-01-16' });
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
  expect(list((await ask('bank', 'GET', 'credit/loan-decisions')).items)).toMatchObject([
    { subjectId: subject, open: false, mostFen: '0', amountFen: '20000000', obstacles: ['severe-entry'] },
  ]);
  const { least, grades, rows } = await ask('officer', 'GET', `credit/grades?territory=${county}`);
  expect([least, grades]).toEqual([5, ['A', 'B', null]]);
  expect(list(rows).flatMap(({ persons }) => list(persons))).toEqual(Array(6).fill(null));
});

it('takes a village from its sheet over points to goods that its people order, and scores everybody anew', async () => {
  const people: string[] = [];
  for (const number of ['990101199001010051', '990101199001010078']) {
    const wish = {
      kind: 'person',
      territory: county,
      name: '演示人',
      number,
      since: '2020-01-01',
      consentDigest: paper,
    };
    people.push(id(await ask('officer', 'POST', 'credit/subjects', wish, 201)));
  }
  const [one, other] = people;
  const row = { behaviour: 'sorting', day: '2026-02-05', evidence: '照片', evidenceDigest: paper };
  const sheet = {
    territory: county,
    month: '2026-02',
    rows: [
      { ...row, subject: one, times: 3 },
      { ...row, subject: other },
    ],
  };
  const wrong = { ...sheet, rows: [{ ...row, subject: one, day: '2026-03-01' }] };
  expect((await ask('reporter', 'POST', 'credit/village-sheets', wrong, 422)).code).toBe('credit.sheet-refused');
  const handed = id(await ask('reporter', 'POST', 'credit/village-sheets', sheet, 201));
  expect(list((await ask('checker', 'GET', `credit/village-sheets/${handed}`)).rows)).toMatchObject([
    { no: 1, subjectId: one, times: 3, points: '3', state: 'reported' },
    { no: 2, subjectId: other, evidence: '照片' },
  ]);
  expect(await ask('checker', 'POST', `credit/village-sheets/${handed}/check`, {})).toMatchObject({
    accepted: 2,
    refused: [],
  });
  const sheets = await ask('checker', 'GET', 'credit/village-sheets?month=2026-02');
  expect(list(sheets.items)).toMatchObject([{ id: handed, territory: county, entries: 2, unchecked: 0 }]);

  const [today] = new Date(Date.now() + 8 * 3_600_000).toISOString().split('T');
  const soap = {
    territory: county,
    code: 'soap',
    nameZh: '香皂',
    nameEn: 'Soap',
    price: 2,
    from: today,
    documentDigest: paper,
  };
  await ask('checker', 'POST', 'credit/goods', soap, 403);
  const goods = id(await ask('officer', 'POST', 'credit/goods', soap, 201));
  expect(await ask('officer', 'POST', `credit/goods/${goods}/stock`, { quantity: 5 })).toMatchObject({ stock: 5 });
  await ask('officer', 'POST', `credit/subjects/${one}/links`, { login: 'credit-villager', linked: true });
  expect(list((await ask('villager', 'GET', 'my/credit/goods')).items)).toMatchObject([
    { id: goods, price: 2, stock: 5 },
  ]);
  await ask('villager', 'POST', 'my/credit/orders', { subject: other, goods }, 404);
  expect((await ask('villager', 'POST', 'my/credit/orders', { subject: one, goods, quantity: 2 }, 409)).code).toBe(
    'credit.points-short',
  );
  const order = async (): Promise<string> =>
    id(await ask('villager', 'POST', 'my/credit/orders', { subject: one, goods }, 201));
  const kept = await order();
  await ask('officer', 'POST', 'credit/orders', { subject: other, goods }, 409);
  await ask('villager', 'POST', `my/credit/orders/${kept}/void`, { reason: '暂时不需要' });
  const taken = await order();
  await ask('checker', 'POST', `credit/orders/${taken}/acts`, { act: 'hand-over' });
  await ask('villager', 'POST', `my/credit/orders/${taken}/void`, { reason: '暂时不需要' }, 409);
  const own = list((await ask('villager', 'GET', 'my/credit/orders')).items);
  expect(own.map(({ state }) => state)).toEqual(['handed-over', 'void']);
  expect(list((await ask('officer', 'GET', `credit/orders?state=handed-over`)).items)).toMatchObject([{ id: taken }]);
  expect(await ask('officer', 'GET', `credit/subjects/${one}/points`)).toMatchObject({
    held: '1',
    spent: '2',
    ordered: '0',
  });
  expect(list((await ask('officer', 'GET', `credit/goods?territory=${county}`)).items)).toMatchObject([{ stock: 4 }]);
  const run = id(await ask('officer', 'POST', 'credit/rescores', { territory: county }, 202));
  expect(list((await ask('officer', 'GET', 'credit/rescores')).items)).toMatchObject([
    { id: run, territory: county, parts: 0 },
  ]);
  expect(await ask('officer', 'GET', `credit/rescores/${run}`)).toMatchObject({ endedAt: null, refusal: null });
});
