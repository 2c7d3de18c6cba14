/** What a task in a thread can be refused for. */
import { DomainError, type Bilingual, type Facts, type RefusalKind } from '@gep/kernel';

/** The task took longer than it may. */
export class TaskTooLong extends DomainError {
  readonly code = 'platform.task-too-long';
  readonly kind = 'too-much';
  constructor(milliseconds: number) {
    super(
      {
        zh: `处理超过 ${milliseconds / 1000} 秒，已中止；请减小输入或分批提交`,
        en: `the work took more than ${milliseconds / 1000} s and was stopped; make the input smaller or split it`,
      },
      { milliseconds },
    );
  }
}

/** The task needed more memory than it may. */
export class TaskTooLarge extends DomainError {
  readonly code = 'platform.task-too-large';
  readonly kind = 'too-much';
  constructor(megabytes: number | undefined) {
    super(
      {
        zh: `处理所需内存超过上限${megabytes ? `（${megabytes} MB）` : ''}，已中止；请减小输入或分批提交`,
        en: `the work needed more memory than it may use${megabytes ? ` (${megabytes} MB)` : ''} and was stopped; make the input smaller or split it`,
      },
      { megabytes },
    );
  }
}

/** A refusal that was thrown in a thread, with the code, kind, text and facts it had there. */
export class RefusedInThread extends DomainError {
  readonly code: string = 'platform.refused-in-thread';
  constructor(
    codeThere: string,
    readonly kind: RefusalKind,
    text: Bilingual,
    facts: Facts,
  ) {
    super(text, facts);
    this.code = codeThere;
  }
}

/** The pool was closed before the task was done, as when a program stops: nothing is wrong with the task. */
export class ThreadPoolClosed extends Error {
  override readonly name = 'ThreadPoolClosed';
  constructor() {
    super('the thread pool is closed');
  }
}
