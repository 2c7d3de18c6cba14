/** What an import yields: the patches of one territory and period as columns, its statistics, and the digest of their content. */
import { createHash } from 'node:crypto';
import { canonicalJson, digestOfValue } from '@gep/kernel';
import type { GivenValue } from '../delivery/given-value';

/** Patches of one territory × period. Every column has `rows` entries; NaN means that the value is absent. */
export interface PatchChunk {
  rows: number;
  /** Codes of the ecosystem types that occur, in the order of the norm. */
  types: string[];
  /** Index into `types` per row. */
  typeIndex: Uint16Array;
  /** Patch names per row; null when the rows stand for whole types. */
  patchIds: string[] | null;
  /** Row of the source as its author sees it. */
  sourceRow: Int32Array;
  sourceSheet: string;
  /** Attribute code → values in the unit that the norm gives to the attribute; `area` is always there. */
  columns: Record<string, Float64Array>;
  /** Daily values of the territory, by code; absent when there are none. */
  series?: DaySeries[];
}

/** What was measured of a territory on each day of the period, in the unit of the norm; NaN where a day has no value. */
export interface DaySeries {
  code: string;
  /** First day, `YYYY-MM-DD`. */
  from: string;
  values: Float64Array;
}

/** A chunk without rows: where only statistics hold. */
export const noRows: PatchChunk = {
  rows: 0,
  types: [],
  typeIndex: new Uint16Array(),
  patchIds: null,
  sourceRow: new Int32Array(),
  sourceSheet: '',
  columns: { area: new Float64Array() },
};

/** How far a reported figure may lie from the truth: bounds, or a 90% interval of `normal` and `lognormal`; decimal text in its unit. */
export interface StatisticSpread {
  low: string;
  high: string;
  distribution: 'uniform' | 'triangular' | 'normal' | 'lognormal';
}

/** One measured quantity. Numbers are decimal text in the units of the norm (40 digits where the conversion does not terminate). */
export interface StatisticRow {
  item: string;
  type: string | null;
  quantity: string;
  unit: string;
  price: string | null;
  priceUnit: string | null;
  /** Of the quantity and of the price; absent when none was reported. */
  spread?: StatisticSpread;
  priceSpread?: StatisticSpread;
  sheet: string;
  row: number;
  /** The upload that brought it, where the sheets of several departments stand together. */
  batch?: string;
}

/** Everything that an import gives for one territory and period. */
export interface TerritoryPeriodData {
  territory: string;
  period: string;
  chunk: PatchChunk;
  statistics: StatisticRow[];
  /** Rows about this territory and period that were refused: when not 0, its figures are incomplete. */
  refusedRows: number;
  /** Values of the attributes table that are not filled into the rows: those of a department's data sheet. */
  given?: readonly GivenValue[];
}

/** Digest of the content of a chunk: not of where it was read, so that the same figures as CSV, XLSX or JSON have one digest. */
export function chunkDigest(chunk: PatchChunk): string {
  return digestWithNames(chunk, chunk.patchIds && canonicalJson(chunk.patchIds));
}

/** @param names canonical JSON of the patch names; null when the rows stand for whole types */
export function digestWithNames(chunk: Omit<PatchChunk, 'patchIds'>, names: string | Uint8Array | null): string {
  const columns = Object.keys(chunk.columns).sort();
  const hash = createHash('sha256');
  hash.update(canonicalJson({ rows: chunk.rows, types: chunk.types, patches: names !== null, columns }));
  hash.update(bytesOf(chunk.typeIndex));
  for (const name of columns) hash.update(bytesOf(chunk.columns[name]));
  if (names !== null) hash.update(names);
  for (const { code, from, values } of chunk.series ?? []) {
    hash.update(canonicalJson({ series: code, from, days: values.length }));
    hash.update(bytesOf(values));
  }
  return hash.digest('hex');
}

/**
 * Digest of all observations of a territory × period, part of the identity of its account. Rows that were refused are
 * part of it: the same good rows without them are another, complete observation.
 * @param parts content digests of the chunks in their order, the statistics in theirs, and how many rows were refused
 */
export function observationDigest(parts: {
  chunks: readonly string[];
  statistics: readonly StatisticRow[];
  refusedRows: number;
}): string {
  const statistics = parts.statistics.map(({ item, type, quantity, unit, price, priceUnit, spread, priceSpread }) => {
    const spreads = spread || priceSpread ? [spread ?? null, priceSpread ?? null] : [];
    return [item, type, quantity, unit, price, priceUnit, ...spreads];
  });
  const { chunks, refusedRows } = parts;
  return digestOfValue({ chunks, statistics, ...(refusedRows > 0 && { refusedRows }) });
}

const bytesOf = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
