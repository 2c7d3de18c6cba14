/** Steps and clocks as they are shown: paths are an inner matter, and territories are named by their codes. */
import { type Appeal, type AppealView, isOverdue, type Clock, type TakenStep } from '@gep/procedure';
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

export function appealBody(appeal: Appeal) {
  const { subject, shownFen, territoryPath, respondentPath, superiorPath, ...shown } = appeal;
  return {
    ...shown,
    ...{ kind: subject.kind, subjectId: subject.id, shownFen: shownFen?.toString() ?? null },
    ...{ territory: territoryOf(territoryPath), respondent: territoryOf(respondentPath) },
    superior: territoryOf(superiorPath),
  };
}

export function appealViewBody({ steps, clocks, ...appeal }: AppealView, today: string) {
  return {
    ...appealBody(appeal),
    ...{ steps: steps.map(stepBody), clocks: clocks.map((clock) => clockBody(clock, today)) },
  };
}
