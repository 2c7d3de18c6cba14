/** The index of a series: each year in hundredths of a base year, at current prices and at the prices of the first year. */
import { Decimal, type Fen } from '@gep/kernel';
import { refusalBetween, refusalOf, type SeriesPoint, type SeriesRefusal } from './account-series';
import { IndexBaseAbsent } from './errors';

/** A point in relation to the base, which is 100; each null where it is not known, or the base is nothing. */
export interface SeriesIndex {
  readonly base: string;
  /** Exact to 12 digits. */
  readonly current: string | null;
  /** At the prices of the first point of the series. */
  readonly comparable: string | null;
  /** Why the two do not compare; null when they do. */
  readonly refusal: SeriesRefusal | null;
}

/** A point with its index; null where it has no account. */
export type IndexedPoint = SeriesPoint & { readonly index: SeriesIndex | null };

/**
 * Between a point and the base, earlier or later, the same holds as for growth: over a change of boundary or another edition there
 * is no index.
 * @param base a year; the first one with an account when absent
 * @throws IndexBaseAbsent
 */
export function indexSeries(territory: string, points: readonly SeriesPoint[], base?: string): IndexedPoint[] {
  const from = points.findIndex(({ period, account }) => account !== null && (base === undefined || period === base));
  const { [from]: first } = points;
  if (!first?.account) {
    const known = points.filter(({ account }) => account !== null).map(({ period }) => period);
    throw new IndexBaseAbsent(territory, base ?? '', known);
  }
  return points.map((point, at) => {
    if (point.account === null) return { ...point, index: null };
    const [earlier, later] = at < from ? [point, first] : [first, point];
    const breaks = points.slice(Math.min(at, from) + 1, Math.max(at, from) + 1).flatMap((one) => one.breaks);
    const refused = refusalBetween(territory, earlier, later, breaks);
    const [here, there] = [point.comparable?.comparableFen ?? null, first.comparable?.comparableFen ?? null];
    return {
      ...point,
      index: {
        base: first.period,
        current: refused ? null : ratioOf(point.account.totals.totalFen, first.account!.totals.totalFen),
        comparable: refused || here === null || there === null ? null : ratioOf(here, there),
        refusal: refused && refusalOf(refused),
      },
    };
  });
}

/** Hundredths; of nothing, and of less than nothing, there are none. */
function ratioOf(value: Fen, base: Fen): string | null {
  if (base <= 0n) return null;
  return new Decimal((value * 100n).toString()).dividedBy(base.toString()).toSignificantDigits(12).toString();
}
