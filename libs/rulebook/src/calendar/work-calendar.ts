/** Calendars of working days as data: which days are off, which weekend days are worked, and counting by them. */
import { sourceGrades, type Bilingual, type EvidenceGrade } from '@gep/kernel';
import type { NormFile } from '../norm/norm';
import { compileShape } from '../yaml/check-shape';
import { readShaped } from '../yaml/read-shaped';
import { bilingual, list, record, text } from '../yaml/shapes';
import { isDay } from './is-day';

/** What was announced for one year. */
export interface CalendarYear {
  readonly year: string;
  readonly source: Bilingual;
  readonly grade: EvidenceGrade;
  /** Days off, first and last included; `YYYY-MM-DD`. */
  readonly holidays: readonly { readonly from: string; readonly to: string }[];
  /** Saturdays and Sundays that are worked. */
  readonly workdays: readonly string[];
}

export interface WorkCalendar {
  readonly id: string;
  readonly title: Bilingual;
  /** May be empty: then weekends alone are off. */
  readonly years: readonly CalendarYear[];
}

/** A day found by counting, and whether every year that was passed is in the calendar. */
export interface CountedDay {
  readonly day: string;
  readonly isCovered: boolean;
}

const date = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' };
const check = compileShape(
  record({
    id: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
    title: bilingual,
    years: {
      type: 'array',
      items: record({
        year: { type: 'string', pattern: '^\\d{4}$' },
        source: bilingual,
        grade: { type: 'string', enum: [...sourceGrades] },
        holidays: list(record({ from: date, to: date })),
        workdays: { type: 'array', items: text },
      }),
    },
  }),
);

/** @throws RulebookFileUnreadable with the place of the first fault */
export function parseWorkCalendar(file: NormFile): WorkCalendar {
  const { raw, fail, refuseTwice } = readShaped<WorkCalendar>(file, check);
  refuseTwice(
    'years',
    raw.years.map(({ year }) => ({ code: year })),
  );
  raw.years.forEach(({ year, holidays, workdays }, at) => {
    holidays.forEach(({ from, to }, index) => {
      if (isDay(from) && isDay(to) && from <= to && from.startsWith(year) && to.startsWith(year)) return;
      fail(['years', at, 'holidays', index], {
        zh: `假期须为 ${year} 年内的日期，且首日不晚于末日`,
        en: `days off lie in ${year}, and the first is not after the last`,
      });
    });
    workdays.forEach((day, index) => {
      if (isDay(day) && day.startsWith(year) && isWeekend(day) && !isWithin(day, holidays)) return;
      fail(['years', at, 'workdays', index], {
        zh: `调休上班日须为 ${year} 年内不放假的周六或周日`,
        en: `a weekend day that is worked is a Saturday or Sunday of ${year} that is not off`,
      });
    });
  });
  return raw;
}

/**
 * So many working days after a day, which itself does not count. Monday to Friday are worked where the calendar says
 * nothing else.
 * @param from `YYYY-MM-DD` @param days 0 gives the day itself
 */
export function addWorkingDays(calendar: WorkCalendar | null, from: string, days: number): CountedDay {
  let day = from;
  let isCovered = true;
  for (let left = days; left > 0;) {
    day = nextDay(day);
    const year = calendar?.years.find((one) => day.startsWith(one.year));
    isCovered &&= year !== undefined;
    if (isWorked(day, year)) left -= 1;
  }
  return { day, isCovered };
}

function isWorked(day: string, year: CalendarYear | undefined): boolean {
  if (year && isWithin(day, year.holidays)) return false;
  return !isWeekend(day) || (year?.workdays.includes(day) ?? false);
}

const isWithin = (day: string, holidays: CalendarYear['holidays']): boolean =>
  holidays.some(({ from, to }) => from <= day && day <= to);
const atNoon = (day: string): Date => new Date(`${day}T12:00:00Z`);
const isWeekend = (day: string): boolean => [0, 6].includes(atNoon(day).getUTCDay());
const nextDay = (day: string): string => new Date(atNoon(day).getTime() + 86_400_000).toISOString().slice(0, 10);
