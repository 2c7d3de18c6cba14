/** The emitted kernel is the vector engine bit for bit, wherever its columns lie, and is given what it cannot do exactly. */
import * as fc from 'fast-check';
import { compileFormulas } from '../plan/compile-formulas';
import {
  holds,
  lookupOf,
  randomExpression,
  randomSample,
  randomValues,
  soundly,
  types,
} from '../sample-vocabulary.spec';
import { Arena, mostPages } from './arena';
import { BlockEngine } from './block-engine';
import { engineOf } from './engine-of';
import { KernelPlan } from './kernel-plan';
import { VectorEngine } from './vector-engine';
import { WasmEngine, WasmKernel } from './wasm-engine';

const mostBytes = mostPages * 65_536;

function planOf(...expressions: string[]): KernelPlan {
  const formulas = Object.fromEntries(expressions.map((expression, index) => [`f${index}`, `patch 1: ${expression}`]));
  const checked = soundly({ ...randomSample, formulas });
  return compileFormulas(checked, Object.keys(formulas), lookupOf(checked.vocabulary, randomValues), types).plan;
}

/** The bits of all sums, the counts of rows, and whether absence was noticed, tile by tile. */
function bitsOf(engine: BlockEngine, columns: readonly Float64Array[], typeOf: readonly number[], tile: number) {
  const out = new Float64Array(types.length * 64);
  const rows = new Float64Array(types.length);
  const suspects: boolean[] = [];
  engine.begin();
  for (let at = 0; at < typeOf.length; at += tile) {
    const end = Math.min(at + tile, typeOf.length);
    engine.types.set(typeOf.slice(at, end));
    suspects.push(engine.add(columns, at, end));
  }
  engine.finish(out, rows);
  return { bits: [...new BigUint64Array(out.buffer)], rows: [...rows], suspects };
}

const wasmEngine = (plan: KernelPlan, arena = Arena.open()!): WasmEngine => new WasmKernel(plan).engineIn(arena)!;

/** The same values in the arena, so many doubles after where they would begin; what lies around them is no number. */
function placed(arena: Arena, values: Float64Array, shift: number): Float64Array {
  const { buffer, byteOffset } = arena.take((values.length + shift + 1) * 8)!;
  new Float64Array(buffer, byteOffset, values.length + shift + 1).fill(NaN);
  const column = new Float64Array(buffer, byteOffset + shift * 8, values.length);
  column.set(values);
  return column;
}

/**
 * The bits that are seen: of a sum that no formula needs nothing is; of one that is not a number, which is refused, not
 * which of the many bit patterns of NaN it has.
 */
function seen(plan: KernelPlan, bits: readonly bigint[]): bigint[] {
  const values = new Float64Array(BigUint64Array.from(bits).buffer);
  return bits.map((each, index) => {
    const cell = index >> 1;
    const needed = plan.needs[cell % plan.bases.length][Math.floor(cell / plan.bases.length)];
    return !needed ? 0n : Number.isNaN(values[index]) ? -1n : each;
  });
}

it('gives the same bits as the vector engine', () => {
  const number = fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
    fc.constantFrom(0, -0, 1),
  );
  const row = fc.record({ area: number, x: number, y: number, share: number, type: fc.nat(types.length - 1) });
  const property = fc.property(
    fc.array(randomExpression, { minLength: 1, maxLength: 5 }),
    fc.array(row, { minLength: 1, maxLength: 60 }),
    fc.integer({ min: 1, max: 61 }),
    fc.array(fc.option(fc.nat(3)), { minLength: 4, maxLength: 4 }),
    (expressions, rows, tile, shifts) => {
      const plan = planOf(...expressions);
      const columns = plan.columns.map((name) => Float64Array.from(rows, (each) => each[name as 'x']));
      const typeOf = rows.map(({ type }) => type);
      const arena = Arena.open()!;
      // Some columns lie in the arena, others do not.
      const mixed = columns.map((column, i) => (shifts[i] === null ? column : placed(arena, column, shifts[i])));
      const vector = bitsOf(new VectorEngine(plan), columns, typeOf, tile);
      for (const given of [columns, mixed]) {
        const wasm = bitsOf(wasmEngine(plan, arena), given, typeOf, tile);
        expect({ ...wasm, bits: seen(plan, wasm.bits) }).toEqual({ ...vector, bits: seen(plan, vector.bits) });
      }
    },
  );
  holds(property, 300);
});

