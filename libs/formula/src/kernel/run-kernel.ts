/** Runs a plan over chunks of rows: fixed blocks on the rows end to end, whatever the chunks and the number of workers. */
import { assert } from '@gep/kernel';
import { Arena, arenaOf } from './arena';
import { BlockEngine } from './block-engine';
import { engineOf } from './engine-of';
import { findFault } from './find-fault';
import { blockRows, ColumnChunk, countBlocks, KernelPlan, PartialSums, RowFault } from './kernel-plan';
import { piecesOf, RowPiece } from './row-pieces';

/** Beyond every list of types. */
const noType = 65_535;

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
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  const of = countBlocks(rows);
  const { from, to } = blocks ?? { from: 0, to: of };
  assert(from >= 0 && from <= to && to <= of, `blocks ${from}..${to} of ${of}`);
  return new KernelRun(plan, engineOf(plan, rows, arenaOfChunks(chunks)), chunks).run(from, to, of);
}

class KernelRun {
  private readonly columns: readonly (readonly Float64Array[])[];
  private readonly typeMaps: readonly Int32Array[];
  /** Of each chunk, whether its type index can be taken as it is. */
  private readonly sameTypes: readonly boolean[];
  private readonly rows: Float64Array;

  constructor(
    private readonly plan: KernelPlan,
    private readonly engine: BlockEngine,
    private readonly chunks: readonly ColumnChunk[],
  ) {
    this.columns = chunks.map((chunk) => plan.columns.map((name) => columnOf(chunk, name)));
    this.typeMaps = chunks.map((chunk) => mapTypes(plan.types, chunk.types ?? plan.types));
    this.sameTypes = chunks.map(
      ({ typeIndex }, at) => typeIndex.BYTES_PER_ELEMENT <= 2 && isIdentity(this.typeMaps[at]),
    );
    this.rows = new Float64Array(plan.types.length);
  }

  run(from: number, to: number, of: number): PartialSums {
    const size = this.plan.types.length * this.plan.bases.length * 2;
    const blocks = new Float64Array((to - from) * size);
    let fault: RowFault | undefined;
    let done = 0;
    for (let block = from; block < to && !fault; block++) {
      const pieces = piecesOf(this.chunks, block * blockRows, (block + 1) * blockRows);
      fault = this.runBlock(pieces, blocks.subarray((block - from) * size, (block - from + 1) * size));
      done += pieces.reduce((rows, piece) => rows + piece.to - piece.from, 0);
    }
    const counted = this.rows.reduce((rows, count) => rows + count, 0);
    assert(counted === done, `${done - counted} rows have a type index beyond the list of types`);
    return { from, to, of, blocks, rows: this.rows, ...(fault && { fault }) };
  }

  private runBlock(pieces: readonly RowPiece[], out: Float64Array): RowFault | undefined {
    const { engine } = this;
    let suspect = false;
    engine.begin();
    for (const { chunk, from, to } of pieces) {
      for (let at = from; at < to; at += engine.tileRows) {
        const end = Math.min(at + engine.tileRows, to);
        this.readTypes(chunk, at, end);
        if (engine.add(this.columns[chunk], at, end)) suspect = true;
      }
    }
    engine.finish(out, this.rows);
    if (!suspect && !this.hasNotFinite(out)) return undefined;
    return findFault(this.plan, pieces, this.columns, this.chunks, this.typeMaps);
  }

  /** A type that is not in the list is counted for no type, which `run` finds. */
  private readTypes(chunk: number, from: number, to: number): void {
    const { typeIndex } = this.chunks[chunk];
    const map = this.typeMaps[chunk];
    const { types } = this.engine;
    if (this.sameTypes[chunk]) {
      types.set(typeIndex.subarray(from, to));
      return;
    }
    for (let i = from; i < to; i++) {
      const index = typeIndex[i];
      types[i - from] = index >= 0 && index < map.length ? map[index] : noType;
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
  const map = new Int32Array(given.length);
  for (let index = 0; index < given.length; index++) {
    // Nearly always in the same order.
    map[index] = given[index] === planned[index] ? index : planned.indexOf(given[index]);
    if (map[index] < 0) assert(false, `rows of a type that the plan does not have: ${given[index]}`);
  }
  return map;
}

function isIdentity(map: Int32Array): boolean {
  for (let index = 0; index < map.length; index++) if (map[index] !== index) return false;
  return true;
}

/** A column of the chunk, absent values when it has none. A kernel that reads in place must not go beyond its end. */
function columnOf({ columns, rows }: ColumnChunk, name: string): Float64Array {
  const column: Float64Array | undefined = columns[name];
  if (!column) return new Float64Array(rows).fill(NaN);
  assert(column.length >= rows, `column ${name} has ${column.length} of ${rows} rows`);
  return column;
}

/** The arena that the first column found in one lies in; the columns of a batch lie in the same. */
function arenaOfChunks(chunks: readonly ColumnChunk[]): Arena | undefined {
  for (const { columns } of chunks) {
    for (const name of Object.keys(columns)) {
      const arena = arenaOf(columns[name].buffer);
      if (arena) return arena;
    }
  }
  return undefined;
}
