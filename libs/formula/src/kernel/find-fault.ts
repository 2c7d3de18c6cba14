/** Finds the first row of a block that lacks a needed value; runs only after the sums have shown that there may be one. */
import { assert } from '@gep/kernel';
import { neededColumns } from './absent-columns';
import { ColumnChunk, KernelPlan, RowFault } from './kernel-plan';
import { stepsOf } from './kernel-steps';
import { RowPiece } from './row-pieces';
import { VectorEvaluator, vectorTileRows } from './vector-engine';

/** The first absent column, otherwise the first row without a finite value; undefined when only unneeded values lack. */
export function findFault(
  plan: KernelPlan,
  pieces: readonly RowPiece[],
  columns: readonly (readonly Float64Array[])[],
  chunks: readonly ColumnChunk[],
  typeMaps: readonly Int32Array[],
): RowFault | undefined {
  const typeOf = (chunk: number, row: number): number => typeMaps[chunk][chunks[chunk].typeIndex[row]];
  return findAbsent(plan, pieces, columns, typeOf) ?? findNotFinite(plan, pieces, columns, typeOf);
}

type TypeOf = (chunk: number, row: number) => number;

function findAbsent(
  plan: KernelPlan,
  pieces: readonly RowPiece[],
  columns: readonly (readonly Float64Array[])[],
  typeOf: TypeOf,
): RowFault | undefined {
  const needed = neededColumns(plan);
  for (const { chunk, from, to } of pieces) {
    for (let row = from; row < to; row++) {
      const type = typeOf(chunk, row);
      const column = needed[type].find((index) => Number.isNaN(columns[chunk][index][row]));
      if (column !== undefined)
        return { kind: 'missing', chunk, row, type: plan.types[type], column: plan.columns[column] };
    }
  }
  return undefined;
}

function findNotFinite(
  plan: KernelPlan,
  pieces: readonly RowPiece[],
  columns: readonly (readonly Float64Array[])[],
  typeOf: TypeOf,
): RowFault | undefined {
  const evaluator = new VectorEvaluator(stepsOf(plan));
  const types = new Uint16Array(vectorTileRows);
  const running = new Float64Array(plan.types.length * plan.bases.length);
  for (const { chunk, from, to } of pieces) {
    for (let at = from; at < to; at += vectorTileRows) {
      const end = Math.min(at + vectorTileRows, to);
      for (let row = at; row < end; row++) types[row - at] = typeOf(chunk, row);
      const values = evaluator.evaluate(columns[chunk], at, end, types);
      for (let row = at; row < end; row++) {
        const type = types[row - at];
        const base = values.findIndex((value, index) => {
          const sum = (running[type * plan.bases.length + index] += value[row - at]);
          return plan.needs[index][type] && !Number.isFinite(sum);
        });
        if (base >= 0) return { kind: 'not-finite', chunk, row, type: plan.types[type], formulas: plan.formulas[base] };
      }
    }
  }
  assert(
    !running.some(
      (sum, index) => Number.isNaN(sum) && plan.needs[index % plan.bases.length][Math.floor(index / plan.bases.length)],
    ),
    'a sum without a value has no row without one',
  );
  return undefined;
}