it('computes powers only for types that need them, with the same bits', () => {
  const formulas = { f: 'patch 1: area * x', g: 'patch 1: area ^ p + exp(x / 10)' };
  const checked = soundly({ ...randomSample, formulas });
  const wanted = [
    { code: 'f', types: ['forest', 'dry', 'grass'] },
    { code: 'g', types: ['dry'] },
  ];
  const { plan } = compileFormulas(checked, wanted, lookupOf(checked.vocabulary, randomValues), types);
  const columns = plan.columns.map(() => Float64Array.from({ length: 3001 }, (_, i) => 1 + i / 7));
  const typeOf = Array.from({ length: 3001 }, (_, i) => (i * i) % 3);
  const [vector, wasm] = [new VectorEngine(plan), wasmEngine(plan)].map((engine) => {
    return bitsOf(engine, columns, typeOf, engine.tileRows);
  });
  expect(wasm.rows).toEqual(vector.rows);
  plan.types.forEach((_, type) =>
    plan.bases.forEach((_base, base) => {
      const at = (type * plan.bases.length + base) * 2;
      if (plan.needs[base][type]) expect(wasm.bits.slice(at, at + 2)).toEqual(vector.bits.slice(at, at + 2));
      else expect(wasm.bits[at]).toBe(0n);
    }),
  );
});

it('writes nowhere but in its workspace, whatever the types of the rows', () => {
  const plan = planOf('area * x');
  const arena = Arena.open()!;
  const before = arena.take(1 << 16)!.fill(7);
  const engine = wasmEngine(plan, arena);
  const after = arena.take(1 << 22)!.fill(7);
  const { rows } = bitsOf(engine, [Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 3)], [0, 65_535, 4], 3);
  expect(rows).toEqual([1, 0, 0]);
  expect([before, after].every((bytes) => bytes.every((byte) => byte === 7))).toBe(true);
});

it('notices absent values that a condition would hide', () => {
  const plan = planOf('if(share > 0.5, x, area)', 'area');
  const engine = wasmEngine(plan);
  const columns = plan.columns.map(() => Float64Array.of(1, 2, 3));
  expect(bitsOf(engine, columns, [0, 1, 2], 3).suspects).toEqual([false]);
  // What pads an odd number of rows is no row.
  const arena = Arena.open()!;
  const inPlace = columns.map((column) => placed(arena, column, 1));
  expect(bitsOf(wasmEngine(plan, arena), inPlace, [0, 1, 2], 3).suspects).toEqual([false]);
  for (const given of [columns, inPlace]) {
    given[plan.columns.indexOf('share')][2] = NaN;
    const used = given === columns ? engine : wasmEngine(plan, arena);
    expect(bitsOf(used, given, [0, 1, 2], 1).suspects).toEqual([false, false, true]);
  }
});

it('takes conditions that only the type decides', () => {
  const plan = planOf('max(x, 0) * if(p < 1 or x > 5, 2, 3)', 'if(x > 3 and p > 1, min(x, p), x ^ -2)');
  const columns = plan.columns.map(() => Float64Array.of(0.5, 4, 6, 7, 8));
  const [vector, wasm] = [new VectorEngine(plan), wasmEngine(plan)].map((engine) =>
    bitsOf(engine, columns, [0, 1, 2, 0, 1], 5),
  );
  expect(wasm).toEqual(vector);
});

describe('the choice of engine', () => {
  const exact = planOf('area * x');
  it('makes a module for many rows, and keeps it for plans of the same content', () => {
    expect(engineOf(exact, 100)).toBeInstanceOf(VectorEngine);
    const engine = engineOf(exact, 1e6);
    expect(engine).toBeInstanceOf(WasmEngine);
    expect(engineOf(structuredClone(exact), 100)).toBe(engine);
  });
  it('makes a module for many small territories too', () => {
    const shared = planOf('area * x + 1');
    expect(engineOf(shared, 20_000)).toBeInstanceOf(VectorEngine);
    expect(engineOf(shared, 20_000)).toBeInstanceOf(WasmEngine);
  });
  it('makes a module for functions too that no specification fixes to the last bit', () => {
    expect(engineOf(planOf('exp(-x)'), 1e6)).toBeInstanceOf(WasmEngine);
    expect(engineOf(planOf('x ^ 1.5'), 1e6)).toBeInstanceOf(WasmEngine);
  });
  it('has one for each arena, anew when the arena was emptied', () => {
    const [arena, other] = [Arena.open()!, Arena.open()!];
    const engine = engineOf(exact, 1e6, arena);
    expect(engine).toBeInstanceOf(WasmEngine);
    expect(engine).not.toBe(engineOf(exact, 1e6));
    expect(engineOf(exact, 1e6, other)).not.toBe(engine);
    expect(engineOf(exact, 1, arena)).toBe(engine);
    arena.empty();
    expect(engineOf(exact, 1, arena)).not.toBe(engine);
    expect(() => engine.begin()).toThrow('emptied');
  });
  it('copies when the arena is full', () => {
    const arena = Arena.open()!;
    arena.take(mostBytes - 1024);
    expect(engineOf(exact, 1e6, arena)).toBe(engineOf(exact, 1e6));
  });
  it('forgets the longest unused', () => {
    const first = engineOf(exact, 100);
    for (let i = 1; i <= 16; i++) engineOf(planOf(`area * max(x, ${i})`), 100);
    expect(engineOf(exact, 100)).not.toBe(first);
  });
});
