/** Reads observations written as JSON: lists of objects, with a unit in the member's name where it differs from the norm's. */
import { FileTooLarge } from '../errors';
import { columnName, ProblemList } from '../table/cell-problem';
import { importLimits } from './limits';
import { RawCell, RawRow, RawTable, TableKind } from '../table/raw-table';
import { reasons } from '../table/reasons';

const kinds: readonly TableKind[] = ['extent', 'attributes', 'statistics', 'series'];
/** Members beside the lists that say something about the file itself. */
const remarks = new Set(['$schema', 'title', 'note', 'notes', 'source', 'norm', 'place', 'demonstration']);

/** Lists of flat items need three levels. */
const deepest = 32;

/**
 * Bounds what parsing may cost, in one pass over the text: depth, and number of items.
 * @throws FileTooLarge
 */
function judgeJson(text: string, limits: { rows: number }): void {
  let depth = 0;
  let items = 0;
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charCodeAt(at);
    if (c === quote) at = endOfString(text, at);
    else if (c === closeBrace || c === closeBracket) depth -= 1;
    else if (c === openBrace || c === openBracket) {
      depth += 1;
      if (c === openBrace) items += 1;
      if (depth > deepest)
        throw new FileTooLarge({ zh: 'JSON 嵌套层数', en: 'levels of JSON inside each other' }, { limit: deepest });
      if (items > limits.rows)
        throw new FileTooLarge({ zh: 'JSON 对象数', en: 'items of the JSON' }, { limit: limits.rows });
    }
  }
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [...'"\\{}[]'].map((c) => c.charCodeAt(0));

function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === backslash) escapes += 1;
    if (escapes % 2 === 0) return at;
  }
  return text.length;
}

/**
 * Tables of a JSON text `{extent: […], attributes: […], statistics: […]}`; what cannot be read goes to `problems`.
 * @param lists names of the lists, where they are tables of something other than observations
 * @throws FileTooLarge
 */
export function readJson(
  text: string,
  problems: ProblemList,
  limits: { rows: number; columns: number } = importLimits,
  lists: readonly string[] = kinds,
): RawTable[] {
  judgeJson(text, limits);
  const parsed = parse(text, problems);
  if (parsed === undefined) return [];
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) {
    problems.addNamed('$', 1, '$', '', reasons.listMissing(lists));
    return [];
  }
  const tables: RawTable[] = [];
  for (const [name, value] of Object.entries(parsed)) {
    const isList = lists.includes(name);
    if (isList && Array.isArray(value)) tables.push(tableOf(name, value, problems, limits));
    else if (isList) problems.addNamed(name, 1, name, typeof value, reasons.notAList(name));
    else if (!remarks.has(name)) problems.addNamed('$', 1, name, '', reasons.columnUnknown(name));
  }
  if (tables.length === 0 && problems.errors === 0) problems.addNamed('$', 1, '$', '', reasons.listMissing(lists));
  return tables;
}

function parse(text: string, problems: ProblemList): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const { message } = error as Error;
    const position = statedPosition(message) ?? firstWrong(text);
    const before = text.slice(0, position).split('\n');
    const column = `${before[before.length - 1].length + 1}`;
    problems.addNamed('$', before.length, column, text.slice(position, position + 20), reasons.jsonInvalid(message));
    return undefined;
  }
}

const statedPosition = (message: string): number | undefined => {
  const match = /position (\d+)/.exec(message);
  return match ? Number(match[1]) : undefined;
};

/** Beyond this length the search below takes too long; the message of the parser alone has to do. */
const longestSearched = 2_000_000;

/** Position of the first wrong character, where the engine does not tell: the shortest beginning that no ending can save. */
function firstWrong(text: string): number {
  if (text.length > longestSearched) return 0;
  const canBeSaved = (length: number): boolean => {
    try {
      JSON.parse(text.slice(0, length));
      return true;
    } catch (error) {
      const { message } = error as Error;
      return /end of JSON|Unterminated/.test(message) || (statedPosition(message) ?? -1) >= length;
    }
  };
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (canBeSaved(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** Items of one list, with the union of their members as the header; members that are objects stay text and are refused later. */
function tableOf(
  list: string,
  items: readonly unknown[],
  problems: ProblemList,
  limits: { columns: number },
): RawTable {
  const positions = new Map<string, number>();
  const rows: RawRow[] = [];
  items.forEach((item, index) => {
    if (item === null || typeof item !== 'object' || Array.isArray(item)) {
      const at = { sheet: list, address: 'path' as const, header: [] };
      problems.addNamed(list, index + 1, columnName(at, 0, index + 1), JSON.stringify(item), reasons.notAnItem());
      return;
    }
    const cells: RawCell[] = [];
    for (const [name, value] of Object.entries(item)) {
      const at = positions.get(name) ?? positions.size;
      positions.set(name, at);
      if (at >= limits.columns) {
        throw new FileTooLarge(
          { zh: 'JSON 对象的成员名数', en: 'different names in the JSON' },
          { limit: limits.columns },
        );
      }
      cells[at] = value !== null && typeof value === 'object' ? JSON.stringify(value) : (value as RawCell);
    }
    rows.push({ row: index + 1, cells });
  });
  const kind = kinds.find((known) => known === list);
  return { sheet: list, ...(kind && { kind }), address: 'path', header: [...positions.keys()], rows };
}
