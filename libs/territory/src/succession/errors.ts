/** What a merge, split or change of name is refused for, and how to mend it. */
import { Bilingual, DomainError } from '@gep/kernel';

/** The tree after the change would not hold together, or contradict what is recorded; nothing was recorded. */
export class SuccessionRefused extends DomainError {
  readonly code = 'territory.succession-refused';
  readonly kind = 'conflict';
  constructor(territory: string, effective: string, reason: Bilingual) {
    super(
      {
        zh: `${territory} 自 ${effective} 起的变更未登记：${reason.zh}`,
        en: `the change of ${territory} from ${effective} is not recorded: ${reason.en}`,
      },
      { territory, effective },
    );
  }
}

/** The shares of a split cannot be had from what was given. */
export class SuccessionSharesUnfit extends DomainError {
  readonly code = 'territory.succession-shares-unfit';
  readonly kind = 'invalid';
  constructor(reason: Bilingual) {
    super({ zh: `拆分份额不成立：${reason.zh}`, en: `the shares of the split do not stand: ${reason.en}` }, {});
  }
}
