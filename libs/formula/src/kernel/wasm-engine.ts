/** The engine that runs a plan as an emitted WebAssembly module: the same bits as the vector engine, several times faster. */
import { BlockEngine } from './block-engine';
import { emitKernel, KernelMemory, wasmTileRows } from './emit-kernel';
import { KernelPlan } from './kernel-plan';
import { stepsOf } from './kernel-steps';

/** The part of the WebAssembly interface that is used; the type libraries of Node 20 do not declare it. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: { memory: { buffer: ArrayBuffer }; add: (rows: number) => number } };
};

/** False only where Node runs without a compiler (`--jitless`). */
export const canRunWasm = typeof WebAssembly === 'object';

export class WasmEngine implements BlockEngine {
  readonly tileRows = wasmTileRows;
  readonly types: Uint16Array;
  private readonly run: (rows: number) => number;
  private readonly columns: Float64Array[];
  private readonly sums: Float64Array;
  private readonly counts: Int32Array;
  private readonly memory: KernelMemory;
  /** A type that the plan does not have: it takes the row that pads an odd number. */
  private readonly padding: number;

  /** @throws when the plan has steps that cannot be emitted; ask `canEmit` first */
  constructor(private readonly plan: KernelPlan) {
    const { bytes, memory } = emitKernel(plan);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    const { buffer } = exports.memory;
    this.run = exports.add;
    this.types = new Uint16Array(buffer, memory.types, wasmTileRows + 1);
    this.columns = plan.columns.map(
      (_, column) => new Float64Array(buffer, memory.columns + column * memory.columnBytes, wasmTileRows),
    );
    stepsOf(plan).tables.forEach((values, table) =>
      new Float64Array(buffer, memory.tables + table * memory.tableBytes, values.length).set(values),
    );
    this.sums = new Float64Array(buffer, memory.sums, ((plan.types.length + 1) * memory.typeBytes) / 8);
    this.counts = new Int32Array(buffer, memory.sums, this.sums.length * 2);
    this.padding = plan.types.length;
    this.memory = memory;
  }

  begin(): void {
    this.sums.fill(0);
  }

  add(columns: readonly Float64Array[], from: number, to: number): boolean {
    columns.forEach((column, index) => this.columns[index].set(column.subarray(from, to)));
    this.types[to - from] = this.padding;
    return this.run(to - from) !== 0;
  }

  finish(out: Float64Array, rows: Float64Array): void {
    const { types, bases } = this.plan;
    const { typeBytes, pairs } = this.memory;
    for (let type = 0; type < types.length; type++) {
      for (let base = 0; base < bases.length; base++) {
        const from = (type * typeBytes) / 8 + (base >> 1) * 4 + (base & 1);
        const to = (type * bases.length + base) * 2;
        out[to] = this.sums[from];
        out[to + 1] = this.sums[from + 2];
      }
      rows[type] += this.counts[(type * typeBytes) / 4 + pairs * 8];
    }
  }
}
