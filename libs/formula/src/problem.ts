/** A fault found in a formula before it runs: where it is, what is wrong, why, and how to mend it. */
import { Bilingual } from '@gep/kernel';
import { FormulaDeclaration } from './declarations';
import { Span } from './syntax/syntax-tree';

/** Kinds of fault, stable for tests and for programs that read problems. */
export type FormulaProblemCode =
  | 'formula.syntax'
  | 'formula.too-long'
  | 'formula.duplicate-name'
  | 'formula.reserved-name'
  | 'formula.unknown-name'
  | 'formula.unknown-function'
  | 'formula.unknown-type'
  | 'formula.unknown-unit'
  | 'formula.argument-count'
  | 'formula.wrong-scope'
  | 'formula.look-up'
  | 'formula.unit-mismatch'
  | 'formula.not-dimensionless'
  | 'formula.power'
  | 'formula.number-expected'
  | 'formula.condition-expected'
  | 'formula.division-by-zero'
  | 'formula.result-unit'
  | 'formula.cycle';

/** One problem of one formula. Line and column count from 1. */
export interface FormulaProblem {
  readonly file?: string;
  readonly formula: string;
  readonly line?: number;
  readonly column?: number;
  readonly code: FormulaProblemCode;
  readonly text: Bilingual;
}

/** A fault with its place inside the expression, not yet tied to a file. */
export interface SpanProblem {
  readonly span: Span;
  readonly code: FormulaProblemCode;
  readonly text: Bilingual;
}

/** Ties a fault to file, line and column of the formula it was found in. */
export function locateProblem(declaration: FormulaDeclaration, problem: SpanProblem): FormulaProblem {
  const before = declaration.expression.slice(0, problem.span.from);
  const breaks = before.split('\n').length - 1;
  const column = breaks === 0 ? (declaration.column ?? 1) + before.length : before.length - before.lastIndexOf('\n');
  const line = (declaration.line ?? 1) + breaks;
  return { file: declaration.file, formula: declaration.code, line, column, code: problem.code, text: problem.text };
}
