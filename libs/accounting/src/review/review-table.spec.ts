/** Every pair of state and act, by every role alone: the whole table is written out once more, by hand. */
import {
  chain,
  decideAct,
  lockedStates,
  openStates,
  reviewActs,
  reviewRoles,
  reviewStates,
  transitions,
  unlockingActs,
  type ReviewAct,
  type ReviewRole,
  type ReviewState,
} from './review-table';

/** `state act` → who may, and the state after it; what is not here is refused. */
const allowed: Readonly<Record<string, readonly [roles: string, to: ReviewState]>> = {
  'draft submit': ['reporter', 'computed'],
  'returned submit': ['reporter', 'computed'],
  'withdrawn submit': ['reporter', 'computed'],
  'restated submit': ['reporter', 'computed'],
  'computed check': ['checker', 'departmentChecked'],
  'computed return': ['checker upper', 'returned'],
  'computed withdraw': ['reporter', 'withdrawn'],
  'computed supersede': ['program', 'computed'],
  'departmentChecked review': ['expert', 'expertReviewed'],
  'departmentChecked return': ['expert upper', 'returned'],
  'departmentChecked withdraw': ['reporter', 'withdrawn'],
  'departmentChecked supersede': ['program', 'computed'],
  'expertReviewed approve': ['approver', 'approved'],
  'expertReviewed return': ['approver upper', 'returned'],
  'expertReviewed withdraw': ['reporter', 'withdrawn'],
  'expertReviewed supersede': ['program', 'computed'],
  'approved publish': ['publisher', 'published'],
  'approved return': ['approver publisher upper', 'returned'],
  'published restate': ['approver upper', 'restated'],
  'restated abandon': ['approver upper', 'published'],
  'returned abandon': ['approver upper', 'published'],
  'withdrawn abandon': ['approver upper', 'published'],
};

const triples = reviewStates.flatMap((state) =>
  reviewActs.flatMap((act) => reviewRoles.map((role) => [state, act, role] as [ReviewState, ReviewAct, ReviewRole])),
);

it('has a decision for every state, act and role', () => {
  expect(triples).toHaveLength(9 * 10 * 7);
});

it.each(triples)('%s · %s · %s', (state, act, role) => {
  const row = allowed[`${state} ${act}`];
  const decision = decideAct(state, act, [role]);
  if (!row) {
    const possible = reviewActs.filter((each) => allowed[`${state} ${each}`]);
    expect(decision).toMatchObject({ refusal: 'not-now' });
    expect('possible' in decision && [...decision.possible].sort()).toEqual([...possible].sort());
  } else if (row[0].split(' ').includes(role)) expect(decision).toEqual({ to: row[1] });
  else expect(decision).toEqual({ refusal: 'not-yours', needs: row[0].split(' ') });
});

it('lets nobody act without a role, and whoever holds several by any of them', () => {
  for (const { from, act, roles, to } of transitions) {
    expect(decideAct(from, act, [])).toEqual({ refusal: 'not-yours', needs: roles });
    expect(decideAct(from, act, reviewRoles)).toEqual({ to });
  }
});

it('gives the upper level nothing but returning, opening a restatement and abandoning it', () => {
  const acts = transitions.filter(({ roles }) => roles.includes('upper')).map(({ act }) => act);
  expect([...new Set(acts)].sort()).toEqual(['abandon', 'restate', 'return']);
});

it('changes no figure that is locked, and never skips a step of the chain', () => {
  for (const state of lockedStates) {
    expect(decideAct(state, 'supersede', ['program'])).toMatchObject({ refusal: 'not-now' });
    expect(unlockingActs(state).length).toBeGreaterThan(0);
  }
  const states: readonly ReviewState[] = ['computed', 'departmentChecked', 'expertReviewed', 'approved', 'published'];
  for (const [at, act] of chain.entries()) {
    const rows = transitions.filter((each) => each.act === act);
    expect(new Set(rows.map(({ to }) => to))).toEqual(new Set([states[at]]));
    if (at > 0) expect(rows.map(({ from }) => from)).toEqual([states[at - 1]]);
  }
  expect(openStates.every((state) => !lockedStates.includes(state))).toBe(true);
});

it('reaches every state, and leaves every state', () => {
  const reached = new Set<ReviewState>(['draft']);
  for (let size = 0; size !== reached.size;) {
    size = reached.size;
    for (const { from, to } of transitions) if (reached.has(from)) reached.add(to);
  }
  expect([...reached].sort()).toEqual([...reviewStates].sort());
  expect(new Set(transitions.map(({ from }) => from))).toEqual(new Set(reviewStates));
});
