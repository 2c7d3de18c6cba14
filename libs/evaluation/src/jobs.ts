/** The names and payloads of the jobs of evaluation. */

export const evaluationQueue = 'evaluation';

/** A payload is a wake-up only: the truth is in the table of requests. */
export interface EvaluationJobs {
  /** Computes a run of scores that was asked for. */
  computeScores: { readonly requestId: string };
}

export type EvaluationJobName = keyof EvaluationJobs;
export const evaluationJobNames: readonly EvaluationJobName[] = ['computeScores'];
