/** What has come in of a department's data sheet, what is missing, and since when. */
import { periodEnd, type Bilingual, type Period } from '@gep/kernel';
import { addWorkingDays, type DataSheet, type SheetPeriod, type WorkCalendar } from '@gep/rulebook';

export const sheetStates = ['received', 'partial', 'missing'] as const;
export type SheetState = (typeof sheetStates)[number];

/** What holds of a territory and period, as far as sheets ask for it. */
export interface ReceivedContent {
  /** Rows of the extent table. */
  readonly rows: number;
  /** Attributes that have a value in at least one row. */
  readonly columns: ReadonlySet<string>;
  /** Statistics that are given. */
  readonly items: ReadonlySet<string>;
}

/** By which days a due day was found: of the calendar, worked, or worked where some year was not in the list of holidays. */
export const dueBases = ['calendarDays', 'workingDays', 'weekendsOnly'] as const;
export type DueBasis = (typeof dueBases)[number];

export interface SheetStatus {
  readonly sheet: string;
  readonly state: SheetState;
  /** `YYYY-MM-DD`, the last day on which it is not late. */
  readonly due: string;
  readonly dueBasis: DueBasis;
  readonly overdue: boolean;
  /** How many tables, columns and items it consists of, and how many of them are there. */
  readonly expected: number;
  readonly present: number;
  readonly missing: readonly string[];
}

/** A sheet of which something lacks. */
export interface MissingSheet extends SheetStatus {
  readonly title: Bilingual;
  readonly department: Bilingual;
  /** Its list is in force at the place. */
  readonly binding: boolean;
}

export function kindOfPeriod(period: Period): SheetPeriod {
  return period.includes('Q') ? 'quarter' : period.includes('-') ? 'month' : 'year';
}

/** The last day of the month `due.months` after the end of the period, and so many days of the calendar or worked more. */
export function dueDay(
  period: Period,
  { months, days = 0, workingDays }: DataSheet['due'],
  calendar: WorkCalendar | null = null,
): { readonly due: string; readonly dueBasis: DueBasis } {
  const [year, month] = periodEnd(period).split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, days)).toISOString().slice(0, 10);
  if (workingDays === undefined) return { due: last, dueBasis: 'calendarDays' };
  const { day, isCovered } = addWorkingDays(calendar, last, workingDays);
  return { due: day, dueBasis: isCovered ? 'workingDays' : 'weekendsOnly' };
}

/**
 * @param today `YYYY-MM-DD` @param content undefined when nothing has come in
 * @param calendar by which working days are counted; null for weekends alone
 */
export function statusOf(
  sheet: DataSheet,
  period: Period,
  content: ReceivedContent | undefined,
  today: string,
  calendar: WorkCalendar | null = null,
): SheetStatus {
  const parts = sheet.tables.flatMap((table): { name: string; there: boolean }[] => {
    switch (table.kind) {
      case 'extent':
        return [{ name: 'extent', there: (content?.rows ?? 0) > 0 }];
      case 'attributes':
        return table.columns.map((name) => ({ name, there: content?.columns.has(name) ?? false }));
      case 'statistics':
        return table.items.map((name) => ({ name, there: content?.items.has(name) ?? false }));
    }
  });
  const missing = parts.filter(({ there }) => !there).map(({ name }) => name);
  const present = parts.length - missing.length;
  const state = missing.length === 0 ? 'received' : present === 0 ? 'missing' : 'partial';
  const { due, dueBasis } = dueDay(period, sheet.due, calendar);
  return {
    sheet: sheet.code,
    ...{ state, due, dueBasis, overdue: state !== 'received' && today > due },
    ...{ expected: parts.length, present, missing },
  };
}
