/** Data sheets of departments as data: who delivers which tables of a period, and until when. */
import { sourceGrades, type Bilingual, type EvidenceGrade } from '@gep/kernel';
import type { WorkCalendar } from '../calendar/work-calendar';
import type { NormFile } from '../norm/norm';
import { compileShape } from '../yaml/check-shape';
import { readShaped } from '../yaml/read-shaped';
import { bilingual, list, record, text } from '../yaml/shapes';

export const sheetPeriods = ['year', 'quarter', 'month'] as const;
export type SheetPeriod = (typeof sheetPeriods)[number];

/** A table that a sheet consists of. `optional` items are delivered where there are any, and missed by nobody. */
export type SheetTable =
  | { readonly kind: 'extent' }
  | { readonly kind: 'attributes'; readonly columns: readonly string[] }
  | { readonly kind: 'statistics'; readonly items: readonly string[]; readonly optional?: readonly string[] };

export interface DataSheet {
  readonly code: string;
  readonly title: Bilingual;
  readonly department: Bilingual;
  /** The last day of the month so many months after the end of the period, and so many days more: of any kind, or worked. */
  readonly due: { readonly months: number; readonly days?: number; readonly workingDays?: number };
  readonly tables: readonly SheetTable[];
}

/** The sheets that hold for some norms, at some levels, for periods of some length. */
export interface SheetList {
  readonly id: string;
  readonly title: Bilingual;
  readonly source: Bilingual;
  readonly grade: EvidenceGrade;
  readonly norms: readonly string[];
  readonly levels: readonly string[];
  readonly periods: readonly SheetPeriod[];
  /** Where it is in force; every territory of the levels there is expected to deliver, also one that never has. */
  readonly places?: readonly string[];
  /** By which working days are counted; null for weekends alone. */
  readonly calendar: WorkCalendar | null;
  readonly sheets: readonly DataSheet[];
}

const number = { type: 'string', pattern: '^\\d{1,3}$' };
const table = record(
  {
    kind: { type: 'string', enum: ['extent', 'attributes', 'statistics'] },
    columns: list(text),
    items: list(text),
    optional: list(text),
  },
  ['kind'],
);
const check = compileShape(
  record(
    {
      id: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
      title: bilingual,
      source: bilingual,
      grade: { type: 'string', enum: [...sourceGrades] },
      norms: list(text),
      levels: list(text),
      periods: list({ type: 'string', enum: [...sheetPeriods] }),
      places: list(text),
      calendar: text,
      sheets: list(
        record(
          {
            code: text,
            title: bilingual,
            department: bilingual,
            due: record({ months: number, days: number, workingDays: number }, ['months']),
            tables: list(table),
          },
          ['code', 'title', 'department', 'due', 'tables'],
        ),
      ),
    },
    ['id', 'title', 'source', 'grade', 'norms', 'levels', 'periods', 'sheets'],
  ),
);

interface RawTable {
  readonly kind: SheetTable['kind'];
  readonly columns?: readonly string[];
  readonly items?: readonly string[];
  readonly optional?: readonly string[];
}
interface RawList extends Omit<SheetList, 'sheets' | 'calendar'> {
  readonly calendar?: string;
  readonly sheets: readonly (Omit<DataSheet, 'due' | 'tables'> & {
    readonly due: { readonly months: string; readonly days?: string; readonly workingDays?: string };
    readonly tables: readonly RawTable[];
  })[];
}

/** @param calendars those that a list may name @throws RulebookFileUnreadable with the place of the first fault */
export function parseSheetList(file: NormFile, calendars: ReadonlyMap<string, WorkCalendar> = new Map()): SheetList {
  const { raw, fail, refuseTwice } = readShaped<RawList>(file, check);
  refuseTwice('sheets', raw.sheets);
  const sheets = raw.sheets.map(({ due, tables, ...sheet }, at): DataSheet => {
    if (due.days !== undefined && due.workingDays !== undefined) fail(['sheets', at, 'due'], oneKindOfDays);
    const days = {
      ...(due.days !== undefined && { days: Number(due.days) }),
      ...(due.workingDays !== undefined && { workingDays: Number(due.workingDays) }),
    };
    return {
      ...sheet,
      due: { months: Number(due.months), ...days },
      tables: tables.map((each, index) => {
        return tableOf(each) ?? fail(['sheets', at, 'tables', index], neededKeys[each.kind]);
      }),
    };
  });
  const { calendar: id, ...list } = raw;
  const calendar = id === undefined ? null : (calendars.get(id) ?? fail(['calendar'], noCalendar(id, calendars)));
  return { ...list, calendar, sheets };
}

const oneKindOfDays: Bilingual = {
  zh: 'days（日历天）与 workingDays（工作日）只能写一种',
  en: 'give days (of the calendar) or workingDays, not both',
};

function noCalendar(id: string, calendars: ReadonlyMap<string, WorkCalendar>): Bilingual {
  const known = [...calendars.keys()].join(', ');
  return {
    zh: `calendars/ 下没有日历“${id}”；现有：${known || '无'}`,
    en: `there is no calendar "${id}" under calendars/; there are: ${known || 'none'}`,
  };
}

const neededKeys: Readonly<Record<SheetTable['kind'], Bilingual>> = {
  extent: { zh: '面积表不再列出列或项', en: 'an extent table lists no columns and no items' },
  attributes: { zh: '属性表须有 columns，且只有它', en: 'a table of attributes has columns and nothing else' },
  statistics: { zh: '统计表须有 items，可有 optional', en: 'a table of statistics has items, and may have optional' },
};

function tableOf({ kind, columns, items, optional }: RawTable): SheetTable | undefined {
  const others = { extent: [columns, items, optional], attributes: [items, optional], statistics: [columns] }[kind];
  if (others.some((each) => each !== undefined)) return undefined;
  if (kind === 'extent') return { kind };
  if (kind === 'attributes') return columns && { kind, columns };
  return items && { kind, items, ...(optional && { optional }) };
}
