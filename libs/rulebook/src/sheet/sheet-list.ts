/** Data sheets of departments as data: who delivers which tables of a period, and until when. */
import { sourceGrades, type Bilingual, type EvidenceGrade } from '@gep/kernel';
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
  /** The last day of the month so many months after the end of the period, and so many days more. */
  readonly due: { readonly months: number; readonly days?: number };
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
      sheets: list(
        record(
          {
            code: text,
            title: bilingual,
            department: bilingual,
            due: record({ months: number, days: number }, ['months']),
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
interface RawList extends Omit<SheetList, 'sheets'> {
  readonly sheets: readonly (Omit<DataSheet, 'due' | 'tables'> & {
    readonly due: { readonly months: string; readonly days?: string };
    readonly tables: readonly RawTable[];
  })[];
}

/** @throws RulebookFileUnreadable with the place of the first fault */
export function parseSheetList(file: NormFile): SheetList {
  const { raw, fail, refuseTwice } = readShaped<RawList>(file, check);
  refuseTwice('sheets', raw.sheets);
  const sheets = raw.sheets.map(({ due, tables, ...sheet }, at): DataSheet => {
    const days = due.days === undefined ? {} : { days: Number(due.days) };
    return {
      ...sheet,
      due: { months: Number(due.months), ...days },
      tables: tables.map((each, index) => {
        return tableOf(each) ?? fail(['sheets', at, 'tables', index], neededKeys[each.kind]);
      }),
    };
  });
  return { ...raw, sheets };
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
