/** A scorecard in force for a city of counties, with departments and persons who hold one permission each. */
import { randomUUID } from 'node:crypto';
import { IncidentService, ScoreDeliveryService, ScoreRequests, ScoreRunService } from '@gep/evaluation';
import { ClockBooks } from '@gep/procedure';
import { PolicyService, readPolicyText, RulebookFolder } from '@gep/rulebook';
import type { InputTable } from '@gep/settlement';
import { levelOfCode, parentOfCode, TerritoryService } from '@gep/territory';
import { scorecardRule } from '../fixtures/sample-scorecard';
import { testActor } from '../fixtures/test-database';
import { officer } from './procedure-setup';
import { SettlementTest } from './settlement-setup';

export const city = 'CN.990000.990100';
export const supplier = officer('water bureau', city, 'evaluation.supply');
export const clerk = officer('evaluation office', city, 'evaluation.prepare', 'publication.publish');
export const checker = officer('evaluation checker', city, 'evaluation.confirm');
export const approver = officer('evaluation approver', city, 'evaluation.approve', 'policy.approve');
export const judge = officer('appeals office', city, 'appeal.decide');
export const countyOf = (code: string) => officer(`government of ${code}`, `${city}.${code}`, 'appeal.file');

export class ScorecardTest {
  readonly deliveries: ScoreDeliveryService;
  readonly runs: ScoreRunService;
  readonly requests: ScoreRequests;
  readonly incidents: IncidentService;

  private constructor(readonly money: SettlementTest) {
    const { db } = money.test;
    this.deliveries = new ScoreDeliveryService(db, money.tools);
    this.runs = new ScoreRunService(db, money.tools, new ClockBooks(new RulebookFolder('rulebook')), money.figures);
    this.requests = new ScoreRequests(db, this.runs);
    this.incidents = new IncidentService(db);
  }

  static async start(): Promise<ScorecardTest> {
    const it = new ScorecardTest(await SettlementTest.start());
    await it.adopt(scorecardRule);
    return it;
  }

  /** @param slot of a rule beside the one of the city */
  async adopt(text: string, slot?: string): Promise<void> {
    const policies = new PolicyService(this.money.test.db);
    const rule = await readPolicyText({ path: 'rule.yaml', text }, 'rulebook');
    await policies.propose(clerk, rule, randomUUID());
    const wish = { edition: rule.edition, territoryPath: city, from: '2020-01-01', reason: 'resolution 1', slot };
    await policies.adopt(approver, wish, randomUUID());
  }

  close(): Promise<void> {
    return this.money.close();
  }

  /** More units below the city. */
  async addUnits(codes: readonly string[]): Promise<void> {
    await new TerritoryService(this.money.test.db).importTerritories(
      testActor(),
      codes.map((code) => ({
        ...{ code, nameZh: `测试${code}`, nameEn: null, level: levelOfCode(code), parentCode: parentOfCode(code) },
        ...{ validFrom: '2000-01-01', validTo: null, source: 'test' },
      })),
    );
  }

  /** Supplied by a department and verified by another person. */
  async deliver(department: string, period: string, table: InputTable): Promise<string> {
    const document = { documentName: 'figures.csv', documentDigest: 'd'.repeat(64) };
    const wish = { place: '990100', period, department, supplier: '990100', table, ...document };
    const { id } = (await this.deliveries.supply(supplier, wish, randomUUID())).result;
    await this.deliveries.judge(checker, { id, act: 'verify' }, randomUUID());
    return id;
  }

  async compute(period: string): Promise<string> {
    return (await this.runs.compute(clerk, { place: '990100', period }, randomUUID())).result.id;
  }

  /** From computed to notified on a day, each step by its person. */
  async notify(id: string, on?: string): Promise<void> {
    await this.runs.act(checker, { id, act: 'verify' }, randomUUID());
    await this.runs.act(approver, { id, act: 'score' }, randomUUID());
    const served = on === undefined ? {} : { on, documentDigest: 'e'.repeat(64) };
    await this.runs.act(clerk, { id, act: 'notify', ...served }, randomUUID());
  }

  async scoresOf(id: string): Promise<Record<string, readonly [score: string, rank: number, grade: string]>> {
    const { scores } = await this.runs.show(clerk, id);
    return Object.fromEntries(scores.map(({ unit, detail }) => [unit, [detail.score, detail.rank, detail.grade]]));
  }
}
