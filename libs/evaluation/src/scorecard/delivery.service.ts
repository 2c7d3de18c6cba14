/** Use cases of deliveries: a department supplies figures of a year, another person verifies them; what is owed by when. */
import { Injectable } from '@nestjs/common';
import { digestOfValue, periodEnd } from '@gep/kernel';
import { announce, answerOnce, appendAudit, Database } from '@gep/platform';
import { holdsAt, type Officer, openSubject, StepNotYours, takeStep, todayOf } from '@gep/procedure';
import { policyInForce, type PolicyRule } from '@gep/rulebook';
import { type InputTable, SettlementTools } from '@gep/settlement';
import { getTerritory, listChildren, listSubtree, pathsOf, type TerritoryLevel } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import type { Done } from '../done';
import { type Completeness, completenessOf } from './due-ladder';
import { deliveryFaults, readDelivery } from './delivery-table';
import { getDelivery, listDeliveries, type ScoreDelivery } from './delivery-states.service';
import { insertDelivery } from './delivery.store';
import { DeliveryRefused, ScoreConflict } from './errors';
import { scoreFiguresSupplied } from './events';
import { type ScoreDeliveryAct, scoreDeliverySteps, type ScoreDeliveryState } from './score-steps';
import { requiredColumns } from './score-table';

/** A scorecard of a place for a year; the rule that is in force there unless named. */
export interface ScorecardWish {
  readonly place: string;
  readonly period: string;
  /** Id of the rule, where several scorecards are in force. */
  readonly scorecard?: string;
}

export interface DeliveryWish extends ScorecardWish {
  readonly department: string;
  readonly supplier: string;
  readonly table: InputTable;
  readonly documentName: string;
  readonly documentDigest: string;
}

const supplying = { zh: '报送数据', en: 'supply figures' };

@Injectable()
export class ScoreDeliveryService {
  constructor(
    private readonly database: Database,
    private readonly tools: SettlementTools,
  ) {}

  /** @throws DeliveryRefused, PolicyInputRefused, PolicyNotInForce, TerritoryMissing, StepNotYours */
  async supply(actor: Officer, wish: DeliveryWish, key: string): Promise<Done<{ readonly id: string }>> {
    const units = await this.tools.units();
    return this.once(actor, { key, action: 'evaluation.scores.supply', body: wish }, async (tx) => {
      const { rule, placePath } = await scorecardOf(tx, wish);
      const { department, period, supplier, documentName, documentDigest } = wish;
      if (!holdsAt(actor, 'evaluation.supply', placePath))
        throw new StepNotYours(
          { kind: scoreDeliverySteps.kind, name: scoreDeliverySteps.name, id: department },
          supplying,
          'evaluation.supply',
        );
      const known = rule.scorecard!.departments.map(({ code }) => code);
      if (!known.includes(department))
        throw new DeliveryRefused(department, [
          {
            zh: `规则中没有该部门；有 ${known.join('、')}`,
            en: `the rule has no such department; it has ${known.join(', ')}`,
          },
        ]);
      const read = readDelivery(rule, units, wish);
      const codes = [...new Set([supplier, ...read.cells.map(([unit]) => unit)])];
      const paths = await pathsOf(tx, codes, periodEnd(period));
      const faults = deliveryFaults(read, { supplier, placePath, paths });
      if (faults.length > 0) throw new DeliveryRefused(department, faults);
      const { cells } = read;
      const digest = digestOfValue(cells);
      const draft = {
        territoryPath: placePath,
        scorecard: rule.id,
        period,
        department,
        supplier,
        documentName,
        documentDigest,
      };
      const id = await insertDelivery(tx, actor, { ...draft, cells, digest });
      await openSubject(tx, actor, scoreDeliverySteps, { id, territoryPath: placePath, documentDigest });
      await appendAudit(tx, {
        ...{
          actor,
          action: 'evaluation.scores-supplied',
          subject: `${rule.id} ${period} ${department}`,
          territoryPath: placePath,
        },
        after: { ...draft, id, cells: cells.length, digest },
      });
      await announce(tx, {
        event: scoreFiguresSupplied,
        key: id,
        payload: { deliveryId: id, scorecard: rule.id, period, department },
      });
      return { id };
    });
  }

