/** Periods beside a period: the one before, and the same one of the year before. */

/** `2023` before `2024`, `2023-Q4` before `2024-Q1`, `2023-12` before `2024-01`. */
export function periodBefore(period: string): string {
  const [, year, quarter, month] = /^(\d{4})(?:-Q(\d)|-(\d\d))?$/.exec(period) ?? [];
  const before = `${Number(year) - 1}`;
  if (quarter) return quarter === '1' ? `${before}-Q4` : `${year}-Q${Number(quarter) - 1}`;
  if (month) return month === '01' ? `${before}-12` : `${year}-${`${Number(month) - 1}`.padStart(2, '0')}`;
  return before;
}

/** `2023-Q1` for `2024-Q1`. */
export const periodLastYear = (period: string): string => `${Number(period.slice(0, 4)) - 1}${period.slice(4)}`;

export type PeriodLength = 'year' | 'quarter' | 'month';

export const lengthOfPeriod = (period: string): PeriodLength =>
  period.length === 4 ? 'year' : period.includes('Q') ? 'quarter' : 'month';
