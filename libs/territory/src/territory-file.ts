/** Reads a file of territories: YAML (or JSON) with one list; levels and parents follow from the codes unless stated. */
import { parse } from 'yaml';
import { levelOfCode, parentOfCode, TerritoryLevel, TerritoryRow } from './territory';
import { TerritoryFileUnreadable } from './errors';

const keys = ['code', 'name', 'level', 'parent', 'from', 'to', 'source'] as const;

/**
 * `territories: [{code, name: {zh, en?}, from, to?, parent?, level?, source?}]`, with `source` and `from` of the whole
 * file as defaults. Only the shape is checked here; the tree is checked at import.
 * @param file name of the file, for messages
 * @throws TerritoryFileUnreadable
 */
export function parseTerritoryFile(text: string, file: string): TerritoryRow[] {
  let content: unknown;
  try {
    // With the core schema a date stays the text that was written.
    content = parse(text, { schema: 'core' });
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0];
    throw new TerritoryFileUnreadable(file, { zh: `不是 YAML（${reason}）`, en: `it is not YAML (${reason})` });
  }
  const whole = asRecord(content);
  const list = whole?.territories;
  if (!whole || !Array.isArray(list) || list.length === 0) {
    throw new TerritoryFileUnreadable(file, { zh: '缺少 territories 列表', en: 'the list "territories" is missing' });
  }
  return list.map((item, index) => rowOf(item, whole, file, index + 1));
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function rowOf(value: unknown, whole: Record<string, unknown>, file: string, row: number): TerritoryRow {
  const item = asRecord(value);
  const refuse = (zh: string, en: string) =>
    new TerritoryFileUnreadable(file, { zh: `第 ${row} 项：${zh}`, en: `item ${row}: ${en}` });
  if (!item) throw refuse('不是一组键值', 'it is not a set of keys');
  const unknown = Object.keys(item).find((key) => !(keys as readonly string[]).includes(key));
  if (unknown)
    throw refuse(
      `不认识的键 ${unknown}；可用 ${keys.join('、')}`,
      `unknown key ${unknown}; the keys are ${keys.join(', ')}`,
    );
  const text = (key: string, of: Record<string, unknown> = item): string | null => {
    const found = of[key];
    if (found === undefined || found === null) return null;
    if (typeof found === 'string') return found;
    if (typeof found === 'number' && Number.isInteger(found)) return String(found);
    throw refuse(`${key} 应为文字`, `${key} must be text`);
  };
  const name = asRecord(item.name);
  const code = text('code');
  const nameZh = name ? text('zh', name) : text('name');
  const validFrom = text('from') ?? text('from', whole);
  const source = text('source') ?? text('source', whole);
  if (code === null || nameZh === null || validFrom === null || source === null) {
    throw refuse('须有 code、name、from 与 source', 'it needs code, name, from and source');
  }
  return {
    code,
    nameZh,
    nameEn: name ? text('en', name) : null,
    level: (text('level') as TerritoryLevel | null) ?? levelOfCode(code),
    parentCode: text('parent') ?? parentOfCode(code),
    validFrom,
    validTo: text('to'),
    source,
  };
}
