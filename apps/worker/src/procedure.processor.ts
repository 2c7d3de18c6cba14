/** Takes the jobs of procedures and calls one service method for each. */
import { Injectable } from '@nestjs/common';
import type { Job } from 'bullmq';
import { OverdueService, type ProcedureJobName } from '@gep/procedure';

@Injectable()
export class ProcedureProcessor {
  /** One processor per job; the worker does not start when a declared job is missing here. */
  readonly handlers: Readonly<Record<ProcedureJobName, () => Promise<unknown>>> = {
    noticeOverdue: () => this.overdue.run(),
  };

  constructor(private readonly overdue: OverdueService) {}

  process(job: Pick<Job, 'name'>): Promise<unknown> {
    return this.handlers[job.name as ProcedureJobName]();
  }
}
