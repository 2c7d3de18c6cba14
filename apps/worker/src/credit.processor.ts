/** Takes the jobs of credit and calls one service method for each. */
import { Injectable } from '@nestjs/common';
import type { Job } from 'bullmq';
import { type CreditJobName, type CreditJobs, PointsService, RescoreService } from '@gep/credit';

type Handlers = { readonly [Name in CreditJobName]: (payload: CreditJobs[Name]) => Promise<unknown> };

@Injectable()
export class CreditProcessor {
  /** One processor per job; the worker does not start when a declared job is missing here. */
  readonly handlers: Handlers = {
    rescore: ({ runId }) => this.rescores.run(runId),
    expirePoints: () => this.points.expireAll(),
  };

  constructor(
    private readonly rescores: RescoreService,
    private readonly points: PointsService,
  ) {}

  process(job: Pick<Job, 'name' | 'data'>): Promise<unknown> {
    const handle = this.handlers[job.name as CreditJobName] as (payload: unknown) => Promise<unknown>;
    return handle(job.data);
  }
}
