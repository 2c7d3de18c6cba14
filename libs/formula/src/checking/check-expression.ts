/** Understands one expression: resolves its names, checks scopes and units, and gives the typed tree or every problem. */
import { closestWord, dimensionless, Fraction, sameDimension, Unit, UnknownUnit } from '@gep/kernel';
import { FormulaDeclaration, FormulaVocabulary } from '../declarations';
import { FormulaProblemCode, SpanProblem } from '../problem';
import { Span, SyntaxNode } from '../syntax/syntax-tree';
import { checkLookUp } from './check-look-up';
import { constantValue } from './constant-value';
import { NameScope, resolveName } from './resolve-name';
import { TypedNode, UnaryFunction } from './typed-tree';
import { alignUnits, convertTo, describeUnit, hintOfYear, isNumber, NumberNode, toPure } from './unit-rules';
import { multiplyUnits, raiseUnit, rootUnit } from './unit-text';

type SyntaxOf<Kind extends SyntaxNode['kind']> = Extract<SyntaxNode, { kind: Kind }>;

/** Least and most operands of each function. */
const functions: Readonly<Record<string, readonly [number, number]>> = {
  ...{ min: [2, 64], max: [2, 64], clamp: [3, 3], if: [3, 3], sum: [2, 2] },
  ...{ exp: [1, 1], ln: [1, 1], log10: [1, 1], sqrt: [1, 1], abs: [1, 1], sin: [1, 1], cos: [1, 1] },
};
/** What `sum` may go over. */
const sumsOver = ['types', 'products', 'days'] as const;
/** Powers of units beyond this are a slip of the pen. */
const largestUnitPower = 64;

/** The typed tree in the declared unit, or undefined with at least one problem. */
export function checkExpression(
  declaration: FormulaDeclaration,
  syntax: SyntaxNode,
  vocabulary: FormulaVocabulary,
): { tree?: TypedNode; problems: SpanProblem[] } {
  const checker = new ExpressionChecker(vocabulary);
  const tree = checker.checkNumber(syntax, { scope: declaration.scope, insideSum: false });
  const { problems } = checker;
  if (!tree || problems.length > 0) return { problems };
  if (sameDimension(tree.unit.dimension, declaration.unit.dimension))
    return { tree: convertTo(tree, declaration.unit), problems };
  checker.refuse(
    syntax.span,
    'formula.result-unit',
    `结果的单位是 ${describeUnit(tree.unit)}，而公式声明为 ${describeUnit(declaration.unit)}；请改声明的单位或表达式${hintOfYear(tree.unit, declaration.unit).zh}`,
    `the result is in ${describeUnit(tree.unit)}, but the formula declares ${describeUnit(declaration.unit)}; mend the declared unit or the expression${hintOfYear(tree.unit, declaration.unit).en}`,
  );
  return { problems };
}

class ExpressionChecker {
  readonly problems: SpanProblem[] = [];
  constructor(private readonly vocabulary: FormulaVocabulary) {}

  refuse(span: Span, code: FormulaProblemCode, zh: string, en: string): undefined {
    this.problems.push({ span, code, text: { zh, en } });
    return undefined;
  }

  checkNumber(node: SyntaxNode, at: NameScope): NumberNode | undefined {
    const typed = this.check(node, at);
    if (!typed || isNumber(typed)) return typed as NumberNode | undefined;
    return this.refuse(
      node.span,
      'formula.number-expected',
      '此处应是数，却是一个条件；请用 if(条件, a, b)',
      'a number is expected here, not a condition; use if(condition, a, b)',
    );
  }

  private checkCondition(node: SyntaxNode, at: NameScope): TypedNode | undefined {
    const typed = this.check(node, at);
    if (!typed || !isNumber(typed)) return typed;
    return this.refuse(
      node.span,
      'formula.condition-expected',
      '此处应是条件，却是一个数；请写比较，如 x > 0',
      'a condition is expected here, not a number; write a comparison such as x > 0',
    );
  }

  private check(node: SyntaxNode, at: NameScope): TypedNode | undefined {
    switch (node.kind) {
      case 'number':
        return this.number(node);
      case 'name':
        return this.name(node, at);
      case 'call':
        return this.call(node, at);
      case 'negate': {
        const operand = this.checkNumber(node.operand, at);
        return operand && { kind: 'negate', span: node.span, unit: operand.unit, operands: [operand] };
      }
      case 'not': {
        const operand = this.checkCondition(node.operand, at);
        return operand && { kind: 'not', span: node.span, unit: null, operands: [operand] };
      }
      case 'binary':
        return this.binary(node, at);
    }
  }

  private number(node: SyntaxOf<'number'>): TypedNode | undefined {
    const { span, value, unit } = node;
    if (!unit) return { kind: 'number', span, unit: dimensionless, value };
    try {
      return { kind: 'number', span, unit: this.vocabulary.units.parse(unit.text), value };
    } catch (unknown) {
      if (!(unknown instanceof UnknownUnit)) throw unknown;
      return this.refuse(unit.span, 'formula.unknown-unit', unknown.text.zh, unknown.text.en);
    }
  }

