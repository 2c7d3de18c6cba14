/** Steps and clocks as they are shown: paths are an inner matter, and territories are named by their codes. */
import { isOverdue, type Clock, type TakenStep } from '@gep/procedure';
import { codesOfPath } from '@gep/territory';
import { wire } from '../answer/wire';

export const territoryOf = (path: string): string => codesOfPath(path).at(-1)!;

export const stepBody = (step: TakenStep) => wire(step);

export function clockBody({ subject, territoryPath, ...clock }: Clock, today: string) {
  return {
    ...clock,
    ...{ kind: subject.kind, subjectId: subject.id, territory: territoryOf(territoryPath) },
    isOverdue: isOverdue({ ...clock, subject, territoryPath }, today),
  };
}
