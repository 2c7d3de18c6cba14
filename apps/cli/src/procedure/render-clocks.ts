/** Legal clocks for a terminal: duties with what is left of them, waiting times with what may begin, rights with their end. */
import type { Bilingual } from '@gep/kernel';
import { type Clock, isOverdue } from '@gep/procedure';
import { codeOf, type Heading, renderTableOf, type Said } from './render-procedures';

const sorts: Readonly<Record<Clock['sort'], Bilingual>> = {
  deadline: { zh: '义务', en: 'duty' },
  waiting: { zh: '等待期', en: 'waiting' },
  window: { zh: '权利', en: 'right' },
};

const dayMs = 86_400_000;
const daysFrom = (day: string, to: string): number => (Date.parse(to) - Date.parse(day)) / dayMs;
const daysSaid = (days: number): string => (days === 1 ? '1 day' : `${days} days`);
const dayAfter = (day: string): string => new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);

/** How a clock stands on a day: what each sort of it means for those who have to act. */
export function standingOf(clock: Clock, today: string): Bilingual {
  const { sort, dueOn, metOn, isLate, waivedBecause } = clock;
  if (waivedBecause !== null) return { zh: `${metOn} 不再需办理`, en: `fell away on ${metOn}` };
  if (metOn !== null && sort === 'deadline')
    return isLate
      ? { zh: `${metOn} 逾期办结`, en: `done late on ${metOn}` }
      : { zh: `${metOn} 办结`, en: `done on ${metOn}` };
  if (metOn !== null)
    return sort === 'waiting'
      ? { zh: `期满，${metOn} 已办理下一步`, en: `over; what it guards was done on ${metOn}` }
      : { zh: `${metOn} 已行使`, en: `used on ${metOn}` };
  const left = daysFrom(today, dueOn);
  if (sort === 'waiting')
    return left >= 0
      ? { zh: `${dayAfter(dueOn)} 起方可办理下一步`, en: `what it guards may begin on ${dayAfter(dueOn)}` }
      : { zh: '期满，可办理下一步', en: 'over: what it guards may begin' };
  if (sort === 'window')
    return left >= 0
      ? { zh: `可行使，还剩 ${left} 天`, en: `may be used, ${daysSaid(left)} left` }
      : { zh: '已期满，不再受理', en: 'over: no longer taken up' };
  return left >= 0
    ? { zh: `还剩 ${left} 天`, en: `${daysSaid(left)} left` }
    : { zh: `已逾期 ${-left} 天`, en: `overdue by ${daysSaid(-left)}` };
}

const rankOf = (clock: Clock, today: string): number => {
  if (isOverdue(clock, today)) return 0;
  return clock.metOn !== null || (clock.sort === 'window' && clock.dueOn < today) ? 2 : 1;
};

/** Overdue duties first, then what still runs, then what is over; each by its last day. */
export const urgentFirst = (clocks: readonly Clock[], today: string): Clock[] =>
  clocks.toSorted(
    (a, b) => rankOf(a, today) - rankOf(b, today) || (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0),
  );

const headings: readonly Heading[] = [
  ['情况', 'Standing'],
  ['性质', 'Sort'],
  ['期限', 'Clock'],
  ['起算（北京）', 'From (Beijing time)'],
  ['末日（北京）', 'Last day (Beijing time)'],
  ['程序', 'Subject'],
  ['地域', 'Territory'],
  ['依据', 'Law'],
];

/** @param titles names of clocks by their code, where the rulebook has them */
export function renderClocks(
  clocks: readonly Clock[],
  titles: ReadonlyMap<string, Bilingual>,
  today: string,
  said: Said,
): string {
  const rows = urgentFirst(clocks, today).map((clock) => {
    const { code, sort, startedOn, dueOn, isCovered, subject, territoryPath, law } = clock;
    const title = titles.get(code);
    return [
      ...[said(standingOf(clock, today)), said(sorts[sort]), title ? `${said(title)} ${code}` : code],
      ...[
        startedOn,
        `${dueOn}${isCovered ? '' : ' *'}`,
        `${subject.kind} ${subject.id}`,
        codeOf(territoryPath),
        said(law),
      ],
    ];
  });
  const table = renderTableOf(said, headings, rows);
  return clocks.every(({ isCovered }) => isCovered) ? table : `${table}\n${said(uncovered)}`;
}

/** Said below clocks of which one is marked with a star. */
const uncovered: Bilingual = {
  zh: '* 所经年份有的没有放假安排，只除去了周末',
  en: '* some year that was counted is not in the calendar of holidays: weekends alone were left out',
};
