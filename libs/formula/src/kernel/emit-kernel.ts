/** Emits the steps of a plan as a WebAssembly function that takes two rows at a time, and says how its workspace lies. */
import { mostPages } from './arena';
import { KernelPlan } from './kernel-plan';
import { KernelStep } from './kernel-steps';
import { DividedSteps } from './outside-steps';
import { i32, instruction as wasm, v128, writeModule } from './wasm-bytes';

/** Rows that the function takes in one call: fewer cost more calls, more copies no longer stay in the cache. */
export const wasmTileRows = 2048;

/** Byte offsets in the workspace of a kernel, which lies anywhere in its memory. */
export interface KernelWorkspace {
  readonly bytes: number;
  /** Where the next row of each column is, as addresses of 32 bits: first columns that are read, then what is given. */
  readonly addresses: number;
  /** Type of each row, 16 bits; one place more than rows for the row that pads an odd number. */
  readonly types: number;
  /** `[column][row]`, each column of `columnBytes`: for columns that do not lie in the memory. */
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

/** Whether the types of a plan can be told apart in 16 bits, with one more for the row that pads. */
export const canEmit = (plan: KernelPlan): boolean => plan.types.length < 65_535;

/** The bytes of the module and the layout of its workspace. */
export function emitKernel(plan: KernelPlan, steps: DividedSteps): { bytes: Uint8Array; workspace: KernelWorkspace } {
  const workspace = layWorkspace(plan, steps);
  const emitter = new KernelEmitter(steps, workspace, plan.types.length);
  const body = emitter.body();
  return { bytes: writeModule(mostPages, emitter.locals(), body), workspace };
}

function layWorkspace(plan: KernelPlan, { columns, given, all: { tables } }: DividedSteps): KernelWorkspace {
  const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16;
  // A type more than the plan has takes the row that pads an odd number, and rows of a type that is not in the list.
  const types = plan.types.length + 1;
  const pairs = Math.ceil(plan.bases.length / 2);
  const [columnBytes, tableBytes, typeBytes] = [wasmTileRows * 8, aligned(types * 8), pairs * 32 + 16];
  const typesAt = aligned((columns.length + given.length) * 4);
  const columnsAt = typesAt + aligned((wasmTileRows + 2) * 2);
  const tablesAt = columnsAt + (columns.length + given.length) * columnBytes;
  const sums = tablesAt + tables.length * tableBytes;
  return {
    bytes: sums + types * typeBytes,
    addresses: 0,
    types: typesAt,
    columns: columnsAt,
    columnBytes,
    tables: tablesAt,
    tableBytes,
    sums,
    typeBytes,
    pairs,
  };
}

/**
 * Locals: rows to do and where the workspace is; then row, its byte in a column, and for it and the next row the type and
 * where the sums of that type are; then the address of each column; then vectors: one for each register, and some more.
 */
const local = { rows: 0, workspace: 1, row: 2, byte: 3, first: 4, second: 5, firstType: 6, secondType: 7, columns: 8 };

class KernelEmitter {
  private readonly scratch: { sum: number; next: number; back: number; value: number; absent: number; within: number };
  private readonly truthRegisters = new Set<number>();
  /** Registers that are read from memory row by row. */
  private readonly read: readonly number[];
  private readonly vectors: number;

  constructor(
    private readonly steps: DividedSteps,
    private readonly workspace: KernelWorkspace,
    private readonly types: number,
  ) {
    this.read = [...steps.columns, ...steps.given];
    this.vectors = local.columns + this.read.length;
    const after = this.vectors + steps.all.registers;
    const [sum, next, back, value, absent, within] = [0, 1, 2, 3, 4, 5].map((index) => after + index);
    this.scratch = { sum, next, back, value, absent, within };
  }

  locals(): (readonly [number, number])[] {
    return [
      [this.vectors - local.row, i32],
      [this.steps.all.registers + 6, v128],
    ];
  }

