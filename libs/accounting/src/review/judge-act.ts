/** Judges an act on a review: what it leads to, or the first thing that stands in its way. */
import type { DomainError } from '@gep/kernel';
import {
  AccountLocked,
  ActNotNow,
  ActNotYours,
  ChildrenNotApproved,
  FindingsOpen,
  HeldFromAbove,
  NothingRestated,
  NothingToSubmit,
  ReasonMissing,
  SamePerson,
  type ChildInTheWay,
  type OpenFinding,
} from './errors';
import { lockOf } from './lock-of';
import {
  currentSubmission,
  positionOf,
  type Person,
  type ReviewedVintage,
  type ReviewKey,
  type ReviewStep,
} from './review-step';
import {
  actsWithReason,
  chain,
  decideAct,
  lockedStates,
  possibleActs,
  type ReviewAct,
  type ReviewRole,
  type ReviewState,
} from './review-table';
import { nameOfAct } from './review-words';

/** Everything that bears on an act. */
export interface ReviewCase {
  readonly key: ReviewKey;
  readonly steps: readonly ReviewStep[];
  /** The vintage that is current now. */
  readonly current: ReviewedVintage | undefined;
  /** The vintage that was published last. */
  readonly published: ReviewedVintage | undefined;
  /** Ids of those who asked for the computation of the current vintage and who uploaded what it was made from. */
  readonly makers: readonly string[];
  /** Children that keep this level from being approved. */
  readonly children: readonly ChildInTheWay[];
  /** What the quality checks found in the current vintage and nobody has settled. */
  readonly findings: readonly OpenFinding[];
  /** An approved account above that was added up from this one. */
  readonly heldBy:
    | { readonly territory: string; readonly state: ReviewState; readonly by: string; readonly at: string }
    | undefined;
}

/** Who acts, in which capacities, and why. */
export interface Wish {
  readonly act: ReviewAct;
  readonly person: Person;
  readonly roles: readonly ReviewRole[];
  readonly reason: string;
}

/** What an act that may be done leads to. */
export interface Outcome {
  readonly to: ReviewState;
  readonly round: number;
  readonly vintage: ReviewedVintage;
}

/** Characters of a reason, as direct reporting asks of an explanation. */
export const leastReason = 6;

/** Steps that are done by somebody other than whoever made the vintage. */
const judging: readonly ReviewAct[] = ['check', 'review', 'approve', 'publish'];

/**
 * Maker and checker: who made the vintage (asked for it, uploaded what it was made from, or submitted it) does none of
 * check, review, approve and publish on it; and nobody does two successive steps of the chain on one submission.
 */
function samePerson({ key, steps, makers }: ReviewCase, { act, person }: Wish): SamePerson | undefined {
  if (!judging.includes(act)) return undefined;
  const submission = currentSubmission(steps);
  const submitted = submission.some((step) => step.act === 'submit' && step.by.id === person.id);
  if (submitted || makers.includes(person.id)) return new SamePerson(key, act, person.name, 'make');
  const previous = chain[chain.indexOf(act) - 1];
  const last = submission.findLast((step) => step.act === previous);
  return last?.by.id === person.id ? new SamePerson(key, act, person.name, previous) : undefined;
}

/** A blocks every step upwards, and B and C those by which somebody answers for the figures. */
function openFindings({ key, findings }: ReviewCase, act: ReviewAct): FindingsOpen | undefined {
  const blocking = findings.filter(({ grade }) => (grade === 'A' ? chain : ['check', 'approve']).includes(act));
  return blocking.length > 0 ? new FindingsOpen(key, act, blocking) : undefined;
}

/**
 * What the act leads to, or why it is refused. The reason is weighed last, so that what is possible can be told before
 * one is written.
 */
export function judgeAct(review: ReviewCase, wish: Wish): Outcome | DomainError {
  const { key, steps } = review;
  const { act } = wish;
  const { state, round, last } = positionOf(steps);
  const decision = decideAct(state, act, wish.roles);
  const opened = round > 1 && review.published !== undefined;
  const possibleOf = (acts: readonly ReviewAct[]) => acts.filter((each) => each !== 'abandon' || opened);
  if (act === 'abandon' && !opened) {
    return new ActNotNow(key, act, state, possibleOf(possibleActs(state)));
  }
  if ('refusal' in decision) {
    if (decision.refusal === 'not-yours') return new ActNotYours(key, act, decision.needs);
    const locked = lockedStates.includes(state) && ['submit', 'withdraw', 'supersede'].includes(act);
    return locked
      ? new AccountLocked(lockOf(last!), nameOfAct(act))
      : new ActNotNow(key, act, state, possibleOf(decision.possible));
  }
  const vintage = vintageFor(act, review, last);
  if (!vintage) return new NothingToSubmit(key);
  if (act === 'submit' && round > 1 && vintage.accountId === review.published?.accountId)
    return new NothingRestated(key);
  const refusal = samePerson(review, wish) ?? openFindings(review, act) ?? inTheTree(review, act);
  if (refusal) return refusal;
  if (actsWithReason.includes(act) && [...wish.reason.trim()].length < leastReason)
    return new ReasonMissing(act, leastReason);
  return { to: decision.to, round: round + (roundSteps[act] ?? 0), vintage };
}

/** A restatement opens a round, and abandoning it goes back to the one that was published. */
const roundSteps: Readonly<Partial<Record<ReviewAct, number>>> = { restate: 1, abandon: -1 };

function vintageFor(act: ReviewAct, review: ReviewCase, last: ReviewStep | undefined): ReviewedVintage | undefined {
  if (act === 'abandon') return review.published;
  return act === 'submit' || act === 'supersede' ? review.current : last!.vintage;
}

/** Upwards after the children, downwards before the parent. */
function inTheTree({ key, children, heldBy }: ReviewCase, act: ReviewAct): DomainError | undefined {
  if ((act === 'approve' || act === 'publish') && children.length > 0) return new ChildrenNotApproved(key, children);
  if ((act === 'return' || act === 'restate') && heldBy) return new HeldFromAbove(key, heldBy);
  return undefined;
}
