/** The day on which a deed counts: today by the clock of the database, or a past day that is named; record time stays real. */
import { todayOf } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { isDay } from './company/company';
import { DeedDayRefused } from './company/errors';

/**
 * @param on `YYYY-MM-DD`; today in Beijing when absent
 * @param notBefore day of the deed before, where there is one
 * @throws DeedDayRefused
 */
export async function deedDay(tx: EntityManager, on: string | undefined, notBefore?: string): Promise<string> {
  const today = await todayOf(tx);
  const day = on ?? today;
  if (!isDay(day)) throw new DeedDayRefused(day, { zh: '应为日期 YYYY-MM-DD', en: 'write a date YYYY-MM-DD' });
  if (day > today)
    throw new DeedDayRefused(day, {
      zh: `在今天（${today}）之后；只能记录已经办理的事，请用今天或以前的日期`,
      en: `it lies after today (${today}); only what was done is recorded, so name today or a past day`,
    });
  if (notBefore !== undefined && day < notBefore)
    throw new DeedDayRefused(day, {
      zh: `早于前一步的日期 ${notBefore}；请用该日或以后的日期；前一步的日期有误的，能退回的先退回，再按正确的日期办理`,
      en: `it lies before the step before it, of ${notBefore}; name that day or a later one; if that day is wrong, return what can be returned and do it anew`,
    });
  return day;
}
