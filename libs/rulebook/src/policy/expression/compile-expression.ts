/** Understands one expression of a rule: resolves names, checks units and scopes, and gives what computes it exactly. */
import { dimensionless, Fraction, UnknownUnit, type Bilingual } from '@gep/kernel';
import { multiplyUnits, parseExpression, raiseUnit, type SyntaxNode } from '@gep/formula';
import { suggestion } from '../../yaml/problem-log';
import { compileCall } from './compile-call';
import { compareWords } from './compile-words';
import type { ExpressionLog, Span } from './expression-log';
import { fitPure, fitUnits, plainNumber } from './fit-units';
import { whereOf, type Place } from './place';
import type { OperandCompiler, RuleNames } from './rule-names';
import { combine, EvaluationFault, isNumber, type Compiled, type NumberExpression, type ValueType } from './value';

type Binary = Extract<SyntaxNode, { kind: 'binary' }>;

const largestPower = 64;
const number = (unit = dimensionless): ValueType & { kind: 'number' } => ({ kind: 'number', unit });
const yesNo: ValueType = { kind: 'yes-no' };

/** @returns undefined when there is a problem; it is in the log */
export function compileExpression(text: string, names: RuleNames, log: ExpressionLog): Compiled | undefined {
  const parsed = parseExpression(text);
  if ('tree' in parsed) return new ExpressionCompiler(names, log).compile(parsed.tree);
  const { span, text: reason } = parsed.problem;
  return log.refuse(span, 'policy.syntax', reason, mendOf(text));
}

