/** Who reacts to what: one line per event that the outbox announces. */
import { accountPublished, accountRestated, recomputeRequested, sheetOverdue } from '@gep/accounting';
import {
  creditCorrected,
  creditLoanDecided,
  creditMeasureChanged,
  creditRescored,
  creditScored,
  rescoreRequested,
} from '@gep/credit';
import {
  figureSupplied,
  incidentJudged,
  planClosed,
  planIssued,
  progressConfirmed,
  scoreFiguresSupplied,
  scoresComputed,
  scoresFinal,
  scoresNotified,
  scoringRequested,
} from '@gep/evaluation';
import { batchImported } from '@gep/observation';
import { appealDecided, clockOverdue } from '@gep/procedure';
import { dividendTaskRequested } from '@gep/procurement';
import { settlementApproved, settlementComputed, settlementPaid, settlementRequested } from '@gep/settlement';

/** What is done when an event is announced; each may come more than once and must then change nothing. */
export type Reaction =
  | 'enqueueRun'
  | 'enqueueSettlement'
  | 'enqueueDividend'
  | 'enqueueScoring'
  | 'enqueueRescore'
  | 'draftTrueUps'
  | 'resumeTrueUp'
  | 'none';

export const reactions: Readonly<Record<string, Reaction>> = {
  [recomputeRequested]: 'enqueueRun',
  // People decide when the data of a period are complete enough to be recomputed; the end of the period does too.
  [batchImported]: 'none',
  [accountPublished]: 'none',
  // What was paid by a figure is looked at again when the figure is restated: in the relay itself, so that no queue can lose it.
  [accountRestated]: 'draftTrueUps',
  // For whoever carries messages to departments; the list of reminders shows them too.
  [sheetOverdue]: 'none',
  // For whoever carries messages; the list of overdue clocks shows them too.
  [clockOverdue]: 'none',
  // People go on with what was frozen, or correct what was upheld; a correction that had left the party out is drafted.
  [appealDecided]: 'resumeTrueUp',
  [settlementRequested]: 'enqueueSettlement',
  [dividendTaskRequested]: 'enqueueDividend',
  // For whoever carries messages to the parties; each sees its part anyway.
  [settlementComputed]: 'none',
  [settlementApproved]: 'none',
  [settlementPaid]: 'none',
  // For whoever carries messages to the units; each sees its targets anyway, and the public what is published.
  [planIssued]: 'none',
  [planClosed]: 'none',
  [progressConfirmed]: 'none',
  // The list of figures shows who waits to be confirmed.
  [figureSupplied]: 'none',
  [scoringRequested]: 'enqueueScoring',
  // For whoever carries messages to departments and units; the state of each run and delivery shows them too.
  [scoreFiguresSupplied]: 'none',
  [scoresComputed]: 'none',
  [scoresNotified]: 'none',
  [scoresFinal]: 'none',
  // People decide whether a year is scored anew.
  [incidentJudged]: 'none',
  [rescoreRequested]: 'enqueueRescore',
  // For whoever carries messages to the subject and to those who had asked under consent; the own record shows them too.
  [creditScored]: 'none',
  [creditCorrected]: 'none',
  [creditMeasureChanged]: 'none',
  // For whoever lends.
  [creditLoanDecided]: 'none',
  [creditRescored]: 'none',
};
