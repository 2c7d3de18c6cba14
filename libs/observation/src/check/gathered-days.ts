/** Gathers the daily values of one territory × period; days without a value stay absent. */
import { daysOfPeriod } from '@gep/kernel';
import type { DaySeries } from '../chunk/patch-chunk';

interface GatheredSeries {
  readonly values: Float64Array;
  /** Row that gave the value of each day, 0 when none did. */
  readonly rows: Int32Array;
}

export class GatheredDays {
  /** Every day of the period. */
  readonly days: readonly string[];
  private readonly series = new Map<string, GatheredSeries>();

  constructor(period: string) {
    this.days = daysOfPeriod(period);
  }

  /** Position of a day in the period, -1 when it lies outside. */
  positionOf(date: string): number {
    return this.days.indexOf(date);
  }

  /** The row that already gave a value of a day. */
  earlier(code: string, day: number): number | undefined {
    return this.series.get(code)?.rows[day] || undefined;
  }

  put(code: string, day: number, value: number, row: number): void {
    const size = this.days.length;
    const series = this.series.get(code) ?? {
      values: new Float64Array(size).fill(NaN),
      rows: new Int32Array(size),
    };
    this.series.set(code, series);
    series.values[day] = value;
    series.rows[day] = row;
  }

  /** One column for each series, by code. */
  close(): DaySeries[] {
    return [...this.series.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, { values }]) => ({ code, from: this.days[0], values }));
  }
}
