/** Use cases of progress: look at what is published, record and confirm a year, publish it, close a plan after its last year. */
import { Injectable, Optional } from '@nestjs/common';
import { ChangeService, SeriesService } from '@gep/accounting';
import { digestOfValue } from '@gep/kernel';
import { announce, answerOnce, Database } from '@gep/platform';
import {
  ClockBooks,
  DisputedFigures,
  frozenFigures,
  holdsAt,
  type Officer,
  openSubject,
  owePublication,
  stateOf,
  StepNotYours,
  takeStep,
  type TakenStep,
} from '@gep/procedure';
import { type ClockBook, RulebookService } from '@gep/rulebook';
import { noteReliances } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import { TargetConflict, TargetMissing } from '../errors';
import { planClosed, progressConfirmed } from '../events';
import { followPlans, type PlanProgress } from './follow-plan.service';
import { notePlan } from '../plan/keep-plan.service';
import { partReliances } from '../plan/plan-document';
import { planSteps, type ProgressAct, progressSteps, type ProgressState } from '../plan-steps';
import type { Done } from '../../done';
import type { PlanEdition } from '../plan/plan-edition';
import { findPlan, getPlan, lockPlan } from '../plan/plan.store';
import { closingDocument, figureOf, progressDocument } from './progress-document';
import { getRecorded, insertProgress, listRecorded, type ProgressFilter } from './progress.store';
import type { RecordedProgress } from './recorded-progress';
import type { ValueTools } from '../value/published-values.service';
import { restatedParts } from '../value/restated-parts.service';
import type { ValuePart } from '../plan/target-row';

export interface ProgressView extends RecordedProgress {
  readonly state: ProgressState;
  readonly steps: readonly TakenStep[];
  /** Accounts that it rests on and in whose place others were published since: then it is to be recorded anew. */
  readonly restated: readonly ValuePart[];
  /** Figures under objection; '' for the whole. */
  readonly disputed: readonly string[];
}

@Injectable()
export class ProgressService {
  private readonly tools: ValueTools;

  constructor(
    private readonly database: Database,
    series: SeriesService,
    changes: ChangeService,
    rulebook: RulebookService,
    private readonly clocks: ClockBooks,
    @Optional() figures?: DisputedFigures,
  ) {
    this.tools = { series, changes, rulebook };
    figures?.add(progressSteps, async (tx, { id }, figure) => {
      const row = (await getRecorded(tx, id)).rows.find((one) => figureOf(one) === figure);
      return row && { amountFen: row.actualFen ?? 0n, parties: row.units };
    });
  }

  /** What the editions in force for the year have reached, by what is published now. @throws TargetMissing */
  follow(actor: Officer, of: { readonly plan: string; readonly year: number }): Promise<PlanProgress> {
    return this.database.snapshot(actor, (tx) => this.followIn(tx, of));
  }

  /** All targets of a territory in a year, for whoever judges it. */
  listProgress(tx: EntityManager, of: { readonly territory: string; readonly year: number }): Promise<PlanProgress[]> {
    return followPlans(tx, this.tools, { year: of.year, unit: of.territory });
  }

  /** Records a year as it stands, with the vintages that it rests on. @throws TargetMissing, TargetConflict, StepNotYours */
  record(
    actor: Officer,
    wish: { readonly plan: string; readonly year: number },
    key: string,
  ): Promise<Done<{ readonly id: string; readonly round: number }>> {
    return this.once(actor, { key, action: 'evaluation.progress.record', body: wish }, async (tx) => {
      const { planId, plan: code, rows } = await this.followIn(tx, wish);
      const { territoryPath } = await requirePlan(tx, planId);
      if (!rows.some(({ state }) => state === 'measured')) throw nothingMeasured(code, wish.year, rows[0]?.reason);
      await lockPlan(tx, territoryPath, code);
      const before = await listRecorded(tx, { code, territoryPath, year: wish.year, limit: 1 });
      const round = (before[0]?.round ?? 0) + 1;
      const digest = digestOfValue(rows);
      const id = await insertProgress(tx, actor, { planId, territoryPath, year: wish.year, round, rows, digest });
      if (!holdsAt(actor, 'evaluation.prepare', territoryPath))
        throw new StepNotYours(
          { kind: progressSteps.kind, name: progressSteps.name, id },
          recording,
          'evaluation.prepare',
        );
      await openSubject(tx, actor, progressSteps, { id, territoryPath, documentDigest: digest });
      for (const row of rows)
        await noteReliances(
          tx,
          partReliances(row.parts, {
            ...{ dependent: { kind: progressSteps.kind, id }, figure: figureOf(row) },
            ...{ amountFen: row.actualFen ?? 0n, territoryPath },
          }),
        );
      await notePlan(tx, actor, { id: planId, code, territoryPath }, 'evaluation.progress-recorded', {
        id,
        round,
        ...wish,
        digest,
      });
      return { id, round };
    });
  }

