/** Use cases of reviews: what may be done now and why not, and doing it. */
import { Injectable, Optional } from '@nestjs/common';
import { DomainError } from '@gep/kernel';
import { answerOnce, appendAudit, Database, type Actor } from '@gep/platform';
import type { EntityManager } from 'typeorm';
import { lockTerritoryAccounts, makeCurrent } from '../account/account-entry.store';
import { publishAccount } from '../restatement/publish-account.service';
import { ReviewMoved, type LockFacts } from './errors';
import { FindingsOfAccount } from './findings.service';
import { judgeAct, type ReviewCase } from './judge-act';
import { lockOf } from './lock-of';
import { gatherCase, seenFromAbove } from './review-facts.service';
import { checkedKey, placeOf } from './review-place.service';
import { positionOf, type Person, type ReviewedVintage, type ReviewKey, type ReviewStep } from './review-step';
import { lockedStates, reviewActs, type ReviewAct, type ReviewRole, type ReviewState } from './review-table';
import { insertSteps, listSteps } from './review.store';
import { rolesAt, type HeldPermissions } from './roles-at';

/** Somebody who acts on reviews, with what they are permitted and where. */
export interface Reviewer extends Actor {
  readonly permissions: HeldPermissions;
}

/** An act that somebody wishes to do. */
export interface ActRequest {
  readonly act: ReviewAct;
  readonly reason?: string;
  /** The step that the person saw last; when the review has moved on since, the act is refused. */
  readonly afterStep?: number;
}

/** Whether an act may be done by the person who asks, and if not, why. */
export interface ActOffer {
  readonly act: ReviewAct;
  readonly refusal: DomainError | null;
}

/** A review as one person sees it. */
export interface ReviewView extends ReviewKey {
  readonly state: ReviewState;
  readonly round: number;
  readonly stepNo: number;
  /** Who brought it into this state, when and why; null in a draft. */
  readonly last: { readonly act: ReviewAct; readonly by: Person; readonly at: Date; readonly reason: string } | null;
  /** The vintage that is judged; null in a draft. */
  readonly judged: ReviewedVintage | null;
  readonly current: ReviewedVintage | null;
  readonly published: ReviewedVintage | null;
  readonly lock: LockFacts | null;
  /** In which capacities the person acts here. */
  readonly roles: readonly ReviewRole[];
  readonly acts: readonly ActOffer[];
}

/** The acts of people; the program's own is not offered. */
const offered = reviewActs.filter((act) => act !== 'supersede');

@Injectable()
export class ReviewService {
  constructor(
    private readonly database: Database,
    @Optional() private readonly quality?: FindingsOfAccount,
  ) {}

  /** Where a review stands, and what this person may do about it. @throws TerritoryMissing also when it is not theirs */
  async show(reviewer: Reviewer, wanted: ReviewKey): Promise<ReviewView> {
    const key = checkedKey(wanted);
    const path = await this.database.snapshot(reviewer, (tx) => placeOf(tx, reviewer, key));
    const above = await seenFromAbove(this.database, key);
    return this.database.snapshot(reviewer, async (tx) => {
      return viewOf(await gatherCase(tx, key, above, this.quality), reviewer, rolesAt(reviewer.permissions, path));
    });
  }

  /** All steps of a review, the first one first. @throws TerritoryMissing also when it is not theirs */
  async history(actor: Actor, wanted: ReviewKey): Promise<ReviewStep[]> {
    const key = checkedKey(wanted);
    return this.database.snapshot(actor, async (tx) => {
      await placeOf(tx, actor, key);
      return listSteps(tx, key);
    });
  }

