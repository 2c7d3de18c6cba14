/** Legal clocks as data: so many days from an event, by which law, since when, counted on working days or on all. */
import { sourceGrades, type Bilingual, type EvidenceGrade } from '@gep/kernel';
import { addWorkingDays, type CountedDay, type WorkCalendar } from '../calendar/work-calendar';
import type { NormFile } from '../norm/norm';
import { compileShape } from '../yaml/check-shape';
import { readShaped } from '../yaml/read-shaped';
import { bilingual, list, record, text } from '../yaml/shapes';

/** `deadline`: a duty, late after it. `waiting`: nothing before it is over. `window`: a right that ends with it. */
export const clockSorts = ['deadline', 'waiting', 'window'] as const;
export type ClockSort = (typeof clockSorts)[number];

/** One clock as the law has it since a day. */
export interface ClockRule {
  readonly code: string;
  readonly title: Bilingual;
  readonly sort: ClockSort;
  readonly days: number;
  readonly basis: 'working' | 'calendar';
  /** First day on which it can be started; `YYYY-MM-DD`. */
  readonly since: string;
  readonly law: Bilingual;
  readonly grade: EvidenceGrade;
  readonly source: string;
}

/** The clocks of a country with the calendars on which they are counted. */
export interface ClockBook {
  readonly rules: readonly ClockRule[];
  readonly calendar: WorkCalendar;
}

interface RawClocks {
  readonly id: string;
  readonly title: Bilingual;
  readonly calendar: string;
  readonly rules: readonly (Omit<ClockRule, 'days'> & { readonly days: string })[];
}

const check = compileShape(
  record({
    id: text,
    title: bilingual,
    calendar: text,
    rules: list(
      record({
        code: { type: 'string', pattern: '^[a-z]+(-[a-z]+)*$' },
        title: bilingual,
        sort: { type: 'string', enum: [...clockSorts] },
        days: { type: 'string', pattern: '^[1-9]\\d{0,3}$' },
        basis: { type: 'string', enum: ['working', 'calendar'] },
        since: { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' },
        law: bilingual,
        grade: { type: 'string', enum: [...sourceGrades] },
        source: text,
      }),
    ),
  }),
);

/** @throws RulebookFileUnreadable with the place of the first fault */
export function parseClocks(file: NormFile, calendars: ReadonlyMap<string, WorkCalendar>): ClockBook {
  const { raw, fail, refuseTwice } = readShaped<RawClocks>(file, check);
  refuseTwice(
    'rules',
    raw.rules.map(({ code, since }) => ({ code: `${code} ${since}` })),
  );
  const calendar = calendars.get(raw.calendar);
  if (calendar) return { calendar, rules: raw.rules.map(({ days, ...rule }) => ({ ...rule, days: Number(days) })) };
  return fail(['calendar'], {
    zh: `没有日历“${raw.calendar}”；请写 calendars/ 中的一个`,
    en: `there is no calendar "${raw.calendar}"; name one of calendars/`,
  });
}

/** The clock of this code as the law has it on a day; the latest of those that hold by then. */
export function clockRuleOn({ rules }: ClockBook, code: string, day: string): ClockRule | undefined {
  return rules
    .filter((rule) => rule.code === code && rule.since <= day)
    .reduce<ClockRule | undefined>((last, rule) => (last && last.since > rule.since ? last : rule), undefined);
}

/** Its last day; the day of the event does not count. @param from day of the event, `YYYY-MM-DD` */
export function lastDayOf(
  { calendar }: ClockBook,
  { basis, days }: Pick<ClockRule, 'basis' | 'days'>,
  from: string,
): CountedDay {
  if (basis === 'working') return addWorkingDays(calendar, from, days);
  const day = new Date(`${from}T12:00:00Z`).getTime() + days * 86_400_000;
  return { day: new Date(day).toISOString().slice(0, 10), isCovered: true };
}
