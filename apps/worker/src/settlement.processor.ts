/** Takes the jobs of settlement and calls one service method for each. */
import { Injectable } from '@nestjs/common';
import type { Job } from 'bullmq';
import { type SettlementJobName, type SettlementJobs, SettlementRequests } from '@gep/settlement';

type Handlers = { readonly [Name in SettlementJobName]: (payload: SettlementJobs[Name]) => Promise<unknown> };

@Injectable()
export class SettlementProcessor {
  /** One processor per job; the worker does not start when a declared job is missing here. */
  readonly handlers: Handlers = {
    computeSettlement: ({ requestId }) => this.requests.compute(requestId),
  };

  constructor(private readonly requests: SettlementRequests) {}

  process(job: Pick<Job, 'name' | 'data'>): Promise<unknown> {
    return this.handlers[job.name as SettlementJobName](job.data as SettlementJobs[SettlementJobName]);
  }
}
