/** The days of an accounting period with what was measured on each: what `sum(days, …)` goes over. */

/** Series of a territory as columns, one value for each day in the unit of the vocabulary; NaN where a day has none. */
export interface DayTable {
  /** `YYYY-MM-DD`, every day of the period in order. */
  readonly days: readonly string[];
  readonly series: Readonly<Record<string, Float64Array>>;
}

/** Numbers that every day has by itself. */
const calendar: Readonly<Record<string, (day: string) => number>> = {
  month: (day) => Number(day.slice(5, 7)),
  dayOfYear: (day) => daysBetween(`${day.slice(0, 4)}-01-01`, day) + 1,
  yearDays: (day) => daysBetween(`${day.slice(0, 4)}-01-01`, `${Number(day.slice(0, 4)) + 1}-01-01`),
};

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** `month` (1 to 12), `dayOfYear` (from 1) and `yearDays` (365 or 366). */
export const calendarNames: readonly string[] = Object.keys(calendar);

export const isCalendarName = (name: string): boolean => Object.hasOwn(calendar, name);

/** Value of a series or of a calendar name on a day; NaN where there is none. */
export function valueOnDay(table: DayTable, name: string, at: number): number {
  if (isCalendarName(name)) return calendar[name](table.days[at]);
  return table.series[name]?.[at] ?? NaN;
}

/** Positions of the days on which every one of these series has a value. */
export function daysWith(table: DayTable, names: readonly string[]): number[] {
  return [...table.days.keys()].filter((at) => names.every((name) => !Number.isNaN(valueOnDay(table, name, at))));
}
