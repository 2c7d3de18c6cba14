/** Reads the monthly sheet of a village team and judges each row; every fault is told at once. */
import { parse } from 'csv-parse/sync';
import { digestOfValue, type Bilingual } from '@gep/kernel';
import type { CreditBehaviour, CreditSubjectKind } from '@gep/rulebook';
import { VillageSheetRefused, type SheetFault } from '../errors';
import { dayNumber, dayText } from '../score/calendar-day';

/** A row as it is handed in. */
export interface SheetRow {
  /** Id of the subject. */
  readonly subject: string;
  readonly behaviour: string;
  /** Of the behaviour; the last day of the month when left out. */
  readonly day?: string;
  readonly times?: number;
  readonly evidence: string;
  readonly evidenceDigest: string;
}

export interface VillageSheet {
  readonly month: string;
  readonly rows: readonly SheetRow[];
}

const columns = ['subject', 'behaviour', 'day', 'times', 'evidence', 'evidenceDigest'] as const;
const mostRows = 5000;

/**
 * CSV with the header `subject,behaviour,day,times,evidence,evidenceDigest` in any order, where day and times may be missing; or JSON,
 * an array of objects with these members or one object with it as `rows`.
 * @throws VillageSheetRefused
 */
export function parseSheet(text: string): SheetRow[] {
  return (/^\s*[[{]/.test(text) ? fromJson(text) : fromCsv(text)).map((of) => {
    const [day, times] = [of('day'), of('times')];
    return {
      ...{ subject: of('subject').toLowerCase(), behaviour: of('behaviour'), evidence: of('evidence') },
      ...{ evidenceDigest: of('evidenceDigest').toLowerCase(), ...(day !== '' && { day }) },
      ...(times !== '' && { times: /^\d{1,5}$/.test(times) ? Number(times) : 0 }),
    };
  });
}

type Cells = (column: (typeof columns)[number]) => string;

function fromJson(text: string): Cells[] {
  let rows: unknown;
  try {
    const whole: unknown = JSON.parse(text);
    rows = Array.isArray(whole) ? whole : (whole as { rows?: unknown }).rows;
  } catch {
    rows = undefined;
  }
  if (!Array.isArray(rows)) throw new VillageSheetRefused([fault(0, '不是 JSON 数组', 'is no array in JSON')]);
  return rows.map((row: unknown) => {
    const members = new Map<string, unknown>(Object.entries(row ?? {}));
    return (column) => {
      const value = members.get(column);
      return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
    };
  });
}

function fromCsv(text: string): Cells[] {
  let records: string[][];
  try {
    records = parse(text, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch {
    throw new VillageSheetRefused([fault(0, '不是 CSV 表格', 'is no table in CSV')]);
  }
  const [header = [], ...rest] = records;
  const strange = header.filter((name) => !(columns as readonly string[]).includes(name));
  const missing = columns.filter((name) => name !== 'day' && name !== 'times' && !header.includes(name));
  if (strange.length > 0 || missing.length > 0)
    throw new VillageSheetRefused([
      fault(
        0,
        `首行应为 ${columns.join(',')}（day、times 可省）`,
        `the first line is ${columns.join(',')} (day and times may be left out)`,
      ),
    ]);
  return rest.map((cells) => (column) => cells[header.indexOf(column)] ?? '');
}

/** Of the rows in order: the same sheet again is the same sheet. */
export const digestOfSheet = ({ rows, month }: VillageSheet): string => digestOfValue({ month, rows });

export interface SheetSubject {
  readonly kind: CreditSubjectKind;
  readonly since: string;
  readonly territoryPath: string;
}

/** What the register and the list say about what the rows name. */
export interface SheetFacts {
  readonly today: string;
  /** Last day of the month. */
  readonly monthEnd: string;
  readonly subjects: ReadonlyMap<string, SheetSubject>;
  /** Of the list in force at a place on a day; null where none is in force. */
  behaviourOn(place: string, day: string, code: string): CreditBehaviour | null | undefined;
  /** `subject behaviour day` of what was reported for the month before. */
  readonly reported: ReadonlySet<string>;
}

/** Day of a row, as it will be reported. */
export const dayOfRow = ({ day }: SheetRow, monthEnd: string): string => day ?? monthEnd;

/** Written as a day, and one that there is: `2026-02-30` is none. */
export function isCalendarDay(day: string): boolean {
  const number = /^\d{4}-\d{2}-\d{2}$/.test(day) ? dayNumber(day) : NaN;
  return !Number.isNaN(number) && dayText(number) === day;
}

export const sheetRowKey = ({ subject, behaviour }: Pick<SheetRow, 'subject' | 'behaviour'>, day: string): string =>
  `${subject} ${behaviour} ${day}`;

/** @returns every fault, by row */
export function judgeSheet({ month, rows }: VillageSheet, facts: SheetFacts): SheetFault[] {
  if (rows.length === 0 || rows.length > mostRows)
    return [fault(0, `应有 1 至 ${mostRows} 行`, `it has 1 to ${mostRows} rows`)];
  const seen = new Map<string, number>();
  return rows.flatMap((row, at) => {
    const day = dayOfRow(row, facts.monthEnd);
    const key = sheetRowKey(row, day);
    const twice = seen.get(key);
    seen.set(key, seen.get(key) ?? at + 1);
    const faults = [...faultsOfForm(row), ...faultsOfDay(row, day, month, facts), ...faultsOfRecord(row, day, facts)];
    if (twice !== undefined)
      faults.push({
        zh: `与第 ${twice} 行是同一件事；次数写 times`,
        en: `is the same thing as row ${twice}; write repetitions as times`,
      });
    return faults.map((one) => ({ row: at + 1, ...one }));
  });
}

function faultsOfForm({ times = 1, evidence, evidenceDigest }: SheetRow): Bilingual[] {
  const faults: Bilingual[] = [];
  if (!Number.isInteger(times) || times < 1 || times > 10_000)
    faults.push({ zh: '次数 times 应为 1 至 10,000 的整数', en: 'times is a whole number from 1 to 10,000' });
  if (evidence.trim() === '' || evidence.length > 500)
    faults.push({ zh: '应写明证据 evidence，至多 500 字', en: 'say what the evidence is, in 500 characters at most' });
  if (!/^[0-9a-f]{64}$/.test(evidenceDigest))
    faults.push({ zh: 'evidenceDigest 应为证据的 SHA-256', en: 'evidenceDigest is the SHA-256 of the evidence' });
  return faults;
}

function faultsOfDay(row: SheetRow, day: string, month: string, { today }: SheetFacts): Bilingual[] {
  if (!isCalendarDay(day) || day.slice(0, 7) !== month)
    return [{ zh: `日期“${day}”不在 ${month}`, en: `the day "${day}" is not in ${month}` }];
  if (day > today)
    return [
      row.day === undefined
        ? { zh: '本月未完，请写日期 day', en: 'the month is not over; write the day' }
        : { zh: `日期 ${day} 还没有到`, en: `the day ${day} is yet to come` },
    ];
  return [];
}

function faultsOfRecord(row: SheetRow, day: string, facts: SheetFacts): Bilingual[] {
  const subject = facts.subjects.get(row.subject);
  if (!subject) return [{ zh: `本村没有主体“${row.subject}”`, en: `the village has no subject "${row.subject}"` }];
  const faults: Bilingual[] = [];
  if (day < subject.since)
    faults.push({ zh: `主体自 ${subject.since} 起登记`, en: `the subject is registered since ${subject.since}` });
  const behaviour = facts.behaviourOn(subject.territoryPath, day, row.behaviour);
  if (behaviour === null) faults.push({ zh: `${day} 没有启用的清单`, en: `no list is in force on ${day}` });
  else if (!behaviour)
    faults.push({ zh: `清单没有行为“${row.behaviour}”`, en: `the list has no behaviour "${row.behaviour}"` });
  else if (!behaviour.subjects.includes(subject.kind))
    faults.push({
      zh: `“${row.behaviour}”只适用于 ${behaviour.subjects.join('、')}`,
      en: `"${row.behaviour}" is for ${behaviour.subjects.join(', ')} alone`,
    });
  if (facts.reported.has(sheetRowKey(row, day)))
    faults.push({
      zh: `${day} 的“${row.behaviour}”本月已上报；有误请先作废（gep credit act … void）`,
      en: `"${row.behaviour}" of ${day} was reported for this month before; where it was wrong, void it first (gep credit act … void)`,
    });
  return faults;
}

const fault = (row: number, zh: string, en: string): SheetFault => ({ row, zh, en });
