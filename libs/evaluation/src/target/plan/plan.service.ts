/** Use cases of target plans: draft, hear the units, negotiate, issue, amend by the next edition. */
import { Injectable, Optional } from '@nestjs/common';
import { ChangeService, SeriesService } from '@gep/accounting';
import { announce, answerOnce, appendAudit, Database } from '@gep/platform';
import {
  ClockBooks,
  DisputedFigures,
  holdsAt,
  type Officer,
  openSubject,
  owePublication,
  StepNotYours,
  takeStep,
} from '@gep/procedure';
import { type ClockBook, RulebookService } from '@gep/rulebook';
import { noteReliances } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import type { Done } from '../../done';
import { TargetConflict } from '../errors';
import { planIssued } from '../events';
import { copyFor, disputedTarget, refuseReply, type ReplyWish, requireHeard } from './hear-units.service';
import { keepVersion, notePlan, otherPlan, requireNext, stateOfPlan } from './keep-plan.service';
import { baseReliances, planDocument } from './plan-document';
import { planSteps, type PlanState } from '../plan-steps';
import type { PlanTerms } from './plan-terms';
import { type PlanView, viewPlan } from './plan-view.service';
import type { PlanEdition } from './plan-edition';
import {
  getPlan,
  insertIssues,
  insertPlan,
  insertReply,
  listCopies,
  listEditions,
  listInForce,
  listReplies,
  lockPlan,
} from './plan.store';
import type { ValueTools } from '../value/published-values.service';
import { readPlan } from './read-plan';
import { setTargets } from './set-targets.service';

type Made = { readonly id: string };

/** A step of a plan that carries no terms. */
export interface PlanDeed {
  readonly plan: string;
  readonly act: 'negotiate' | 'return' | 'issue' | 'withdraw';
  readonly reason?: string;
  readonly documentDigest?: string | null;
}

const mostUnits = 5000;
const replying = { zh: '答复', en: 'reply' };
const drafting = { zh: '起草', en: 'draft' };

