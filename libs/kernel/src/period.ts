/** Accounting periods: a year, a quarter or a month. */
import { DomainError } from './domain-error';
import { Fraction } from './fraction';

/** `2024`, `2024-Q3` or `2024-07`. */
export type Period = string;

export class InvalidPeriod extends DomainError {
  readonly code = 'period.invalid';
  readonly kind = 'invalid';
  constructor(text: string) {
    super(
      {
        zh: `核算期“${text}”无法识别；请写成 2024、2024-Q3 或 2024-07`,
        en: `period "${text}" cannot be read; write 2024, 2024-Q3 or 2024-07`,
      },
      { period: text },
    );
  }
}

const pattern = /^(?<year>(?:19|20|21)\d\d)(?:-(?:Q(?<quarter>[1-4])|(?<month>0[1-9]|1[0-2])))?$/;

/** @throws InvalidPeriod */
export function parsePeriod(text: string): Period {
  if (!pattern.test(text)) throw new InvalidPeriod(text);
  return text;
}

/** Last day of the period as `YYYY-MM-DD`; dated parameters and territories are looked up at this day. */
export function periodEnd(period: Period): string {
  const { year, quarter, month } = pattern.exec(parsePeriod(period))!.groups!;
  const last = quarter ? Number(quarter) * 3 : month ? Number(month) : 12;
  const day = new Date(Date.UTC(Number(year), last, 0)).getUTCDate();
  return `${year}-${String(last).padStart(2, '0')}-${day}`;
}

/** Every day of the period in order, as `YYYY-MM-DD`. @throws InvalidPeriod */
export function daysOfPeriod(period: Period): string[] {
  const last = periodEnd(period);
  const { year, quarter, month } = pattern.exec(period)!.groups!;
  const first = quarter ? Number(quarter) * 3 - 2 : month ? Number(month) : 1;
  const days: string[] = [];
  for (let at = Date.UTC(Number(year), first - 1, 1); days.at(-1) !== last; at += millisecondsOfDay)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

const millisecondsOfDay = 86_400_000;

/**
 * What part of its year a period is: 1, 1/4 or 1/12, whatever its days, so that the parts of a year add up to it.
 * @throws InvalidPeriod
 */
export function shareOfYear(period: Period): Fraction {
  const { quarter, month } = pattern.exec(parsePeriod(period))!.groups!;
  return Fraction.of(1n, quarter ? 4n : month ? 12n : 1n);
}
