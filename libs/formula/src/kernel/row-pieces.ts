/** Finds the parts of chunks that a run of rows lies in, when all chunks are laid end to end. */
import { ColumnChunk } from './kernel-plan';

/** A run of rows of one chunk. */
export interface RowPiece {
  readonly chunk: number;
  readonly from: number;
  readonly to: number;
}

/** The parts of chunks that rows `from`..`to` of all chunks end to end lie in. */
export function piecesOf(chunks: readonly ColumnChunk[], from: number, to: number): RowPiece[] {
  const pieces: RowPiece[] = [];
  let start = 0;
  for (const [chunk, { rows }] of chunks.entries()) {
    const [first, last] = [Math.max(from - start, 0), Math.min(to - start, rows)];
    if (first < last) pieces.push({ chunk, from: first, to: last });
    start += rows;
    if (start >= to) break;
  }
  return pieces;
}