  /** Confirms or withdraws a record; a confirmed one takes the place of the one before and is owed to the public (R10). */
  async judge(
    actor: Officer,
    wish: { readonly id: string; readonly act: Exclude<ProgressAct, 'supersede'>; readonly reason?: string },
    key: string,
  ): Promise<Done<{ readonly id: string; readonly state: ProgressState }>> {
    const book = await this.clocks.read();
    return this.once(actor, { key, action: `evaluation.progress.${wish.act}`, body: wish }, async (tx) => {
      const { id, act, reason } = wish;
      const progress = await getRecorded(tx, id);
      const { to } = await takeStep(tx, actor, progressSteps, { id, act, reason });
      if (act === 'confirm') await confirm(tx, actor, progress, book);
      const { planId, plan: code, territoryPath, digest } = progress;
      await notePlan(tx, actor, { id: planId, code, territoryPath }, `evaluation.progress-${to}`, {
        id,
        reason: reason ?? null,
        digest,
      });
      return { id, state: to as ProgressState };
    });
  }

  /** Ends a plan after its last year, by the record of that year which was confirmed. @throws TargetConflict, StepRefused */
  async close(
    actor: Officer,
    wish: { readonly plan: string; readonly reason?: string },
    key: string,
  ): Promise<Done<{ readonly id: string }>> {
    const book = await this.clocks.read();
    return this.once(actor, { key, action: 'evaluation.plan.close', body: wish }, async (tx) => {
      const plan = await getPlan(tx, wish.plan);
      const { id, code, territoryPath, editionNo, terms } = plan;
      await lockPlan(tx, territoryPath, code);
      await takeStep(tx, actor, planSteps, { id, act: 'close', reason: wish.reason });
      const result = await confirmedOf(tx, plan, terms.term.last);
      if (!result)
        throw new TargetConflict(code, {
          zh: `末年 ${terms.term.last} 的进展尚未核实；请先登记并核实（gep target record、gep target confirm）`,
          en: `progress of its last year, ${terms.term.last}, is not confirmed; record and confirm it first (gep target record, gep target confirm)`,
        });
      const disputed = await disputedOf(tx, result.id);
      const subject = { kind: 'target-close', id };
      const document = closingDocument(plan, result, disputed);
      await owePublication(tx, actor, book, { subject, territoryPath, rule: 'result', document });
      await notePlan(tx, actor, plan, 'evaluation.plan-closed', { result: result.id, disputed });
      await announce(tx, { event: planClosed, key: id, payload: { planId: id, code, editionNo, territoryPath } });
      return { id };
    });
  }

  /** @throws TargetMissing */
  show(actor: Officer, id: string): Promise<ProgressView> {
    return this.database.snapshot(actor, async (tx) => viewOf(tx, await getRecorded(tx, id)));
  }

  /** Records of a plan, of all its editions, the latest first. @throws TargetMissing */
  listOf(
    actor: Officer,
    { plan, ...filter }: Pick<ProgressFilter, 'year' | 'limit'> & { readonly plan: string },
  ): Promise<ProgressView[]> {
    return this.database.snapshot(actor, async (tx) => {
      const { code, territoryPath } = await getPlan(tx, plan);
      const views: ProgressView[] = [];
      for (const one of await listRecorded(tx, { ...filter, code, territoryPath })) views.push(await viewOf(tx, one));
      return views;
    });
  }

