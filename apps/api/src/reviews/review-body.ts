/** A review and its steps as they are shown: the path is an inner matter, and the norm is named as everywhere. */
import type { ReviewStep, ReviewView } from '@gep/accounting';
import { wire } from '../answer/wire';
import type { ReviewBody, ReviewStepBody } from './reviews.dto';

export function stepBody({ path: _path, normId: norm, ...step }: ReviewStep): ReviewStepBody {
  return { ...wire(step), norm };
}

export function reviewBody({ normId: norm, acts, lock, roles, ...view }: ReviewView): ReviewBody {
  return {
    ...wire(view),
    norm,
    lock: lock && {
      ...{ state: lock.state, lockedBy: lock.lockedBy, lockedAt: lock.lockedAt },
      unlock: lock.unlock.map((each) => ({ act: each.act, roles: [...each.roles] })),
    },
    roles: [...roles],
    acts: acts.map(({ act, refusal }) => ({
      act,
      allowed: refusal === null,
      refusal: refusal && { code: refusal.code, text: refusal.text, facts: wire(refusal.facts) },
    })),
  };
}
