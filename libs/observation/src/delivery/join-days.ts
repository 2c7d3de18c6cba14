/** Joins the daily values that data sheets bring: one office may send a month each, and two may not send two values of a day. */
import type { DaySeries } from '../chunk/patch-chunk';
import type { Overlap, Side } from './find-overlaps';

/** Daily values of one upload; all series of a period begin on its first day. */
export interface DeliveredDays {
  readonly dataSheet: string;
  readonly series: readonly DaySeries[];
}

/** The series by code, and the first day on which two sheets differ. @param sheets in the order of their codes */
export function joinDays(
  whole: readonly DaySeries[],
  sheets: readonly DeliveredDays[],
): { readonly series: DaySeries[]; readonly overlaps: Overlap[] } {
  const overlaps: Overlap[] = [];
  const joined = new Map(whole.map((series) => [series.code, series]));
  const giverOf = new Map<string, string>();
  for (const { dataSheet, series } of sheets) {
    for (const one of series) {
      const giver = giverOf.get(one.code);
      const earlier = giver === undefined ? undefined : joined.get(one.code)!;
      const day = earlier ? one.values.findIndex((value, at) => differs(value, earlier.values[at])) : -1;
      if (day >= 0) {
        const sideOf = (sheet: string, values: Float64Array): Side => {
          return { dataSheet: sheet, value: `${values[day]} (${dateOf(one.from, day)})`, sheet: 'series', row: 1 };
        };
        overlaps.push({
          ...{ what: one.code, column: one.code },
          sides: [sideOf(giver!, earlier!.values), sideOf(dataSheet, one.values)],
        });
      }
      joined.set(
        one.code,
        earlier ? { ...one, values: one.values.map((value, at) => pick(value, earlier.values[at])) } : one,
      );
      if (giver === undefined) giverOf.set(one.code, dataSheet);
    }
  }
  return { series: [...joined.values()].sort((a, b) => (a.code < b.code ? -1 : 1)), overlaps };
}

const differs = (one: number, other: number): boolean => !Number.isNaN(one) && !Number.isNaN(other) && one !== other;
const pick = (one: number, other: number): number => (Number.isNaN(one) ? other : one);

function dateOf(first: string, days: number): string {
  const [year, month, day] = first.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}
