/** Reads the text of an expression into a tree (Pratt parser: each operator has a binding power). */
import { Fraction } from '@gep/kernel';
import { SpanProblem } from '../problem';
import { readTokens, Token } from './read-tokens';
import { SyntaxFault } from './syntax-fault';
import { LookUpPart, Span, SyntaxNode } from './syntax-tree';

type BinaryOperator = Extract<SyntaxNode, { kind: 'binary' }>['operator'];

const negation = 3;
const comparison = 4;
const unaryMinus = 7;
/** Infix operators from the loosest to the tightest; `not` binds at the third level, the sign of a number at the seventh. */
const levels: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  [],
  ['<', '<=', '>', '>=', '=', '!='],
  ['+', '-'],
  ['*', '/'],
  [],
  ['^'],
];
const bindingPowers: ReadonlyMap<string, number> = new Map(
  levels.flatMap((operators, index) => operators.map((operator) => [operator, index + 1] as const)),
);
/** Words that cannot be used as names. */
export const keywords: readonly string[] = ['and', 'or', 'not'];
const longestExpression = 20_000;
const deepestNesting = 200;
const smallestExponent = -300;
const largestExponent = 300;

/** The tree, or the one problem that stopped the reading. */
export function parseExpression(text: string): { tree: SyntaxNode } | { problem: SpanProblem } {
  if (text.length > longestExpression) return { problem: tooLong() };
  try {
    return { tree: new Parser(readTokens(text)).parse() };
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    return { problem: { span: fault.span, code: 'formula.syntax', text: fault.text } };
  }
}

class Parser {
  private at = 0;
  private depth = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  parse(): SyntaxNode {
    const tree = this.expression(0);
    if (this.peek().kind !== 'end') this.refuseLeftover();
    return tree;
  }

  private expression(least: number): SyntaxNode {
    this.depth += 1;
    if (this.depth > deepestNesting)
      this.refuse(this.peek(), '嵌套过深；请拆成几个公式', 'nesting is too deep; split it into several formulas');
    let left = this.prefix();
    for (;;) {
      const operator = this.peek();
      const power = operator.kind === 'bracket' ? undefined : bindingPowers.get(operator.text);
      if (power === undefined || power <= least) break;
      this.at += 1;
      const right = this.expression(operator.text === '^' ? power - 1 : power);
      if (power === comparison) this.refuseChain();
      const span = { from: left.span.from, to: right.span.to };
      left = { kind: 'binary', span, operator: operator.text as BinaryOperator, left, right };
    }
    this.depth -= 1;
    return left;
  }

  private prefix(): SyntaxNode {
    const token = this.peek();
    if (token.kind === 'number') return this.number();
    if (token.kind === 'name') return token.text === 'not' ? this.unary('not', negation) : this.nameOrCall();
    if (token.text === '-' && token.kind === 'symbol') return this.unary('negate', unaryMinus);
    if (token.text === '(' && token.kind === 'symbol') return this.group();
    return this.refuseStart(token);
  }

  private unary(kind: 'negate' | 'not', power: number): SyntaxNode {
    const { from } = this.take();
    const operand = this.expression(power);
    return { kind, span: { from, to: operand.span.to }, operand };
  }

  private group(): SyntaxNode {
    const open = this.take();
    const inner = this.expression(0);
    const close = this.close(open);
    return { ...inner, span: { from: open.from, to: close.to } };
  }

  private number(): SyntaxNode {
    const token = this.take();
    const value = readNumber(token);
    const next = this.peek();
    if (next.kind === 'bracket') {
      this.at += 1;
      return {
        kind: 'number',
        span: { from: token.from, to: next.to },
        value,
        unit: { text: next.text.trim(), span: { from: next.from + 1, to: next.to - 1 } },
      };
    }
    return { kind: 'number', span: spanOf(token), value };
  }

  private nameOrCall(): SyntaxNode {
    const token = this.take();
    if (keywords.includes(token.text)) this.refuseStart(token);
    const next = this.peek();
    if (next.kind === 'bracket') {
      this.at += 1;
      return { kind: 'name', span: { from: token.from, to: next.to }, name: token.text, lookUp: readLookUp(next) };
    }
    if (next.kind !== 'symbol' || next.text !== '(') return { kind: 'name', span: spanOf(token), name: token.text };
    const open = this.take();
    const operands: SyntaxNode[] = [];
    if (this.peek().text !== ')') {
      do operands.push(this.expression(0));
      while (this.accept(','));
    }
    const close = this.close(open);
    return {
      kind: 'call',
      span: { from: token.from, to: close.to },
      name: token.text,
      nameSpan: spanOf(token),
      operands,
    };
  }

