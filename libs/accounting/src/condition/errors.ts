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

/** A variable that nobody observes under the norm. */
export class ConditionVariableUnknown extends DomainError {
  readonly code = 'accounting.condition-variable-unknown';
  readonly kind = 'invalid';
  constructor(variable: string, known: readonly string[]) {
    super(
      {
        zh: `规范没有属性“${variable}”，已记录的观测中没有它的值；变量代码须为规范的属性：${known.join('、')}`,
        en: `the norm has no attribute "${variable}", so recorded observations have no value of it; the code of a variable is an attribute of the norm: ${known.join(', ')}`,
      },
      { variable, known },
    );
  }
}

/** The scale of a variable is not in a unit of what is observed. */
export class ConditionUnitDiffers extends DomainError {
  readonly code = 'accounting.condition-unit';
  readonly kind = 'invalid';
  constructor(variable: string, unit: string, observed: string) {
    super(
      {
        zh: `变量“${variable}”的单位“${unit}”不能由观测单位“${observed}”换算；请用同类单位`,
        en: `the unit "${unit}" of variable "${variable}" cannot be converted from "${observed}", in which it is observed; give a unit of the same kind`,
      },
      { variable, unit, observed },
    );
  }
}

/** More patches than one answer reads exactly. */
export class ConditionTooWide extends DomainError {
  readonly code = 'accounting.condition-too-wide';
  readonly kind = 'too-much';
  constructor(territory: string, most: { readonly parts: number } | { readonly patches: number }) {
    const of =
      'parts' in most
        ? { zh: `${most.parts} 个有观测的账户`, en: `${most.parts} observed accounts` }
        : { zh: `${most.patches} 个图斑`, en: `${most.patches} patches` };
    super(
      {
        zh: `${territory} 之下超过 ${of.zh}，不能一次核算状况；请逐个核算其下级，或减少核算期`,
        en: `${territory} has more than ${of.en} below it, too many for one condition account; ask for its children one by one, or for fewer periods`,
      },
      { territory, ...most },
    );
  }
}
