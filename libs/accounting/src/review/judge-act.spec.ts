/** What stands in the way of an act: other states, other people's roles, the same person, findings, the tree, no reason. */
import { DomainError } from '@gep/kernel';
import { judgeAct, type Outcome, type ReviewCase, type Wish } from './judge-act';
import { positionOf, type ReviewedVintage, type ReviewStep } from './review-step';
import { reviewStates, type ReviewAct, type ReviewRole } from './review-table';
import { isOwnLevel, rolesAt } from './roles-at';

const key = { territory: '520523', period: '2024', normId: 'sample' };
const path = 'CN.520000.520500.520523';
const vintage = (number: number): ReviewedVintage => ({
  accountId: `id-${number}`,
  vintage: number,
  digest: `digest-${number}`,
});
const everyone: readonly ReviewRole[] = ['reporter', 'checker', 'expert', 'approver', 'publisher'];
const person = (id: string) => ({ id, name: `Person ${id}` });

function caseOf(more: Partial<ReviewCase> = {}): ReviewCase {
  return {
    ...{ key, steps: [], current: vintage(1), published: undefined, makers: ['maker'] },
    ...{ children: [], findings: [], heldBy: undefined, ...more },
  };
}
const wish = (act: ReviewAct, id: string, more: Partial<Wish> = {}): Wish => {
  return { act, person: person(id), roles: everyone, reason: 'the rain of May is missing', ...more };
};

/** Carries the acts out one after the other, as a store would keep them; throws at the first refusal. */
function carry(review: ReviewCase, ...wishes: readonly Wish[]): ReviewCase {
  return wishes.reduce((at, each) => {
    const outcome = judgeAct(at, each);
    if (outcome instanceof DomainError) throw outcome;
    const before = positionOf(at.steps);
    const step: ReviewStep = {
      ...{ ...key, path, stepNo: before.stepNo + 1, round: outcome.round, act: each.act, from: before.state },
      ...{ state: outcome.to, vintage: outcome.vintage, by: each.person, reason: each.reason, at: new Date(0) },
    };
    const published = outcome.to === 'published' ? outcome.vintage : at.published;
    return { ...at, steps: [...at.steps, step], published };
  }, review);
}
const up = [wish('submit', 'a'), wish('check', 'b'), wish('review', 'c'), wish('approve', 'd'), wish('publish', 'e')];
const refusal = (review: ReviewCase, each: Wish): string => {
  const outcome = judgeAct(review, each);
  return outcome instanceof DomainError ? outcome.code.replace('accounting.', '') : `to ${outcome.to}`;
};
const at = (steps: number, more: Partial<ReviewCase> = {}) => carry(caseOf(more), ...up.slice(0, steps));

it('carries an account from draft to publication by five people', () => {
  const states = up.map((_, index) => positionOf(at(index + 1).steps).state);
  expect(states).toEqual(['computed', 'departmentChecked', 'expertReviewed', 'approved', 'published']);
});

it.each([
  ['the submitter checks', 1, 'check', 'a'],
  ['the maker checks', 1, 'check', 'maker'],
  ['the maker publishes', 4, 'publish', 'maker'],
  ['the submitter approves', 3, 'approve', 'a'],
  ['the checker reviews', 2, 'review', 'b'],
  ['the expert approves', 3, 'approve', 'c'],
  ['the approver publishes', 4, 'publish', 'd'],
] as const)('refuses that %s', (_what, steps, act, id) => {
  expect(refusal(at(steps), wish(act, id))).toBe('same-person');
});

it('lets somebody do two steps that do not follow each other, and judge anew after a return', () => {
  expect(refusal(at(3), wish('approve', 'b'))).toBe('to approved');
  expect(refusal(at(4), wish('publish', 'c'))).toBe('to published');
  const again = carry(at(2), wish('return', 'c'), wish('submit', 'a'), wish('check', 'c'));
  expect(refusal(again, wish('review', 'b'))).toBe('to expertReviewed');
  expect(refusal(again, wish('review', 'c'))).toBe('same-person');
});

it('asks for a reason where nobody would understand the step without one', () => {
  for (const [steps, act] of [
    [1, 'return'],
    [1, 'withdraw'],
    [5, 'restate'],
  ] as const) {
    expect(refusal(at(steps), wish(act, 'z', { reason: '   短   ' }))).toBe('reason-missing');
    expect(refusal(at(steps), wish(act, 'z', { reason: '五月降水缺测' }))).toMatch(/^to /);
  }
  expect(refusal(at(1), wish('check', 'b', { reason: '' }))).toBe('to departmentChecked');
});

it('holds everything back for an open A, and checking and approving for B and C', () => {
  const text = { zh: '单价跳变', en: 'the unit price jumps' };
  const outcomes = (grade: 'A' | 'B' | 'C') =>
    up.map((each, steps) => refusal({ ...at(steps), findings: [{ rule: 'price-jump', grade, text }] }, each));
  expect(outcomes('A')).toEqual(Array(5).fill('findings-open'));
  for (const grade of ['B', 'C'] as const) {
    expect(outcomes(grade)).toEqual([
      ...['to computed', 'findings-open', 'to expertReviewed', 'findings-open', 'to published'],
    ]);
  }
});