  private name(node: SyntaxOf<'name'>, at: NameScope): TypedNode | undefined {
    const { span, name, lookUp } = node;
    const { vocabulary } = this;
    if (lookUp) {
      const declaration = vocabulary.parameters.get(name);
      if (!declaration) return this.refuseLookUp(node);
      const key = checkLookUp(name, declaration, lookUp, vocabulary, this.problems);
      const hasNoType = at.scope === 'territory' || at.scope === 'day';
      const typeMissing = declaration.byType && hasNoType && !lookUp.some((part) => part.key === 'type');
      if (!typeMissing) return { kind: 'parameter', span, unit: declaration.unit, code: name, key };
    }
    const resolved = resolveName(name, at, vocabulary);
    switch (resolved.kind) {
      case 'refused':
        return this.refuse(span, resolved.code, resolved.text.zh, resolved.text.en);
      case 'parameter':
        return { kind: 'parameter', span, unit: resolved.unit, code: name, key: {} };
      case 'formula':
        return { kind: 'formula', span, unit: resolved.unit, code: name };
      case 'attribute-total':
        return { kind: 'total', of: 'attribute', span, unit: resolved.unit, code: name };
      case 'formula-total':
        return { kind: 'total', of: 'formula', span, unit: resolved.unit, code: name };
      default:
        return { kind: resolved.kind, span, unit: resolved.unit, name };
    }
  }

  private refuseLookUp({ span, name }: SyntaxOf<'name'>): undefined {
    const near = closestWord(name, this.vocabulary.parameters.keys());
    return this.refuse(
      span,
      'formula.look-up',
      `“${name}”不是参数，不能用 […] 查找；${near ? `是否应为“${near}”？` : '请改用参数的代码'}`,
      `"${name}" is not a parameter and cannot be looked up with […]; ${near ? `did you mean "${near}"?` : 'give the code of a parameter'}`,
    );
  }

  private binary(node: SyntaxOf<'binary'>, at: NameScope): TypedNode | undefined {
    const { span, operator } = node;
    if (operator === 'and' || operator === 'or') {
      const [left, right] = [this.checkCondition(node.left, at), this.checkCondition(node.right, at)];
      return left && right && { kind: 'logic', span, unit: null, operator, operands: [left, right] };
    }
    const [left, right] = [this.checkNumber(node.left, at), this.checkNumber(node.right, at)];
    if (!left || !right) return undefined;
    if (operator === '^') return this.power(span, left, right);
    if (operator === '*' || operator === '/') return this.product(span, operator, left, right);
    const aligned = alignUnits([left, right], operator, this.problems);
    if (!aligned) return undefined;
    const operands = [aligned[0], aligned[1]] as const;
    if (operator === '+' || operator === '-')
      return { kind: 'arithmetic', span, unit: aligned[0].unit, operator, operands };
    return { kind: 'comparison', span, unit: null, operator, operands };
  }

  private product(span: Span, operator: '*' | '/', left: NumberNode, right: NumberNode): TypedNode | undefined {
    if (operator === '/' && constantValue(right)?.numerator === 0n) {
      return this.refuse(
        right.span,
        'formula.division-by-zero',
        '除数为零；请改写除数',
        'the divisor is nought; mend the divisor',
      );
    }
    const unit = multiplyUnits(left.unit, right.unit, operator === '*' ? 1 : -1);
    return { kind: 'arithmetic', span, unit, operator, operands: [left, right] };
  }

  private power(span: Span, base: NumberNode, exponent: NumberNode): TypedNode | undefined {
    const pureExponent = toPure(exponent, '^', this.problems);
    if (!pureExponent) return undefined;
    const constant = constantValue(pureExponent);
    const integer = constant?.denominator === 1n ? Number(constant.numerator) : undefined;
    if (integer !== undefined && Math.abs(integer) <= largestUnitPower) {
      return { kind: 'power', span, unit: raiseUnit(base.unit, integer), integer, operands: [base, pureExponent] };
    }
    if (!sameDimension(base.unit.dimension, {})) {
      return this.refuse(
        exponent.span,
        'formula.power',
        `底数带单位 ${describeUnit(base.unit)}，指数须是 -${largestUnitPower} 到 ${largestUnitPower} 的整数常数；请先除以带单位的数（如 / 1 [${base.unit.text}]），或用 sqrt`,
        `the base is in ${describeUnit(base.unit)}, so the exponent must be a whole constant from -${largestUnitPower} to ${largestUnitPower}; divide the base by a number with a unit first (for example / 1 [${base.unit.text}]), or use sqrt`,
      );
    }
    const pureBase = toPure(base, '^', this.problems);
    return pureBase && { kind: 'power', span, unit: dimensionless, operands: [pureBase, pureExponent] };
  }

