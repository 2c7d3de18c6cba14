/** Sums that no division of the work can change, and rows that lack a value. */
import { BrokenInvariant, CompensatedSum } from '@gep/kernel';
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
import { Arena } from './arena';
import { blockRows, ColumnChunk, countBlocks, KernelPlan, PartialSums } from './kernel-plan';
import { reducePartials } from './reduce-partials';
import { runKernel } from './run-kernel';

function planOf(...expressions: string[]): KernelPlan {
  const formulas = Object.fromEntries(expressions.map((expression, index) => [`f${index}`, `patch 1: ${expression}`]));
  const checked = soundly({ ...randomSample, formulas });
  return compileFormulas(checked, Object.keys(formulas), lookupOf(checked.vocabulary, randomValues), types).plan;
}

/** Rows made from a seed, quickly. */
function manyRows(rows: number, start: number): ColumnChunk {
  let state = start | 1;
  const next = (): number => {
    state = Math.imul(state, 1_664_525) + 1_013_904_223;
    return (state >>> 8) / 2 ** 24;
  };
  const column = (from: number, to: number): Float64Array =>
    Float64Array.from({ length: rows }, () => from + next() * (to - from));
  const columns = { area: column(1e-3, 1e6), x: column(0.1, 10), y: column(10, 1000), share: column(0, 0.9) };
  return { rows, typeIndex: Uint8Array.from({ length: rows }, () => Math.floor(next() * types.length)), columns };
}

/** The same chunk with each column in the arena, or not, as told; at any multiple of eight. */
function placeIn(arena: Arena, chunk: ColumnChunk, inside: number): ColumnChunk {
  const columns = Object.entries(chunk.columns).map(([name, values], index): [string, Float64Array] => {
    if (((inside >> index) & 1) === 0) return [name, values];
    const { buffer, byteOffset } = arena.take(values.byteLength + 8)!;
    const column = new Float64Array(buffer, byteOffset + (inside & 16 ? 8 : 0), values.length);
    column.set(values);
    return [name, column];
  });
  return { ...chunk, columns: Object.fromEntries(columns) };
}

function cut(chunk: ColumnChunk, at: readonly number[]): ColumnChunk[] {
  const edges = [0, ...at.map((share) => Math.floor(share * chunk.rows)).sort((a, b) => a - b), chunk.rows];
  return edges.slice(1).map((to, index) => {
    const from = edges[index];
    const columns = Object.fromEntries(
      Object.entries(chunk.columns).map(([name, values]) => [name, values.slice(from, to)]),
    );
    return { rows: to - from, typeIndex: chunk.typeIndex.slice(from, to), columns };
  });
}

describe('the same bits', () => {
  it('whatever the chunks, the workers, and the order in which they deliver', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const property = fc.property(
      fc.array(randomExpression, { minLength: 1, maxLength: 4 }),
      fc.record({ rows: fc.integer({ min: 1, max: 3 * blockRows + 5 }), start: fc.nat() }),
      fc.array(share, { maxLength: 6 }),
      fc.array(share, { maxLength: 3 }),
      fc.array(fc.nat(31), { minLength: 7, maxLength: 7 }),
      (expressions, { rows, start }, chunkCuts, workerCuts, inside) => {
        const plan = planOf(...expressions);
        const chunk = manyRows(rows, start);
        const whole = reducePartials(plan, [runKernel(plan, [chunk])]);
        const arena = Arena.open()!;
        const chunks = cut(chunk, chunkCuts).map((part, index) => placeIn(arena, part, inside[index]));
        const blocks = countBlocks(rows);
        const edges = [0, ...workerCuts.map((at) => Math.floor(at * blocks)).sort((a, b) => a - b), blocks];
        const partials = edges
          .slice(1)
          .map((to, index) => runKernel(structuredClone(plan), chunks, { from: edges[index], to }));
        expect(reducePartials(plan, partials.reverse())).toEqual(whole);
      },
    );
    holds(property, 25);
  });

  it.each([1, 8191, 16_383, 16_385, 40_001])('read in place from the middle of chunks cut at %i', (at) => {
    const plan = planOf('area * x', 'if(share > 0.5, y, x ^ 1.5)', 'max(x, 3) / area');
    const chunk = manyRows(3 * blockRows - 1, at);
    const whole = reducePartials(plan, [runKernel(plan, [chunk])]);
    for (const inside of [15, 31, 5]) {
      const arena = Arena.open()!;
      const chunks = cut(chunk, [at / chunk.rows + 1e-9, 0.9]).map((part) => placeIn(arena, part, inside));
      expect(reducePartials(plan, [runKernel(plan, chunks)])).toEqual(whole);
    }
  });

  it('and small parts are not lost in large totals', () => {
    const area = Float64Array.from({ length: 40_000 }, (_, row) => (row === 0 ? 1e16 : row === 39_999 ? -1e16 : 0.1));
    const plan = planOf('area');
    const { sums } = reducePartials(plan, [
      runKernel(plan, [{ rows: area.length, typeIndex: new Uint8Array(area.length), columns: { area } }]),
    ]);
    const exact = new CompensatedSum();
    area.subarray(1, 39_999).forEach((value) => exact.add(value));
    expect(sums[0]).toBeCloseTo(exact.value, 9);
  });

  it('are the sums of the rows of each type', () => {
    const plan = planOf('area * x');
    const chunk = manyRows(1000, 7);
    const { sums, rows } = reducePartials(plan, [runKernel(plan, [chunk])]);
    types.forEach((_, type) => {
      const own = [...chunk.typeIndex.keys()].filter((row) => chunk.typeIndex[row] === type);
      expect(rows[type]).toBe(own.length);
      const sum = own.reduce((total, row) => total + chunk.columns.area[row] * chunk.columns.x[row], 0);
      expect(sums[type] / sum).toBeCloseTo(1, 12);
    });
  });
});

