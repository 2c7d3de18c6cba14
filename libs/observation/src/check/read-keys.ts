/** Reads the words that say what a row is about: territory, period, ecosystem type, and the names a norm knows. */
import { closestWord, isTerritoryCode } from '@gep/kernel';
import { Reason } from '../table/cell-problem';
import { cellText, halfWidth, nameKey, RawCell } from '../table/raw-table';
import { reasons } from '../table/reasons';

/** Territory code; a workbook's number is accepted where it shows the code. */
export function readTerritory(cell: RawCell): string | Reason {
  const text = halfWidth(cellText(cell)).trim();
  if (text === '') return reasons.blank('territory');
  const code = /^\d+\.0+$/.test(text)
    ? text.slice(0, text.indexOf('.'))
    : text.toUpperCase() === 'CN'
      ? 'CN'
      : text.toLowerCase();
  return isTerritoryCode(code) ? code : reasons.territoryInvalid(text);
}

const quarters: Record<string, string> = { 一: '1', 二: '2', 三: '3', 四: '4' };

/** Period as `2024`, `2024-Q3` or `2024-07`; also `2024年`, `2024年7月`, `2024年第三季度`, `2024/7`, `2024Q3`. */
export function readPeriod(cell: RawCell): string | Reason {
  const text = halfWidth(cellText(cell)).replace(/\s+/g, '').replace(/\.0+$/, '').toUpperCase();
  if (text === '') return reasons.blank('period');
  const match =
    /^((?:19|20|21)\d\d)(?:年度?|(?:年|[-/])(0?[1-9]|1[0-2])月?|(?:年|[-/])?(?:Q([1-4])|第?([1-4一二三四])季度))?$/.exec(
      text,
    );
  if (!match) return reasons.periodInvalid(cellText(cell));
  const [, year, month, q, quarter] = match;
  if (month) return `${year}-${month.padStart(2, '0')}`;
  if (q ?? quarter) return `${year}-Q${q ?? quarters[quarter] ?? quarter}`;
  return year;
}

/** Date as `2024-07-01`; also `2024/7/1`, `2024.7.1`, `20240701`, `2024年7月1日`. */
export function readDate(cell: RawCell): string | Reason {
  const written = cellText(cell);
  const text = halfWidth(written).replace(/\s+/g, '');
  const match = /^((?:19|20|21)\d\d)(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))$/.exec(text);
  if (!match) return reasons.dateInvalid(written);
  const date = `${match[1]}-${(match[2] ?? match[4]).padStart(2, '0')}-${(match[3] ?? match[5]).padStart(2, '0')}`;
  const day = new Date(`${date}T00:00:00Z`);
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
  return isDay ? date : reasons.dateInvalid(written);
}

const mostGuesses = 1000;

/** Names of one list of a norm, found by code or alias whatever the letter case, width and spaces. */
export class KnownNames<T extends { readonly code: string; readonly aliases: readonly string[] }> {
  private readonly byKey = new Map<string, T>();
  private readonly guesses = new Map<string, string | undefined>();

  constructor(readonly entries: readonly T[]) {
    for (const entry of entries) for (const alias of entry.aliases) this.byKey.set(nameKey(alias), entry);
    for (const entry of entries) this.byKey.set(nameKey(entry.code), entry);
  }
  find(text: string): T | undefined {
    return this.byKey.get(nameKey(text));
  }
  /** The nearest name. After many different words only words known before are answered: a table of nonsense needs no guesses. */
  closest(text: string): string | undefined {
    if (!this.guesses.has(text) && this.guesses.size < mostGuesses) {
      const names = this.entries.flatMap(({ code, aliases }) => [code, ...aliases]);
      this.guesses.set(text, closestWord(text, names));
    }
    return this.guesses.get(text);
  }
}

/** Remembers what a text was read as: keys repeat down a table, and reading them again is most of the work. */
export function remembering<T>(read: (cell: RawCell) => T): (cell: RawCell) => T {
  const known = new Map<RawCell, T>();
  return (cell) => {
    const before = known.get(cell);
    if (before !== undefined) return before;
    const result = read(cell);
    if (known.size < 100_000) known.set(cell, result);
    return result;
  };
}

export const isAllTypes = (text: string): boolean => ['', '*', 'all', '全部', '所有'].includes(text.toLowerCase());
