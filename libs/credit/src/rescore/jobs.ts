/** The names and payloads of the jobs of credit. */

export const creditQueue = 'credit';

/** A payload is a wake-up only: the truth is in the tables. */
export interface CreditJobs {
  /** Goes on with a run that scores a whole territory. */
  rescore: { readonly runId: string };
  /** Lets points go whose time is over. */
  expirePoints: Record<string, never>;
}

export type CreditJobName = keyof CreditJobs;
export const creditJobNames: readonly CreditJobName[] = ['rescore', 'expirePoints'];
