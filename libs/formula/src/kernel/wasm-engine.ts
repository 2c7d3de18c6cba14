/** The engine that runs a plan as an emitted WebAssembly module: the same bits as the vector engine, several times faster. */
import { assert } from '@gep/kernel';
import { Arena, ArenaMemory, arenaOf } from './arena';
import { BlockEngine } from './block-engine';
import { emitKernel, KernelWorkspace, wasmTileRows } from './emit-kernel';
import { KernelPlan } from './kernel-plan';
import { DividedSteps, divideSteps, OutsideEvaluator } from './outside-steps';

/** The part of the WebAssembly interface that is used; the type libraries of Node 20 do not declare it. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (
    module: object,
    imports: { arena: { memory: ArenaMemory } },
  ) => { exports: { add: (rows: number, workspace: number) => number } };
};

/** The module of a plan, which serves any number of memories. */
export class WasmKernel {
  readonly steps: DividedSteps;
  readonly workspace: KernelWorkspace;
  readonly module: object;

  /** @param plan one that can be emitted; ask `canEmit` first */
  constructor(readonly plan: KernelPlan) {
    this.steps = divideSteps(plan);
    const { bytes, workspace } = emitKernel(plan, this.steps);
    this.workspace = workspace;
    this.module = new WebAssembly.Module(bytes);
  }

  /**
   * An engine that reads columns in the arena where they are, and copies others tile by tile.
   * @returns undefined when the arena has no room for its workspace
   */
  engineIn(arena: Arena): WasmEngine | undefined {
    const workspace = arena.take(this.workspace.bytes);
    return workspace && new WasmEngine(this, arena, workspace);
  }
}

export class WasmEngine implements BlockEngine {
  readonly tileRows = wasmTileRows;
  readonly types: Uint16Array;
  private readonly epoch: number;
  private readonly run: (rows: number, workspace: number) => number;
  private readonly outside: OutsideEvaluator | undefined;
  /** Where the next row of each column is. */
  private readonly addresses: Uint32Array;
  /** Room for a tile of each column that is read, then of each that is given. */
  private readonly tiles: readonly Float64Array[];
  private readonly given: readonly Float64Array[];
  private readonly sums: Float64Array;
  private readonly counts: Int32Array;
  /** A type that the plan does not have: it takes the row that pads an odd number. */
  private readonly padding: number;
  /** The columns that were asked for last, and the address of each that lies in the arena. */
  private placed: readonly Float64Array[] | undefined;
  private readonly starts: Float64Array;

  constructor(
    private readonly kernel: WasmKernel,
    private readonly arena: Arena,
    private readonly workspace: Uint8Array,
  ) {
    const { plan, steps, workspace: layout } = kernel;
    const { buffer, byteOffset } = workspace;
    this.epoch = arena.epoch;
    this.run = new WebAssembly.Instance(kernel.module, { arena: { memory: arena.memory } }).exports.add;
    this.outside = steps.given.length > 0 ? new OutsideEvaluator(steps) : undefined;
    const read = steps.columns.length + steps.given.length;
    this.addresses = new Uint32Array(buffer, byteOffset + layout.addresses, read);
    this.types = new Uint16Array(buffer, byteOffset + layout.types, wasmTileRows + 1);
    this.tiles = Array.from({ length: read }, (_, column) => {
      return new Float64Array(buffer, byteOffset + layout.columns + column * layout.columnBytes, wasmTileRows);
    });
    this.tiles.forEach(({ byteOffset: address }, column) => (this.addresses[column] = address));
    this.given = this.tiles.slice(steps.columns.length);
    steps.all.tables.forEach((values, table) =>
      new Float64Array(buffer, byteOffset + layout.tables + table * layout.tableBytes, values.length).set(values),
    );
    this.sums = new Float64Array(buffer, byteOffset + layout.sums, ((plan.types.length + 1) * layout.typeBytes) / 8);
    this.counts = new Int32Array(buffer, this.sums.byteOffset, this.sums.length * 2);
    this.padding = plan.types.length;
    this.starts = new Float64Array(steps.columns.length);
  }

  /** Whether its workspace is still its own. */
  get isValid(): boolean {
    return this.epoch === this.arena.epoch;
  }

  begin(): void {
    assert(this.isValid, 'the arena was emptied under an engine');
    this.placed = undefined;
    this.sums.fill(0);
  }

  add(columns: readonly Float64Array[], from: number, to: number): boolean {
    const { addresses, starts } = this;
    const read = this.kernel.steps.columns;
    if (this.placed !== columns) this.place(columns);
    for (let index = 0; index < read.length; index++) {
      if (starts[index] > 0) addresses[index] = starts[index] + from * 8;
      else this.tiles[index].set(columns[read[index]].subarray(from, to));
    }
    this.outside?.evaluate(columns, from, to, this.types, this.given);
    this.types[to - from] = this.padding;
    return this.run(to - from, this.workspace.byteOffset) !== 0;
  }

  finish(out: Float64Array, rows: Float64Array): void {
    const { types, bases } = this.kernel.plan;
    const { typeBytes, pairs } = this.kernel.workspace;
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

  /** No column begins at address 0, where the arena keeps its own words; there 0 means that a column lies elsewhere. */
  private place(columns: readonly Float64Array[]): void {
    this.kernel.steps.columns.forEach((column, index) => {
      const { buffer, byteOffset } = columns[column];
      this.starts[index] = arenaOf(buffer) === this.arena ? byteOffset : 0;
      if (this.starts[index] === 0) this.addresses[index] = this.tiles[index].byteOffset;
    });
    this.placed = columns;
  }
}
