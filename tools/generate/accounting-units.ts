/** The territories that a national account begins with: every county, and every prefecture that has none. */
import type { TerritoryCode } from '@gep/kernel';
import type { TerritoryRow } from '@gep/territory';

/** Codes in the order of the rows. Three cities (441900, 442000, 460400) have no counties and are accounted whole. */
export function accountingUnits(rows: readonly TerritoryRow[]): TerritoryCode[] {
  const withCounties = new Set(rows.flatMap(({ level, parentCode }) => (level === 'county' ? [parentCode] : [])));
  const isUnit = ({ level, code }: TerritoryRow): boolean =>
    level === 'county' || (level === 'prefecture' && !withCounties.has(code));
  return rows.filter(isUnit).map(({ code }) => code as TerritoryCode);
}