describe('rows', () => {
  const plan = planOf('area * x', 'if(share > 0.5, 1, 2)');
  const chunk = (rows: number): ColumnChunk => manyRows(rows, 11);

  it('may name types in an order of their own', () => {
    const given = chunk(100);
    const turned = { ...given, types: [...types].reverse(), typeIndex: given.typeIndex.map((type) => 2 - type) };
    expect(runKernel(plan, [turned])).toEqual(runKernel(plan, [given]));
    expect(() => runKernel(plan, [{ ...given, types: ['forest', 'sea'] }])).toThrow(BrokenInvariant);
  });

  it('must be as many in each column as the chunk says', () => {
    const given = chunk(100);
    const columns = { ...given.columns, x: given.columns.x.subarray(1) };
    expect(() => runKernel(plan, [{ ...given, columns }])).toThrow('column x has 99 of 100 rows');
  });

  it('must be of a type in the list, wherever they lie', () => {
    const given = placeIn(Arena.open()!, chunk(40_000), 15);
    given.typeIndex[3] = 200;
    expect(() => runKernel(plan, [given])).toThrow('1 rows have a type index beyond');
  });

  it('may be none', () => {
    const sums = reducePartials(plan, [runKernel(plan, [])]);
    expect([...sums.sums, ...sums.rows].every((value) => value === 0)).toBe(true);
  });

  it('are counted when nothing is summed over them', () => {
    const constant = planOf('3 * p');
    expect(constant.columns).toEqual([]);
    const { sums, rows } = reducePartials(constant, [runKernel(constant, [chunk(50)])]);
    expect(sums).toEqual(rows);
  });

  it.each([
    ['x', 0, 3],
    ['share', 1, 20_000],
    ['area', 1, 0],
  ])('that lack %s are found: chunk %i, row %i', (column, at, row) => {
    const chunks = [chunk(30_000), chunk(40_000)];
    chunks[at].columns[column][row] = NaN;
    chunks[1].columns.x[39_000] = NaN;
    const type = types[chunks[at].typeIndex[row]];
    const partials = [
      { from: 0, to: 2 },
      { from: 2, to: 5 },
    ].map((blocks) => runKernel(plan, chunks, blocks));
    expect(reducePartials(plan, partials).fault).toEqual({ kind: 'missing', chunk: at, row, type, column });
  });

  it('may lack a whole column', () => {
    const { columns, ...rest } = chunk(10);
    const fault = runKernel(plan, [{ ...rest, columns: { area: columns.area, share: columns.share } }]).fault;
    expect(fault).toMatchObject({ kind: 'missing', chunk: 0, row: 0, column: 'x' });
  });

  it('may lack what their type does not need', () => {
    const checked = soundly({
      ...randomSample,
      formulas: { f: 'patch 1: area * x', g: 'patch 1: if(share > 0.5, 1, 2)' },
    });
    const wanted = [
      { code: 'f', types: ['forest', 'dry'] },
      { code: 'g', types: ['dry'] },
    ];
    const partly = compileFormulas(checked, wanted, lookupOf(checked.vocabulary, randomValues), types).plan;
    const given = chunk(1000);
    given.typeIndex.forEach((type, row) => {
      if (type === 2) given.columns.x[row] = NaN;
      if (type !== 1) given.columns.share[row] = NaN;
    });
    const sums = reducePartials(partly, [runKernel(partly, [given])]);
    expect(sums.fault).toBeUndefined();
    expect(sums.sums.every(Number.isFinite)).toBe(true);
    given.columns.share[given.typeIndex.indexOf(1)] = NaN;
    expect(runKernel(partly, [given]).fault).toMatchObject({ kind: 'missing', column: 'share', type: 'dry' });
  });

  it('at which a formula has no finite value are found', () => {
    const divided = planOf('x / (area - 1)', 'ln(share)');
    const given = chunk(2000);
    given.columns.area[1234] = 1;
    given.columns.share[1999] = -1;
    const type = types[given.typeIndex[1234]];
    expect(runKernel(divided, [given]).fault).toEqual({
      kind: 'not-finite',
      chunk: 0,
      row: 1234,
      type,
      formulas: ['f0'],
    });
    given.columns.area[1234] = 1e308;
    given.columns.x.fill(1e308);
    expect(runKernel(planOf('x * area'), [given]).fault).toMatchObject({ kind: 'not-finite', row: 0 });
    expect(runKernel(planOf('x'), [given]).fault).toMatchObject({ kind: 'not-finite' });
  });
});

describe('partial sums', () => {
  const plan = planOf('area');
  const part = (from: number, to: number): PartialSums => runKernel(plan, [manyRows(5 * blockRows, 3)], { from, to });
  it.each([
    ['a gap', [part(0, 2), part(3, 5)]],
    ['an overlap', [part(0, 3), part(2, 5)]],
    ['a missing end', [part(0, 4)]],
    ['nothing', []],
  ])('are refused with %s', (_, partials) => {
    expect(() => reducePartials(plan, partials)).toThrow(BrokenInvariant);
  });
  it('of blocks that are not there are refused', () => {
    expect(() => part(4, 6)).toThrow(BrokenInvariant);
  });
});
