/** The names and payloads of the jobs of procedures. */

export const procedureQueue = 'procedure';

/** Job names and what each carries. A payload is a wake-up only: the truth is in the tables. */
export interface ProcedureJobs {
  /** Announces duties that are late, and lets appeals lapse that nobody carried on. */
  noticeOverdue: Readonly<Record<string, never>>;
}

export type ProcedureJobName = keyof ProcedureJobs;
export const procedureJobNames: readonly ProcedureJobName[] = ['noticeOverdue'];
