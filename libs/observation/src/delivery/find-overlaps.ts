/** Finds what two data sheets of the same territory and period both give. */
import type { StatisticRow } from '../chunk/patch-chunk';
import { statisticKey, type Delivery } from './delivery';
import { differenceOf } from './merge-statistic';

/** What one sheet says, and where in its file. */
export interface Side {
  readonly dataSheet: string;
  /** With its unit. */
  readonly value: string;
  readonly sheet: string;
  readonly row: number;
}

/** One figure that two sheets give, so that which one holds cannot be told. */
export interface Overlap {
  /** Code of the attribute or item, of `area`; with the type or patch where there is one. */
  readonly what: string;
  /** Column of the figure. */
  readonly column: string;
  readonly sides: readonly [Side, Side];
}

/** Types and patches of which two sheets bring rows: areas of both would count twice. @param unit of areas */
export function overlapsOfAreas(withRows: readonly Delivery[], unit: string): Overlap[] {
  if (withRows.length < 2) return [];
  const found: Overlap[] = [];
  const patchOf = new Map<string, Side>();
  const wholeOf = new Map<string, Side>();
  const someOf = new Map<string, Side>();
  for (const { dataSheet, chunk } of withRows) {
    const { rows, types, typeIndex, patchIds, columns, sourceSheet, sourceRow } = chunk!;
    const own: [Map<string, Side>, string, Side][] = [];
    for (let row = 0; row < rows; row += 1) {
      const type = types[typeIndex[row]];
      const patch = patchIds?.[row];
      const side = { dataSheet, value: `${columns.area[row]} ${unit}`.trim(), sheet: sourceSheet, row: sourceRow[row] };
      const earlier = wholeOf.get(type) ?? (patch === undefined ? someOf.get(type) : patchOf.get(patch));
      if (earlier) {
        const what = patch === undefined ? type : `${type} ${patch}`;
        found.push({ what, column: 'area', sides: [earlier, side] });
      }
      own.push(patch === undefined ? [wholeOf, type, side] : [patchOf, patch, side], [someOf, type, side]);
    }
    for (const [map, key, side] of own) if (!map.has(key)) map.set(key, side);
  }
  return found;
}

/** Statistics that two sheets give with different figures. */
export function overlapsOfStatistics(sheets: readonly Delivery[]): Overlap[] {
  const found: Overlap[] = [];
  const first = new Map<string, { readonly dataSheet: string; readonly statistic: StatisticRow }>();
  for (const { dataSheet, statistics } of sheets) {
    for (const statistic of statistics) {
      const key = statisticKey(statistic);
      const earlier = first.get(key);
      const values = earlier && differenceOf(earlier.statistic, statistic);
      if (!earlier) first.set(key, { dataSheet, statistic });
      if (!earlier || !values) continue;
      const what = statistic.type === null ? statistic.item : `${statistic.item} ${statistic.type}`;
      const sideOf = (at: typeof earlier, value: string): Side => {
        return { dataSheet: at.dataSheet, value, sheet: at.statistic.sheet, row: at.statistic.row };
      };
      found.push({
        what,
        column: 'quantity',
        sides: [sideOf(earlier, values[0]), sideOf({ dataSheet, statistic }, values[1])],
      });
    }
  }
  return found;
}
