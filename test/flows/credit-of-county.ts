/** A person of the county in the register of credit, with an entry, an objection, a measure and a consent that are over. */
import { randomUUID } from 'node:crypto';
import {
  CreditEventService,
  CreditMeasureService,
  CreditQueryService,
  CreditSubjectService,
  ObjectionService,
  PointsOrderService,
  PointsService,
  RescoreService,
  VillageSheetService,
} from '@gep/credit';
import type { Officer } from '@gep/procedure';
import { PolicyService, readPolicyText } from '@gep/rulebook';
import { testActor } from '../fixtures/test-database';
import type { Things } from './api-matrix';
import { pathOf, type ApiUnderTest } from './api-under-test';
import { creditNumber } from './matrix/credit-lines';

type OfCredit = Pick<Things, 'creditSubject' | 'creditEvent' | 'creditObjection' | 'creditMeasure' | 'creditConsent'>;

const paper = 'a'.repeat(64);
const list = `
id: county-credit
title: { zh: 县信用, en: County credit }
mechanism: credit
status: usable
valid: { from: 2020-01-01 }
sources: [{ id: A, text: made up, standing: A }]
credit:
  score: { base: 100, source: A }
  behaviours:
    - { code: sorting, name: { zh: 分类, en: Sorting }, subjects: [person], points: 1, source: A }
  points: { source: A }
  measures:
    - { code: honour, name: { zh: 表彰, en: Honour }, kind: reward, subjects: [person], law: { zh: 条例, en: Rule }, source: A }
`;

export async function makeCredit({ app, database }: ApiUnderTest): Promise<OfCredit> {
  const service = <T>(type: abstract new (...given: never[]) => T): T => app.get<T>(type, { strict: false });
  const person = (id: string, ...permissions: string[]): Officer => ({
    ...testActor(['CN'], id),
    permissions: new Map(permissions.map((permission) => [permission, ['CN']])),
  });
  const [manager, checker] = [person('manager', 'credit.manage'), person('checker', 'credit.check')];
  const rule = await readPolicyText({ path: 'list.yaml', text: list }, 'rulebook');
  const policies = new PolicyService(database.db);
  await policies.propose(testActor(['CN'], 'one'), rule, randomUUID());
  const territoryPath = pathOf('520523');
  const adoption = { edition: rule.edition, territoryPath, from: '2020-01-01', reason: 'made up' };
  await policies.adopt(testActor(['CN'], 'another'), adoption, randomUUID());
  const who = {
    kind: 'person',
    territoryPath,
    name: '演示人',
    number: creditNumber,
    since: '2020-01-01',
    consentDigest: paper,
  } as const;
  const { id: subject } = (await service(CreditSubjectService).register(manager, who, randomUUID())).result;
  const events = service(CreditEventService);
  const report = async (reference: string): Promise<string> => {
    const wish = {
      subject,
      behaviour: 'sorting',
      day: '2026-01-05',
      evidence: 'photograph',
      evidenceDigest: paper,
      reference,
    };
    return (await events.report(person('reporter', 'credit.report'), wish, randomUUID())).result.id;
  };
  const [returned, good] = [await report('1'), await report('2')];
  await events.act(checker, { id: returned, act: 'return', reason: 'made up' }, randomUUID());
  await events.act(checker, { id: good, act: 'accept' }, randomUUID());
  const objections = service(ObjectionService);
  const { id: objection } = (await objections.file(manager, { event: good, grounds: 'made up' }, randomUUID())).result;
  await objections.act(manager, { id: objection, act: 'withdraw' }, randomUUID());
  const measures = service(CreditMeasureService);
  const proposed = { subject, item: 'honour', causes: [good], reason: 'made up' };
  const { id: measure } = (await measures.propose(manager, proposed, randomUUID())).result;
  await measures.act(manager, { id: measure, act: 'withdraw', reason: 'made up' }, randomUUID());
  await makePoints(service, { manager, checker, reporter: person('reporter', 'credit.report') }, subject);
  const queries = service(CreditQueryService);
  const consent = {
    subject,
    granteeId: 'nobody',
    purpose: 'loan',
    fromDay: '2026-01-01',
    untilDay: '2026-12-31',
    documentDigest: paper,
  };
  const { id: given } = (await queries.consent(manager, consent, randomUUID())).result;
  await queries.withdraw(manager, { id: given, own: false }, randomUUID());
  const made = { creditSubject: subject, creditEvent: returned, creditObjection: objection };
  return { ...made, creditMeasure: measure, creditConsent: given };
}

/** A sheet, goods, an order that was void again and a run that nobody has begun. */
async function makePoints(
  service: <T>(type: abstract new (...given: never[]) => T) => T,
  { manager, checker, reporter }: { readonly manager: Officer; readonly checker: Officer; readonly reporter: Officer },
  subject: string,
): Promise<void> {
  const territoryPath = pathOf('520523');
  const row = {
    subject,
    behaviour: 'sorting',
    day: '2026-01-06',
    times: 2,
    evidence: 'photograph',
    evidenceDigest: paper,
  };
  const sheets = service(VillageSheetService);
  const { result: sheet } = await sheets.hand(reporter, { territoryPath, month: '2026-01', rows: [row] }, randomUUID());
  await sheets.check(checker, sheet.id);
  const points = service(PointsService);
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const soap = { territoryPath, code: 'soap', nameZh: '香皂', nameEn: 'Soap', price: 1, from: today };
  const { result: goods } = await points.publish(manager, { ...soap, documentDigest: paper }, randomUUID());
  await points.restock(manager, { id: goods.id, quantity: 3 }, randomUUID());
  const orders = service(PointsOrderService);
  const { result: order } = await orders.order(manager, { subject, goods: goods.id, quantity: 1 }, randomUUID());
  await orders.act(manager, { id: order.id, act: 'void', reason: 'made up' }, randomUUID());
  await service(RescoreService).request(manager, { territoryPath }, randomUUID());
}
