/** What happens by the clock: one line per schedule. */
import { accountingQueue, type AccountingJobName } from '@gep/accounting';
import { creditQueue, type CreditJobName } from '@gep/credit';
import { procedureQueue, type ProcedureJobName } from '@gep/procedure';

export interface Schedule {
  /** Names the schedule; setting it again changes it and never makes a second one. */
  readonly id: string;
  readonly queue: string;
  readonly job: AccountingJobName | ProcedureJobName | CreditJobName;
  /** Cron pattern with seconds, in the time zone of the country. */
  readonly pattern: string;
  readonly timeZone: string;
}

/** Months, quarters and years all end with a month; the observations of the last night may come in until two. */
export const schedules: readonly Schedule[] = [
  {
    id: 'open-due-periods',
    queue: accountingQueue,
    job: 'openDuePeriod',
    pattern: '0 0 2 1 * *',
    timeZone: 'Asia/Shanghai',
  },
  // Before the offices open.
  {
    id: 'remind-sheets',
    queue: accountingQueue,
    job: 'remindSheets',
    pattern: '0 30 7 * * *',
    timeZone: 'Asia/Shanghai',
  },
  // The day before is over.
  {
    id: 'notice-overdue',
    queue: procedureQueue,
    job: 'noticeOverdue',
    pattern: '0 15 0 * * *',
    timeZone: 'Asia/Shanghai',
  },
  // Points whose last day is over.
  {
    id: 'expire-points',
    queue: creditQueue,
    job: 'expirePoints',
    pattern: '0 25 0 * * *',
    timeZone: 'Asia/Shanghai',
  },
];
