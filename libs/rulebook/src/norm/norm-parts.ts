/** The pieces of a norm with their places, and how a layer replaces pieces of the layers below it. */
import type { NormPath, NormPosition } from '../yaml/problem-log';
import type { PlaceOf, YamlFile } from '../yaml/read-yaml';
import { ownKeys } from './norm-schema';

/** An entry of a list, or the value of a single key. */
export interface NormPart {
  readonly value: unknown;
  /** Something in it is malformed, so it cannot be used. */
  isSetAside: boolean;
  /** Values of a parameter that are malformed, by their index. */
  readonly asideValues: Set<number>;
  /** Place of what stands at a path inside of it. */
  position(path: NormPath, of?: PlaceOf): NormPosition;
}

/** Parts by top-level key; a key that holds a list has one for each entry. */
export type NormParts = Map<string, NormPart[]>;

/** The value at a path of a file, as a part. */
export function partAt(source: YamlFile, path: NormPath, value: unknown): NormPart {
  return {
    value,
    isSetAside: false,
    asideValues: new Set(),
    position: (inner, of) => source.position([...path, ...inner], of),
  };
}

/**
 * Puts a layer over what lies below it: an entry with the code of another takes its place in the list, values are
 * added to those of a parameter, new entries follow, single values replace.
 * @param place the territory that values of the layer hold for when they name none
 */
export function layOver(below: NormParts, layer: NormParts, place: string | undefined): NormParts {
  const joined: NormParts = new Map([...below].filter(([key]) => !ownKeys.includes(key)));
  for (const [key, parts] of layer) {
    const before = joined.get(key) ?? [];
    if (!listsByCode.has(key)) joined.set(key, parts);
    else
      joined.set(key, layEntries(key, before, place === undefined ? parts : parts.map((part) => placed(part, place))));
  }
  return joined;
}

const listsByCode: ReadonlySet<string> = new Set([
  'citations',
  'ecosystemTypes',
  'attributes',
  'products',
  'series',
  'parameters',
  'groups',
  'formulas',
  'services',
  'switches',
  'exclusive',
]);

function layEntries(key: string, before: readonly NormPart[], over: readonly NormPart[]): NormPart[] {
  const result = [...before];
  const indexes = new Map(before.map((part, index) => [codeOf(part), index]));
  for (const part of over) {
    const code = codeOf(part);
    const index = code === undefined ? undefined : indexes.get(code);
    // A code that stands twice in one layer is refused later, so the second stays an entry of its own.
    indexes.delete(code);
    if (index === undefined) result.push(part);
    else
      result[index] = key === 'parameters' && sharesUnit(before[index], part) ? addValues(before[index], part) : part;
  }
  return result;
}

const codeOf = ({ value }: NormPart): string | undefined => {
  const { code, id } = (value ?? {}) as { code?: unknown; id?: unknown };
  const name = code ?? id;
  return typeof name === 'string' ? name : undefined;
};

interface ValueRow {
  readonly type?: string;
  readonly types?: readonly string[];
  readonly place?: string;
  readonly from?: string;
}

const rowsOf = ({ value }: NormPart): readonly ValueRow[] => {
  const values = (value as { values?: unknown } | null)?.values;
  return Array.isArray(values) ? (values as ValueRow[]) : [];
};

/** Values can be told beside each other only in one unit; a parameter in another unit starts afresh. */
function sharesUnit(below: NormPart, over: NormPart): boolean {
  const unitOf = ({ value }: NormPart): unknown => (value as { unit?: unknown } | null)?.unit;
  return !over.isSetAside && (unitOf(over) === undefined || unitOf(over) === unitOf(below));
}

/** A parameter with the values of both layers; one of the same type, place and day is replaced. */
function addValues(below: NormPart, over: NormPart): NormPart {
  const replaced = new Set(
    rowsOf(over).flatMap((row, index) =>
      over.asideValues.has(index) ? [] : typesOf(row).map((type) => keyOf(row, type)),
    ),
  );
  const kept = rowsOf(below).flatMap((row, index) => {
    if (below.asideValues.has(index)) return [{ row, part: below, index }];
    const types = typesOf(row).filter((type) => !replaced.has(keyOf(row, type)));
    if (types.length === 0) return [];
    return [{ row: row.types === undefined ? row : { ...row, types }, part: below, index }];
  });
  const rows = [...kept, ...rowsOf(over).map((row, index) => ({ row, part: over, index }))];
  return {
    value: { ...(below.value as object), ...(over.value as object), values: rows.map(({ row }) => row) },
    isSetAside: below.isSetAside,
    asideValues: new Set(rows.flatMap(({ part, index }, at) => (part.asideValues.has(index) ? [at] : []))),
    position: ([first, second, ...rest], of) => {
      if (first === 'values' && typeof second === 'number' && second < rows.length)
        return rows[second].part.position(['values', rows[second].index, ...rest], of);
      const holder = first === undefined || String(first) in (over.value as object) ? over : below;
      return holder.position(
        [first, second, ...rest].filter((step) => step !== undefined),
        of,
      );
    },
  };
}

const typesOf = ({ type, types }: ValueRow): readonly (string | undefined)[] => types ?? [type];
/** A value of the whole nation is the same as one without a place. */
const keyOf = ({ place, from }: ValueRow, type: string | undefined): string =>
  `${type ?? '*'} ${place === 'CN' ? '*' : (place ?? '*')} ${from}`;

/** A parameter of a layer for one place: its values hold there unless they say otherwise. */
function placed(part: NormPart, place: string): NormPart {
  const rows = rowsOf(part);
  if (part.isSetAside || rows.length === 0) return part;
  const values = rows.map((row, index) => (part.asideValues.has(index) ? row : { place, ...row }));
  return { ...part, value: { ...(part.value as object), values } };
}
