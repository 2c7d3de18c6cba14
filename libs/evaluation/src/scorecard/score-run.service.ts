/** Use cases of runs of scores: compute from frozen figures, look, replay, and answer what was upheld by the next version. */
import { Injectable, Optional } from '@nestjs/common';
import { canonicalJson, periodEnd } from '@gep/kernel';
import { answerOnce, Database } from '@gep/platform';
import {
  ClockBooks,
  DisputedFigures,
  getSubject,
  holdsAt,
  listClocks,
  listFrozen,
  type Clock,
  type Officer,
  StepNotYours,
  type TakenStep,
} from '@gep/procedure';
import { getPolicyEdition, refuseWithinTerm } from '@gep/rulebook';
import { SettlementTools } from '@gep/settlement';
import { pathsOf } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import type { Done } from '../done';
import { actOnScores, type ScoreActWish } from './act-on-scores.service';
import { computeScores, thawTable } from './compute-scores';
import { scorecardOf, type ScorecardWish, unitsBelow } from './delivery.service';
import { ScoreMissing } from './errors';
import { gatherScores } from './gather-scores.service';
import { keepScores } from './keep-scores.service';
import { rescore, type RescoreWish } from './rescore.service';
import { getScoreRun, listScoreRuns } from './run-states.service';
import type { ScoreRun, StandingScore, StoredUnitScore } from './score-run';
import { getScoreSnapshot, listStandings, listUnitScores, type ScoreRunFilter } from './score-run.store';
import { scoreRunSteps } from './score-steps';

export interface ScoringWish extends ScorecardWish {
  /** Codes of the units; all one level below the place when absent. */
  readonly units?: readonly string[];
}

export interface ScoreRunView extends ScoreRun {
  readonly steps: readonly TakenStep[];
  readonly clocks: readonly Clock[];
  readonly scores: readonly StoredUnitScore[];
  /** Figures under objection: units, or unit:indicator; '' for the whole. */
  readonly disputed: readonly string[];
}

export interface ScoreReplay {
  readonly runId: string;
  readonly isSame: boolean;
  readonly resultDigest: string;
  readonly replayedDigest: string;
  /** Units whose stored row is not what the replay gives. */
  readonly differing: readonly string[];
}

type Made = { readonly id: string; readonly versionNo: number };
const scoring = { zh: '计算评分', en: 'compute scores' };

@Injectable()
export class ScoreRunService {
  constructor(
    private readonly database: Database,
    private readonly tools: SettlementTools,
    private readonly clocks: ClockBooks,
    @Optional() figures?: DisputedFigures,
  ) {
    figures?.add(scoreRunSteps, async (tx, { id }, figure) => {
      const [unit, indicator] = figure.split(':');
      const [found] = await listUnitScores(tx, { runId: id, unit });
      const isThere =
        found && (indicator === undefined || found.detail.indicators.some((one) => one.indicator === indicator));
      return isThere ? { parties: [unit] } : undefined;
    });
  }

  /**
   * Scores a year from what is verified and published now. The same figures again give the run that is there.
   * @throws ScoreFiguresMissing, ScoreConflict, FiguresRefused, PolicyNotInForce, PolicyNotDecided, StepNotYours
   */
  compute(actor: Officer, wish: ScoringWish, key: string): Promise<Done<Made>> {
    return this.once(actor, { key, action: 'evaluation.scores.compute', body: wish }, (tx) =>
      this.computeIn(tx, actor, wish),
    );
  }

  /** The same within a transaction, for the queue. */
  async computeIn(tx: EntityManager, actor: Officer, wish: ScoringWish): Promise<Made> {
    const { rule, placePath } = await scorecardOf(tx, wish);
    refuseWithinTerm(rule, wish.period);
    if (!holdsAt(actor, 'evaluation.prepare', placePath))
      throw new StepNotYours(
        { kind: scoreRunSteps.kind, name: scoreRunSteps.name, id: rule.id },
        scoring,
        'evaluation.prepare',
      );
    const codes = wish.units ?? (await unitsBelow(tx, wish, rule));
    const units = await pathsOf(tx, codes, periodEnd(wish.period));
    const unknown = codes.filter((code) => !units.get(code)?.startsWith(`${placePath}.`));
    if (unknown.length > 0 || codes.length === 0)
      throw new ScoreMissing({ zh: '所辖单位', en: 'unit of the place' }, unknown.join(', '));
    const ordered = new Map([...units].sort(([a], [b]) => (a < b ? -1 : 1)));
    const gathered = await gatherScores(tx, this.tools, { placePath, period: wish.period, rule, units: ordered });
    const kept = { rule, placePath, place: wish.place, period: wish.period, units: ordered, about: null };
    return keepScores(tx, actor, await this.tools.units(), { ...kept, ...gathered });
  }

