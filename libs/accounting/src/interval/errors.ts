/** What draws of an account refuse, and how to mend it. */
import { DomainError } from '@gep/kernel';
import type { ExclusiveGroup } from '@gep/rulebook';
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

/** Two services of one exclusive group have a value in the same draw, though not at the values of the norm. */
export class DoubleCountedInDraw extends DomainError {
  readonly code = 'accounting.double-counted-in-draw';
  readonly kind = 'conflict';
  constructor({ territory, period }: ObservedAt, group: ExclusiveGroup, services: readonly string[], draw: number) {
    super(
      {
        zh: `${territory} ${period}：第 ${draw + 1} 次抽样中“${group.name.zh}”的 ${services.join('、')} 同时有价值，会重复计算（${group.reason.zh}）。请去掉其中一项的取值范围，或在规范中关闭一项`,
        en: `${territory} ${period}: in draw ${draw + 1} ${services.join(' and ')} of "${group.name.en}" both have a value and would count twice (${group.reason.en}). Take the range off one of them, or switch one of them off in the norm`,
      },
      { territory, period, group: group.code, services, draw: draw + 1 },
    );
  }
}
