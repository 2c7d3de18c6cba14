/** Puts the sums over the days of a period beside the rows of an observation, and tells which days had no value. */
import { ColumnChunk, DaySum, DayTable, sumDays } from '@gep/formula';
import { daysOfPeriod, Fraction } from '@gep/kernel';
import type { PatchChunk } from '@gep/observation';
import type { NormEdition } from '@gep/rulebook';
import { DaysMissing } from './errors';

/** A daily series that was read although some days have no value. */
export interface DayGap {
  readonly series: string;
  readonly days: number;
  readonly missing: number;
}

/** What the days of an observation are read from. */
export interface ObservedDays {
  readonly territory: string;
  readonly period: string;
  readonly chunks: readonly PatchChunk[];
}

/** The daily values of an observation; where several chunks bring a series, the first that has a day. */
export function dayTableOf({ period, chunks }: Pick<ObservedDays, 'period' | 'chunks'>): DayTable {
  const days = daysOfPeriod(period);
  const series: Record<string, Float64Array> = {};
  for (const { code, from, values } of chunks.flatMap((chunk) => chunk.series ?? [])) {
    const column = (series[code] ??= new Float64Array(days.length).fill(NaN));
    const first = days.indexOf(from);
    values.forEach((value, at) => {
      if (Number.isNaN(column[first + at])) column[first + at] = value;
    });
  }
  return { days, series };
}

/**
 * The rows with a column for each sum. A sum without a series gets no column: the kernel tells whether a row needs it.
 * @throws DaysMissing when a series that is read lacks more days than the norm allows; UndefinedValue
 */
export function fillDays(
  norm: Pick<NormEdition, 'series'>,
  sums: readonly DaySum[],
  observed: ObservedDays,
  chunks: readonly ColumnChunk[],
): { readonly chunks: readonly ColumnChunk[]; readonly gaps: readonly DayGap[] } {
  if (sums.length === 0) return { chunks, gaps: [] };
  const table = dayTableOf(observed);
  const gaps = gapsOf(sums, table);
  for (const gap of gaps) refuseGap(norm, gap, observed);
  const totals = sumDays(sums, table).filter(({ value }) => !Number.isNaN(value));
  const filled = chunks.map((chunk) => {
    const columns = totals.map(({ sum, value }) => [sum.column, new Float64Array(chunk.rows).fill(value)] as const);
    return { ...chunk, columns: { ...chunk.columns, ...Object.fromEntries(columns) } };
  });
  return { chunks: filled, gaps };
}

/** Whether the norm puts up with the days that lacked then. */
export function allowsGaps(norm: Pick<NormEdition, 'series'>, gaps: readonly DayGap[]): boolean {
  return gaps.every((gap) => isAllowed(norm, gap));
}

/** Series of the sums that have some values but not all. */
function gapsOf(sums: readonly DaySum[], { days, series }: DayTable): DayGap[] {
  const read = [...new Set(sums.flatMap((sum) => sum.series))].filter((code) => code in series).sort();
  return read.flatMap((code) => {
    const missing = series[code].reduce((count, value) => count + Number(Number.isNaN(value)), 0);
    return missing > 0 ? [{ series: code, days: days.length, missing }] : [];
  });
}

function refuseGap(norm: Pick<NormEdition, 'series'>, gap: DayGap, observed: ObservedDays): void {
  if (isAllowed(norm, gap)) return;
  const { mostMissing } = norm.series.find(({ code }) => code === gap.series)!;
  throw new DaysMissing(observed, gap.series, gap.missing, gap.days, mostMissing.toExactText());
}

function isAllowed({ series }: Pick<NormEdition, 'series'>, gap: DayGap): boolean {
  const { mostMissing } = series.find(({ code }) => code === gap.series)!;
  return Fraction.of(BigInt(gap.missing), BigInt(gap.days)).compare(mostMissing) <= 0;
}