  private peek(): Token {
    return this.tokens[this.at];
  }
  private take(): Token {
    return this.tokens[this.at++];
  }
  private accept(symbol: string): boolean {
    const found = this.peek().kind === 'symbol' && this.peek().text === symbol;
    if (found) this.at += 1;
    return found;
  }
  private close(open: Token): Token {
    const token = this.peek();
    if (this.accept(')')) return token;
    if (token.kind !== 'end') this.refuseLeftover();
    return this.refuse(open, '“(”没有对应的“)”；请补上“)”', '"(" has no matching ")"; add the ")"');
  }

  private refuse(token: Token, zh: string, en: string): never {
    throw new SyntaxFault(spanOf(token), { zh, en });
  }
  private refuseStart(token: Token): never {
    if (token.kind === 'end')
      return this.refuse(
        token,
        '公式到此中断，还缺一个数、名称或括号',
        'the formula breaks off here; a number, a name or a parenthesis is missing',
      );
    return this.refuse(
      token,
      `“${token.text}”前缺一个数、名称或括号`,
      `a number, a name or a parenthesis is missing before "${token.text}"`,
    );
  }
  private refuseLeftover(): never {
    const token = this.peek();
    if (token.text === ')')
      return this.refuse(token, '多出一个“)”；请删去或补上“(”', 'one ")" too many; remove it or add the "("');
    const text = token.kind === 'bracket' ? `[${token.text}]` : token.text;
    return this.refuse(
      token,
      `“${text}”前缺运算符；相乘请写“*”`,
      `an operator is missing before "${text}"; write "*" to multiply`,
    );
  }
  private refuseChain(): void {
    const next = this.peek();
    if (next.kind !== 'symbol' || bindingPowers.get(next.text) !== comparison) return;
    this.refuse(next, '比较不能连写；请写成 a < b and b < c', 'comparisons cannot be chained; write a < b and b < c');
  }
}

const spanOf = ({ from, to }: Token): Span => ({ from, to });

function readNumber(token: Token): Fraction {
  const [, plain, perCent] = /^(.*?)([%％]?)$/u.exec(token.text)!;
  const exponent = Number(/[eE]([+-]?\d+)$/.exec(plain)?.[1] ?? 0);
  const value = exponent < smallestExponent || exponent > largestExponent ? undefined : Fraction.parse(plain);
  if (value) return perCent ? value.dividedBy(Fraction.of(100n)) : value;
  throw new SyntaxFault(spanOf(token), {
    zh: `数“${token.text}”超出范围；指数应在 ${smallestExponent} 与 ${largestExponent} 之间`,
    en: `number "${token.text}" is out of range; its exponent must lie between ${smallestExponent} and ${largestExponent}`,
  });
}

function readLookUp(bracket: Token): LookUpPart[] {
  const parts: LookUpPart[] = [];
  let from = bracket.from + 1;
  for (const piece of bracket.text.split(',')) {
    const match = /^\s*(\S+?)\s*=\s*(\S(?:.*\S)?)\s*$/u.exec(piece);
    const span = { from: from + piece.length - piece.trimStart().length, to: from + piece.length };
    if (!match) {
      throw new SyntaxFault(span, {
        zh: '方括号内应写“键=值”，例如 [type=forestLand]、[date=2015-12-31]、[place=520000]',
        en: 'brackets after a name hold key=value, for example [type=forestLand], [date=2015-12-31], [place=520000]',
      });
    }
    parts.push({ key: match[1], value: match[2], span });
    from += piece.length + 1;
  }
  return parts;
}

const tooLong = (): SpanProblem => ({
  span: { from: 0, to: 0 },
  code: 'formula.too-long',
  text: {
    zh: `公式超过 ${longestExpression} 个字符；请拆成几个公式`,
    en: `the formula is longer than ${longestExpression} characters; split it into several formulas`,
  },
});
