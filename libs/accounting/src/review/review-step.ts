/** What is kept of a review: one row for each step, from which everything else about it follows. */
import type { ReviewAct, ReviewState } from './review-table';

/** Which account is reviewed: the vintages of one territory, period and norm. */
export interface ReviewKey {
  readonly territory: string;
  readonly period: string;
  readonly normId: string;
}

/** The vintage that a step was about. */
export interface ReviewedVintage {
  readonly accountId: string;
  readonly vintage: number;
  readonly digest: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** A step that was made. Rows are only added. */
export interface ReviewStep extends ReviewKey {
  /** 1 for the first, then counting up without a gap. */
  readonly stepNo: number;
  /** 1 until the first publication, then one more for each restatement. */
  readonly round: number;
  readonly act: ReviewAct;
  readonly from: ReviewState;
  readonly state: ReviewState;
  readonly path: string;
  readonly vintage: ReviewedVintage;
  readonly by: Person;
  readonly reason: string;
  readonly at: Date;
}

/** Where a review stands: the state after its last step, or a draft that nobody has submitted. */
export interface ReviewPosition {
  readonly state: ReviewState;
  readonly round: number;
  readonly stepNo: number;
  /** Who brought it there, when and why; undefined in a draft. */
  readonly last: ReviewStep | undefined;
}

/** @param steps all steps of one review, the first one first */
export function positionOf(steps: readonly ReviewStep[]): ReviewPosition {
  const last = steps.at(-1);
  return { state: last?.state ?? 'draft', round: last?.round ?? 1, stepNo: last?.stepNo ?? 0, last };
}

/** Steps since the last submission, that one included: what was done about the vintage that is judged now. */
export function currentSubmission(steps: readonly ReviewStep[]): readonly ReviewStep[] {
  const at = steps.findLastIndex(({ act }) => act === 'submit');
  return at < 0 ? [] : steps.slice(at);
}
