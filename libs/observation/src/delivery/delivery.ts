/** What one department's data sheet brought for a territory and period, before it is joined with what others brought. */
import { digestOfValue } from '@gep/kernel';
import {
  chunkDigest,
  observationDigest,
  type DaySeries,
  type PatchChunk,
  type StatisticRow,
} from '../chunk/patch-chunk';
import type { GivenValue } from './given-value';

/** The content of one data sheet. The rows of its chunk have only the values that stand beside them. */
export interface Delivery {
  /** Code of the data sheet. */
  readonly dataSheet: string;
  readonly batchId: string;
  readonly refusedRows: number;
  readonly chunk: PatchChunk | null;
  /** Daily values of the territory. */
  readonly series: readonly DaySeries[];
  readonly given: readonly GivenValue[];
  readonly statistics: readonly StatisticRow[];
}

/** An upload without a sheet that still holds below the sheets that came after it. */
export interface WholeUpload {
  readonly batchId: string;
  readonly refusedRows: number;
  readonly chunk: PatchChunk;
  readonly statistics: readonly StatisticRow[];
}

/** SHA-256 of what a sheet brought: not of where it stood, nor of what other sheets brought. */
export function deliveryDigest(
  parts: Pick<Delivery, 'refusedRows' | 'given' | 'statistics'> & { readonly chunk: PatchChunk },
): string {
  const { chunk, statistics, refusedRows } = parts;
  const given = parts.given.map(({ attribute, type, value }) => [attribute, type, value]);
  return digestOfValue({
    given,
    content: observationDigest({ chunks: [chunkDigest(chunk)], statistics, refusedRows }),
  });
}

/** Rows and daily values of a chunk, which may have either alone. */
export function contentOf(chunk: PatchChunk): Pick<Delivery, 'chunk' | 'series'> {
  return { chunk: chunk.rows > 0 ? chunk : null, series: chunk.series ?? [] };
}

/** What a whole upload gives up when a sheet brings it: `extent`, or an attribute, daily series or statistic by name. */
export const extentKey = 'extent';
export const attributeKey = (attribute: string, type: string): string => `attribute ${attribute} ${type}`;
export const seriesKey = (code: string): string => `series ${code}`;
export const statisticKey = ({ item, type }: Pick<StatisticRow, 'item' | 'type'>): string =>
  `statistic ${item} ${type ?? '*'}`;

/** Everything that a sheet brought, as such keys. A value beside a row is the sheet's word on that attribute of its type. */
export function keysOf({ chunk, series, given, statistics }: Delivery): string[] {
  return [
    ...(chunk ? [extentKey] : []),
    ...measuredColumns(chunk).map((code) => attributeKey(code, '*')),
    ...given.map(({ attribute, type }) => attributeKey(attribute, type)),
    ...series.map(({ code }) => seriesKey(code)),
    ...statistics.map(statisticKey),
  ];
}

/** Attributes beside the area that have a value in at least one row. */
export function measuredColumns(chunk: PatchChunk | null): string[] {
  return Object.keys(chunk?.columns ?? {}).filter(
    (code) => code !== 'area' && chunk!.columns[code].some((value) => !Number.isNaN(value)),
  );
}
