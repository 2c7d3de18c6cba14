/** Counting by the calendars that stand in the rulebook, and what is wrong with one. */
import { resolve } from 'node:path';
import { addWorkingDays, parseWorkCalendar } from './work-calendar';
import { loadWorkCalendars } from './work-calendar.loader';

const rulebook = resolve(__dirname, '../../../../rulebook');
/** Working days of each year as announced: 365 or 366 less weekends, less days off on weekdays, with weekend days worked. */
const workedDays: readonly (readonly [year: string, days: number])[] = [
  ['2023', 249],
  ['2024', 251],
  ['2025', 248],
  ['2026', 248],
];

it.each(workedDays)('counts the working days of %s', async (year, days) => {
  const calendar = (await loadWorkCalendars(rulebook)).get('cn-state-council')!;
  const last = addWorkingDays(calendar, `${Number(year) - 1}-12-31`, days).day;
  expect(last <= `${year}-12-31`).toBe(true);
  expect(addWorkingDays(calendar, `${Number(year) - 1}-12-31`, days + 1).day > `${year}-12-31`).toBe(true);
});

it.each([
  // Labour Day of 2025: off from the first to the fifth of May, the Sunday before is worked.
  ['2025-04-25', 1, '2025-04-27', true],
  ['2025-04-30', 1, '2025-05-06', true],
  ['2025-04-30', 0, '2025-04-30', true],
  ['2025-12-31', 1, '2026-01-04', true],
  ['2030-05-03', 1, '2030-05-06', false],
  ['2026-12-31', 1, '2027-01-01', false],
])('%s and %d working days are %s', async (from, days, day, isCovered) => {
  const calendar = (await loadWorkCalendars(rulebook)).get('cn-state-council')!;
  expect(addWorkingDays(calendar, from, days)).toEqual({ day, isCovered });
});

it('counts weekends alone without a calendar, and says so', () => {
  expect(addWorkingDays(null, '2025-04-25', 1)).toEqual({ day: '2025-04-28', isCovered: false });
});

const fileOf = (years: string): string => `id: own\ntitle: { zh: 本地, en: Ours }\nyears: ${years}\n`;
const year = (holidays: string, workdays = '[]'): string =>
  `[{ year: 2025, source: { zh: 通知, en: Notice }, grade: published, holidays: [${holidays}], workdays: ${workdays} }]`;
const parse = (years: string) => parseWorkCalendar({ path: 'calendars/own.yaml', text: fileOf(years) });

it('reads a list that the place has yet to fill', () => {
  expect(parse('[]').years).toEqual([]);
});

it.each([
  ['a holiday of another year', year('{ from: 2026-01-01, to: 2026-01-01 }'), /days off lie in 2025/],
  ['a holiday that ends before it begins', year('{ from: 2025-05-05, to: 2025-05-01 }'), /first is not after the last/],
  ['a day that is none', year('{ from: 2025-02-28, to: 2025-02-30 }'), /days off lie in 2025/],
  ['a weekday that is worked', year('{ from: 2025-05-01, to: 2025-05-05 }', '[2025-04-28]'), /Saturday or Sunday/],
  ['a day both off and worked', year('{ from: 2025-05-01, to: 2025-05-05 }', '[2025-05-03]'), /that is not off/],
  [
    'a year twice',
    `${year('{ from: 2025-05-01, to: 2025-05-05 }').slice(0, -1)}, ${year('{ from: 2025-10-01, to: 2025-10-08 }').slice(1)}`,
    /twice/,
  ],
])('refuses %s', (_what, years, message) => {
  expect(() => parse(years)).toThrow(message);
});
