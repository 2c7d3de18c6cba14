/** Takes the jobs of the dividend queue and calls one service method for each. */
import { Injectable } from '@nestjs/common';
import type { Job } from 'bullmq';
import { DividendRuns, type DividendJobName, type DividendJobs } from '@gep/procurement';

type Handlers = { readonly [Name in DividendJobName]: (payload: DividendJobs[Name]) => Promise<unknown> };

@Injectable()
export class DividendProcessor {
  /** One processor per job; the worker does not start when a declared job is missing here. */
  readonly handlers: Handlers = {
    runDividendTask: ({ taskId }) => this.runs.run(taskId),
  };

  constructor(private readonly runs: DividendRuns) {}

  process(job: Pick<Job, 'name' | 'data'>): Promise<unknown> {
    const handle = this.handlers[job.name as DividendJobName] as (payload: unknown) => Promise<unknown>;
    return handle(job.data);
  }
}
