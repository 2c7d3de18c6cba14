/** Front door of procedures: steps, legal clocks, appeals and duties to publish, about any subject by kind and id. */
export { frozenFigures, wholeSubject } from './appeal/appeal.store';
export { isOverdue, type Clock } from './clock/clock';
export { ClockBooks } from './clock/clock-books.service';
export {
  listClocks,
  meetClock,
  startClock,
  type ClockFilter,
  type ClockStart,
  type StartedClock,
} from './clock/clock.store';
export { ClockRefused, ProcedureMissing, PublicationRefused, StepRefused, SubjectMoved } from './errors';
export { type Officer } from './officer';
export { ProcedureModule } from './procedure.module';
export { type PublicationKind } from './publication/publication-rule';
export { owePublication, type PublicationDebt } from './publication/publication.store';
export {
  getSubject,
  listSubjects,
  lockSubject,
  openSubject,
  stateOf,
  takeStep,
  type ListedSubject,
  type StepWish,
  type SubjectState,
} from './step/step.store';
export {
  judgeStep,
  openingAct,
  possibleActs,
  tableFaults,
  type StepRow,
  type StepTable,
  type Subject,
  type TakenStep,
} from './step/step-table';
