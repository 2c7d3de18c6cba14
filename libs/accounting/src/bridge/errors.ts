/** What a bridge over recorded accounts refuses, and how to mend it. */
import { DomainError } from '@gep/kernel';

/** More is below the account than one answer may compute under two norms. */
export class BridgeTooWide extends DomainError {
  readonly code = 'accounting.bridge-too-wide';
  readonly kind = 'too-much';
  constructor(territory: string, period: string, most: { readonly parts: number } | { readonly patches: number }) {
    const of =
      'parts' in most
        ? { zh: `${most.parts} 个有观测的账户`, en: `${most.parts} observed accounts` }
        : { zh: `${most.patches} 个图斑`, en: `${most.patches} patches` };
    super(
      {
        zh: `${territory} ${period} 之下超过 ${of.zh}，不能一次比较两套规范；请逐个比较其下级，再相加（各步可直接相加）`,
        en: `${territory} ${period} has more than ${of.en} below it, too many to bridge at once; bridge its children one by one and add the steps, which sum exactly`,
      },
      { territory, period, ...most },
    );
  }
}

/** Others are being computed. */
export class BridgesBusy extends DomainError {
  readonly code = 'accounting.bridges-busy';
  readonly kind = 'too-much';
  constructor(most: number) {
    super(
      {
        zh: `正在比较的规范已有 ${most} 组；请稍后再试`,
        en: `${most} pairs of norms are being bridged already; try again in a moment`,
      },
      { most },
    );
  }
}