  /** @throws ScoreMissing, ScoreConflict, StepRefused, ClockRefused */
  async act(
    actor: Officer,
    wish: ScoreActWish,
    key: string,
  ): Promise<Done<{ readonly id: string; readonly state: string }>> {
    const book = await this.clocks.read();
    return this.once(actor, { key, action: `evaluation.scores.${wish.act}`, body: wish }, (tx) =>
      actOnScores(tx, actor, book, wish),
    );
  }

  /**
   * The next version of a run that was notified: only cells that upheld appeals or incidents concern are taken anew, and everything
   * that depends on them follows. @throws ScoreMissing, ScoreConflict, StepNotYours
   */
  rescore(actor: Officer, wish: RescoreWish, key: string): Promise<Done<Made>> {
    return this.once(actor, { key, action: 'evaluation.scores.rescore', body: wish }, (tx) =>
      rescore(tx, actor, this.tools, wish),
    );
  }

  list(actor: Officer, filter: ScoreRunFilter): Promise<ScoreRun[]> {
    return this.database.snapshot(actor, (tx) => listScoreRuns(tx, filter));
  }

  /** @throws ScoreMissing */
  show(actor: Officer, id: string): Promise<ScoreRunView> {
    return this.database.snapshot(actor, async (tx) => {
      const run = await getScoreRun(tx, id);
      const subject = { kind: scoreRunSteps.kind, id };
      const scores = await listUnitScores(tx, { runId: id });
      const { steps } = await getSubject(tx, subject);
      return {
        ...run,
        steps,
        scores,
        clocks: await listClocks(tx, { subject }),
        disputed: [...(await listFrozen(tx, subject))],
      };
    });
  }

  /** Every point of a unit; the unit itself sees it since it was notified. @throws ScoreMissing */
  unitScore(actor: Officer, runId: string, unit: string): Promise<StoredUnitScore> {
    return this.database.snapshot(actor, async (tx) => {
      const [found] = await listUnitScores(tx, { runId, unit });
      // A unit sees no run, and of its own row nothing before it is told.
      const [run] = await listScoreRuns(tx, { id: runId });
      const [told] = run ? [run] : await listStandings(tx, { runId, unit });
      if (!found || !told) throw new ScoreMissing({ zh: '单位的评分', en: 'score of the unit' }, unit);
      return found;
    });
  }

  /** Scores as their units see them: since they were notified. */
  standings(actor: Officer, filter: Parameters<typeof listStandings>[1]): Promise<StandingScore[]> {
    return this.database.snapshot(actor, (tx) => listStandings(tx, filter));
  }

  /** Scores again from the snapshot and the edition. @throws ScoreMissing */
  replay(actor: Officer, id: string): Promise<ScoreReplay> {
    return this.database.snapshot(actor, async (tx) => {
      const run = await getScoreRun(tx, id);
      const rule = await getPolicyEdition(tx, run.ruleEdition);
      const content = await getScoreSnapshot(tx, run.territoryPath, run.snapshotDigest);
      const table = thawTable({ digest: run.snapshotDigest, content });
      const { scores, digest } = computeScores(rule, await this.tools.units(), run.period, table);
      const stored = await listUnitScores(tx, { runId: id });
      const differing = stored
        .filter(({ unit, detail }) => {
          const again = scores.find((one) => one.unit === unit);
          return again === undefined || canonicalJson(again) !== canonicalJson(detail);
        })
        .map(({ unit }) => unit);
      const isSame = digest === run.resultDigest && differing.length === 0 && stored.length === scores.length;
      return { runId: id, isSame, resultDigest: run.resultDigest, replayedDigest: digest, differing };
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

/**
 * Scores of a territory and below it for a year, as they stand with their units; for departing audits, integrity and disclosures.
 * @param of `final`: only those that are final and not superseded
 */
export function listScores(
  tx: EntityManager,
  of: { readonly territoryPath: string; readonly year?: number; readonly final?: boolean },
): Promise<StandingScore[]> {
  const period = of.year === undefined ? undefined : String(of.year);
  return listStandings(tx, { within: of.territoryPath, period, standing: of.final ? 'final' : undefined });
}
