/** Days as whole numbers since 1970-01-01, so that a million histories are counted without making a date. */

/** `YYYY-MM-DD` → number of the day. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

export function dayText(number: number): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}

/** The same day of the year so many years on, or the last of the month where there is none (after Civil Code art. 202). */
export function addYears(number: number, years: number): number {
  return addMonths(number, years * 12);
}

/** The same day of the month so many months on, or the last of the month where there is none. */
export function addMonths(number: number, months: number): number {
  const date = new Date(number * 86_400_000);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate()];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(day, lastOfMonth)) / 86_400_000;
}

/** The latest day of which more than so many whole years have passed: its same day lies before `asOf`. */
export function lastDayOlderThan(asOf: number, years: number): number {
  let day = addYears(asOf, -years) + 2;
  while (addYears(day, years) >= asOf) day--;
  return day;
}

/** Calendar year of each day between two days, for a lookup without dates. */
export class YearTable {
  private readonly years: Int16Array;

  constructor(
    private readonly first: number,
    last: number,
  ) {
    this.years = new Int16Array(Math.max(last - first + 1, 1));
    for (let day = first; day <= last;) {
      const year = new Date(day * 86_400_000).getUTCFullYear();
      const next = Math.min(Date.UTC(year + 1, 0, 1) / 86_400_000, last + 1);
      this.years.fill(year, day - first, next - first);
      day = next;
    }
  }

  of(day: number): number {
    return this.years[day - this.first];
  }
}
