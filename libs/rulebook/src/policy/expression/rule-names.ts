/** What the compiler of expressions is given: the names of the rule, and itself for the operands of a function. */
import type { UnitTable } from '@gep/kernel';
import type { SyntaxNode } from '@gep/formula';
import type { ExpressionLog } from './expression-log';
import type { PeriodLength } from './periods';
import type { Compiled, NamedValue, NumberExpression } from './value';

export type CallNode = Extract<SyntaxNode, { kind: 'call' }>;

/** The names of a rule. */
export interface RuleNames {
  readonly units: UnitTable;
  /** What one decision covers, and what its rows do where they are shorter. */
  readonly calendar: { readonly period: PeriodLength | 'none'; readonly rows?: PeriodLength };
  /**
   * @param inTime inside a function of another period, where a formula may name itself
   * @returns `cycle` when the name needs itself, `faulty` when its own problem is told elsewhere
   */
  find(code: string, inTime: boolean): NamedValue | 'cycle' | 'faulty' | undefined;
  known(): readonly string[];
}

export interface OperandCompiler {
  readonly names: RuleNames;
  readonly log: ExpressionLog;
  /** Whether it is the inside of a function of another period. */
  readonly inTime: boolean;
  compile(node: SyntaxNode): Compiled | undefined;
  compileNumber(node: SyntaxNode): NumberExpression | undefined;
  compileCondition(node: SyntaxNode): Compiled | undefined;
  /** For what is computed in another period. */
  elsewhere(): OperandCompiler;
}
