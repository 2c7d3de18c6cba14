/** Flattens the bases of a plan into steps over registers, each common subexpression once. */
import { BinaryOperation, hiddenColumnsOf, RowExpression, UnaryOperation } from '../plan/row-expression';
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
  private readonly constants: number[] = [];
  private readonly tables: (readonly number[])[] = [];
  private readonly registers = new Map<string, number>();
  private readonly steps: KernelStep[] = [];

  constructor(private readonly plan: KernelPlan) {}

  write(): KernelSteps {
    const { columns, bases } = this.plan;
    bases.forEach((base) => this.collectLeaves(base));
    const leaves = columns.length + this.constants.length + this.tables.length;
    const results = bases.map((base) => this.place(base, leaves));
    const hidden = new Set(bases.flatMap((base) => [...hiddenColumnsOf(base)]));
    return {
      columns,
      constants: this.constants,
      tables: this.tables,
      steps: this.steps,
      registers: leaves + this.steps.length,
      results,
      hidden: columns.flatMap((name, index) => (hidden.has(name) ? [index] : [])),
    };
  }

  private collectLeaves(expression: RowExpression): void {
    if (expression.op === 'constant' && !this.constants.includes(expression.value))
      this.constants.push(expression.value);
    if (expression.op === 'table' && this.tableIndex(expression.values) < 0) this.tables.push(expression.values);
    if ('of' in expression) expression.of.forEach((part) => this.collectLeaves(part));
  }

  private tableIndex(values: readonly number[]): number {
    return this.tables.findIndex((known) => known.every((value, type) => Object.is(value, values[type])));
  }

  private place(expression: RowExpression, leaves: number): number {
    const { columns } = this.plan;
    switch (expression.op) {
      case 'column':
        return columns.indexOf(expression.name);
      case 'constant':
        return columns.length + this.constants.indexOf(expression.value);
      case 'table':
        return columns.length + this.constants.length + this.tableIndex(expression.values);
      default: {
        const operands = expression.of.map((part) => this.place(part, leaves));
        if (expression.op !== '+' && expression.op !== '*') return this.step(expression.op, operands, leaves);
        return operands.reduce((left, right) => this.step(expression.op, [left, right], leaves));
      }
    }
  }

  private step(op: KernelStep['op'], operands: readonly number[], leaves: number): number {
    const key = `${op} ${operands.join(' ')}`;
    const known = this.registers.get(key);
    if (known !== undefined) return known;
    const result = leaves + this.steps.length;
    this.steps.push({ op, operands, result });
    this.registers.set(key, result);
    return result;
  }
}
