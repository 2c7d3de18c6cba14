/** What a compiled formula may refuse: values that the rulebook does not give, or that do not exist. */
import { DomainError } from '@gep/kernel';

/** A parameter without a value where a formula needs one. */
export interface MissingValue {
  readonly parameter: string;
  /** The ecosystem type, when the value was sought for one. */
  readonly type?: string;
  /** The formula that needs it. */
  readonly formula: string;
}

/** The rulebook has no value of a parameter for a type, place and date at which a formula needs one. */
export class MissingParameterValue extends DomainError {
  readonly code = 'formula.parameter-missing';
  readonly kind = 'missing';
  constructor(readonly missing: readonly MissingValue[]) {
    const list = missing
      .map(({ parameter, type, formula }) => `${parameter}${type === undefined ? '' : `[type=${type}]`} (${formula})`)
      .join(', ');
    super(
      {
        zh: `缺少参数值：${list}；请在该规范的 parameters.yaml 中补上对应类型、地域和日期的值，或在服务中用 types 限定适用类型`,
        en: `no value for ${list}; add values for the type, place and date to parameters.yaml of the norm, or limit the service to the types where it applies`,
      },
      { missing },
    );
  }
}

/** A part of a formula that no row changes has no finite value for a type (a division by nought, ln of a negative). */
export class UndefinedValue extends DomainError {
  readonly code = 'formula.value-undefined';
  readonly kind = 'invalid';
  constructor(formula: string, expression: string, type?: string) {
    super(
      {
        zh: `公式“${formula}”中的“${expression}”${type === undefined ? '' : `对类型“${type}”`}没有有限的值（除以零或超出函数定义域）；请核对所用参数，或用 if 避开`,
        en: `"${expression}" of formula "${formula}" has no finite value${type === undefined ? '' : ` for type "${type}"`} (a division by nought, or outside the domain of a function); check the parameters it uses, or guard it with if`,
      },
      { formula, expression, type },
    );
  }
}

/** An exact evaluation was asked for without a number that the formula reads. */
export class MissingInput extends DomainError {
  readonly code = 'formula.input-missing';
  readonly kind = 'missing';
  constructor(formula: string, input: string) {
    super(
      {
        zh: `计算公式“${formula}”缺少“${input}”的值；请在观测数据中补上`,
        en: `formula "${formula}" needs a value of "${input}", and there is none; add it to the observations`,
      },
      { formula, input },
    );
  }
}
