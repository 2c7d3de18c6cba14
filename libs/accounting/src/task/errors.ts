/** Why a territory is left out of a run, or a task given up, although nothing is wrong with what its people submitted. */
import { DomainError } from '@gep/kernel';

/** The stored bytes of a chunk are not the ones that were imported. */
export class ChunkCorrupt extends DomainError {
  readonly code = 'accounting.chunk-corrupt';
  readonly kind = 'invalid';
  constructor(
    at: { readonly territory: string; readonly period: string },
    chunk: { readonly batchId: string; readonly digest: string },
    reason: string,
  ) {
    const { territory, period } = at;
    const { batchId, digest } = chunk;
    super(
      {
        zh: `${territory} ${period}：批次 ${batchId} 的列块已损坏（${reason}），未核算；请检查数据库的存储，从备份恢复该列块，或重新导入该地域的文件，然后重试该核算任务`,
        en: `${territory} ${period}: the chunk of batch ${batchId} is damaged (${reason}) and was not computed; check the storage of the database, restore the chunk from a backup or import the file of this territory again, then retry the run`,
      },
      { territory, period, batch: batchId, chunk: digest, reason },
    );
  }
}

/** The computation of a territory broke off with an error that is no refusal, also when it was tried alone. */
export class ComputationBroken extends DomainError {
  readonly code = 'accounting.computation-broken';
  readonly kind = 'conflict';
  constructor(territory: string, period: string, reason: string) {
    super(
      {
        zh: `${territory} ${period}：核算意外中断，单独重试仍然失败（${reason}）；其余地域不受影响。这是程序缺陷或环境故障：请把此原因交给维护人员，排除后重试该核算任务`,
        en: `${territory} ${period}: the computation broke off, also when tried alone (${reason}); other territories are not affected. This is a defect of the program or a fault of its machine: give the reason to who maintains it, and retry the run when it is removed`,
      },
      { territory, period, reason },
    );
  }
}

/** The worker process ended each time this territory was worked on, with nothing else beside it. */
export class WorkerLost extends DomainError {
  readonly code = 'accounting.worker-lost';
  readonly kind = 'conflict';
  constructor(territory: string, period: string, times: number) {
    super(
      {
        zh: `${territory} ${period}：单独核算时工作进程连续 ${times} 次中途消失（内存不足或崩溃），已放弃；请查看工作进程的退出原因和内存上限，增加内存或拆分该地域的观测，然后重试该核算任务`,
        en: `${territory} ${period}: the worker process ended ${times} times in a row while it worked on this territory alone (out of memory, or a crash), so it was given up; look at how the workers ended and at their memory limit, give them more memory or divide the observation, then retry the run`,
      },
      { territory, period, times },
    );
  }
}

/** A task was given up as a whole: not even its territories could be tried one by one. */
export class TaskDied extends DomainError {
  readonly code = 'accounting.task-died';
  readonly kind = 'conflict';
  constructor(reason: string) {
    super(
      {
        zh: `任务在最后一次重试后仍失败：${reason}；请排除原因后重试该核算任务`,
        en: `the task failed in its last attempt: ${reason}; remove the cause, then retry the run`,
      },
      { reason },
    );
  }
}
