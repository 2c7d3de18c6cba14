/** What is offered next for an entry is for its sign and item alone. */
import { nextSteps, type StepTable } from '@gep/procedure';
import type { EventState } from '../score/explain-score';
import { eventSteps, fitsEntry, type EventAct } from './event-steps';

const offered = (state: EventState, negative: boolean, repairable: boolean): string[] =>
  nextSteps(eventSteps as unknown as StepTable<string, string>, state, [])
    .map(({ act }) => act)
    .filter((act) => fitsEntry(act as EventAct, { negative, repairable }));

it.each([
  ['reported', false, false, ['accept', 'return']],
  ['reported', true, true, ['confirm', 'return']],
  ['confirmed', true, false, ['notify', 'void']],
  ['effective', false, true, ['void']],
  ['effective', true, false, ['void']],
  ['effective', true, true, ['repair', 'void']],
  ['voided', true, true, []],
] as const)('%s, bad %s, with terms of repair %s', (state, negative, repairable, acts) => {
  expect(offered(state, negative, repairable)).toEqual(acts);
});
