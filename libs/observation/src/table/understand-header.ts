/** Finds the header row of a table and understands its names and units, in Chinese or English. */
import { closestUnit, closestWord, Fraction, Unit, UnitTable } from '@gep/kernel';
import { Reason } from './cell-problem';
import { columnNames, ColumnRole, requiredRoles, rolesOf, sheetNames, tableKinds, telling } from './column-roles';
import { cellText, halfWidth, nameKey, RawCell, TableKind } from './raw-table';
import { reasons } from './reasons';
import { ObservationVocabulary } from './vocabulary';

export interface HeaderColumn {
  readonly index: number;
  /** Name as written. */
  readonly name: string;
  /** A role, or the code of an attribute or a daily series. */
  readonly meaning: { readonly role: ColumnRole } | { readonly attribute: string };
  /** Unit given in brackets; undefined when none is. */
  readonly unit?: Unit;
}

/** A problem of a header cell; index -1 and its name for a column that is not there. */
export interface HeaderProblem {
  readonly index: number;
  readonly value: string;
  readonly reason: Reason;
}

export interface Header {
  readonly kind: TableKind;
  readonly columns: readonly HeaderColumn[];
  readonly problems: readonly HeaderProblem[];
  /** False when a required column is missing or unusable, so that no row can be read. */
  readonly usable: boolean;
}

/** Kind that the name of a sheet or file says, if it does. */
export function kindOfName(name: string): TableKind | undefined {
  return (
    tableKinds.find((kind) => name.toLowerCase() === kind) ?? tableKinds.find((kind) => sheetNames[kind].test(name))
  );
}

/** How many different names that the kinds know stand in a row. */
function recognised(cells: readonly RawCell[], dictionary: Dictionary): number {
  const keys = cells.map((cell) => (typeof cell === 'string' ? dictionary.find(cell)?.key : undefined));
  return new Set(keys.filter((key) => key !== undefined)).size;
}

/**
 * Position of the header among the first rows: the row with the most known names (at least two).
 * When merged cells repeat the same names in the rows below, these belong to the header as well.
 */
export function findHeader(
  rows: readonly (readonly RawCell[])[],
  v: ObservationVocabulary,
): { from: number; to: number } | undefined {
  const dictionary = new Dictionary(tableKinds, v);
  const scores = rows.map((cells) => recognised(cells, dictionary));
  const best = Math.max(0, ...scores);
  if (best < 2) return undefined;
  const from = scores.indexOf(best);
  let to = from;
  while (scores[to + 1] === best && sameCells(rows[to + 1], rows[from])) to += 1;
  return { from, to };
}

export function sameCells(a: readonly RawCell[], b: readonly RawCell[]): boolean {
  const width = Math.max(a.length, b.length);
  for (let i = 0; i < width; i += 1) if (cellText(a[i]) !== cellText(b[i])) return false;
  return true;
}

/** Understands a header row. `said` is the kind that caller or sheet name give; telling columns overrule it. */
export function understandHeader(cells: readonly RawCell[], v: ObservationVocabulary, said?: TableKind): Header {
  const kind = decideKind(cells, v, said);
  const dictionary = new Dictionary([kind], v);
  const columns: HeaderColumn[] = [];
  const problems: HeaderProblem[] = [];
  cells.forEach((cell, index) => {
    const name = cellText(cell);
    if (name === '') return;
    const read = readColumn(index, name, dictionary, v);
    const earlier = read.column && columns.find((known) => sameMeaning(known, read.column!));
    if (earlier && 'role' in earlier.meaning && earlier.meaning.role === 'remark') return;
    if (earlier) problems.push({ index, value: name, reason: reasons.columnTwice(name, earlier.name) });
    else if (read.column) columns.push(read.column);
    if (read.reason) problems.push({ index, value: name, reason: read.reason });
  });
  const missing = missingColumns(kind, columns, cells, v);
  return { kind, columns, problems: [...missing, ...problems], usable: missing.length === 0 };
}

const keyOf = ({ meaning }: HeaderColumn): string => ('role' in meaning ? meaning.role : `#${meaning.attribute}`);
const sameMeaning = (a: HeaderColumn, b: HeaderColumn): boolean => keyOf(a) === keyOf(b);

function decideKind(cells: readonly RawCell[], v: ObservationVocabulary, said?: TableKind): TableKind {
  const tells = (kind: TableKind): number => {
    const dictionary = new Dictionary([kind], v);
    const found = cells.map((cell) => dictionary.find(cellText(cell))?.key.replace('#', ''));
    return telling[kind].filter((word) => found.includes(word)).length;
  };
  const scores = tableKinds.map(tells);
  const best = Math.max(...scores);
  const winners = tableKinds.filter((_, i) => scores[i] === best);
  return said && winners.includes(said) ? said : winners[0];
}

