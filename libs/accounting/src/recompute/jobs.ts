/** The names, payloads and retry rules of the jobs that recompute accounts. */

export const accountingQueue = 'accounting';

/** Job names and what each carries. A payload is a wake-up only: the truth is in the tables of the run. */
export interface AccountingJobs {
  /** Computes the accounts of one batch of territories from their observations. */
  recomputeBatch: { readonly runId: string; readonly taskNo: number };
  /** Adds up one part of the territories of one level from their children. */
  rollUpLevel: { readonly runId: string; readonly taskNo: number; readonly level: string };
  /** Opens the scheduled runs of the periods that ended before `date` (`YYYY-MM-DD`; today when absent). */
  openDuePeriod: { readonly date?: string };
  /** Announces the data sheets that are late on `date` (`YYYY-MM-DD`; today when absent). */
  remindSheets: { readonly date?: string };
}

export type AccountingJobName = keyof AccountingJobs;
export const accountingJobNames: readonly AccountingJobName[] = [
  'recomputeBatch',
  'rollUpLevel',
  'openDuePeriod',
  'remindSheets',
];

/** Attempts of a task before it becomes a dead letter. */
export const taskAttempts = 5;

/** Pause before the next attempt: 1, 2, 4, 8 s, each shortened by up to half so that failures do not march in step. */
export const taskBackoff = { type: 'exponential', delay: 1000, jitter: 0.5 } as const;

/** The event of the outbox that asks for the flow of a run to be put on the queue. */
export const recomputeRequested = 'accounting.recomputeRequested';