  /** @throws TargetMissing */
  private async followIn(
    tx: EntityManager,
    { plan, year }: { readonly plan: string; readonly year: number },
  ): Promise<PlanProgress> {
    const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(plan);
    const found = await followPlans(tx, this.tools, { year, ...(isId ? { planId: plan } : { code: plan }) });
    if (found.length === 1) return found[0];
    throw new TargetMissing(
      { zh: `${year} 年有效的计划`, en: `plan in force for ${year}` },
      plan,
      found.map(({ planId, rows }) => `${rows[0]?.units[0] ?? ''}: ${planId}`),
    );
  }

  private once<T>(
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

const recording = { zh: '登记进展', en: 'record progress' };

async function viewOf(tx: EntityManager, progress: RecordedProgress): Promise<ProgressView> {
  const found = await stateOf(tx, { kind: progressSteps.kind, id: progress.id });
  const state = (found?.state ?? progressSteps.first) as ProgressState;
  const restated = await restatedParts(tx, partsOf(progress));
  return { ...progress, state, steps: found?.steps ?? [], restated, disputed: await disputedOf(tx, progress.id) };
}

/** Each account once. */
function partsOf({ rows }: RecordedProgress): ValuePart[] {
  const parts = new Map(rows.flatMap((row) => row.parts).map((part) => [part.accountId ?? part.figureId, part]));
  return [...parts.values()];
}

const disputedOf = async (tx: EntityManager, id: string): Promise<string[]> => [
  ...(await frozenFigures(tx, { kind: progressSteps.kind, id })),
];

/** @throws TargetMissing where the person sees the targets of a unit and not the plan */
async function requirePlan(tx: EntityManager, planId: string): Promise<PlanEdition> {
  const plan = await findPlan(tx, planId);
  if (!plan) throw new TargetMissing({ zh: '目标计划', en: 'plan' }, planId);
  return plan;
}

async function confirmedOf(
  tx: EntityManager,
  { code, territoryPath }: Pick<PlanEdition, 'code' | 'territoryPath'>,
  year: number,
): Promise<RecordedProgress | undefined> {
  for (const one of await listRecorded(tx, { code, territoryPath, year, limit: mostRounds }))
    if ((await viewOf(tx, one)).state === 'confirmed') return one;
  return undefined;
}

const mostRounds = 1000;

/** @throws TargetConflict when what it rests on was restated meanwhile */
async function confirm(tx: EntityManager, actor: Officer, progress: RecordedProgress, book: ClockBook): Promise<void> {
  const { id, planId, plan: code, territoryPath, year } = progress;
  const restated = await restatedParts(tx, partsOf(progress));
  if (restated.length > 0) {
    const named = restated.map((part) => `${part.territory} ${part.year}`).join(', ');
    throw new TargetConflict(code, {
      zh: `所依据的核算已重述（${named}）；请重新登记（gep target record ${code} ${year}）`,
      en: `accounts that it rests on were restated (${named}); record the year anew (gep target record ${code} ${year})`,
    });
  }
  for (const other of await listRecorded(tx, { code, territoryPath, year, limit: mostRounds })) {
    const isStanding = other.id !== id && (await viewOf(tx, other)).state === 'confirmed';
    if (isStanding) await takeStep(tx, actor, progressSteps, { id: other.id, act: 'supersede' });
  }
  const subject = { kind: progressSteps.kind, id };
  const document = progressDocument(progress, await disputedOf(tx, id));
  await owePublication(tx, actor, book, { subject, territoryPath, rule: 'result', document });
  const payload = { progressId: id, planId, code, year, territoryPath };
  await announce(tx, { event: progressConfirmed, key: id, payload });
}

const nothingMeasured = (
  code: string,
  year: number,
  reason: { readonly zh: string; readonly en: string } | null | undefined,
) =>
  new TargetConflict(code, {
    zh: `${year} 年没有可考核的数据：${reason?.zh ?? '无指标'}`,
    en: `nothing of ${year} can be judged: ${reason?.en ?? 'there is no indicator'}`,
  });
