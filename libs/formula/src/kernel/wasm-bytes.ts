/** The words of the WebAssembly binary format that kernels need, and the writing of a module with one function. */

/** WebAssembly instructions, as bytes. Names follow the specification. */
export const instruction = {
  blockVoid: [0x02, 0x40],
  loopVoid: [0x03, 0x40],
  end: [0x0b],
  branchIf: (depth: number) => [0x0d, ...unsigned(depth)],
  localGet: (local: number) => [0x20, ...unsigned(local)],
  localSet: (local: number) => [0x21, ...unsigned(local)],
  localTee: (local: number) => [0x22, ...unsigned(local)],
  i32Const: (value: number) => [0x41, ...signed(value)],
  i32Load: (offset: number) => [0x28, 2, ...unsigned(offset)],
  i32Load16: (offset: number) => [0x2f, 1, ...unsigned(offset)],
  i32Store: (offset: number) => [0x36, 2, ...unsigned(offset)],
  i32LessThan: [0x49],
  i32Add: [0x6a],
  i32Subtract: [0x6b],
  i32Multiply: [0x6c],
  i32ShiftLeft: [0x74],
  i64FromSigned: [0xac],
  /** Of two values, the first when the third is not nought. */
  choose: [0x1b],
  vectorLoad: (offset: number) => simd(0x00, 4, ...unsigned(offset)),
  vectorStore: (offset: number) => simd(0x0b, 4, ...unsigned(offset)),
  /** Two doubles, the same twice. */
  vectorConst: (value: number) => simd(0x0c, ...double(value), ...double(value)),
  allBits: simd(0x0c, ...Array<number>(16).fill(0xff)),
  /** Puts an i64 into the second lane. */
  replaceSecondLane: simd(0x1e, 1),
  /** Of two vectors: the first lanes of both, or the second lanes of both. */
  firstLanes: simd(0x0d, ...lanes(0), ...lanes(16)),
  secondLanes: simd(0x0d, ...lanes(8), ...lanes(24)),
  /** Loads one double into the first lane; the second becomes nought. */
  loadFirstLane: (offset: number) => simd(0x5d, 3, ...unsigned(offset)),
  loadSecondLane: (offset: number) => simd(0x57, 3, ...unsigned(offset), 1),
  equal: simd(0x47),
  notEqual: simd(0x48),
  less: simd(0x49),
  greater: simd(0x4a),
  lessOrEqual: simd(0x4b),
  greaterOrEqual: simd(0x4c),
  not: simd(0x4d),
  and: simd(0x4e),
  or: simd(0x50),
  select: simd(0x52),
  anyTrue: simd(0x53),
  abs: simd(0xec),
  sqrt: simd(0xef),
  add: simd(0xf0),
  subtract: simd(0xf1),
  multiply: simd(0xf2),
  divide: simd(0xf3),
  min: simd(0xf4),
  max: simd(0xf5),
} as const;

export const i32 = 0x7f;
export const v128 = 0x7b;

/** A module that imports a shared `arena.memory` of at most so many pages of 64 KiB, and exports `add`, from two i32 to one. */
export function writeModule(
  mostPages: number,
  locals: readonly (readonly [count: number, type: number])[],
  body: readonly number[],
): Uint8Array {
  const types = [...unsigned(1), 0x60, 2, i32, i32, 1, i32];
  const imported = [...unsigned(1), ...name('arena'), ...name('memory'), 2, 3, ...unsigned(1), ...unsigned(mostPages)];
  const functions = [...unsigned(1), 0];
  const exported = [...unsigned(1), ...name('add'), 0, 0];
  const declared = [...unsigned(locals.length), ...locals.flatMap(([count, type]) => [...unsigned(count), type])];
  const code = sized([...declared, ...body, ...instruction.end]);
  const sections = [
    section(1, types),
    section(2, imported),
    section(3, functions),
    section(7, exported),
    section(10, [...unsigned(1), ...code]),
  ];
  return Uint8Array.from([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, ...sections.flat()]);
}

/** LEB128 of a whole number that is not negative. */
function unsigned(value: number): number[] {
  const low = value & 0x7f;
  return value < 0x80 ? [low] : [low | 0x80, ...unsigned(value >>> 7)];
}

/** LEB128 of a signed 32-bit number. */
function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const last = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return last ? [low] : [low | 0x80, ...signed(rest)];
}

function simd(code: number, ...operands: readonly number[]): number[] {
  return [0xfd, ...unsigned(code), ...operands];
}

function lanes(from: number): number[] {
  return Array.from({ length: 8 }, (_, byte) => from + byte);
}

function double(value: number): number[] {
  return [...new Uint8Array(Float64Array.of(value).buffer)];
}

const sized = (bytes: readonly number[]): number[] => [...unsigned(bytes.length), ...bytes];
const section = (id: number, bytes: readonly number[]): number[] => [id, ...sized(bytes)];
const name = (text: string): number[] => sized([...text].map((character) => character.charCodeAt(0)));
