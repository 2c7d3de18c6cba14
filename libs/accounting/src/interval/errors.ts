/** What draws of an account refuse, and how to mend it. */
import { DomainError } from '@gep/kernel';
import type { ObservedAt } from '../errors';

/** A drawn value stands inside what is computed row by row, and there are too many rows to read for each draw. */
export class DrawsTooHeavy extends DomainError {
  readonly code = 'accounting.draws-too-heavy';
  readonly kind = 'too-much';
  constructor({ territory, period }: ObservedAt, rows: number, draws: number, most: number) {
    super(
      {
        zh: `${territory} ${period}：有参数的取值范围位于逐行计算的式子中，每次抽样都须重读 ${rows} 行；${draws} 次超过上限 ${most} 行次。请减少抽样次数，或去掉该参数的取值范围`,
        en: `${territory} ${period}: a parameter with a spread stands inside what is computed row by row, so each draw reads ${rows} rows; ${draws} draws are more than ${most} readings. Ask for fewer draws, or take the spread off that parameter`,
      },
      { territory, period, rows, draws, most },
    );
  }
}
