/** Takes the jobs of the accounting queue and calls one service method for each. */
import { Injectable } from '@nestjs/common';
import type { Job } from 'bullmq';
import {
  DataSheets,
  isPassing,
  RecomputeService,
  RecomputeTasks,
  type AccountingJobName,
  type AccountingJobs,
} from '@gep/accounting';

type Handlers = { readonly [Name in AccountingJobName]: (payload: AccountingJobs[Name]) => Promise<unknown> };

@Injectable()
export class RecomputeProcessor {
  /** One processor per job; the worker does not start when a declared job is missing here. */
  readonly handlers: Handlers = {
    recomputeBatch: ({ runId, taskNo }) => this.tasks.runBatch(runId, taskNo),
    rollUpLevel: ({ runId, taskNo }) => this.tasks.runLevel(runId, taskNo),
    openDuePeriod: ({ date }) => this.runs.openDuePeriods(date),
    remindSheets: ({ date }) => this.sheets.remind(date),
  };

  constructor(
    private readonly tasks: RecomputeTasks,
    private readonly runs: RecomputeService,
    private readonly sheets: DataSheets,
  ) {}

  /** Does a job; after its last attempt what fails of a task is given up with the reason, so that the run can end. */
  async process(job: Pick<Job, 'name' | 'data' | 'attemptsMade' | 'opts'>): Promise<unknown> {
    const handle = this.handlers[job.name as AccountingJobName] as (payload: unknown) => Promise<unknown>;
    try {
      return await handle(job.data);
    } catch (error) {
      const last = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
      if (last && isTask(job.data) && !isPassing(error)) await this.giveUp(job.data.runId, job.data.taskNo);
      throw error;
    }
  }

  /** One bad territory must not take the others with it: each is tried alone before it is given up. */
  private async giveUp(runId: string, taskNo: number): Promise<void> {
    try {
      await this.tasks.runSingly(runId, taskNo);
    } catch (error) {
      if (isPassing(error)) throw error;
      await this.tasks.deadLetter(runId, taskNo, reasonOf(error));
    }
  }
}

const isTask = (payload: unknown): payload is AccountingJobs['recomputeBatch'] =>
  typeof payload === 'object' && payload !== null && 'runId' in payload && 'taskNo' in payload;

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
