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

/** More is below the account than one answer may draw. */
export class IntervalTooWide extends DomainError {
  readonly code = 'accounting.interval-too-wide';
  readonly kind = 'too-much';
  constructor(
    territory: string,
    period: string,
    of: { readonly draws: number; readonly most: number } | { readonly patches: number; readonly most: number },
  ) {
    const said =
      'draws' in of
        ? {
            zh: `其下级账户数 × 抽样次数 ${of.draws} 超过 ${of.most}；请减少抽样次数，或逐个下级抽样`,
            en: `the accounts below it × ${of.draws} draws are more than ${of.most}; ask for fewer draws, or for its children one by one`,
          }
        : {
            zh: `其图斑超过 ${of.most} 个；请逐个下级抽样`,
            en: `it has more than ${of.most} patches; ask for its children one by one`,
          };
    super(
      { zh: `${territory} ${period}：${said.zh}`, en: `${territory} ${period}: ${said.en}` },
      {
        territory,
        period,
        ...of,
      },
    );
  }
}

/** Others are being drawn; each takes seconds of all threads. */
export class IntervalsBusy extends DomainError {
  readonly code = 'accounting.intervals-busy';
  readonly kind = 'too-much';
  constructor(most: number) {
    super(
      {
        zh: `正在抽样的区间已有 ${most} 个；请稍后再试`,
        en: `${most} intervals are being drawn already; try again in a moment`,
      },
      { most },
    );
  }
}

/** What declared flows take back follows from the lines at their ends, which have to be kept for every draw. */
export class IntervalOverFlows extends DomainError {
  readonly code = 'accounting.interval-over-flows';
  readonly kind = 'too-much';
  constructor(territory: string, period: string, numbers: number, most: number) {
    super(
      {
        zh: `${territory} ${period}：流动声明两端的账户行 × 抽样次数 ${numbers} 超过 ${most}；请减少抽样次数（--draws 或参数 draws）`,
        en: `${territory} ${period}: the lines at the ends of declared flows × draws come to ${numbers}, more than ${most}; ask for fewer draws (--draws, or the parameter draws)`,
      },
      { territory, period, numbers, most },
    );
  }
}
