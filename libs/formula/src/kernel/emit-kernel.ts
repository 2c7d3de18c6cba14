/** Emits the steps of a plan as a WebAssembly function that takes two rows at a time, and says how its memory lies. */
import { KernelPlan } from './kernel-plan';
import { KernelStep, KernelSteps, stepsOf } from './kernel-steps';
import { i32, instruction as wasm, v128, writeModule } from './wasm-bytes';

/** Rows that the function takes in one call: fewer cost more copies and calls, more no longer stay in the cache. */
export const wasmTileRows = 2048;

/** Byte offsets in the memory of the module. */
export interface KernelMemory {
  readonly bytes: number;
  /** Type of each row, 16 bits; one place more than rows for the row that pads an odd number. */
  readonly types: number;
  /** `[column][row]`, each column of `columnBytes`. */
  readonly columns: number;
  readonly columnBytes: number;
  /** `[table][type]`, each table of `tableBytes`. */
  readonly tables: number;
  readonly tableBytes: number;
  /** `[type]`, each of `typeBytes`: for each pair of bases a vector of sums and one of lost parts, then the row count. */
  readonly sums: number;
  readonly typeBytes: number;
  readonly pairs: number;
}

/** Steps that are the same bits in WebAssembly as in JavaScript by specification. */
const exactSteps: ReadonlyMap<KernelStep['op'], readonly number[]> = new Map([
  ...([
    ['+', wasm.add],
    ['-', wasm.subtract],
    ['*', wasm.multiply],
    ['/', wasm.divide],
  ] as const),
  ...([
    ['min', wasm.min],
    ['max', wasm.max],
    ['sqrt', wasm.sqrt],
    ['abs', wasm.abs],
  ] as const),
  ...([
    ['<', wasm.less],
    ['<=', wasm.lessOrEqual],
    ['>', wasm.greater],
    ['>=', wasm.greaterOrEqual],
  ] as const),
  ...([
    ['=', wasm.equal],
    ['!=', wasm.notEqual],
    ['and', wasm.and],
    ['or', wasm.or],
    ['not', wasm.not],
  ] as const),
  ['if', wasm.select],
]);
const truths: ReadonlySet<KernelStep['op']> = new Set(['<', '<=', '>', '>=', '=', '!=', 'and', 'or', 'not']);
/** Operands of these are truth values. */
const conditionOperands: ReadonlyMap<KernelStep['op'], number> = new Map([
  ['and', 2],
  ['or', 2],
  ['not', 1],
  ['if', 1],
]);

/** Whether every step can be emitted; exp, ln, sin and general powers are left to JavaScript. */
export function canEmit(plan: KernelPlan): boolean {
  return stepsOf(plan).steps.every(({ op }) => exactSteps.has(op)) && plan.types.length < 65_535;
}

/** The bytes of the module and the layout of its memory. */
export function emitKernel(plan: KernelPlan): { bytes: Uint8Array; memory: KernelMemory } {
  const memory = layMemory(plan);
  const emitter = new KernelEmitter(stepsOf(plan), memory);
  const body = emitter.body();
  return { bytes: writeModule(Math.ceil(memory.bytes / 65_536), emitter.locals(), body), memory };
}

function layMemory(plan: KernelPlan): KernelMemory {
  const { columns, tables } = stepsOf(plan);
  const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16;
  // A type more than the plan has takes the row that pads an odd number.
  const types = plan.types.length + 1;
  const pairs = Math.ceil(plan.bases.length / 2);
  const [columnBytes, tableBytes, typeBytes] = [wasmTileRows * 8, aligned(types * 8), pairs * 32 + 16];
  const columnsAt = aligned((wasmTileRows + 2) * 2);
  const tablesAt = columnsAt + columns.length * columnBytes;
  const sums = tablesAt + tables.length * tableBytes;
  return {
    bytes: sums + types * typeBytes,
    types: 0,
    columns: columnsAt,
    columnBytes,
    tables: tablesAt,
    tableBytes,
    sums,
    typeBytes,
    pairs,
  };
}

/** Locals: rows to do, then row, its type and the other's (as addresses), then vectors: one for each register, and four. */
const local = { rows: 0, row: 1, byte: 2, first: 3, second: 4, vectors: 5 };

class KernelEmitter {
  private readonly scratch: { sum: number; next: number; back: number; value: number; absent: number };
  private readonly truthRegisters = new Set<number>();

  constructor(
    private readonly steps: KernelSteps,
    private readonly memory: KernelMemory,
  ) {
    const after = local.vectors + steps.registers;
    this.scratch = { sum: after, next: after + 1, back: after + 2, value: after + 3, absent: after + 4 };
  }

  locals(): (readonly [number, number])[] {
    return [
      [local.vectors - 1, i32],
      [this.steps.registers + 5, v128],
    ];
  }

  body(): number[] {
    const { steps } = this;
    return [
      ...wasm.loopVoid,
      ...this.addresses(),
      ...steps.columns.flatMap((_, column) => this.loadColumn(column)),
      ...steps.tables.flatMap((_, table) => this.loadTable(table)),
      ...steps.hidden.flatMap((column) => this.noteAbsent(column)),
      ...steps.steps.flatMap((step) => this.step(step)),
      ...[local.first, local.second].flatMap((row) => this.addRow(row)),
      ...[...wasm.localGet(local.row), ...wasm.i32Const(2), ...wasm.i32Add, ...wasm.localTee(local.row)],
      ...[...wasm.localGet(local.rows), ...wasm.i32LessThan, ...wasm.branchIf(0)],
      ...wasm.end,
      ...wasm.localGet(this.scratch.absent),
      ...wasm.anyTrue,
    ];
  }

