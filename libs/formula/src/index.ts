/** Front door of the formula language: check, compile, run over columns, and audit one number exactly. */
export { multiplyUnits, raiseUnit } from './checking/unit-text';
export { parseExpression } from './syntax/parse-expression';
export type { SyntaxNode } from './syntax/syntax-tree';
export { checkFormulas } from './checking/check-formulas';
export type { CheckedFormula, CheckedFormulas } from './checking/typed-tree';
export { sumDays, type DaySum, type DayTotal } from './days/day-sums';
export { calendarNames, type DayTable } from './days/day-table';
export type {
  FormulaDeclaration,
  FormulaScope,
  FormulaVocabulary,
  ParameterDeclaration,
  ParameterKey,
  ParameterLookup,
  ParameterValue,
  ProductRow,
} from './declarations';
export { MissingParameterValue, UndefinedValue, type MissingValue } from './errors';
export { absentColumns, neededColumns, type AbsentColumn } from './kernel/absent-columns';
export { Arena, arenaOf, type ArenaMemory } from './kernel/arena';
export {
  blockRows,
  type BaseSums,
  type ColumnChunk,
  type KernelPlan,
  type PartialSums,
  type RowFault,
} from './kernel/kernel-plan';
export { reducePartials, reuseBaseSums } from './kernel/reduce-partials';
export { runKernel } from './kernel/run-kernel';
export { describeRow } from './plan/describe-row';
export { compileFormulas, type FormulaProgram, type LinearPart, type WantedFormula } from './plan/compile-formulas';
export type { RowExpression } from './plan/row-expression';
export type { FormulaProblem, FormulaProblemCode } from './problem';
export { evaluateExactly } from './trace/evaluate-exactly';
export type { ExactEnvironment, ExactPatch, ExactTrace, ObservedNumber, TraceKind } from './trace/exact-trace';
