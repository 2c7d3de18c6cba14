/** Front door of procedures: steps, legal clocks, appeals and duties to publish, about any subject by kind and id. */
export { type Appeal, type AppealDraft } from './appeal/appeal';
export { type AppealWish } from './appeal/appeal-effects.service';
export {
  appealActs,
  appealPermissions,
  appealStates,
  appealTable,
  type AppealAct,
  type AppealOutcome,
  type AppealState,
} from './appeal/appeal-table';
export { AppealService, type AppealAnswer, type AppealView, type PartyProof } from './appeal/appeal.service';
export {
  findAppeals,
  frozenFigures,
  listAppealIds,
  listFrozen,
  wholeSubject,
  type AppealFilter,
} from './appeal/appeal.store';
export {
  DisputedFigures,
  type FigureReader,
  type PaidAlready,
  type StandingFigure,
} from './appeal/disputed-figures.service';
export { isOverdue, type Clock } from './clock/clock';
export { ClockBooks } from './clock/clock-books.service';
export { OverdueService } from './clock/overdue.service';
export {
  listClocks,
  meetClock,
  startClock,
  todayOf,
  waiveClocks,
  type ClockFilter,
  type ClockStart,
  type StartedClock,
} from './clock/clock.store';
export {
  AppealRefused,
  ClockRefused,
  ProcedureMissing,
  PublicationRefused,
  StepNotYours,
  StepRefused,
  SubjectMoved,
} from './errors';
export { appealDecided, clockOverdue } from './events';
export { procedureJobNames, procedureQueue, type ProcedureJobName } from './jobs';
export { holdsAt, type Officer } from './officer';
export { ProcedureModule } from './procedure.module';
export { nameOfPublication, publicationKinds, wayToObject, type PublicationKind } from './publication/publication-rule';
export { PublicationService, publishOwed, type PublicationAnswer } from './publication/publication.service';
export {
  getPublication,
  listDuties,
  listPublications,
  owePublication,
  type Publication,
  type PublicationDebt,
  type PublicationDuty,
} from './publication/publication.store';
export { nextSteps, type NextStep } from './step/next-steps';
export {
  getSubject,
  listSubjects,
  lockSubject,
  openSubject,
  stateOf,
  statesOf,
  takeStep,
  type ListedSubject,
  type StepWish,
  type SubjectState,
} from './step/step.store';
export {
  judgeStep,
  possibleActs,
  tableFaults,
  type StepRow,
  type StepTable,
  type Subject,
  type TakenStep,
} from './step/step-table';