  body(): number[] {
    const { all, inside } = this.steps;
    const { addresses } = this.workspace;
    return [
      ...this.read.flatMap((_, index) => [
        ...[...wasm.localGet(local.workspace), ...wasm.i32Load(addresses + index * 4)],
        ...wasm.localSet(local.columns + index),
      ]),
      ...wasm.loopVoid,
      ...this.types16(),
      ...this.read.flatMap((register, index) => this.loadColumn(register, index)),
      ...all.tables.flatMap((_, table) => this.loadTable(table)),
      ...(all.hidden.length > 0 ? this.rowsWithin() : []),
      ...all.hidden.flatMap((column) => this.noteAbsent(column)),
      ...inside.flatMap((step) => this.step(step)),
      ...[local.first, local.second].flatMap((row) => this.addRow(row)),
      ...[...wasm.localGet(local.row), ...wasm.i32Const(2), ...wasm.i32Add, ...wasm.localTee(local.row)],
      ...[...wasm.localGet(local.rows), ...wasm.i32LessThan, ...wasm.branchIf(0)],
      ...wasm.end,
      ...wasm.localGet(this.scratch.absent),
      ...wasm.anyTrue,
    ];
  }

  /** The byte of the row in a column; of it and the next row the type, and where the sums of that type are. */
  private types16(): number[] {
    const { types, typeBytes } = this.workspace;
    const get = wasm.localGet;
    const typeOf = (offset: number, type: number, sums: number): number[] => [
      ...[...get(local.row), ...wasm.i32Const(1), ...wasm.i32ShiftLeft, ...get(local.workspace), ...wasm.i32Add],
      ...[...wasm.i32Load16(types + offset), ...wasm.localTee(type), ...wasm.i32Const(this.types)],
      // A type beyond the list must not reach beyond the sums: what lies there belongs to somebody else.
      ...[...get(type), ...wasm.i32Const(this.types), ...wasm.i32LessThan, ...wasm.choose, ...wasm.localTee(type)],
      ...[...wasm.i32Const(typeBytes), ...wasm.i32Multiply, ...get(local.workspace), ...wasm.i32Add],
      ...wasm.localSet(sums),
    ];
    return [
      ...[...get(local.row), ...wasm.i32Const(3), ...wasm.i32ShiftLeft, ...wasm.localSet(local.byte)],
      ...[...typeOf(0, local.firstType, local.first), ...typeOf(2, local.secondType, local.second)],
    ];
  }

  private register(register: number): number {
    return this.vectors + register;
  }

  private loadColumn(register: number, index: number): number[] {
    return [
      ...[...wasm.localGet(local.columns + index), ...wasm.localGet(local.byte), ...wasm.i32Add],
      ...[...wasm.vectorLoad(0), ...wasm.localSet(this.register(register))],
    ];
  }

  private loadTable(table: number): number[] {
    const { tables, tableBytes } = this.workspace;
    const entry = (type: number): number[] => [
      ...[...wasm.localGet(type), ...wasm.i32Const(3), ...wasm.i32ShiftLeft],
      ...[...wasm.localGet(local.workspace), ...wasm.i32Add],
    ];
    const { columns, constants } = this.steps.all;
    const into = this.register(columns.length + constants.length + table);
    const at = tables + table * tableBytes;
    return [
      ...[...entry(local.firstType), ...wasm.loadFirstLane(at), ...wasm.localSet(into)],
      ...[...entry(local.secondType), ...wasm.localGet(into), ...wasm.loadSecondLane(at), ...wasm.localSet(into)],
    ];
  }

  /** All bits for rows that are there, none for the row that pads an odd number. */
  private rowsWithin(): number[] {
    const isThere = [...wasm.localGet(local.row), ...wasm.i32Const(1), ...wasm.i32Add, ...wasm.localGet(local.rows)];
    return [
      ...[...wasm.allBits, ...wasm.i32Const(0), ...isThere, ...wasm.i32LessThan, ...wasm.i32Subtract],
      ...[...wasm.i64FromSigned, ...wasm.replaceSecondLane, ...wasm.localSet(this.scratch.within)],
    ];
  }

  private noteAbsent(column: number): number[] {
    const { absent, within } = this.scratch;
    const value = wasm.localGet(this.register(column));
    return [
      ...[...value, ...value, ...wasm.notEqual, ...wasm.localGet(within), ...wasm.and],
      ...[...wasm.localGet(absent), ...wasm.or, ...wasm.localSet(absent)],
    ];
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
    const { columns, constants } = this.steps.all;
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
    const { results } = this.steps.all;
    const { sums, pairs } = this.workspace;
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
