/** The engine that runs any plan: one vector operation after the other over arrays. */
import { BlockEngine } from './block-engine';
import { KernelPlan } from './kernel-plan';
import { KernelSteps, stepsOf } from './kernel-steps';
import { vectorOperations } from './vector-operations';

/** Rows that are taken at once; few enough for all registers to stay in the cache of a core. */
export const vectorTileRows = 512;

/** Evaluates steps for up to `vectorTileRows` rows at once, a vector for each register. */
export class VectorEvaluator {
  private readonly registers: Float64Array[];

  constructor(private readonly steps: KernelSteps) {
    const { columns, constants, registers } = this.steps;
    this.registers = Array.from({ length: registers }, () => new Float64Array(vectorTileRows));
    constants.forEach((value, index) => this.registers[columns.length + index].fill(value));
  }

  /** The values of each result for rows `from`..`to`; the arrays are used again by the next call. */
  evaluate(columns: readonly Float64Array[], from: number, to: number, types: Uint16Array): Float64Array[] {
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

export class VectorEngine implements BlockEngine {
  readonly tileRows = vectorTileRows;
  readonly types = new Uint16Array(vectorTileRows);
  private readonly evaluator: VectorEvaluator;
  private readonly hidden: readonly number[];
  private readonly bases: number;
  private readonly sums: Float64Array;
  private readonly counts: Float64Array;
  private readonly slots = new Int32Array(vectorTileRows);

  constructor(plan: KernelPlan) {
    this.evaluator = new VectorEvaluator(stepsOf(plan));
    this.hidden = stepsOf(plan).hidden;
    this.bases = plan.bases.length;
    this.sums = new Float64Array(plan.types.length * this.bases * 2);
    this.counts = new Float64Array(plan.types.length);
  }

  begin(): void {
    this.sums.fill(0);
    this.counts.fill(0);
  }

  add(columns: readonly Float64Array[], from: number, to: number): boolean {
    const n = to - from;
    const { types, slots, counts, bases } = this;
    for (let i = 0; i < n; i++) {
      counts[types[i]] += 1;
      slots[i] = types[i] * bases * 2;
    }
    const values = this.evaluator.evaluate(columns, from, to, types);
    for (let base = 0; base < values.length; base++) addCompensated(this.sums, slots, base * 2, values[base], n);
    return this.hidden.some((column) => hasAbsent(columns[column], from, to));
  }

  finish(out: Float64Array, rows: Float64Array): void {
    out.set(this.sums);
    this.counts.forEach((count, type) => (rows[type] += count));
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

function hasAbsent(column: Float64Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (column[i] !== column[i]) return true;
  return false;
}
