/** What the condition account refuses, and how to mend it. */
import { DomainError } from '@gep/kernel';

/** Indicators that are measured from different reference conditions say nothing together (SEEA EA chapter 5). */
export class ReferenceConditionsDiffer extends DomainError {
  readonly code = 'accounting.condition-references';
  readonly kind = 'conflict';
  constructor(found: readonly { readonly variable: string; readonly condition: string }[]) {
    const listed = found.map(({ variable, condition }) => `${variable}: ${condition}`);
    super(
      {
        zh: `各变量的参照状态不同（${listed.join('；')}），指数不能平均；请改用同一参照状态，或分开核算`,
        en: `the variables have different reference conditions (${listed.join('; ')}), so their indices cannot be averaged; use one reference condition, or account them apart`,
      },
      { found },
    );
  }
}

/** One variable was measured twice at the same place. */
export class ConditionValueTwice extends DomainError {
  readonly code = 'accounting.condition-twice';
  readonly kind = 'invalid';
  constructor(period: string, place: string, variable: string) {
    super(
      {
        zh: `${period}：“${place}”的变量“${variable}”出现两次；请只保留一个`,
        en: `${period}: variable "${variable}" of "${place}" is given twice; keep one of them`,
      },
      { period, place, variable },
    );
  }
}
