/** What the division of an account refuses, and how to mend it. */
import { DomainError } from '@gep/kernel';

/** The shares of the parts are not the whole, so that something would be lost or made up. */
export class DivisionSharesUnfit extends DomainError {
  readonly code = 'accounting.division-shares-unfit';
  readonly kind = 'invalid';
  /** @param type ecosystem type whose shares are meant; null for the shares that hold where none is stated */
  constructor(territory: string, type: string | null, sum: string) {
    const [zh, en] = type === null ? ['', ''] : [`（${type}）`, ` of ${type}`];
    super(
      {
        zh: `${territory} 不能划分：各部分的份额${zh}须不小于 0 且合计恰为 1，现合计 ${sum}；请改正份额，除不尽的写成分数（如 1/3）`,
        en: `${territory} cannot be divided: the shares${en} must not be below 0 and must sum to exactly 1, they sum to ${sum}; correct them, and write what does not end as a fraction (1/3)`,
      },
      { territory, type, sum },
    );
  }
}

/** Two parts have one name. */
export class DivisionPartTwice extends DomainError {
  readonly code = 'accounting.division-part-twice';
  readonly kind = 'invalid';
  constructor(territory: string, part: string) {
    super(
      {
        zh: `${territory} 不能划分：部分 ${part} 出现两次；请合并其份额`,
        en: `${territory} cannot be divided: part ${part} is given twice; join its shares`,
      },
      { territory, part },
    );
  }
}
