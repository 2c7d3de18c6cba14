/** Which accounting periods have just ended on a given day. */
import { Period } from '@gep/kernel';

/**
 * The latest year, quarter and month that ended before `date`.
 * @param date `YYYY-MM-DD`; the period that contains it has not ended
 */
export function duePeriods(date: string): Period[] {
  const [year, month] = date.split('-').map(Number);
  const quarter = Math.ceil(month / 3);
  const lastQuarter = quarter === 1 ? `${year - 1}-Q4` : `${year}-Q${quarter - 1}`;
  const lastMonth = month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
  return [`${year - 1}`, lastQuarter, lastMonth];
}