@Injectable()
export class PlanService {
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
    figures?.add(planSteps, (tx, { id }, figure) => disputedTarget(tx, id, figure));
  }

  /** Drafts a plan from its document. @throws PlanRefused, InputUnreadable, BaseRefused, TargetConflict, StepNotYours */
  draft(actor: Officer, document: string, key: string): Promise<Done<Made>> {
    const terms = readPlan(document);
    return this.once(actor, { key, action: 'evaluation.plan.draft', body: terms }, (tx) =>
      this.newEdition(tx, actor, terms, undefined),
    );
  }

  /** Drafts the next edition of an issued plan, which holds from a later year on. @throws what `draft` throws, TargetMissing */
  amend(actor: Officer, plan: string, document: string, key: string): Promise<Done<Made>> {
    const terms = readPlan(document);
    return this.once(actor, { key, action: 'evaluation.plan.amend', body: { plan, terms } }, async (tx) =>
      this.newEdition(tx, actor, terms, await getPlan(tx, plan)),
    );
  }

  /** Changes a draft while it is talked about; the version before stays readable. @throws what `draft` throws, StepRefused */
  revise(
    actor: Officer,
    { plan: idOrCode, document, reason }: { readonly plan: string; readonly document: string; readonly reason: string },
    key: string,
  ): Promise<Done<Made & { readonly versionNo: number }>> {
    const terms = readPlan(document);
    const command = { key, action: 'evaluation.plan.revise', body: { plan: idOrCode, terms, reason } };
    return this.once(actor, command, async (tx) => {
      const plan = await getPlan(tx, idOrCode);
      const { id, editionNo } = plan;
      if (terms.code !== plan.code || terms.place !== plan.terms.place) throw otherPlan(plan, terms);
      const made = await setTargets(tx, this.tools, terms);
      const { digest } = made;
      await takeStep(tx, actor, planSteps, { id, code: plan.code, act: 'revise', reason, documentDigest: digest });
      const versionNo = plan.versionNo + 1;
      await keepVersion(tx, actor, { id, versionNo, editionNo, terms }, made);
      await notePlan(tx, actor, plan, 'evaluation.plan-revised', { versionNo, digest, reason });
      return { id, versionNo };
    });
  }

  /** A unit accepts the draft, or says what it could reach instead. @throws TargetMissing, StepNotYours, TargetConflict */
  reply(actor: Officer, wish: ReplyWish, key: string): Promise<Done<Made>> {
    return this.once(actor, { key, action: 'evaluation.plan.reply', body: wish }, async (tx) => {
      const copy = await copyFor(tx, wish);
      const { planId, versionNo, unit, territoryPath, gist } = copy;
      if (!holdsAt(actor, 'appeal.file', territoryPath))
        throw new StepNotYours({ kind: planSteps.kind, name: planSteps.name, id: planId }, replying, 'appeal.file');
      const issued = await listInForce(tx, { year: gist.term.last, unit, code: gist.code });
      if (issued.some((one) => one.planId === planId))
        throw new TargetConflict(gist.code, {
          zh: `已下达；对已下达的目标有异议的，请提出异议（gep appeal file ${planSteps.kind} ${planId}）`,
          en: `it is issued; what is issued is disputed by an appeal (gep appeal file ${planSteps.kind} ${planId})`,
        });
      refuseReply(wish, copy);
      const { answer, counter, reason, documentDigest } = wish;
      const reply = { planId, versionNo, unit, answer, counter, reason, documentDigest };
      const id = await insertReply(tx, actor, copy, reply);
      const subject = `${gist.code} ${unit}`;
      await appendAudit(tx, { actor, action: 'evaluation.plan-replied', subject, territoryPath, after: reply });
      return { id };
    });
  }

  /**
   * Ends the negotiation, returns the draft, issues it, or withdraws it. Without a reason nobody is passed over: not a unit that
   * gave no answer, nor a counter-proposal that still stands. @throws TargetMissing, TargetConflict, StepRefused
   */
  async act(actor: Officer, wish: PlanDeed, key: string): Promise<Done<Made & { readonly state: PlanState }>> {
    const book = await this.clocks.read();
    return this.once(actor, { key, action: `evaluation.plan.${wish.act}`, body: wish }, async (tx) => {
      const plan = await getPlan(tx, wish.plan);
      const { id, territoryPath, code, digest } = plan;
      const { act, reason, documentDigest } = wish;
      await lockPlan(tx, territoryPath, code);
      const { to } = await takeStep(tx, actor, planSteps, { id, code, act, reason, documentDigest });
      if (act === 'negotiate' || act === 'issue') await requireHeard(tx, plan, wish);
      if (act === 'issue') await issue(tx, actor, plan, book);
      await notePlan(tx, actor, plan, `evaluation.plan-${to}`, { act, reason: reason ?? null, digest });
      return { id, state: to as PlanState };
    });
  }

  /** @throws TargetMissing */
  show(actor: Officer, idOrCode: string): Promise<PlanView> {
    return this.database.snapshot(actor, async (tx) => viewPlan(tx, await getPlan(tx, idOrCode)));
  }

  private async newEdition(
    tx: EntityManager,
    actor: Officer,
    terms: PlanTerms,
    amended: PlanEdition | undefined,
  ): Promise<Made> {
    const made = await setTargets(tx, this.tools, terms);
    const { territoryPath, digest } = made;
    const { code } = terms;
    await lockPlan(tx, territoryPath, code);
    const before = (await listEditions(tx, territoryPath, code)).at(-1);
    await requireNext(tx, terms, before, amended);
    const editionNo = (before?.editionNo ?? 0) + 1;
    if (!holdsAt(actor, 'evaluation.prepare', territoryPath))
      throw new StepNotYours({ kind: planSteps.kind, name: planSteps.name, id: code }, drafting, 'evaluation.prepare');
    const id = await insertPlan(tx, actor, { territoryPath, code, editionNo });
    await openSubject(tx, actor, planSteps, { id, territoryPath, documentDigest: digest });
    await keepVersion(tx, actor, { id, versionNo: 1, editionNo, terms }, made);
    await notePlan(tx, actor, { id, code, territoryPath }, 'evaluation.plan-drafted', { editionNo, digest });
    return { id };
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

/** The edition is in force for its years, every base is noted with its vintage, and the public is owed the targets (R10). */
async function issue(tx: EntityManager, actor: Officer, plan: PlanEdition, book: ClockBook): Promise<void> {
  const { id, code, editionNo, territoryPath } = plan;
  const copies = await listCopies(tx, { planId: id, limit: mostUnits });
  await insertIssues(tx, plan, new Map(copies.map(({ unit, territoryPath: path }) => [unit, path])));
  await noteReliances(tx, baseReliances(plan));
  for (const earlier of await listEditions(tx, territoryPath, code))
    if (earlier.editionNo < editionNo && (await stateOfPlan(tx, earlier.id)) === 'issued')
      await takeStep(tx, actor, planSteps, { id: earlier.id, act: 'amend' });
  const document = planDocument(plan, await listReplies(tx, id));
  await owePublication(tx, actor, book, {
    ...{ subject: { kind: planSteps.kind, id }, territoryPath, rule: 'result', document },
  });
  await announce(tx, { event: planIssued, key: id, payload: { planId: id, code, editionNo, territoryPath } });
}
