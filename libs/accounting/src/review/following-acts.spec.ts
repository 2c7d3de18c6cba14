/** After a step, the next one is told with who may do it and who not. */
import { followingActs } from './following-acts';
import type { ReviewStep } from './review-step';

const step = (act: ReviewStep['act'], state: ReviewStep['state'], name: string, round = 1): ReviewStep =>
  ({ act, state, round, stepNo: 1, by: { id: name, name } }) as ReviewStep;

it('names the next step, its role, and the two who must not do it', () => {
  const steps = [step('submit', 'computed', 'maker'), step('check', 'departmentChecked', 'checker')];
  const acts = followingActs(steps);
  expect(acts.map(({ act, reasonNeeded }) => [act, reasonNeeded])).toEqual([
    ['review', false],
    ['return', true],
    ['withdraw', true],
  ]);
  expect(acts[0]).toMatchObject({
    roles: [{ role: 'expert', permission: 'account.review' }],
    notBy: ['maker', 'checker'],
  });
  expect(acts[1].roles).toEqual([
    { role: 'expert', permission: 'account.review' },
    { role: 'upper', permission: undefined },
  ]);
});

it('offers to abandon only what was opened after a publication', () => {
  const acts = (round: number) => followingActs([step('return', 'returned', 'checker', round)]).map(({ act }) => act);
  expect([acts(1), acts(2)]).toEqual([['submit'], ['submit', 'abandon']]);
});
