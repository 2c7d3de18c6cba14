/** Puts the norm's stand-in values where rows lack an optional attribute, and remembers where it did. */
import type { ColumnChunk, ParameterLookup } from '@gep/formula';
import type { PatchChunk } from '@gep/observation';
import { attributeFallbacks, AttributeFallback, NormEdition } from '@gep/rulebook';
import { StandIn } from './account';

export interface FilledChunks {
  readonly chunks: readonly ColumnChunk[];
  readonly standIns: readonly StandIn[];
}

/**
 * Chunks as the kernel takes them. Columns that lack nothing are the given ones, not copies.
 * @param columns the columns that the kernel reads
 */
export function fillStandIns(
  norm: Pick<NormEdition, 'attributes'>,
  lookup: ParameterLookup,
  columns: readonly string[],
  chunks: readonly PatchChunk[],
): FilledChunks {
  const standIns = new Map<string, StandIn>();
  const filled = chunks.map((chunk) => {
    const fallbacks = attributeFallbacks(norm, lookup, chunk.types).filter(({ attribute }) =>
      columns.includes(attribute),
    );
    const changed = fallbacks.flatMap((fallback) => fillColumn(chunk, fallback, standIns));
    const { rows, typeIndex, types } = chunk;
    return { rows, typeIndex, types, columns: { ...chunk.columns, ...Object.fromEntries(changed) } };
  });
  return { chunks: filled, standIns: [...standIns.values()] };
}

/** Whether the values that stood in then would stand in now. */
export function sameStandIns(
  norm: Pick<NormEdition, 'attributes'>,
  lookup: ParameterLookup,
  standIns: readonly StandIn[],
): boolean {
  const types = [...new Set(standIns.map(({ type }) => type))];
  const now = new Map(attributeFallbacks(norm, lookup, types).map(({ attribute, byType }) => [attribute, byType]));
  return standIns.every(({ attribute, type, value }) => now.get(attribute)?.[types.indexOf(type)] === value);
}

function fillColumn(
  chunk: PatchChunk,
  { attribute, byType }: AttributeFallback,
  standIns: Map<string, StandIn>,
): [string, Float64Array][] {
  const given = chunk.columns[attribute] as Float64Array | undefined;
  if (given && !given.some(Number.isNaN)) return [];
  const filled = new Float64Array(chunk.rows);
  for (let row = 0; row < chunk.rows; row++) {
    const value = given === undefined ? NaN : given[row];
    const type = chunk.typeIndex[row];
    filled[row] = Number.isNaN(value) ? byType[type] : value;
    if (!Number.isNaN(value) || Number.isNaN(byType[type])) continue;
    const key = `${attribute} ${chunk.types[type]}`;
    if (!standIns.has(key)) standIns.set(key, { attribute, type: chunk.types[type], value: byType[type] });
  }
  return [[attribute, filled]];
}
