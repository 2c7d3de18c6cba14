/** Steps of the exact walker: a number with the trace of how it came about. */
import { Decimal } from '@gep/kernel';
import { CheckedFormula, TypedNode } from '../checking/typed-tree';
import { ArithmeticOperator } from '../syntax/syntax-tree';
import { ExactTrace, ObservedNumber, TraceKind } from './exact-trace';

/** A step with its number; conditions have a truth. */
export interface Step {
  readonly trace: ExactTrace;
  readonly number: Decimal;
  readonly truth: boolean;
}

export const arithmetic: Readonly<Record<ArithmeticOperator, (a: Decimal, b: Decimal) => Decimal>> = {
  '+': (a, b) => a.plus(b),
  '-': (a, b) => a.minus(b),
  '*': (a, b) => a.times(b),
  '/': (a, b) => a.dividedBy(b),
};

export const sliceOf = (node: TypedNode, { declaration }: CheckedFormula): string =>
  declaration.expression.slice(node.span.from, node.span.to);

export const addAll = (steps: readonly Step[]): Decimal =>
  steps.reduce((sum, { number }) => sum.plus(number), new Decimal(0));

export function observed(value: ObservedNumber | undefined): Decimal | undefined {
  if (value === undefined || Number.isNaN(Number(value))) return undefined;
  return new Decimal(value);
}

export function leaf(kind: TraceKind, formula: string, name: string, number: Decimal, unit: string): Step {
  return {
    number,
    truth: false,
    trace: { kind, formula, expression: name, name, value: number.toString(), unit, children: [] },
  };
}

export function item(name: string, formula: string, expression: string, unit: string, step: Step): Step {
  return {
    ...step,
    trace: { kind: 'item', formula, expression, name, value: step.trace.value, unit, children: [step.trace] },
  };
}

/** The innermost step at which a value stopped being finite. */
export function firstNotFinite(trace: ExactTrace): ExactTrace {
  const cause = trace.children.find(({ value }) => ['NaN', 'Infinity', '-Infinity'].includes(value));
  return cause ? firstNotFinite(cause) : trace;
}
