/** Divides the steps of a plan: what the emitted kernel does itself, and what JavaScript computes for it beforehand. */
import { KernelPlan } from './kernel-plan';
import { KernelStep, KernelSteps, stepsOf } from './kernel-steps';
import { VectorEvaluator, vectorTileRows } from './vector-engine';

/** Steps whose last bit no specification fixes, so that only JavaScript gives the bits of JavaScript. */
const outsideOperations: ReadonlySet<KernelStep['op']> = new Set(['power', 'exp', 'ln', 'log10', 'sin', 'cos']);

/** The steps of a plan in two parts. */
export interface DividedSteps {
  readonly all: KernelSteps;
  /** What the kernel does, in order. */
  readonly inside: readonly KernelStep[];
  /** Columns (by register) that the kernel reads. */
  readonly columns: readonly number[];
  /** Registers that the kernel is given, a column each. */
  readonly given: readonly number[];
  /** What gives them, in order. */
  readonly outside: readonly KernelStep[];
  /** Types of which some row needs what is given. */
  readonly givenTypes: readonly boolean[];
}

/** Which steps of a plan are whose. */
export function divideSteps(plan: KernelPlan): DividedSteps {
  const all = stepsOf(plan);
  const makers = new Map(all.steps.map((step) => [step.result, step]));
  const reach = (from: readonly number[], stop: (step: KernelStep) => boolean): Set<number> => {
    const reached = new Set<number>();
    const visit = (register: number): void => {
      if (reached.has(register)) return;
      reached.add(register);
      const step = makers.get(register);
      if (step && !stop(step)) step.operands.forEach(visit);
    };
    from.forEach(visit);
    return reached;
  };
  const isOutside = ({ op }: KernelStep): boolean => outsideOperations.has(op);
  const isGiven = (register: number): boolean => makers.has(register) && isOutside(makers.get(register)!);
  const reached = reach(all.results, isOutside);
  const given = [...reached].filter(isGiven);
  const before = reach(given, () => false);
  const bases = all.results.map((result) => [...reach([result], isOutside)].some(isGiven));
  return {
    all,
    inside: all.steps.filter((step) => reached.has(step.result) && !isOutside(step)),
    columns: all.columns.flatMap((_, column) => (reached.has(column) || all.hidden.includes(column) ? [column] : [])),
    given,
    outside: all.steps.filter((step) => before.has(step.result)),
    givenTypes: plan.types.map((_, type) => bases.some((base, index) => base && plan.needs[index][type])),
  };
}

/** Computes what the kernel is given, only for rows whose type needs it; the others get nought. */
export class OutsideEvaluator {
  private readonly evaluator: VectorEvaluator;
  private readonly read: readonly number[];
  private readonly rows = new Int32Array(vectorTileRows);
  private readonly types = new Uint16Array(vectorTileRows);
  private readonly columns: readonly Float64Array[];
  /** 1 for types that need it; more entries than types, so that every 16-bit number finds one. */
  private readonly wanted: Uint8Array;

  constructor({ all, outside, given, givenTypes }: DividedSteps) {
    this.evaluator = new VectorEvaluator({ ...all, steps: outside, results: given });
    const operands = new Set(outside.flatMap((step) => step.operands));
    this.read = all.columns.flatMap((_, column) => (operands.has(column) ? [column] : []));
    this.columns = all.columns.map(() => new Float64Array(vectorTileRows));
    this.wanted = Uint8Array.from(givenTypes, Number);
  }

  /** Writes a column for each given register: rows `from`..`to` at the start of each of `out`. */
  evaluate(
    columns: readonly Float64Array[],
    from: number,
    to: number,
    types: Uint16Array,
    out: readonly Float64Array[],
  ): void {
    for (const column of out) column.fill(0, 0, to - from);
    for (let at = from; at < to; at += vectorTileRows) {
      const rows = this.gather(columns, at, Math.min(at + vectorTileRows, to), types, at - from);
      if (rows === 0) continue;
      const values = this.evaluator.evaluate(this.columns, 0, rows, this.types);
      for (let i = 0; i < values.length; i++) this.scatter(values[i], out[i], rows, at - from);
    }
  }

  private gather(columns: readonly Float64Array[], from: number, to: number, types: Uint16Array, at: number): number {
    const { wanted } = this;
    let found = 0;
    for (let i = 0; i < to - from; i++) {
      const type = types[at + i];
      if (wanted[type] !== 1) continue;
      this.rows[found] = i;
      this.types[found] = type;
      found += 1;
    }
    for (const index of this.read) {
      const [column, gathered] = [columns[index], this.columns[index]];
      for (let i = 0; i < found; i++) gathered[i] = column[from + this.rows[i]];
    }
    return found;
  }

  private scatter(values: Float64Array, out: Float64Array, rows: number, at: number): void {
    for (let i = 0; i < rows; i++) out[at + this.rows[i]] = values[i];
  }
}
