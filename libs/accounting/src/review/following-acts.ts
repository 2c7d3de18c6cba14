/** What may come next in a review after its last step, and by whom; the one who asks is not judged here. */
import { permissionOf } from './roles-at';
import { currentSubmission, positionOf, type ReviewStep } from './review-step';
import { actsWithReason, chain, type ReviewAct, type ReviewRole, transitions } from './review-table';

export interface FollowingAct {
  readonly act: ReviewAct;
  /** Any one of them is enough; with what each is permitted by, `upper` and `program` by none. */
  readonly roles: readonly { readonly role: ReviewRole; readonly permission: string | undefined }[];
  /** Names of those who did the step before, or submitted; who uploaded or computed the figures is not in it. */
  readonly notBy: readonly string[];
  readonly reasonNeeded: boolean;
}

/** @param steps all of one review, the first one first */
export function followingActs(steps: readonly ReviewStep[]): FollowingAct[] {
  const { state, round } = positionOf(steps);
  const submission = currentSubmission(steps);
  return transitions
    .filter(({ act, from }) => from === state && act !== 'supersede' && (act !== 'abandon' || round > 1))
    .map(({ act, roles }) => {
      const at = chain.indexOf(act);
      const apart = at > 0 ? submission.filter((step) => step.act === 'submit' || step.act === chain[at - 1]) : [];
      return {
        act,
        roles: roles.map((role) => ({ role, permission: permissionOf(role) })),
        notBy: [...new Set(apart.map(({ by }) => by.name))],
        reasonNeeded: actsWithReason.includes(act),
      };
    });
}