  /** Only what was verified counts. @throws ScoreMissing, StepRefused */
  judge(
    actor: Officer,
    wish: { readonly id: string; readonly act: ScoreDeliveryAct; readonly reason?: string },
    key: string,
  ): Promise<Done<{ readonly id: string; readonly state: ScoreDeliveryState }>> {
    return this.once(actor, { key, action: `evaluation.scores.delivery.${wish.act}`, body: wish }, async (tx) => {
      const found = await getDelivery(tx, wish.id);
      const { to } = await takeStep(tx, actor, scoreDeliverySteps, wish);
      const { id, scorecard, period, department, territoryPath } = found;
      await appendAudit(tx, {
        ...{ actor, action: `evaluation.scores-${to}`, subject: `${scorecard} ${period} ${department}`, territoryPath },
        after: { id, reason: wish.reason ?? null },
      });
      return { id, state: to as ScoreDeliveryState };
    });
  }

  list(actor: Officer, of: ScorecardWish): Promise<ScoreDelivery[]> {
    return this.database.snapshot(actor, async (tx) => {
      const { path: territoryPath } = await getTerritory(tx, of.place, periodEnd(of.period));
      return listDeliveries(tx, { territoryPath, scorecard: of.scorecard, period: of.period });
    });
  }

  /** What each department owes, by when, and what of it is there. @throws PolicyNotInForce, TerritoryMissing */
  completeness(actor: Officer, of: ScorecardWish): Promise<Completeness & { readonly scorecard: string }> {
    return this.database.snapshot(actor, async (tx) => {
      const { rule, placePath } = await scorecardOf(tx, of);
      const found = await listDeliveries(tx, { territoryPath: placePath, scorecard: rule.id, period: of.period });
      const cellsOf = (state: ScoreDeliveryState) =>
        found.filter((one) => one.state === state).flatMap(({ cells }) => cells);
      const done = completenessOf(rule.scorecard!, {
        ...{
          period: of.period,
          today: await todayOf(tx),
          units: await unitsBelow(tx, of, rule),
          required: requiredColumns(rule),
        },
        ...{ verified: cellsOf('verified'), waiting: cellsOf('supplied') },
      });
      return { scorecard: rule.id, ...done };
    });
  }

  private async once<T>(
    actor: Officer,
    command: { readonly key: string; readonly action: string; readonly body: unknown },
    work: (tx: EntityManager) => Promise<T>,
  ): Promise<Done<T>> {
    return this.database.transaction(actor, async (tx) => {
      const { response: result, replayed } = await answerOnce(tx, { actor, ...command }, () => work(tx));
      return { result, replayed };
    });
  }
}

/** The scorecard that holds for the year. @throws PolicyNotInForce, PolicyAmbiguous, TerritoryMissing, ScoreConflict */
export async function scorecardOf(
  tx: EntityManager,
  { place, period, scorecard }: ScorecardWish,
): Promise<{ readonly rule: PolicyRule; readonly placePath: string }> {
  const { path: placePath } = await getTerritory(tx, place, periodEnd(period));
  const { rule } = await policyInForce(tx, {
    territoryPath: placePath,
    period,
    mechanism: 'evaluation',
    id: scorecard,
  });
  if (!rule.scorecard)
    throw new ScoreConflict(rule.id, {
      zh: '这条规则没有评分部分（scorecard）；请启用一条有评分部分的规则',
      en: 'this rule has no scorecard; adopt one that has',
    });
  return { rule, placePath };
}

/** Codes of the units of the level that the scorecard names, else one level below the place, on the last day of the year. */
export async function unitsBelow(
  tx: EntityManager,
  { place, period }: ScorecardWish,
  { scorecard }: PolicyRule,
): Promise<string[]> {
  const day = periodEnd(period);
  const level = scorecard?.level;
  const found =
    level === undefined
      ? await listChildren(tx, place, day)
      : await listSubtree(tx, place, day, [level as TerritoryLevel]);
  return found.map(({ code }) => code).sort();
}
