/** What a report is made from when the observations of a territory are at hand: its account, the one before, the extent. */
import { DomainError, periodEnd } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import { computeAccount } from '../account/compute-account';
import type { ObservedPeriod } from '../account/observed-period';
import { computeExtent, type ExtentAccount } from '../extent/extent-account';
import { extentOfPatches } from '../extent/extent-of-patches';
import type { ObservedSource, ReportSource } from './report-source';

/**
 * @param series observations of the territory; the latest that ended before `observed` is the period before
 * @throws as computeAccount
 */
export function reportOfFiles(
  norm: NormEdition,
  observed: ObservedPeriod,
  series: readonly ObservedPeriod[],
): ReportSource {
  const before = series
    .filter(({ period }) => precedes(period, observed.period))
    .sort((a, b) => (periodEnd(a.period) < periodEnd(b.period) ? 1 : -1))[0] as ObservedPeriod | undefined;
  const account = computeAccount(norm, observed);
  return {
    norm,
    account,
    places: observed.places,
    observed: observedSource(observed),
    ...(before
      ? { previous: computeAccount(norm, before), extent: extentBetween(norm, account.areaUnit, before, observed) }
      : {}),
  };
}

/** Of the same length and earlier: a year before a year, a quarter before a quarter. */
export const precedes = (earlier: string, later: string): boolean =>
  earlier.length === later.length && periodEnd(earlier) < periodEnd(later);

export function observedSource({ batches = [], chunks, statistics }: ObservedPeriod): ObservedSource {
  return {
    batches: [...batches],
    rows: chunks.reduce((sum, { rows }) => sum + rows, 0),
    statistics: statistics.map(({ item, type, sheet, row }) => ({ item, type, sheet, row })),
  };
}

/** Undefined where the patches contradict each other: the account stands, only the matrix is unknown. */
export function extentBetween(
  { types }: NormEdition,
  unit: string,
  before: ObservedPeriod,
  after: ObservedPeriod,
): ExtentAccount | undefined {
  try {
    return computeExtent(extentOfPatches(types, unit, before, after).input);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}
