/** Which territories border each other: a declared table with its source, or, where none speaks of one, those beside it. */
import { parse } from 'yaml';
import { NeighbourTableUnreadable } from './errors';

export interface NeighbourTable {
  readonly source: string;
  readonly pairs: readonly (readonly [string, string])[];
}

/** @throws NeighbourTableUnreadable */
export function parseNeighbourTable(text: string, file: string): NeighbourTable {
  const refuse = (zh: string, en: string): never => {
    throw new NeighbourTableUnreadable(file, { zh, en });
  };
  const { source, pairs } = (contentsOf(text) ?? refuse('不是 YAML 映射', 'it is no YAML map')) as Partial<
    Record<keyof NeighbourTable, unknown>
  >;
  if (typeof source !== 'string' || source.trim() === '') return refuse('缺少来源 source', 'it names no source');
  if (!Array.isArray(pairs)) return refuse('缺少相邻的各对 pairs', 'it has no pairs');
  return {
    source,
    pairs: pairs.map((pair: unknown) => {
      const codes: unknown[] = Array.isArray(pair) ? pair : [];
      const [first, second] = codes.map(String);
      if (codes.length !== 2 || !codes.every((code) => /^\d{6}$/.test(String(code))) || first === second)
        return refuse('每对应为两个不同的六位代码', 'each pair is two different codes of six digits');
      return [first, second] as const;
    }),
  };
}

function contentsOf(text: string): object | undefined {
  try {
    const read: unknown = parse(text);
    return typeof read === 'object' && read !== null ? read : undefined;
  } catch {
    return undefined;
  }
}

export interface Neighbourhood {
  readonly neighbours: ReadonlyMap<string, readonly string[]>;
  /** Where it comes from; null where all territories beside each other stand in for neighbours. */
  readonly source: string | null;
}

/** @param codes of the region; without a declared border among them, each has all others beside it */
export function neighbourhood(codes: readonly string[], tables: readonly NeighbourTable[]): Neighbourhood {
  const used = tables
    .map(({ source, pairs }) => ({ source, pairs: pairs.filter((pair) => pair.every((code) => codes.includes(code))) }))
    .filter(({ pairs }) => pairs.length > 0);
  if (used.length === 0)
    return { neighbours: new Map(codes.map((code) => [code, codes.filter((other) => other !== code)])), source: null };
  const all = used.flatMap(({ pairs }) => pairs);
  const besides = (code: string): string[] =>
    all.flatMap(([a, b]) => (a === code ? [b] : b === code ? [a] : [])).sort();
  return {
    neighbours: new Map(codes.map((code) => [code, [...new Set(besides(code))]])),
    source: used.map(({ source }) => source).join('; '),
  };
}
