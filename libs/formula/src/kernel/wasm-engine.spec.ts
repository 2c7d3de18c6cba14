/** The emitted kernel is the vector engine bit for bit, and leaves to it what it cannot do exactly. */
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
import { BlockEngine } from './block-engine';
import { canEmit } from './emit-kernel';
import { engineOf } from './engine-of';
import { KernelPlan } from './kernel-plan';
import { VectorEngine } from './vector-engine';
import { WasmEngine } from './wasm-engine';

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

const exactExpression = randomExpression.map((text) =>
  text.replace(/\b(ln|exp|log10|sin)\b/g, 'abs').replace(/\^ (1\.5|p)/g, '^ 2'),
);

it('gives the same bits as the vector engine', () => {
  const number = fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
    fc.constantFrom(0, -0, 1),
  );
  const row = fc.record({ area: number, x: number, y: number, share: number, type: fc.nat(types.length - 1) });
  const property = fc.property(
    fc.array(exactExpression, { minLength: 1, maxLength: 5 }),
    fc.array(row, { minLength: 1, maxLength: 60 }),
    fc.integer({ min: 1, max: 61 }),
    (expressions, rows, tile) => {
      const plan = planOf(...expressions);
      expect(canEmit(plan)).toBe(true);
      const columns = plan.columns.map((name) => Float64Array.from(rows, (each) => each[name as 'x']));
      const typeOf = rows.map(({ type }) => type);
      const [vector, wasm] = [new VectorEngine(plan), new WasmEngine(plan)].map((engine) =>
        bitsOf(engine, columns, typeOf, tile),
      );
      // A sum that is not a number is refused; which of the many bit patterns of NaN it has is nowhere seen.
      const finite = (bits: bigint): bigint =>
        Number.isNaN(new Float64Array(BigUint64Array.of(bits).buffer)[0]) ? -1n : bits;
      expect({ ...wasm, bits: wasm.bits.map(finite) }).toEqual({ ...vector, bits: vector.bits.map(finite) });
    },
  );
  holds(property, 300);
});

it('notices absent values that a condition would hide', () => {
  const plan = planOf('if(share > 0.5, x, area)', 'area');
  const engine = new WasmEngine(plan);
  const columns = plan.columns.map(() => Float64Array.of(1, 2, 3));
  expect(bitsOf(engine, columns, [0, 1, 2], 3).suspects).toEqual([false]);
  columns[plan.columns.indexOf('share')][2] = NaN;
  expect(bitsOf(engine, columns, [0, 1, 2], 1).suspects).toEqual([false, false, true]);
});

it('takes conditions that only the type decides', () => {
  const plan = planOf('max(x, 0) * if(p < 1 or x > 5, 2, 3)', 'if(x > 3 and p > 1, min(x, p), x ^ -2)');
  const columns = plan.columns.map(() => Float64Array.of(0.5, 4, 6, 7, 8));
  const [vector, wasm] = [new VectorEngine(plan), new WasmEngine(plan)].map((engine) =>
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
  it('leaves functions that a specification does not fix to the last bit to JavaScript', () => {
    expect(engineOf(planOf('exp(-x)'), 1e6)).toBeInstanceOf(VectorEngine);
    expect(engineOf(planOf('x ^ 1.5'), 1e6)).toBeInstanceOf(VectorEngine);
  });
  it('forgets the longest unused', () => {
    const first = engineOf(exact, 100);
    for (let i = 1; i <= 16; i++) engineOf(planOf(`area * max(x, ${i})`), 100);
    expect(engineOf(exact, 100)).not.toBe(first);
  });
});
