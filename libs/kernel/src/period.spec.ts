/** Periods: what is read, what is refused, and the last day by which dated values are looked up. */
import { Fraction } from './fraction';
import { InvalidPeriod, parsePeriod, periodEnd, shareOfYear } from './period';

describe('periodEnd', () => {
  it.each([
    ['2024', '2024-12-31'],
    ['2024-Q1', '2024-03-31'],
    ['2024-Q2', '2024-06-30'],
    ['2024-Q3', '2024-09-30'],
    ['2024-Q4', '2024-12-31'],
    ['2024-02', '2024-02-29'],
    ['2023-02', '2023-02-28'],
    ['1900-02', '1900-02-28'],
    ['2000-02', '2000-02-29'],
    ['2024-04', '2024-04-30'],
  ])('of %s is %s', (period, day) => {
    expect(periodEnd(period)).toBe(day);
  });

  it('is the last day: the next one is in another month', () => {
    for (let year = 1900; year < 2200; year += 1)
      for (let month = 1; month <= 12; month += 1) {
        const end = periodEnd(`${year}-${String(month).padStart(2, '0')}`);
        const next = new Date(Date.parse(`${end}T00:00:00Z`) + 86_400_000);
        expect([end.length, next.getUTCDate(), next.getUTCMonth()]).toEqual([10, 1, month % 12]);
      }
  });
});

describe('shareOfYear', () => {
  it('is exact, and the parts of a year add up to it', () => {
    const sum = (periods: readonly string[]): Fraction =>
      periods.map(shareOfYear).reduce((total, share) => total.plus(share), Fraction.zero);
    const quarters = [1, 2, 3, 4].map((quarter) => `2024-Q${quarter}`);
    const months = Array.from({ length: 12 }, (_, month) => `2024-${String(month + 1).padStart(2, '0')}`);
    expect([shareOfYear('2024'), sum(quarters), sum(months)]).toEqual([Fraction.one, Fraction.one, Fraction.one]);
    quarters.forEach((quarter, at) => expect(sum(months.slice(3 * at, 3 * at + 3))).toEqual(shareOfYear(quarter)));
    expect(shareOfYear('2023-02').toString()).toBe('1/12');
  });
});

it.each([
  '',
  '24',
  '1850',
  '2200',
  '2024-13',
  '2024-00',
  '2024-Q5',
  '2024-1',
  '2024-01-01',
  ' 2024',
  '2024\n',
  '２０２４',
])('refuses %j', (text) => {
  expect(() => parsePeriod(text)).toThrow(InvalidPeriod);
  expect(() => periodEnd(text)).toThrow(InvalidPeriod);
  expect(() => shareOfYear(text)).toThrow(InvalidPeriod);
});
