/** Values of options are read strictly: what is nearly a number, a day or a moment is none. */
import { calendarDay, moment, wholeNumber } from './arguments.command';

describe('values of options', () => {
  it('takes whole numbers from a bound on', () => {
    expect([wholeNumber(0)('0'), wholeNumber(1)('25')]).toEqual([0, 25]);
    for (const text of ['', '-1', '1.5', '1e3', '0x10', ' 7', 'x', '99999999999999999999'])
      expect(() => wholeNumber(0)(text)).toThrow('give a whole number from 0');
    expect(() => wholeNumber(1)('0')).toThrow('不小于 1');
  });

  it('takes days that the calendar has', () => {
    expect(calendarDay('2024-02-29')).toBe('2024-02-29');
    for (const text of ['2023-02-29', '2024-2-1', '2024', 'today', '2024-13-01'])
      expect(() => calendarDay(text)).toThrow('give a day');
  });

  it('takes moments with a time zone', () => {
    expect(moment('2026-03-01').toISOString()).toBe('2026-02-28T16:00:00.000Z');
    expect(moment('2026-03-01T08:00:00+08:00').toISOString()).toBe('2026-03-01T00:00:00.000Z');
    for (const text of ['2026-03-01T08:00:00', '2026-02-30', '2026-02-30T00:00:00Z', '2026-03-01T25:00:00Z', 'now'])
      expect(() => moment(text)).toThrow('give a moment');
  });
});
