/** The names and payloads of the jobs that compute settlements. */

export const settlementQueue = 'settlement';

/** A payload is a wake-up only: the truth is in the table of requests. */
export interface SettlementJobs {
  /** Computes a settlement that was asked for. */
  computeSettlement: { readonly requestId: string };
}

export type SettlementJobName = keyof SettlementJobs;
export const settlementJobNames: readonly SettlementJobName[] = ['computeSettlement'];
