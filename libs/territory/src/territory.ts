/** What a territory is: its level, its row in the dated tree, and what its code says by itself. */
import { TerritoryCode } from '@gep/kernel';

/** From the nation down to the village; a `site` (a mine, a reserve) hangs below an administrative unit. */
export const territoryLevels = ['nation', 'province', 'prefecture', 'county', 'township', 'village', 'site'] as const;
export type TerritoryLevel = (typeof territoryLevels)[number];

/** One dated statement about a territory, as it is imported. */
export interface TerritoryRow {
  readonly code: TerritoryCode;
  readonly nameZh: string;
  /** Absent when the source gives no English name. */
  readonly nameEn: string | null;
  readonly level: TerritoryLevel;
  /** Null for the nation only. */
  readonly parentCode: TerritoryCode | null;
  /** First day on which the statement holds, `YYYY-MM-DD`. */
  readonly validFrom: string;
  /** First day on which it no longer holds; null while it still holds. */
  readonly validTo: string | null;
  /** Where the statement was read. */
  readonly source: string;
}

/** A row of the tree with its place in it. */
export interface Territory extends TerritoryRow {
  /** ltree text from the root, for example `CN.520000.520500.520523.520523_jinsha_mine`. */
  readonly path: string;
}

/**
 * The level that a code stands for by the way it is built (GB/T 2260 and the statistical codes of the NBS). The code
 * must be well formed (`isTerritoryCode`).
 */
export function levelOfCode(code: TerritoryCode): TerritoryLevel {
  if (code === 'CN') return 'nation';
  if (code.includes('-')) return 'site';
  if (code.length === 12) return 'village';
  if (code.length === 9) return 'township';
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'prefecture' : 'county';
}

/** The parent that a code names by itself; null for the nation. A dated row may state another one. */
export function parentOfCode(code: TerritoryCode): TerritoryCode | null {
  switch (levelOfCode(code)) {
    case 'nation':
      return null;
    case 'province':
      return 'CN';
    case 'prefecture':
      return `${code.slice(0, 2)}0000`;
    case 'county':
      return `${code.slice(0, 4)}00`;
    case 'village':
      return code.slice(0, 9);
    case 'township':
    case 'site':
      return code.slice(0, 6);
  }
}

/** True when a territory of level `parent` may hold one of level `child`: levels only go down, nothing hangs below a site. */
export function mayHold(parent: TerritoryLevel, child: TerritoryLevel): boolean {
  return parent !== 'site' && territoryLevels.indexOf(parent) < territoryLevels.indexOf(child);
}