  /**
   * Does an act: step, publication, events and audit row in one transaction; the same key and wish once.
   * @throws TerritoryMissing, ReviewMoved, IdempotencyConflict, and every refusal of `judgeAct`
   */
  async act(
    reviewer: Reviewer,
    wanted: ReviewKey,
    request: ActRequest,
    idempotencyKey: string,
  ): Promise<{ readonly replayed: boolean; readonly step: ReviewStep }> {
    const key = checkedKey(wanted);
    const path = await this.database.snapshot(reviewer, (tx) => placeOf(tx, reviewer, key));
    const above = await seenFromAbove(this.database, key);
    const roles = rolesAt(reviewer.permissions, path);
    return this.database.transaction(reviewer, async (tx) => {
      const command = {
        actor: reviewer,
        key: idempotencyKey,
        action: 'accounting.review',
        body: { ...key, ...request },
      };
      const { response, replayed } = await answerOnce(tx, command, async () => {
        // Recomputations of the territory wait: what is judged stays the current vintage until the step is kept.
        await lockTerritoryAccounts(tx, key.period, key.normId, [key.territory]);
        const review = await gatherCase(tx, key, above, this.quality);
        return { step: await this.make(tx, reviewer, review, { ...request, roles, path }) };
      });
      return { replayed, step: { ...response.step, at: new Date(response.step.at) } };
    });
  }

  private async make(
    tx: EntityManager,
    reviewer: Reviewer,
    review: ReviewCase,
    { act, reason = '', afterStep, roles, path }: ActRequest & { roles: readonly ReviewRole[]; path: string },
  ): Promise<ReviewStep> {
    const { key, steps } = review;
    const { state, stepNo } = positionOf(steps);
    if (afterStep !== undefined && afterStep !== stepNo) throw new ReviewMoved(key, afterStep, stepNo);
    const person = { id: reviewer.id, name: reviewer.name };
    const outcome = judgeAct(review, { act, person, roles, reason });
    if (outcome instanceof DomainError) throw outcome;
    const { to, round, vintage } = outcome;
    const [step] = await insertSteps(tx, [
      {
        ...key,
        stepNo: stepNo + 1,
        round,
        act,
        from: state,
        state: to,
        path,
        vintage,
        by: person,
        reason: reason.trim(),
      },
    ]);
    // What was published is shown as the current account again; corrections that came meanwhile stay vintages of their own.
    if (act === 'abandon') await makeCurrent(tx, [vintage.accountId], null);
    const disclosed = act === 'publish' && (await this.publish(tx, reviewer, review, { round, vintage }));
    await appendAudit(tx, {
      actor: reviewer,
      action: `review.${act}`,
      subject: `${key.territory} ${key.period} ${key.normId}`,
      territoryPath: path,
      before: { state, round: positionOf(steps).round },
      after: { state: to, round, ...vintage, reason: step.reason, ...(disclosed && { disclosure: disclosed.id }) },
    });
    return step;
  }

  private publish(
    tx: EntityManager,
    reviewer: Reviewer,
    { key, steps }: ReviewCase,
    { round, vintage }: { readonly round: number; readonly vintage: ReviewedVintage },
  ) {
    const reason = steps.findLast(({ act }) => act === 'restate')?.reason ?? '';
    return publishAccount(tx, reviewer, { key, accountId: vintage.accountId, round, reason });
  }
}

function viewOf(review: ReviewCase, { id, name }: Reviewer, roles: readonly ReviewRole[]): ReviewView {
  const { state, round, stepNo, last } = positionOf(review.steps);
  const offer = (act: ReviewAct): ActOffer => {
    // Whether a reason is given is weighed when the act is done.
    const outcome = judgeAct(review, { act, person: { id, name }, roles, reason: '理由随办理时填写' });
    return { act, refusal: outcome instanceof DomainError ? outcome : null };
  };
  return {
    ...review.key,
    ...{ state, round, stepNo },
    last: last ? { act: last.act, by: last.by, at: last.at, reason: last.reason } : null,
    judged: last?.vintage ?? null,
    current: review.current ?? null,
    published: review.published ?? null,
    lock: last && lockedStates.includes(state) ? lockOf(last) : null,
    roles,
    acts: offered.map(offer),
  };
}
