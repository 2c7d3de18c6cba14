/** The tree of an expression as written, before names and units are understood. */
import { Fraction } from '@gep/kernel';

/** Half-open range of characters in the expression text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/';
export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '=' | '!=';
export type LogicOperator = 'and' | 'or';

/** One `key=value` of a look-up, `K[type=forestLand]`. */
export interface LookUpPart {
  readonly key: string;
  readonly value: string;
  readonly span: Span;
}

export type SyntaxNode =
  | {
      readonly kind: 'number';
      readonly span: Span;
      readonly value: Fraction;
      readonly unit?: { text: string; span: Span };
    }
  | { readonly kind: 'name'; readonly span: Span; readonly name: string; readonly lookUp?: readonly LookUpPart[] }
  | {
      readonly kind: 'call';
      readonly span: Span;
      readonly name: string;
      readonly nameSpan: Span;
      readonly operands: readonly SyntaxNode[];
    }
  | { readonly kind: 'negate' | 'not'; readonly span: Span; readonly operand: SyntaxNode }
  | {
      readonly kind: 'binary';
      readonly span: Span;
      readonly operator: ArithmeticOperator | '^' | ComparisonOperator | LogicOperator;
      readonly left: SyntaxNode;
      readonly right: SyntaxNode;
    };
