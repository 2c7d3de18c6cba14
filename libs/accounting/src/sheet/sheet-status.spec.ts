/** Due days at the ends of months, and what of a sheet counts as there. */
import type { DataSheet } from '@gep/rulebook';
import { dueDay, kindOfPeriod, statusOf } from './sheet-status';

const name = { zh: '表', en: 'Sheet' };
const sheet: DataSheet = {
  ...{ code: 'mixed', title: name, department: name, due: { months: 3 } },
  tables: [
    { kind: 'extent' },
    { kind: 'attributes', columns: ['rain', 'slope'] },
    { kind: 'statistics', items: ['maize'], optional: ['tea'] },
  ],
};
const content = (rows: number, columns: string[], items: string[]) => ({
  ...{ rows, columns: new Set(columns), items: new Set(items) },
});

it.each([
  ['2024', { months: 0 }, '2024-12-31'],
  ['2024', { months: 2 }, '2025-02-28'],
  ['2023', { months: 2 }, '2024-02-29'],
  ['2024', { months: 4, days: 15 }, '2025-05-15'],
  ['2024-Q1', { months: 1 }, '2024-04-30'],
  ['2024-11', { months: 3 }, '2025-02-28'],
])('of %s with %j is due on %s', (period, due, day) => {
  expect(dueDay(period, due)).toEqual({ due: day, dueBasis: 'calendarDays' });
});

it('counts working days by a calendar, and says when it knows weekends only', () => {
  const year = { year: '2025', source: name, grade: 'published' as const, workdays: ['2025-04-27'] };
  const holidays = [{ from: '2025-05-01', to: '2025-05-05' }];
  const calendar = { id: 'c', title: name, years: [{ ...year, holidays }] };
  expect(dueDay('2024', { months: 4, workingDays: 2 }, calendar)).toEqual({
    due: '2025-05-07',
    dueBasis: 'workingDays',
  });
  expect(dueDay('2024', { months: 4, workingDays: 2 })).toEqual({ due: '2025-05-02', dueBasis: 'weekendsOnly' });
  expect(dueDay('2025', { months: 4, workingDays: 1 }, calendar).dueBasis).toBe('weekendsOnly');
});

it('is late from the day after it is due', () => {
  expect(statusOf(sheet, '2024', undefined, '2025-03-31').overdue).toBe(false);
  expect(statusOf(sheet, '2024', undefined, '2025-04-01')).toEqual({
    ...{ sheet: 'mixed', state: 'missing', due: '2025-03-31', dueBasis: 'calendarDays', overdue: true },
    ...{ expected: 4, present: 0, missing: ['extent', 'rain', 'slope', 'maize'] },
  });
});

it('counts what is there, and misses nothing optional', () => {
  const late = '2026-01-01';
  expect(statusOf(sheet, '2024', content(3, ['rain'], []), late)).toMatchObject({
    ...{ state: 'partial', overdue: true, present: 2, missing: ['slope', 'maize'] },
  });
  expect(statusOf(sheet, '2024', content(3, ['rain', 'slope'], ['maize']), late)).toMatchObject({
    ...{ state: 'received', overdue: false, present: 4, missing: [] },
  });
});

it('knows how long a period is', () => {
  expect(['2024', '2024-Q3', '2024-07'].map(kindOfPeriod)).toEqual(['year', 'quarter', 'month']);
});
