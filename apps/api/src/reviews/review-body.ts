/** A review and its steps as they are shown: the path is an inner matter, and the norm is named as everywhere. */
import type { ReviewStep, ReviewView } from '@gep/accounting';
import { wire } from '../answer/wire';

export function stepBody({ path: _path, normId: norm, ...step }: ReviewStep) {
  return { ...wire(step), norm };
}

export function reviewBody({ normId: norm, acts, lock, roles, ...view }: ReviewView) {
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