/** What people write who come from elsewhere, and how it is written here. */
const elsewhere: readonly (readonly [RegExp, Bilingual])[] = [
  [/==/, { zh: '相等写一个 =', en: 'write one = for equal' }],
  [/\b(AND|OR|NOT)\b/, { zh: 'and、or、not 用小写', en: 'write and, or and not in small letters' }],
  [/\bif\b(?!\s*\()|\?/, { zh: '选择写成 if(条件, 甲, 乙)', en: 'a choice is written if(condition, a, b)' }],
  [/["'“”]/, { zh: '词不加引号：is(类别, II)', en: 'words stand without quotes: is(class, II)' }],
  [/\bprevious\b(?!\s*\()/, { zh: '上一期写成 previous(x)', en: 'the period before is previous(x)' }],
];
const mendOf = (text: string): Bilingual =>
  elsewhere.find(([pattern]) => pattern.test(text))?.[1] ?? {
    zh: '写法见 docs/how-to-write-a-rule.md 第 5 节',
    en: 'docs/how-to-write-a-rule.md, section 5, shows how it is written',
  };

class ExpressionCompiler implements OperandCompiler {
  constructor(
    readonly names: RuleNames,
    readonly log: ExpressionLog,
    readonly inTime = false,
  ) {}

  /** The same for the inside of a function of another period. */
  elsewhere(): OperandCompiler {
    return this.inTime ? this : new ExpressionCompiler(this.names, this.log, true);
  }

  compile(node: SyntaxNode): Compiled | undefined {
    switch (node.kind) {
      case 'number':
        return this.number(node);
      case 'name':
        return this.name(node);
      case 'call':
        return compileCall(this, node);
      case 'negate': {
        const operand = this.compileNumber(node.operand);
        if (!operand) return undefined;
        const minus = Fraction.of(-1n);
        return combine(
          operand.type,
          [operand],
          (place) => (operand.run(place) as Fraction).times(minus),
          operand.constant?.times(minus),
        );
      }
      case 'not': {
        const operand = this.compileCondition(node.operand);
        return operand && combine(yesNo, [operand], (place) => !(operand.run(place) as boolean));
      }
      case 'binary':
        return this.binary(node);
    }
  }

  compileNumber(node: SyntaxNode): NumberExpression | undefined {
    const compiled = this.compile(node);
    if (!compiled || isNumber(compiled)) return compiled;
    return this.wrongKind(node.span, { zh: '数', en: 'a number' }, compiled);
  }

  compileCondition(node: SyntaxNode): Compiled | undefined {
    const compiled = this.compile(node);
    if (!compiled || compiled.type.kind === 'yes-no') return compiled;
    return this.wrongKind(node.span, { zh: '条件', en: 'a condition' }, compiled);
  }

  private wrongKind(span: Span, wanted: Bilingual, { type: { kind } }: Compiled): undefined {
    const kinds = {
      number: { zh: '数', en: 'a number' },
      'yes-no': { zh: '条件', en: 'a condition' },
      text: { zh: '文字', en: 'a word' },
    };
    return this.log.refuse(
      span,
      'policy.wrong-kind',
      { zh: `此处须是${wanted.zh}，却是${kinds[kind].zh}`, en: `${wanted.en} is needed here, not ${kinds[kind].en}` },
      {
        zh: '条件写成比较（x > 0）；由条件得数用 if(条件, a, b)；文字用 is(列, 词)，其次序用 order(列)',
        en: 'a condition is a comparison such as x > 0; if(condition, a, b) makes a number of it; words are compared with is(column, word), their places with order(column)',
      },
    );
  }

  private number({ span, value, unit }: Extract<SyntaxNode, { kind: 'number' }>): Compiled | undefined {
    try {
      const type = number(unit ? this.names.units.parse(unit.text) : dimensionless);
      return { type, scope: 'total', uses: new Set(), constant: value, run: () => value };
    } catch (unknown) {
      if (!(unknown instanceof UnknownUnit)) throw unknown;
      const known = this.names.units.definitions.flatMap(({ code, aliases = [] }) => [code, ...aliases]);
      return this.log.refuse(
        unit?.span ?? span,
        'policy.unknown-unit',
        unknown.text,
        suggestion(String(unknown.facts['symbol']), known),
      );
    }
  }

  private name({ span, name, lookUp }: Extract<SyntaxNode, { kind: 'name' }>): Compiled | undefined {
    if (lookUp)
      return this.log.refuse(
        span,
        'policy.look-up',
        { zh: `“${name}[…]”：规则中没有这种查找`, en: `"${name}[…]": rules have no such look-up` },
        { zh: '请用判定表（tables）或 if', en: 'use a table (tables) or if' },
      );
    const found = this.names.find(name, this.inTime);
    if (found === 'faulty') {
      this.log.problems += 1;
      return undefined;
    }
    if (found === 'cycle')
      return this.log.refuse(
        span,
        'policy.cycle',
        { zh: `“${name}”要用到它自己`, en: `"${name}" needs itself` },
        {
          zh: '请拆开循环；要用上一期的值，写 previous(…)',
          en: 'break the circle; the value of the period before is previous(…)',
        },
      );
    if (found) return { ...found, uses: new Set([name]) };
    return this.log.refuse(
      span,
      'policy.unknown-name',
      {
        zh: `名称“${name}”未知；它须是列、参数、判定表结果、公式或支付的代码`,
        en: `name "${name}" is not known; it must be the code of a column, a parameter, an output of a table, a formula or a payment`,
      },
      suggestion(name, this.names.known()),
    );
  }

  private binary(node: Binary): Compiled | undefined {
    const { operator } = node;
    if (operator === 'and' || operator === 'or') {
      const [left, right] = [this.compileCondition(node.left), this.compileCondition(node.right)];
      if (!left || !right) return undefined;
      const stop = operator === 'or';
      return combine(yesNo, [left, right], (place) => {
        const first = left.run(place) as boolean;
        return first === stop ? stop : right.run(place);
      });
    }
    if (operator === '=' || operator === '!=') {
      const words = compareWords(this, node);
      if (words !== 'numbers') return words;
    }
    const [left, right] = [this.compileNumber(node.left), this.compileNumber(node.right)];
    if (!left || !right) return undefined;
    if (operator === '^') return this.power(node, left, right);
    if (operator === '*' || operator === '/') return this.product(node, operator, left, right);
    const fitted = fitUnits([left, right], [node.left.span, node.right.span], operator, this.log);
    if (!fitted) return undefined;
    const [a, b] = fitted;
    if (operator === '+' || operator === '-') {
      const step = operator === '+' ? plus : minus;
      return combine(
        a.type,
        [a, b],
        (place) => step(a.run(place) as Fraction, b.run(place) as Fraction),
        a.constant && b.constant && step(a.constant, b.constant),
      );
    }
    const test = comparisons[operator];
    return combine(yesNo, [a, b], (place) => test((a.run(place) as Fraction).compare(b.run(place) as Fraction)));
  }

  /** Factors that are shares become plain numbers, and so does a quotient of one dimension: nothing is left in per cent. */
  private product(
    { span, right: divisor }: Binary,
    operator: '*' | '/',
    left: NumberExpression,
    right: NumberExpression,
  ): Compiled | undefined {
    const isWritten = left.constant !== undefined && right.constant !== undefined;
    const [a, b] = isWritten ? [left, right] : [plainNumber(left), plainNumber(right)];
    const type = number(multiplyUnits(a.type.unit, b.type.unit, operator === '*' ? 1 : -1));
    const settled = (run: Compiled['run'], constant: Fraction | undefined): Compiled => {
      const made = { ...combine(type, [a, b], run, constant), type };
      return isWritten ? made : plainNumber(made);
    };
    if (operator === '*')
      return settled(
        (place) => (a.run(place) as Fraction).times(b.run(place) as Fraction),
        a.constant && b.constant && a.constant.times(b.constant),
      );
    if (b.constant?.numerator === 0n)
      return this.log.refuse(
        divisor.span,
        'policy.division-by-zero',
        { zh: '除数为零', en: 'the divisor is nought' },
        { zh: '请改写除数', en: 'mend the divisor' },
      );
    const written = this.log.slice(span);
    return settled(
      (place) => {
        const below = b.run(place) as Fraction;
        if (below.numerator === 0n)
          throw new EvaluationFault(
            'policy.division-by-zero',
            { zh: `“${written}”的除数为零`, en: `the divisor of "${written}" is nought` },
            { zh: '请核对数据，或在规则中用 if 避开', en: 'check the figures, or guard it with if in the rule' },
            whereOf(place),
          );
        return (a.run(place) as Fraction).dividedBy(below);
      },
      a.constant && b.constant && a.constant.dividedBy(b.constant),
    );
  }

  private power(node: Binary, base: NumberExpression, exponent: NumberExpression): Compiled | undefined {
    const pure = fitPure(exponent, node.right.span, '^', this.log);
    if (!pure) return undefined;
    const written = this.log.slice(node.span);
    if (pure.constant) {
      const integer = wholePower(pure.constant);
      if (integer === undefined) return this.log.refuse(node.right.span, 'policy.power', ...notWhole(''));
      return combine(number(raiseUnit(base.type.unit, integer)), [base, pure], (place) =>
        raise(base.run(place) as Fraction, integer, written, place),
      );
    }
    const plain = fitPure(base, node.left.span, '^', this.log);
    return (
      plain &&
      combine(number(), [plain, pure], (place) => {
        const exponent = pure.run(place) as Fraction;
        const integer = wholePower(exponent);
        if (integer === undefined)
          throw new EvaluationFault('policy.power', ...notWhole(exponent.toExactText(10)), whereOf(place));
        return raise(plain.run(place) as Fraction, integer, written, place);
      })
    );
  }
}

const wholePower = ({ numerator, denominator }: Fraction): number | undefined =>
  denominator === 1n && Math.abs(Number(numerator)) <= largestPower ? Number(numerator) : undefined;

const notWhole = (found: string): readonly [Bilingual, Bilingual] => [
  {
    zh: `指数须是 -${largestPower} 到 ${largestPower} 的整数${found && `，此处是 ${found}`}；分数次幂不能精确计算，而钱须精确`,
    en: `the exponent must be a whole number from -${largestPower} to ${largestPower}${found && `, here it is ${found}`}; other powers have no exact value, and money must be exact`,
  },
  { zh: '开方请用 root(x, n)', en: 'for a root write root(x, n)' },
];

function raise(value: Fraction, integer: number, written: string, place: Place): Fraction {
  if (value.numerator !== 0n || integer >= 0) return value.power(integer);
  throw new EvaluationFault(
    'policy.division-by-zero',
    { zh: `“${written}”的底数为零`, en: `the base of "${written}" is nought` },
    { zh: '请核对数据，或在规则中用 if 避开', en: 'check the figures, or guard it with if in the rule' },
    whereOf(place),
  );
}

const plus = (a: Fraction, b: Fraction): Fraction => a.plus(b);
const minus = (a: Fraction, b: Fraction): Fraction => a.minus(b);
const comparisons = {
  '<': (order: number) => order < 0,
  '<=': (order: number) => order <= 0,
  '>': (order: number) => order > 0,
  '>=': (order: number) => order >= 0,
  '=': (order: number) => order === 0,
  '!=': (order: number) => order !== 0,
} as const;
