/** The steps of a review as one table: which act leads from which state to which, and by whose hand. */

/** States of an account of one territory, period and norm on its way to publication. */
export const reviewStates = [
  'draft',
  'computed',
  'departmentChecked',
  'expertReviewed',
  'approved',
  'published',
  'returned',
  'withdrawn',
  'restated',
] as const;
export type ReviewState = (typeof reviewStates)[number];

/** What people do; `supersede` is the program's, when a new vintage takes the place of the one under review. */
export const reviewActs = [
  'submit',
  'check',
  'review',
  'approve',
  'publish',
  'return',
  'withdraw',
  'restate',
  'abandon',
  'supersede',
] as const;
export type ReviewAct = (typeof reviewActs)[number];

/** In which capacity somebody acts. `upper` judges for a territory above; `program` is the recomputation itself. */
export const reviewRoles = ['reporter', 'checker', 'expert', 'approver', 'publisher', 'upper', 'program'] as const;
export type ReviewRole = (typeof reviewRoles)[number];

/** One row of the table. */
export interface Transition {
  readonly act: ReviewAct;
  readonly from: ReviewState;
  readonly to: ReviewState;
  /** Any one of them is enough. */
  readonly roles: readonly ReviewRole[];
}

const from = (act: ReviewAct, to: ReviewState, states: Partial<Record<ReviewState, readonly ReviewRole[]>>) =>
  Object.entries(states).map(([state, roles]): Transition => ({ act, from: state as ReviewState, to, roles }));

/**
 * Ours, after the path of statistical direct reporting: the upper level may return and never edit, whoever judges a state
 * may return it, and what is approved is locked until it is returned or, once published, restated.
 */
export const transitions: readonly Transition[] = [
  ...from('submit', 'computed', {
    draft: ['reporter'],
    returned: ['reporter'],
    withdrawn: ['reporter'],
    restated: ['reporter'],
  }),
  ...from('check', 'departmentChecked', { computed: ['checker'] }),
  ...from('review', 'expertReviewed', { departmentChecked: ['expert'] }),
  ...from('approve', 'approved', { expertReviewed: ['approver'] }),
  ...from('publish', 'published', { approved: ['publisher'] }),
  ...from('return', 'returned', {
    computed: ['checker', 'upper'],
    departmentChecked: ['expert', 'upper'],
    expertReviewed: ['approver', 'upper'],
    approved: ['approver', 'publisher', 'upper'],
  }),
  ...from('withdraw', 'withdrawn', {
    computed: ['reporter'],
    departmentChecked: ['reporter'],
    expertReviewed: ['reporter'],
  }),
  ...from('restate', 'restated', { published: ['approver', 'upper'] }),
  // Only where something was published, which then holds on: what was opened in error closes nothing.
  ...from('abandon', 'published', {
    restated: ['approver', 'upper'],
    returned: ['approver', 'upper'],
    withdrawn: ['approver', 'upper'],
  }),
  ...from('supersede', 'computed', {
    computed: ['program'],
    departmentChecked: ['program'],
    expertReviewed: ['program'],
  }),
];

/** What the table says of an act: where it leads, or why not. */
export type Decision =
  | { readonly to: ReviewState }
  | { readonly refusal: 'not-now'; readonly possible: readonly ReviewAct[] }
  | { readonly refusal: 'not-yours'; readonly needs: readonly ReviewRole[] };

/** Looks the act up. `roles` are those that the person holds for the territory. */
export function decideAct(state: ReviewState, act: ReviewAct, roles: readonly ReviewRole[]): Decision {
  const row = transitions.find((each) => each.from === state && each.act === act);
  if (!row) return { refusal: 'not-now', possible: possibleActs(state) };
  if (!row.roles.some((role) => roles.includes(role))) return { refusal: 'not-yours', needs: row.roles };
  return { to: row.to };
}

/** Acts that lead on from a state, by whomever. */
export function possibleActs(state: ReviewState): ReviewAct[] {
  return transitions.filter((each) => each.from === state).map(({ act }) => act);
}

/** States in which figures may not change: neither by an upload nor by a recomputation. */
export const lockedStates: readonly ReviewState[] = ['approved', 'published'];

/** States in which somebody is judging the vintage that was submitted. */
export const openStates: readonly ReviewState[] = ['computed', 'departmentChecked', 'expertReviewed'];

/** The acts that carry an account upwards, in their order; each is done by somebody else than the one before. */
export const chain: readonly ReviewAct[] = ['submit', 'check', 'review', 'approve', 'publish'];

/** Acts that nobody understands later without a reason. */
export const actsWithReason: readonly ReviewAct[] = ['return', 'withdraw', 'restate', 'abandon'];

/** Which acts end the lock of a state, and who may do them. */
export function unlockingActs(state: ReviewState): readonly Transition[] {
  return transitions.filter((each) => each.from === state && !lockedStates.includes(each.to));
}
