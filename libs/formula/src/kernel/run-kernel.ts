/** Runs a plan over chunks of rows: fixed blocks on the rows end to end, whatever the chunks and the number of workers. */
import { assert } from '@gep/kernel';
import { BlockEngine, tileRows, VectorEngine } from './block-engine';
import { findFault } from './find-fault';
import { blockRows, ColumnChunk, countBlocks, KernelPlan, PartialSums, RowFault } from './kernel-plan';
import { stepsOf } from './kernel-steps';
import { piecesOf } from './row-pieces';

const engines = new WeakMap<KernelPlan, BlockEngine>();

function engineOf(plan: KernelPlan): BlockEngine {
  const known = engines.get(plan);
  if (known) return known;
  const engine = new VectorEngine(plan);
  engines.set(plan, engine);
  return engine;
}

/**
 * Sums of every base for each type, block by block. Blocks are cut from the rows of all chunks end to end, so the same
 * rows give the same bits in however many chunks they come and whichever worker does which blocks.
 * @param blocks the blocks to do, all when absent
 * @returns partial sums for `reducePartials`; with a `fault`, the first row that lacks a needed value, and no valid sums
 */
export function runKernel(
  plan: KernelPlan,
  chunks: readonly ColumnChunk[],
  blocks?: { from: number; to: number },
): PartialSums {
  const of = countBlocks(chunks.reduce((rows, chunk) => rows + chunk.rows, 0));
  const { from, to } = blocks ?? { from: 0, to: of };
  assert(from >= 0 && from <= to && to <= of, `blocks ${from}..${to} of ${of}`);
  return new KernelRun(plan, chunks).run(from, to, of);
}

class KernelRun {
  private readonly engine: BlockEngine;
  private readonly columns: readonly (readonly Float64Array[])[];
  private readonly typeMaps: readonly Int32Array[];
  private readonly types = new Int32Array(tileRows);
  private readonly rows: Float64Array;

  constructor(
    private readonly plan: KernelPlan,
    private readonly chunks: readonly ColumnChunk[],
  ) {
    this.engine = engineOf(plan);
    this.columns = chunks.map((chunk) => plan.columns.map((name) => chunk.columns[name] ?? absentColumn(chunk.rows)));
    this.typeMaps = chunks.map((chunk) => mapTypes(plan.types, chunk.types ?? plan.types));
    this.rows = new Float64Array(plan.types.length);
  }

  run(from: number, to: number, of: number): PartialSums {
    const size = this.plan.types.length * this.plan.bases.length * 2;
    const blocks = new Float64Array((to - from) * size);
    let fault: RowFault | undefined;
    for (let block = from; block < to && !fault; block++) {
      const out = blocks.subarray((block - from) * size, (block - from + 1) * size);
      fault = this.runBlock(block, out);
    }
    return { from, to, of, blocks, rows: this.rows, ...(fault && { fault }) };
  }

  private runBlock(block: number, out: Float64Array): RowFault | undefined {
    const pieces = piecesOf(this.chunks, block * blockRows, (block + 1) * blockRows);
    const hidden = stepsOf(this.plan).hidden;
    let suspect = false;
    this.engine.begin();
    for (const { chunk, from, to } of pieces) {
      const columns = this.columns[chunk];
      for (let at = from; at < to; at += tileRows) {
        const end = Math.min(at + tileRows, to);
        this.readTypes(chunk, at, end);
        this.engine.add(columns, at, end, this.types);
        suspect ||= hidden.some((column) => hasAbsent(columns[column], at, end));
      }
    }
    this.engine.finish(out);
    if (!suspect && !this.hasNotFinite(out)) return undefined;
    return findFault(this.plan, pieces, this.columns, this.chunks, this.typeMaps);
  }

  private readTypes(chunk: number, from: number, to: number): void {
    const { typeIndex } = this.chunks[chunk];
    const map = this.typeMaps[chunk];
    const { types, rows } = this;
    for (let i = from; i < to; i++) {
      const type = map[typeIndex[i]];
      types[i - from] = type;
      rows[type] += 1;
    }
  }

  private hasNotFinite(out: Float64Array): boolean {
    const { needs, types, bases } = this.plan;
    return types.some((_, type) =>
      bases.some((_base, base) => needs[base][type] && !Number.isFinite(out[(type * bases.length + base) * 2])),
    );
  }
}

function mapTypes(planned: readonly string[], given: readonly string[]): Int32Array {
  const map = Int32Array.from(given, (type) => planned.indexOf(type));
  assert(
    !map.includes(-1),
    `rows of a type that the plan does not have: ${given.filter((type) => !planned.includes(type)).join(', ')}`,
  );
  return map;
}

const absentColumn = (rows: number): Float64Array => new Float64Array(rows).fill(NaN);

function hasAbsent(column: Float64Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (column[i] !== column[i]) return true;
  return false;
}