  /** The byte offset of the row in a column, and where the sums of its type and of the next row's lie. */
  private addresses(): number[] {
    const { types, typeBytes } = this.memory;
    const typeOf = (offset: number): number[] => [
      ...[...wasm.localGet(local.row), ...wasm.i32Const(1), ...wasm.i32ShiftLeft],
      ...[...wasm.i32Load16(types + offset), ...wasm.i32Const(typeBytes), ...wasm.i32Multiply],
    ];
    return [
      ...[...wasm.localGet(local.row), ...wasm.i32Const(3), ...wasm.i32ShiftLeft, ...wasm.localSet(local.byte)],
      ...[...typeOf(0), ...wasm.localSet(local.first), ...typeOf(2), ...wasm.localSet(local.second)],
    ];
  }

  private register(register: number): number {
    return local.vectors + register;
  }

  private loadColumn(column: number): number[] {
    const { columns, columnBytes } = this.memory;
    return [
      ...wasm.localGet(local.byte),
      ...wasm.vectorLoad(columns + column * columnBytes),
      ...wasm.localSet(this.register(column)),
    ];
  }

  private loadTable(table: number): number[] {
    const { types, tables, tableBytes } = this.memory;
    const entry = (offset: number): number[] => [
      ...[...wasm.localGet(local.row), ...wasm.i32Const(1), ...wasm.i32ShiftLeft],
      ...[...wasm.i32Load16(types + offset), ...wasm.i32Const(3), ...wasm.i32ShiftLeft],
    ];
    const { columns, constants } = this.steps;
    const into = this.register(columns.length + constants.length + table);
    const at = tables + table * tableBytes;
    return [
      ...[...entry(0), ...wasm.loadFirstLane(at), ...wasm.localSet(into)],
      ...[...entry(2), ...wasm.localGet(into), ...wasm.loadSecondLane(at), ...wasm.localSet(into)],
    ];
  }

  private noteAbsent(column: number): number[] {
    const { absent } = this.scratch;
    const value = wasm.localGet(this.register(column));
    return [...value, ...value, ...wasm.notEqual, ...wasm.localGet(absent), ...wasm.or, ...wasm.localSet(absent)];
  }

  private step({ op, operands, result }: KernelStep): number[] {
    const conditions = conditionOperands.get(op) ?? 0;
    const values = operands.map((register, index) =>
      index < conditions ? this.truth(register) : this.value(register),
    );
    // `if` is condition, then, otherwise; the instruction wants the condition last.
    const ordered = op === 'if' ? [...values[1], ...values[2], ...values[0]] : values.flat();
    if (truths.has(op)) this.truthRegisters.add(result);
    return [...ordered, ...exactSteps.get(op)!, ...wasm.localSet(this.register(result))];
  }

  private value(register: number): number[] {
    const { columns, constants } = this.steps;
    const constant = register - columns.length;
    return constant >= 0 && constant < constants.length
      ? wasm.vectorConst(constants[constant])
      : wasm.localGet(this.register(register));
  }

  /** Comparisons give all bits or none; a 1 or 0 from a table or a constant is made so. */
  private truth(register: number): number[] {
    if (this.truthRegisters.has(register)) return this.value(register);
    return [...this.value(register), ...wasm.vectorConst(0), ...wasm.notEqual];
  }

  /** Adds the values of one of the two rows to the sums of its type, two bases at a time, and counts the row. */
  private addRow(row: number): number[] {
    const { results } = this.steps;
    const { sums, pairs } = this.memory;
    const pick = row === local.first ? wasm.firstLanes : wasm.secondLanes;
    const added = Array.from({ length: pairs }, (_, pair) => {
      const second = pair * 2 + 1 < results.length ? this.value(results[pair * 2 + 1]) : wasm.vectorConst(0);
      return [...this.value(results[pair * 2]), ...second, ...pick, ...this.addCompensated(row, sums + pair * 32)];
    });
    const count = sums + pairs * 32;
    const at = wasm.localGet(row);
    return [
      ...added.flat(),
      ...at,
      ...at,
      ...wasm.i32Load(count),
      ...wasm.i32Const(1),
      ...wasm.i32Add,
      ...wasm.i32Store(count),
    ];
  }

  /** Two-sum of the vector on the stack, operation for operation as in `addCompensated` of the vector engine. */
  private addCompensated(row: number, at: number): number[] {
    const { sum, next, back, value } = this.scratch;
    const [address, lost] = [wasm.localGet(row), at + 16];
    const get = wasm.localGet;
    return [
      ...wasm.localSet(value),
      ...[...address, ...wasm.vectorLoad(at), ...wasm.localSet(sum)],
      ...[...get(sum), ...get(value), ...wasm.add, ...wasm.localSet(next)],
      ...[...get(next), ...get(sum), ...wasm.subtract, ...wasm.localSet(back)],
      ...[...address, ...get(next), ...wasm.vectorStore(at)],
      ...[...address, ...address, ...wasm.vectorLoad(lost)],
      ...[...get(sum), ...get(next), ...get(back), ...wasm.subtract, ...wasm.subtract],
      ...[...get(value), ...get(back), ...wasm.subtract, ...wasm.add],
      ...[...wasm.add, ...wasm.vectorStore(lost)],
    ];
  }
}
