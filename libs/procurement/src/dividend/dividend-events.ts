/** What dividends announce, and the jobs that a worker does for them. */

/** A whole dividend is to be allotted, declared or paid; carried to the queue. */
export const dividendTaskRequested = 'procurement.dividendTaskRequested';

export const dividendQueue = 'dividend';

export interface DividendJobs {
  readonly runDividendTask: { readonly taskId: string };
}
export type DividendJobName = keyof DividendJobs;
export const dividendJobNames: readonly DividendJobName[] = ['runDividendTask'];
