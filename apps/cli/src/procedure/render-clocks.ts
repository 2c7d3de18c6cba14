/** Legal clocks for a terminal: duties with what is left of them, waiting times with what may begin, rights with their end. */
import type { Bilingual } from '@gep/kernel';
import { type Clock, isOverdue } from '@gep/procedure';
import { codeOfPath, type Naming, placeSaid } from '../rendering/deed/naming';
import { subjectSaid } from '../rendering/deed/subject-kinds';
import { type Head, renderList } from '../rendering/listed';
import { wrapText } from '../rendering/text-table';
import type { Language } from '../terminal/language';

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

const heads: readonly Head[] = [
  ...[
    { zh: '期限', en: 'Clock', most: 30 },
    { zh: '情况', en: 'Standing', most: 26 },
    { zh: '性质', en: 'Sort' },
  ],
  ...[
    { zh: '起算', en: 'From' },
    { zh: '末日（北京）', en: 'Last day (Beijing)' },
  ],
  ...[
    { zh: '程序', en: 'Subject', most: 34 },
    { zh: '地域', en: 'Territory', most: 24 },
  ],
];

/** @param titles names of clocks by their code, where the rulebook has them */
export function renderClocks(
  clocks: readonly Clock[],
  titles: ReadonlyMap<string, Bilingual>,
  today: string,
  { codes, places }: Naming,
  language: Language,
): string {
  if (clocks.length === 0) return none[language];
  const nameOf = (code: string): string => titles.get(code)?.[language] ?? code;
  const rows = urgentFirst(clocks, today).map((clock) => [
    ...[nameOf(clock.code), standingOf(clock, today)[language], sorts[clock.sort][language], clock.startedOn],
    ...[`${clock.dueOn}${clock.isCovered ? '' : ' *'}`, subjectSaid(clock.subject, codes, language)],
    placeSaid(codeOfPath(clock.territoryPath), places, language),
  ]);
  const laws = new Map(clocks.map(({ code, law }) => [`${nameOf(code)} (${code}): ${law[language]}`, code]));
  return [
    renderList(language, heads, rows, none),
    ...(clocks.every(({ isCovered }) => isCovered) ? [] : [uncovered[language]]),
    { zh: '依据：', en: 'By law:' }[language],
    ...[...laws.keys()].sort().flatMap(lawLines),
  ].join('\n');
}

/** Display columns of a line of law. */
const widest = 150;

/** What goes on in further lines stands below what it belongs to. */
const lawLines = (law: string): string[] =>
  wrapText(law, widest - 4).map((line, at) => `${at === 0 ? '  ' : '    '}${line}`);

const none: Bilingual = { zh: '没有这样的期限', en: 'there is no such clock' };

/** Said below clocks of which one is marked with a star. */
const uncovered: Bilingual = {
  zh: '* 所经年份有的没有放假安排，只除去了周末',
  en: '* some year that was counted is not in the calendar of holidays: weekends alone were left out',
};
