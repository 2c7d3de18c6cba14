/** Days and moments as the terminal shows them: in the time of Beijing, which laws count by. */

const aheadMs = 8 * 3_600_000;
const inBeijing = (at: Date): string => new Date(at.getTime() + aheadMs).toISOString();

/** `2026-03-01`. */
export const beijingDay = (at: Date): string => inBeijing(at).slice(0, 10);

/** `2026-03-01T08:00:00.000+08:00`: to the millisecond, so that `--as-of` takes it as it stands. */
export const beijingMoment = (at: Date): string => inBeijing(at).replace('Z', '+08:00');

/** The beginning of a day there. */
export const beijingMidnight = (day: string): Date => new Date(`${day}T00:00:00+08:00`);
