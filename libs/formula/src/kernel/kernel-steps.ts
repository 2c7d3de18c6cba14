/** Flattens the bases of a plan into steps over registers, each common subexpression once. */
import { BinaryOperation, hiddenColumnsOf, numbersOf, RowExpression, UnaryOperation } from '../plan/row-expression';
import { KernelPlan } from './kernel-plan';

/** One operation; operands and result are register numbers. */
export interface KernelStep {
  readonly op: UnaryOperation | BinaryOperation | 'if';
  readonly operands: readonly number[];
  readonly result: number;
}

/** Straight-line code for one row. Registers hold, in this order: columns, constants, tables, results of steps. */
export interface KernelSteps {
  readonly columns: readonly string[];
  readonly constants: readonly number[];
  readonly tables: readonly (readonly number[])[];
  readonly steps: readonly KernelStep[];
  readonly registers: number;
  /** Register of each base. */
  readonly results: readonly number[];
  /** Columns (by register) whose absence the sums might not show. */
  readonly hidden: readonly number[];
}

const compiled = new WeakMap<KernelPlan, KernelSteps>();

/** The steps of a plan, made once for each plan object. */
export function stepsOf(plan: KernelPlan): KernelSteps {
  const known = compiled.get(plan);
  if (known) return known;
  const steps = new StepWriter(plan).write();
  compiled.set(plan, steps);
  return steps;
}

class StepWriter {
  private readonly constants: readonly number[];
  private readonly tables: readonly (readonly number[])[];
  /** First register of a step. */
  private readonly leaves: number;
  private readonly placed = new Map<RowExpression, number>();
  private readonly registers = new Map<string, number>();
  private readonly steps: KernelStep[] = [];

  constructor(private readonly plan: KernelPlan) {
    const numbers = plan.bases.map(numbersOf);
    this.constants = [...new Set(numbers.flatMap(({ constants }) => constants))];
    const tables = numbers.flatMap((found) => found.tables);
    this.tables = [...new Map(tables.map((values) => [values.join(' '), values])).values()];
    this.leaves = plan.columns.length + this.constants.length + this.tables.length;
  }

  write(): KernelSteps {
    const { columns, bases } = this.plan;
    const results = bases.map((base) => this.place(base));
    const hidden = new Set(bases.flatMap((base) => [...hiddenColumnsOf(base)]));
    return {
      columns,
      constants: this.constants,
      tables: this.tables,
      steps: this.steps,
      registers: this.leaves + this.steps.length,
      results,
      hidden: columns.flatMap((name, index) => (hidden.has(name) ? [index] : [])),
    };
  }

  private place(expression: RowExpression): number {
    const known = this.placed.get(expression);
    const register = known ?? this.placeNew(expression);
    this.placed.set(expression, register);
    return register;
  }

  private placeNew(expression: RowExpression): number {
    const { columns } = this.plan;
    switch (expression.op) {
      case 'column':
        return columns.indexOf(expression.name);
      case 'constant':
        return columns.length + this.constants.indexOf(expression.value);
      case 'table': {
        const text = expression.values.join(' ');
        return columns.length + this.constants.length + this.tables.findIndex((values) => values.join(' ') === text);
      }
      default: {
        const operands = expression.of.map((part) => this.place(part));
        if (expression.op !== '+' && expression.op !== '*') return this.step(expression.op, operands);
        return operands.reduce((left, right) => this.step(expression.op, [left, right]));
      }
    }
  }

  private step(op: KernelStep['op'], operands: readonly number[]): number {
    const key = `${op} ${operands.join(' ')}`;
    const known = this.registers.get(key);
    if (known !== undefined) return known;
    const result = this.leaves + this.steps.length;
    this.steps.push({ op, operands, result });
    this.registers.set(key, result);
    return result;
  }
}
