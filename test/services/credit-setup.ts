/** A village with a list of credit in force, and persons who hold one permission each. */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { type CreditEventService, type CreditServices, creditServicesOn, SealedIdentifiers } from '@gep/credit';
import { ClockBooks } from '@gep/procedure';
import { PolicyService, readPolicyText, RulebookFolder } from '@gep/rulebook';
import { createTestDatabase, testActor, type TestDatabase } from '../fixtures/test-database';
import { officer } from './procedure-setup';

export const village = 'CN.990000.990100.990101.v1';
export const elsewhere = 'CN.990000.990100.990102.v9';
export const reporter = officer('reporter', village, 'credit.report');
export const checker = officer('checker', village, 'credit.check', 'credit.read');
export const manager = officer('manager', village, 'credit.manage', 'credit.read');
export const approver = officer('approver', village, 'credit.approve', 'credit.read');
export const reviewer = officer('reviewer', village, 'credit.approve', 'credit.read');
export const bank = officer('bank', village, 'credit.query');
export const villager = officer('villager', village, 'credit.own');
export const paper = 'a'.repeat(64);

/** Everything a published list may have; invented. */
export const listOf = (sorting: number): string => `
id: village-credit
title: { zh: 村信用, en: Village credit }
mechanism: credit
status: usable
valid: { from: 2020-01-01 }
sources: [{ id: A, text: list no. 1, standing: A }]
credit:
  score: { base: 100, lowest: 0, highest: 200, source: A }
  behaviours:
    - { code: sorting, name: { zh: 分类, en: Sorting }, subjects: [person], points: ${sorting}, yearlyCap: 12, source: A }
    - { code: project, name: { zh: 项目, en: Project }, subjects: [person, village], points: 6, source: A }
    - { code: frontage, name: { zh: 门前, en: Frontage }, subjects: [person], points: -2, severity: minor, source: A }
    - code: discharge
      name: { zh: 排放, en: Discharge }
      subjects: [person, firm]
      points: -30
      severity: severe
      repair: { afterMonths: 6, conditions: { zh: 已治理, en: treated } }
      source: A
  grades:
    - { code: C, name: { zh: 丙, en: C }, from: 0 }
    - { code: B, name: { zh: 乙, en: B }, from: 80 }
    - { code: A, name: { zh: 甲, en: A }, from: 103 }
  measures:
    - code: subsidyCut
      name: { zh: 减少补贴, en: Subsidy reduced }
      kind: punishment
      subjects: [person, firm]
      law: { zh: 条例第一条, en: 'Rule, art. 1' }
      leastSeverity: severe
      mostMonths: 12
      mostShare: 50%
      source: A
    - { code: honour, name: { zh: 表彰, en: Honour }, kind: reward, subjects: [person], law: { zh: 条例, en: Rule }, source: A }
  loan: { unsecured: 300000, guaranteed: 1000000, years: 5, pledge: yes, source: A }
`;

type Made = CreditServices;

export class CreditTest {
  readonly subjects: Made['subjects'];
  readonly events: Made['events'];
  readonly objections: Made['objections'];
  readonly measures: Made['measures'];
  readonly queries: Made['queries'];
  readonly scores: Made['scores'];
  readonly own: Made['own'];
  readonly tables: Made['tables'];

  private constructor(
    readonly test: TestDatabase,
    readonly sealed: SealedIdentifiers,
  ) {
    const clocks = new ClockBooks(new RulebookFolder(resolve(__dirname, '../../rulebook')));
    const made = creditServicesOn(test.db, sealed, clocks);
    ({ subjects: this.subjects, events: this.events, objections: this.objections, measures: this.measures } = made);
    ({ queries: this.queries, scores: this.scores, own: this.own, tables: this.tables } = made);
  }

  static async start(): Promise<CreditTest> {
    const test = await createTestDatabase();
    const place = new CreditTest(test, new SealedIdentifiers(test.config.creditKeys));
    await place.adopt(listOf(1), '2020-01-01');
    return place;
  }

  close(): Promise<void> {
    return this.test.drop();
  }

  async adopt(text: string, from: string): Promise<string> {
    const policies = new PolicyService(this.test.db);
    const rule = await readPolicyText({ path: 'list.yaml', text }, resolve(__dirname, '../../rulebook'));
    await policies.propose(testActor(['CN'], 'proposer'), rule, randomUUID());
    const wish = { edition: rule.edition, territoryPath: 'CN.990000.990100', from, reason: 'made up' };
    await policies.adopt(testActor(['CN'], 'adopter'), wish, randomUUID());
    return rule.edition;
  }

  /** A person of the village since 2020. @param number GB 11643; made valid by its last character */
  async person(at: number): Promise<string> {
    const wish = { kind: 'person', territoryPath: village, name: `张三${at}`, number: numberOf(at) } as const;
    const { result } = await this.subjects.register(
      manager,
      { ...wish, phone: `1380000${String(at).padStart(4, '0')}`, since: '2020-01-01', consentDigest: paper },
      randomUUID(),
    );
    return result.id;
  }

  /** Reported, checked, and of bad behaviour told to the subject. */
  async entry(
    subject: string,
    behaviour: string,
    more: { day?: string; times?: number; reference?: string } = {},
  ): Promise<string> {
    const { id } = await this.report(subject, behaviour, more);
    const isBad = behaviour === 'frontage' || behaviour === 'discharge';
    await this.act(checker, id, isBad ? 'confirm' : 'accept');
    if (isBad) await this.act(manager, id, 'notify');
    return id;
  }

  async report(subject: string, behaviour: string, more: { day?: string; times?: number; reference?: string } = {}) {
    const wish = { subject, behaviour, day: '2026-01-05', evidence: 'photograph', evidenceDigest: paper, ...more };
    return (await this.events.report(reporter, wish, randomUUID())).result;
  }

  async act(
    actor: typeof checker,
    id: string,
    act: Parameters<CreditEventService['act']>[1]['act'],
    more: object = {},
  ) {
    return (await this.events.act(actor, { id, act, ...more }, randomUUID())).result;
  }
}

/** An invented number of somebody born in a place that is none (99…). */
export function numberOf(at: number): string {
  const body = `99010119900101${String(at).padStart(3, '0')}`;
  const sum = [...body].reduce((total, digit, place) => total + Number(digit) * (2 ** (17 - place) % 11), 0);
  return `${body}${'10X98765432'[sum % 11]}`;
}
