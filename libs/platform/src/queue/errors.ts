/** Why a queue is not opened, and what is wrong with the processors of a worker. */
import { DomainError } from '@gep/kernel';

/** The queue's server is set up so that work could get lost, or is not set up at all. */
export class QueueRefused extends DomainError {
  readonly code = 'platform.queue-refused';
  readonly kind = 'invalid';
  constructor(zh: string, en: string) {
    super({ zh, en });
  }
}

/** A declared job would never be done, or be done by two. */
export class ProcessorsMismatch extends DomainError {
  readonly code = 'platform.processors-mismatch';
  readonly kind = 'invalid';
  constructor(missing: readonly string[], double: readonly string[], undeclared: readonly string[]) {
    const lists = [
      { zh: '没有处理者', en: 'no processor', jobs: missing },
      { zh: '有多个处理者', en: 'more than one processor', jobs: double },
      { zh: '未声明', en: 'not declared', jobs: undeclared },
    ].filter(({ jobs }) => jobs.length > 0);
    super(
      {
        zh: `任务与处理者不符，工作进程未启动：${lists.map(({ zh, jobs }) => `${zh}：${jobs.join('、')}`).join('；')}`,
        en: `jobs and processors do not match; the worker was not started: ${lists.map(({ en, jobs }) => `${en}: ${jobs.join(', ')}`).join('; ')}`,
      },
      { missing, double, undeclared },
    );
  }
}
