/** The tree of a checked expression: every name is resolved, every unit known, every conversion an explicit step. */
import { Fraction, Unit } from '@gep/kernel';
import { FormulaDeclaration, FormulaVocabulary, ParameterKey } from '../declarations';
import { ArithmeticOperator, ComparisonOperator, LogicOperator, Span } from '../syntax/syntax-tree';

/** Functions of one pure number. */
export type UnaryFunction = 'exp' | 'ln' | 'log10' | 'sqrt' | 'abs' | 'sin' | 'cos';
export type ExtremeFunction = 'min' | 'max';

interface Common {
  readonly span: Span;
  /** Unit of the number that the node gives; null for a truth value. */
  readonly unit: Unit | null;
}

/** Kinds that are read from outside the formula. */
export type LeafNode = Common &
  (
    | { readonly kind: 'number'; readonly value: Fraction }
    | { readonly kind: 'attribute'; readonly name: string }
    | { readonly kind: 'field'; readonly name: string }
    /** Value of a day: of a series, or one that every day has (`month`). */
    | { readonly kind: 'series'; readonly name: string }
    | { readonly kind: 'parameter'; readonly code: string; readonly key: ParameterKey }
    /** Value of another formula in the same scope, or of a territory formula. */
    | { readonly kind: 'formula'; readonly code: string }
    /** Sum of a patch formula, or of the attribute `area`, over the patches of the current type. */
    | { readonly kind: 'total'; readonly of: 'formula' | 'attribute'; readonly code: string }
  );

export type TypedNode =
  | LeafNode
  | (Common &
      (
        | {
            readonly kind: 'arithmetic';
            readonly operator: ArithmeticOperator;
            readonly operands: readonly [TypedNode, TypedNode];
          }
        | {
            readonly kind: 'comparison';
            readonly operator: ComparisonOperator;
            readonly operands: readonly [TypedNode, TypedNode];
          }
        | {
            readonly kind: 'logic';
            readonly operator: LogicOperator;
            readonly operands: readonly [TypedNode, TypedNode];
          }
        | { readonly kind: 'negate'; readonly operands: readonly [TypedNode] }
        | { readonly kind: 'not'; readonly operands: readonly [TypedNode] }
        /** `integer` is set when the exponent is a constant whole number. */
        | { readonly kind: 'power'; readonly integer?: number; readonly operands: readonly [TypedNode, TypedNode] }
        | { readonly kind: 'extreme'; readonly name: ExtremeFunction; readonly operands: readonly TypedNode[] }
        | { readonly kind: 'clamp'; readonly operands: readonly [TypedNode, TypedNode, TypedNode] }
        | { readonly kind: 'function'; readonly name: UnaryFunction; readonly operands: readonly [TypedNode] }
        /** Condition, then, otherwise. */
        | { readonly kind: 'choice'; readonly operands: readonly [TypedNode, TypedNode, TypedNode] }
        | {
            readonly kind: 'sum';
            readonly over: 'types' | 'products' | 'days';
            readonly operands: readonly [TypedNode];
          }
        /** The same quantity in another unit: the operand's number times `factor`. */
        | { readonly kind: 'convert'; readonly factor: Fraction; readonly operands: readonly [TypedNode] }
      ));

/** The parts of a node that are nodes themselves. */
export function operandsOf(node: TypedNode): readonly TypedNode[] {
  return 'operands' in node ? node.operands : [];
}

/** Every node of the tree, the root first. */
export function* nodesOf(node: TypedNode): Generator<TypedNode> {
  yield node;
  for (const operand of operandsOf(node)) yield* nodesOf(operand);
}

/** A formula that passed every check; its tree gives the result in the declared unit. */
export interface CheckedFormula {
  readonly declaration: FormulaDeclaration;
  readonly tree: TypedNode;
  /** Codes of the formulas that this one names. */
  readonly uses: readonly string[];
}

/** All formulas of a vocabulary, checked, each after those it names. */
export interface CheckedFormulas {
  readonly vocabulary: FormulaVocabulary;
  readonly ordered: readonly CheckedFormula[];
  readonly byCode: ReadonlyMap<string, CheckedFormula>;
}
