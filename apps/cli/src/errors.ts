/** What the terminal itself refuses, beside the refusals of the subjects. */
import { DomainError } from '@gep/kernel';

export class MomentInvalid extends DomainError {
  readonly code = 'cli.moment-invalid';
  readonly kind = 'invalid';
  constructor(text: string) {
    super({
      zh: `“${text}”不是时刻；请写成 2026-03-01T00:00:00Z`,
      en: `"${text}" is no moment; write 2026-03-01T00:00:00Z`,
    });
  }
}

export class NothingSelected extends DomainError {
  readonly code = 'cli.nothing-selected';
  readonly kind = 'missing';
  constructor(found: readonly string[]) {
    const list = found.join(', ') || '–';
    super(
      {
        zh: `文件中没有所选的地域和核算期；可选：${list}`,
        en: `the file has no such territory and period; it has: ${list}`,
      },
      { found },
    );
  }
}

export class WorkerNotStarted extends DomainError {
  readonly code = 'cli.worker-not-started';
  readonly kind = 'conflict';
  constructor(how: string) {
    super({
      zh: `没有正在运行的工作进程，自行启动也未成功（${how}）；请先运行 npm start，或查看上面的信息`,
      en: `no worker is running and starting one failed (${how}); run npm start first, or see the message above`,
    });
  }
}

export class ObservationsUnreadable extends DomainError {
  readonly code = 'cli.observations-unreadable';
  readonly kind = 'missing';
  constructor(file: string, reason: string) {
    super({ zh: `无法读取文件 ${file}：${reason}`, en: `cannot read ${file}: ${reason}` }, { file });
  }
}