  private call(node: SyntaxOf<'call'>, at: NameScope): TypedNode | undefined {
    const { span, name, operands } = node;
    const arity = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!arity) return this.refuseFunction(node);
    if (operands.length < arity[0] || operands.length > arity[1]) return this.refuseArity(node, arity);
    if (name === 'sum') return this.sum(node, at);
    if (name === 'if') return this.choice(node, at);
    const numbers = operands.map((operand) => this.checkNumber(operand, at));
    if (!numbers.every((number) => number !== undefined)) return undefined;
    if (name !== 'min' && name !== 'max' && name !== 'clamp')
      return this.unary(span, name as UnaryFunction, numbers[0]);
    const aligned = alignUnits(numbers, name, this.problems);
    if (!aligned) return undefined;
    const { unit } = aligned[0];
    if (name === 'clamp') return { kind: 'clamp', span, unit, operands: [aligned[0], aligned[1], aligned[2]] };
    return { kind: 'extreme', span, unit, name, operands: aligned };
  }

  private unary(span: Span, name: UnaryFunction, operand: NumberNode): TypedNode | undefined {
    if (name === 'abs') return { kind: 'function', span, unit: operand.unit, name, operands: [operand] };
    if (name === 'sqrt') {
      const unit = rootUnit(operand.unit, this.vocabulary.units);
      const squared = { ...raiseUnit(unit, 2), factor: Fraction.one };
      return { kind: 'function', span, unit, name, operands: [convertTo(operand, squared)] };
    }
    const pure = toPure(operand, name, this.problems);
    return pure && { kind: 'function', span, unit: dimensionless, name, operands: [pure] };
  }

  private choice({ span, operands }: SyntaxOf<'call'>, at: NameScope): TypedNode | undefined {
    const condition = this.checkCondition(operands[0], at);
    const [then, otherwise] = [this.checkNumber(operands[1], at), this.checkNumber(operands[2], at)];
    const aligned = then && otherwise && alignUnits([then, otherwise], 'if', this.problems);
    if (!condition || !aligned) return undefined;
    return { kind: 'choice', span, unit: aligned[0].unit, operands: [condition, aligned[0], aligned[1]] };
  }

  private sum({ span, operands, nameSpan }: SyntaxOf<'call'>, at: NameScope): TypedNode | undefined {
    const [over, operand] = operands;
    const rows = over.kind === 'name' ? sumsOver.find((name) => name === over.name) : undefined;
    if (!rows) {
      return this.refuse(
        over.span,
        'formula.syntax',
        'sum 的第一项须是 types、products 或 days',
        'the first part of sum must be types, products or days',
      );
    }
    if (rows === 'days') {
      if (at.scope !== 'patch' && at.scope !== 'day') return this.refuseDays(nameSpan);
      const daily = this.checkNumber(operand, { scope: 'day', insideSum: false });
      return daily && { kind: 'sum', span, unit: daily.unit as Unit, over: rows, operands: [daily] };
    }
    if (at.scope !== 'territory') {
      return this.refuse(
        nameSpan,
        'formula.wrong-scope',
        `sum(${rows}, …) 只能直接用在地域（territory）公式中，且不能嵌套；请另写一个 territory 公式`,
        `sum(${rows}, …) can only stand in a territory formula and not inside another sum; write a territory formula of its own`,
      );
    }
    const inner = this.checkNumber(operand, { scope: rows === 'types' ? 'type' : 'product', insideSum: true });
    return inner && { kind: 'sum', span, unit: inner.unit as Unit, over: rows, operands: [inner] };
  }

  private refuseDays(span: Span): undefined {
    return this.refuse(
      span,
      'formula.wrong-scope',
      'sum(days, …) 只能用在图斑（patch）或逐日（day）公式中；请另写一个 patch 公式，再引用它',
      'sum(days, …) can only stand in a patch or day formula; write a patch formula of its own and name that one here',
    );
  }

  private refuseFunction({ nameSpan, name }: SyntaxOf<'call'>): undefined {
    const near = closestWord(name, Object.keys(functions));
    const known = Object.keys(functions).join(', ');
    return this.refuse(
      nameSpan,
      'formula.unknown-function',
      `函数“${name}”未知；${near ? `是否应为“${near}”？` : ''}可用的有：${known}；相乘请写“*”`,
      `function "${name}" is not known; ${near ? `did you mean "${near}"? ` : ''}known are ${known}; write "*" to multiply`,
    );
  }

  private refuseArity({ span, name, operands }: SyntaxOf<'call'>, [least, most]: readonly [number, number]): undefined {
    const count = least === most ? `${least}` : `${least}–${most}`;
    return this.refuse(
      span,
      'formula.argument-count',
      `函数“${name}”需要 ${count} 项，此处有 ${operands.length} 项`,
      `function "${name}" takes ${count} parts, here are ${operands.length}`,
    );
  }
}
