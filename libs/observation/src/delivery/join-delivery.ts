/** Decides what holds for a territory and period once a department's data sheet has come in or left, and what of it is new. */
import { encodeChunk } from '../chunk/chunk-codec';
import { chunkDigest, observationDigest, type StatisticRow } from '../chunk/patch-chunk';
import { composeDeliveries } from './compose-deliveries';
import type { Delivery, WholeUpload } from './delivery';
import type { Overlap } from './find-overlaps';

/** Rows that are stored already. */
export interface StoredPiece {
  readonly id: string;
  readonly batchId: string;
  readonly chunkDigest: string;
}

/** What stands before the sheet comes in. */
export interface Standing {
  readonly digest: string;
  readonly patches: number;
  /** False while sheets stand of which no account could be made. */
  readonly hasFigures: boolean;
  /** The whole upload that holds, or holds still below the sheets. */
  readonly whole: (WholeUpload & { readonly stored: StoredPiece }) | null;
  readonly masked: readonly string[];
  readonly deliveries: readonly (Delivery & { readonly id: string })[];
  readonly pieces: readonly StoredPiece[];
}

/** What stands afterwards. */
export interface JoinedPeriod {
  readonly digest: string;
  readonly patches: number;
  readonly hasFigures: boolean;
  readonly refusedRows: number;
  readonly statistics: readonly StatisticRow[];
  /** In order: rows that are stored already by their id, others by their bytes. */
  readonly pieces: readonly (StoredPiece | NewPiece)[];
  readonly wholeId: string | null;
  readonly masked: readonly string[];
  /** Ids of the other sheets that stand, without the one that has come in or left. */
  readonly otherDeliveries: readonly string[];
  /** Code of the sheet that has come in or left. */
  readonly arrived: string;
  /** Codes of all sheets that stand. */
  readonly dataSheets: readonly string[];
  readonly overlaps: readonly Overlap[];
}

const bringsValues = ({ chunk, given, series }: Delivery): boolean =>
  chunk !== null || given.length + series.length > 0;

function standingPieces({ pieces, whole }: Standing): readonly StoredPiece[] {
  if (pieces.length > 0) return pieces;
  return whole && whole.chunk.rows > 0 ? [whole.stored] : [];
}

export interface NewPiece extends Omit<StoredPiece, 'id'> {
  readonly bytes: Uint8Array;
}

/**
 * A sheet supersedes what the same sheet brought before, and stands beside the others.
 * @param arrived null when the sheet is taken back @param units of attributes
 */
export function joinDelivery(
  standing: Standing | undefined,
  sheet: string,
  arrived: Delivery | null,
  units: ReadonlyMap<string, string>,
): JoinedPeriod {
  const whole = standing?.whole ?? null;
  const others = (standing?.deliveries ?? []).filter(({ dataSheet }) => dataSheet !== sheet);
  const together = arrived ? [...others, arrived] : others;
  const composition = composeDeliveries(whole, standing?.masked ?? [], together, units);
  const { statistics, refusedRows, masked, overlaps } = composition;
  const stored = [...(whole ? [whole.stored] : []), ...(standing?.pieces ?? [])];
  const before = standing?.deliveries.find(({ dataSheet }) => dataSheet === sheet);
  // The digest of a large map takes its time, and statistics change none.
  const isTouched = !standing || [arrived, before].some((one) => one && bringsValues(one));
  const pieces = isTouched
    ? composition.pieces.map(({ batchId, chunk }) => {
        const digest = chunkDigest(chunk);
        const known = stored.find((piece) => piece.batchId === batchId && piece.chunkDigest === digest);
        return known ?? { batchId, chunkDigest: digest, bytes: encodeChunk(chunk) };
      })
    : standingPieces(standing);
  const patches = composition.pieces.reduce((sum, { chunk }) => sum + chunk.rows, 0);
  return {
    digest: observationDigest({ chunks: pieces.map((piece) => piece.chunkDigest), statistics, refusedRows }),
    patches,
    hasFigures: patches + statistics.length > 0,
    ...{ refusedRows, statistics, pieces, masked, overlaps },
    wholeId: whole?.stored.id ?? null,
    arrived: sheet,
    otherDeliveries: others.map(({ id }) => id),
    dataSheets: together.map(({ dataSheet }) => dataSheet).sort(),
  };
}