function readColumn(
  index: number,
  name: string,
  dictionary: Dictionary,
  v: ObservationVocabulary,
): { column?: HeaderColumn; reason?: Reason } {
  const found = dictionary.find(name);
  if (!found) return { reason: reasons.columnUnknown(name, dictionary.closest(name)) };
  const meaning = found.key.startsWith('#') ? { attribute: found.key.slice(1) } : { role: found.key as ColumnRole };
  if (found.unitText === undefined || !bearsUnit(meaning)) return { column: { index, name, meaning } };
  const unit = readUnit(found.unitText, v.units);
  if ('code' in unit) return { reason: unit };
  const measured: readonly { code: string; unit: Unit }[] = [...v.attributes, ...v.series];
  const wanted = 'attribute' in meaning ? measured.find(({ code }) => code === meaning.attribute)?.unit : undefined;
  if (wanted && !isConvertible(unit, wanted)) return { reason: reasons.unitIncompatible(found.unitText, wanted.text) };
  return { column: { index, name, meaning, unit } };
}

const bearsUnit = (meaning: HeaderColumn['meaning']): boolean =>
  'attribute' in meaning || ['value', 'quantity', 'price'].includes(meaning.role);

const isConvertible = (a: Unit, b: Unit): boolean => {
  const bases = (unit: Unit): string => JSON.stringify(Object.entries(unit.dimension).sort());
  return bases(a) === bases(b);
};

const multiples: Record<string, bigint> = { 百: 100n, 千: 1000n, 万: 10_000n, 亿: 100_000_000n };

/** Reads a unit text, also a multiple as `万亩` or `亿千瓦时`; or says why not, with the nearest known unit. */
export function readUnit(text: string, units: UnitTable): Unit | Reason {
  const known = parseUnit(text.trim(), units);
  if (known) return known;
  const multiple = multiples[text.trim()[0]];
  const unit = multiple && parseUnit(text.trim().slice(1), units);
  if (unit) return { ...unit, text: text.trim(), factor: unit.factor.times(Fraction.of(multiple)) };
  return reasons.unitUnknown(text, closestUnit(text, units));
}

function parseUnit(text: string, units: UnitTable): Unit | undefined {
  try {
    return units.parse(text);
  } catch {
    return undefined;
  }
}

function missingColumns(
  kind: TableKind,
  columns: readonly HeaderColumn[],
  cells: readonly RawCell[],
  { series }: ObservationVocabulary,
): HeaderProblem[] {
  const present = new Set(columns.map(keyOf));
  const isEmpty = kind === 'series' && !columns.some(({ meaning }) => 'attribute' in meaning);
  const needed = [...requiredRoles[kind], ...(kind === 'extent' ? ['#area'] : [])];
  const unknown = cells.filter((cell, i) => !columns.some(({ index }) => index === i)).map(cellText);
  const lacking = needed
    .filter((key) => !present.has(key))
    .map((key) => {
      const name = key.replace('#', '');
      const guess = unknown.find(
        (text) => text !== '' && closestWord(text, columnNames[name as ColumnRole] ?? [name, '面积']) !== undefined,
      );
      return { index: -1, value: name, reason: reasons.columnMissing(name, guess) };
    });
  return isEmpty ? [...lacking, { index: -1, value: 'series', reason: reasons.seriesMissing(series) }] : lacking;
}

/** Names of the columns that a kind must have, for messages. */
export function expectedColumns(kind?: TableKind): string {
  if (kind === undefined) return tableKinds.map((each) => expectedColumns(each)).join(' / ');
  return [...requiredRoles[kind], ...(kind === 'extent' ? ['area'] : [])].join(', ');
}

/** All names that the columns of some kinds may bear, by comparison key. Attribute codes are marked with `#`. */
class Dictionary {
  private readonly keys = new Map<string, string>();
  private readonly words: string[] = [];

  constructor(of: readonly TableKind[], v: ObservationVocabulary) {
    if (of.includes('extent')) {
      for (const { code, aliases } of v.attributes) {
        for (const word of [code, ...aliases]) this.learn(word, `#${code}`);
      }
      for (const word of ['area', '面积']) this.learn(word, '#area');
    }
    if (of.includes('series')) {
      for (const { code, aliases } of v.series) {
        for (const word of [code, ...aliases]) this.learn(word, `#${code}`);
      }
    }
    for (const kind of of)
      for (const role of rolesOf[kind]) for (const word of columnNames[role]) this.learn(word, role);
  }

  /** Looks a header cell up: as a whole, then as `name (unit)`, then as `name/unit` (GB style). */
  find(text: string): { key: string; unitText?: string } | undefined {
    const whole = this.keys.get(nameKey(text));
    if (whole) return { key: whole };
    for (const pattern of [/^([^[(（【〔［]+)[[(（【〔［](.+)[\])）】〕］]$/, /^([^/／]+)[/／](.+)$/]) {
      const match = pattern.exec(text.trim());
      const key = match && this.keys.get(nameKey(match[1]));
      if (match && key) return { key, unitText: halfWidth(match[2]).trim() };
    }
    return undefined;
  }
  closest(text: string): string | undefined {
    return closestWord(halfWidth(text).replace(/\s*[[(/].*$/, ''), this.words);
  }
  private learn(word: string, key: string): void {
    this.words.push(word);
    this.keys.set(nameKey(word), key);
  }
}
