/** What is told of a lock: who set it, when, in which state, and what ends it. */
import type { LockFacts } from './errors';
import type { ReviewStep } from './review-step';
import { unlockingActs } from './review-table';

/** @param last the step that locked the account */
export function lockOf({ territory, period, normId, state, by, at }: ReviewStep): LockFacts {
  return {
    ...{ territory, period, normId, state },
    lockedBy: by.name,
    lockedAt: at.toISOString(),
    unlock: unlockingActs(state).map(({ act, roles }) => ({ act, roles })),
  };
}
