/** Who reacts to what: one line per event that the outbox announces. */
import { recomputeRequested } from '@gep/accounting';

/** What is done when an event is announced; each may come more than once and must then change nothing. */
export type Reaction = 'enqueueRun';

export const reactions: Readonly<Record<string, Reaction>> = {
  [recomputeRequested]: 'enqueueRun',
};
