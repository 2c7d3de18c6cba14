/** Periods that have just ended. */
import { parsePeriod, periodEnd } from '@gep/kernel';
import { duePeriods } from './due-periods';

describe('duePeriods', () => {
  it('names the year, quarter and month before the day', () => {
    expect(duePeriods('2025-01-01')).toEqual(['2024', '2024-Q4', '2024-12']);
    expect(duePeriods('2025-04-01')).toEqual(['2024', '2025-Q1', '2025-03']);
    expect(duePeriods('2025-12-31')).toEqual(['2024', '2025-Q3', '2025-11']);
  });

  it('names only periods that have ended, on every day of a year', () => {
    for (const day = new Date('2024-01-01'); day < new Date('2025-03-01'); day.setUTCDate(day.getUTCDate() + 1)) {
      const date = day.toISOString().slice(0, 10);
      for (const period of duePeriods(date)) expect(periodEnd(parsePeriod(period)) < date).toBe(true);
    }
  });
});
