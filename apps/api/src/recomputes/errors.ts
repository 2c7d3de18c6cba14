/** What the progress of recomputes refuses. */
import { DomainError } from '@gep/kernel';

export class TooManyStreams extends DomainError {
  readonly code = 'recompute.too-many-streams';
  readonly kind = 'too-much';
  constructor(most: number) {
    super(
      {
        zh: `同时打开的进度流不能超过 ${most} 个；请先关闭一些`,
        en: `at most ${most} progress streams may be open at a time; close some first`,
      },
      { most },
    );
  }
}
