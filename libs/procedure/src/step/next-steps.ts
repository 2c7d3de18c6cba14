/** What can be done about a subject next, by holders of which permission, and by whom not. */
import type { Bilingual } from '@gep/kernel';
import type { StepTable, TakenStep } from './step-table';

export interface NextStep {
  readonly act: string;
  readonly name: Bilingual;
  readonly permission: string;
  /** Persons who did a step from which this one is kept apart. */
  readonly notBy: readonly string[];
  /** It leaves the way to the end (a return, a withdrawal), so it takes a reason. */
  readonly reasonNeeded: boolean;
}

/**
 * In the order of the table; only what a person does by itself, not what follows from the step of another subject.
 * @param permissions of acts whose row names none
 */
export function nextSteps(
  table: StepTable<string, string>,
  state: string,
  steps: readonly Pick<TakenStep, 'act' | 'actorName'>[],
  permissions: Readonly<Record<string, string>> = {},
): NextStep[] {
  return table.rows.flatMap(({ act, from, permission = permissions[act], apartFrom = [], reasonNeeded = false }) => {
    if (!from.includes(state) || permission === undefined) return [];
    const done = steps.filter((step) => apartFrom.includes(step.act)).map(({ actorName }) => actorName);
    return [{ act, name: table.nameOfAct[act], permission, notBy: [...new Set(done)], reasonNeeded }];
  });
}
