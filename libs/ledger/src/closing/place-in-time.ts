/** On which day a deed is posted when its own day lies in a closed period. */
import { PeriodClosed } from '../errors';
import { correctingKinds, type DeedKind } from '../voucher/voucher';

export interface PlacedInTime {
  /** Day that the voucher bears, `YYYY-MM-DD`. */
  readonly effectiveDate: string;
  /** Day in the closed period that it is about; null when it is about its own day. */
  readonly aboutDate: string | null;
}

/** The day after, `YYYY-MM-DD`. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/**
 * An open day stays. A correction of a closed period goes to today, or to the first open day when today is closed as well,
 * and says which day it is about; any other deed is refused.
 * @param closedThrough last closed day of the territory; null when nothing was closed
 * @throws PeriodClosed
 */
export function placeInTime(
  kind: DeedKind,
  wantedDate: string,
  closedThrough: string | null,
  today: string,
): PlacedInTime {
  if (closedThrough === null || wantedDate > closedThrough) return { effectiveDate: wantedDate, aboutDate: null };
  if (!correctingKinds.includes(kind)) throw new PeriodClosed(wantedDate, closedThrough);
  return { effectiveDate: today > closedThrough ? today : dayAfter(closedThrough), aboutDate: wantedDate };
}
