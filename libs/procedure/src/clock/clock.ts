/** A clock that runs on a subject: when it ends, whether it is late, and on which day it may be met. */
import type { Bilingual } from '@gep/kernel';
import type { ClockRule, ClockSort } from '@gep/rulebook';
import { ClockRefused } from '../errors';
import type { Subject } from '../step/step-table';

export interface Clock {
  readonly id: string;
  readonly subject: Subject;
  /** ltree text. */
  readonly territoryPath: string;
  readonly code: string;
  readonly sort: ClockSort;
  readonly days: number;
  readonly basis: ClockRule['basis'];
  readonly law: Bilingual;
  /** Day of the event, which itself does not count; `YYYY-MM-DD`. */
  readonly startedOn: string;
  /** Last day of the deadline, the waiting time or the window. */
  readonly dueOn: string;
  /** False when a year that was counted is not in the calendar of working days. */
  readonly isCovered: boolean;
  readonly metOn: string | null;
  /** Met after its last day; it stays marked so. */
  readonly isLate: boolean;
  /** Why nothing had to be done any more; null where it was done or still runs. */
  readonly waivedBecause: string | null;
}

/** Still running, and a duty whose last day is over. Nobody is late with a right or with waiting. */
export const isOverdue = ({ sort, metOn, dueOn }: Clock, today: string): boolean =>
  sort === 'deadline' && metOn === null && dueOn < today;

/** Whether meeting it on that day is late. @throws ClockRefused when it may not be met on that day */
export function judgeMeeting(clock: Clock, on: string, today: string, title?: Bilingual): { readonly isLate: boolean } {
  const { code, sort, startedOn, dueOn, metOn } = clock;
  const refuse = (reason: Bilingual): ClockRefused => new ClockRefused(code, title, reason, { startedOn, dueOn, on });
  if (metOn !== null)
    throw refuse({ zh: `已于 ${metOn} 办结，不能再次办结`, en: `it was met on ${metOn} and is not met twice` });
  // A right may be used before its days are counted, a duty and waiting begin with them.
  if ((sort !== 'window' && on < startedOn) || on > today)
    throw refuse({
      zh: `${on} 不在起算日 ${startedOn} 与今天 ${today} 之间；请给出实际办理的日期`,
      en: `${on} does not lie between its start on ${startedOn} and today, ${today}; give the day on which it was done`,
    });
  if (sort === 'waiting' && on <= dueOn)
    throw refuse({
      zh: `须等到 ${dueOn} 期满（${clock.law.zh}），${on} 尚早；请在其后一日起办理`,
      en: `it runs until the end of ${dueOn} (${clock.law.en}), so ${on} is too early; act from the day after on`,
    });
  if (sort === 'window' && on > dueOn)
    throw refuse({
      zh: `已于 ${dueOn} 期满（${clock.law.zh}），${on} 已逾期，不再受理`,
      en: `it ended with ${dueOn} (${clock.law.en}), so ${on} is too late and is not taken up`,
    });
  return { isLate: sort === 'deadline' && on > dueOn };
}
