/** Takes the jobs of evaluation and calls one service method for each. */
import { Injectable } from '@nestjs/common';
import type { Job } from 'bullmq';
import { type EvaluationJobName, type EvaluationJobs, ScoreRequests } from '@gep/evaluation';

type Handlers = { readonly [Name in EvaluationJobName]: (payload: EvaluationJobs[Name]) => Promise<unknown> };

@Injectable()
export class EvaluationProcessor {
  /** One processor per job; the worker does not start when a declared job is missing here. */
  readonly handlers: Handlers = {
    computeScores: ({ requestId }) => this.requests.compute(requestId),
  };

  constructor(private readonly requests: ScoreRequests) {}

  process(job: Pick<Job, 'name' | 'data'>): Promise<unknown> {
    return this.handlers[job.name as EvaluationJobName](job.data as EvaluationJobs[EvaluationJobName]);
  }
}
