/** Tells which number formats of a workbook show a number as a date, and writes such a number the way it is shown. */
import { attributeOf, xmlTokens } from './xml-tokens';

/** What of a date is shown: a day, a month or only the year. */
export type DateForm = 'day' | 'month' | 'year';

/** Per cell style: how its number is shown as a date; undefined for plain numbers. */
export type CellFormats = readonly (DateForm | undefined)[];

/** Formats that every spreadsheet program knows by number; 27-36 and 50-58 are those of Chinese editions. */
const builtIn: Record<number, DateForm> = {
  ...Object.fromEntries([14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58].map((id) => [id, 'day' as const])),
  ...Object.fromEntries([17, 27, 36, 50, 52, 57].map((id) => [id, 'month' as const])),
};

/** Reads styles.xml. */
export function readCellFormats(xml: string): CellFormats {
  const custom = new Map<number, DateForm | undefined>();
  const formats: (DateForm | undefined)[] = [];
  let inCellFormats = false;
  for (const token of xmlTokens(xml)) {
    if (token.kind === 'open' && token.value === 'numFmt') {
      custom.set(Number(attributeOf(token, 'numFmtId')), dateFormOf(attributeOf(token, 'formatCode') ?? ''));
    } else if (token.value === 'cellXfs' && token.kind !== 'text')
      inCellFormats = token.kind === 'open' && !token.empty;
    else if (inCellFormats && token.kind === 'open' && token.value === 'xf') {
      const id = Number(attributeOf(token, 'numFmtId') ?? 0);
      formats.push(custom.has(id) ? custom.get(id) : builtIn[id]);
    }
  }
  return formats;
}

/** What a format code such as `yyyy"年"m"月"` shows of a date. */
export function dateFormOf(code: string): DateForm | undefined {
  const letters = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[[^\]]*\]/g, '')
    .split(';')[0]
    .toLowerCase();
  const hasTime = /[hs]/.test(letters);
  if (/d/.test(letters)) return 'day';
  if (/y/.test(letters)) return /m/.test(letters) ? (hasTime ? 'day' : 'month') : 'year';
  return /m/.test(letters) && !hasTime ? 'day' : undefined;
}

const dayMilliseconds = 86_400_000;

/** `2024-07-01`, `2024-07` or `2024` for a workbook's day number; undefined when it is no day of the calendar. */
export function showDate(serial: number, form: DateForm, from1904: boolean): string | undefined {
  // Day 60 of the 1900 calendar is a 29 February that never was; days before it are one off and of no use here.
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  if (!(serial >= 61) || serial > 2_958_465) return undefined;
  const text = new Date(epoch + Math.floor(serial) * dayMilliseconds).toISOString();
  return text.slice(0, form === 'day' ? 10 : form === 'month' ? 7 : 4);
}
