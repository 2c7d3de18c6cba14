/** What computes blocks: tiles of rows in, compensated sums by type and base out. One engine in vectors over arrays. */
import { KernelPlan } from './kernel-plan';
import { KernelSteps, stepsOf } from './kernel-steps';
import { vectorOperations } from './vector-operations';

/** Rows that an engine takes at once; small enough for all registers to stay in the cache of a core. */
export const tileRows = 512;

/** Every engine gives the same bits: same operations in the same order, same sums. */
export interface BlockEngine {
  /** Begins a block: all sums are nought. */
  begin(): void;
  /** Adds rows `from`..`to` of the columns (in the order of the plan); `types[i]` is the type of row `from + i`. */
  add(columns: readonly Float64Array[], from: number, to: number, types: Int32Array): void;
  /** Writes `[type][base][sum, lost]` of the block. */
  finish(out: Float64Array): void;
}

/** Evaluates the steps of a plan for up to `tileRows` rows at once, a vector for each register. */
export class VectorEvaluator {
  private readonly steps: KernelSteps;
  private readonly registers: Float64Array[];

  constructor(plan: KernelPlan) {
    this.steps = stepsOf(plan);
    const { columns, constants, registers } = this.steps;
    this.registers = Array.from({ length: registers }, () => new Float64Array(tileRows));
    constants.forEach((value, index) => this.registers[columns.length + index].fill(value));
  }

  /** The values of each base for rows `from`..`to`; the arrays are used again by the next call. */
  evaluate(columns: readonly Float64Array[], from: number, to: number, types: Int32Array): Float64Array[] {
    const { registers } = this;
    const { steps, tables, constants, results } = this.steps;
    const n = to - from;
    columns.forEach((column, index) => (registers[index] = column.subarray(from, to)));
    tables.forEach((values, index) => {
      const out = registers[columns.length + constants.length + index];
      for (let i = 0; i < n; i++) out[i] = values[types[i]];
    });
    for (const { op, operands, result } of steps) {
      vectorOperations[op](
        n,
        registers[result],
        registers[operands[0]],
        registers[operands[1]],
        registers[operands[2]],
      );
    }
    return results.map((register) => registers[register]);
  }
}

/** The engine that runs everywhere and any plan. */
export class VectorEngine implements BlockEngine {
  private readonly evaluator: VectorEvaluator;
  private readonly bases: number;
  private readonly sums: Float64Array;
  private readonly slots = new Int32Array(tileRows);

  constructor(plan: KernelPlan) {
    this.evaluator = new VectorEvaluator(plan);
    this.bases = plan.bases.length;
    this.sums = new Float64Array(plan.types.length * this.bases * 2);
  }

  begin(): void {
    this.sums.fill(0);
  }

  add(columns: readonly Float64Array[], from: number, to: number, types: Int32Array): void {
    const n = to - from;
    for (let i = 0; i < n; i++) this.slots[i] = types[i] * this.bases * 2;
    const values = this.evaluator.evaluate(columns, from, to, types);
    for (let base = 0; base < values.length; base++) addCompensated(this.sums, this.slots, base * 2, values[base], n);
  }

  finish(out: Float64Array): void {
    out.set(this.sums);
  }
}

/** Two-sum: the rounding error of each addition is exact and kept beside the sum. */
function addCompensated(sums: Float64Array, slots: Int32Array, base: number, values: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const at = slots[i] + base;
    const value = values[i];
    const sum = sums[at];
    const next = sum + value;
    const back = next - sum;
    sums[at] = next;
    sums[at + 1] += sum - (next - back) + (value - back);
  }
}