it('approves a level after its children, and keeps the children where they are afterwards', () => {
  const children = [{ territory: '520524', state: 'expertReviewed', because: 'not-approved' }] as const;
  expect(refusal(at(3, { children }), up[3])).toBe('children-not-approved');
  expect(refusal({ ...at(4), children }, up[4])).toBe('children-not-approved');
  expect(refusal(at(2, { children }), up[2])).toBe('to expertReviewed');
  const heldBy = { territory: '520500', state: 'approved', by: 'Person x', at: '2026-01-01T00:00:00.000Z' } as const;
  expect(refusal({ ...at(4), heldBy }, wish('return', 'd'))).toBe('held-from-above');
  expect(refusal({ ...at(5), heldBy }, wish('restate', 'd'))).toBe('held-from-above');
});

it('says of a lock who set it, when, in which state, and what ends it', () => {
  for (const [steps, who, act] of [
    [4, 'Person d', 'return'],
    [5, 'Person e', 'restate'],
  ] as const) {
    for (const write of ['submit', 'withdraw'] as const) {
      const outcome = judgeAct(at(steps), wish(write, 'a')) as DomainError;
      if (refusal(at(steps), wish(write, 'a')) === 'act-not-now') continue;
      expect(outcome.facts).toMatchObject({ lockedBy: who, lockedAt: '1970-01-01T00:00:00.000Z', ...key });
      expect(outcome.facts.unlock).toMatchObject([{ act }]);
      expect(outcome.text.en).toMatch(who);
      expect(outcome.text.zh).toMatch(/解锁办法/);
    }
    expect(refusal(at(steps), wish('submit', 'a'))).toBe('account-locked');
    expect(refusal(at(steps), wish('withdraw', 'a'))).toBe('account-locked');
  }
});

it('submits what there is, and restates only what has changed', () => {
  expect(refusal(caseOf({ current: undefined }), up[0])).toBe('nothing-to-submit');
  const open = carry(at(5), wish('restate', 'd'));
  expect(refusal(open, up[0])).toBe('nothing-restated');
  const corrected = carry({ ...open, current: vintage(2) }, ...up);
  expect(positionOf(corrected.steps)).toMatchObject({ state: 'published', round: 2 });
  expect(corrected.steps.at(-1)!.vintage).toEqual(vintage(2));
  expect(corrected.steps.filter(({ act }) => act === 'publish').map((step) => step.vintage.vintage)).toEqual([1, 2]);
});

it('judges the submitted vintage, and a newer one after the program has put it in place', () => {
  const newer = { ...at(3), current: vintage(2) };
  expect((judgeAct(newer, up[3]) as Outcome).vintage).toEqual(vintage(1));
  const replaced = carry(newer, { ...wish('supersede', 'system'), roles: ['program'] });
  expect(positionOf(replaced.steps)).toMatchObject({ state: 'computed', last: { vintage: vintage(2) } });
  expect(refusal(replaced, up[1])).toBe('to departmentChecked');
});

it('tells refusals in both languages, whatever the state', () => {
  for (const state of reviewStates) {
    const steps = state === 'draft' ? [] : [{ ...at(1).steps[0], state }];
    for (const act of ['submit', 'check', 'approve', 'publish', 'return', 'restate'] as const) {
      const outcome = judgeAct(caseOf({ steps }), wish(act, 'z', { roles: [] }));
      expect(outcome).toBeInstanceOf(DomainError);
      expect((outcome as DomainError).text.zh).toMatch(/520523 2024 sample.*[\p{Script=Han}]/u);
    }
  }
});

it('finds the capacities of a person from where they hold what', () => {
  const held = (...grants: readonly [string, string][]) =>
    new Map(grants.map(([permission, each]) => [permission, [each]]));
  const prefecture = 'CN.520000.520500';
  expect(rolesAt(held(['account.compute', path]), path)).toEqual(['reporter']);
  expect(rolesAt(held(['account.compute', prefecture]), path)).toEqual([]);
  expect(rolesAt(held(['account.compute', path]), `${path}.520523_jinsha_mine`)).toEqual(['reporter']);
  expect(rolesAt(held(['account.compute', prefecture]), `${path}.520523_jinsha_mine`)).toEqual([]);
  expect(rolesAt(held(['account.check', path], ['account.publish', path]), path)).toEqual(['checker', 'publisher']);
  expect(rolesAt(held(['account.review', prefecture]), path)).toEqual(['expert', 'upper']);
  expect(rolesAt(held(['account.approve', path]), prefecture)).toEqual([]);
  expect(rolesAt(held(['account.approve', path]), `${path}0`)).toEqual([]);
  expect(isOwnLevel('CN', ['CN'])).toBe(true);
});
