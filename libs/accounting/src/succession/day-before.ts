/** The day before a day, as the last of what a change ends. */

/** @param day `YYYY-MM-DD` */
export function dayBefore(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date - 1)).toISOString().slice(0, 10);
}
