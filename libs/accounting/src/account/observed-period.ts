/** What an account is computed from: the observations of one territory and period, and where the territory lies. */
import type { PatchChunk, StatisticRow } from '@gep/observation';

export interface ObservedPeriod {
  readonly territory: string;
  readonly period: string;
  /** The territory and its ancestors at the end of the period, nearest first; parameters are looked up along it. */
  readonly places: readonly string[];
  /** Patches, in the order of their batches. */
  readonly chunks: readonly PatchChunk[];
  /** The batch that each chunk was imported with, where it is known. */
  readonly batches?: readonly string[];
  readonly statistics: readonly StatisticRow[];
  /** Rows about it that were refused at import; none when absent. Its account is not complete when there are any. */
  readonly refusedRows?: number;
  /** Digest of chunks and statistics; part of the identity of the account. */
  readonly digest: string;
}
