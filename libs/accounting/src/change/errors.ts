/** What change, bridge and comparable prices refuse, and how to mend it. */
import { DomainError } from '@gep/kernel';

/** An attribute to measure condition or weather by that the norm does not have. */
export class LevelAttributeUnknown extends DomainError {
  readonly code = 'accounting.level-attribute-unknown';
  readonly kind = 'invalid';
  constructor(attribute: string, known: readonly string[]) {
    super(
      {
        zh: `规范没有属性“${attribute}”，无法据此区分状况或天气影响；可用：${known.join('、')}`,
        en: `the norm has no attribute "${attribute}" to tell condition or weather by; it has ${known.join(', ')}`,
      },
      { attribute, known },
    );
  }
}

/** Too many accounts below a territory to split its change in one answer. */
export class ChangeTooWide extends DomainError {
  readonly code = 'accounting.change-too-wide';
  readonly kind = 'too-much';
  constructor(territory: string, period: string, most: number) {
    super(
      {
        zh: `${territory} ${period} 由超过 ${most} 个账户汇总而成，一次分解过多；请逐个分解其下级，再相加（效应可直接相加）`,
        en: `${territory} ${period} is added up from more than ${most} accounts, too many to split at once; split the change of its children and add the effects, which sum exactly`,
      },
      { territory, period, most },
    );
  }
}
