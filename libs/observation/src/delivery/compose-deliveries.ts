/** Joins what the departments delivered for one territory and period into the observation that its account is made from. */
import type { DaySeries, PatchChunk, StatisticRow } from '../chunk/patch-chunk';
import {
  attributeKey,
  extentKey,
  keysOf,
  measuredColumns,
  seriesKey,
  statisticKey,
  type Delivery,
  type WholeUpload,
} from './delivery';
import { overlapsOfAreas, overlapsOfStatistics, type Overlap } from './find-overlaps';
import { GivenValues } from './given-values';
import { joinDays } from './join-days';
import { mergeStatistic } from './merge-statistic';

/** Rows of one upload with the values that the other sheets give to them. */
export interface Piece {
  readonly batchId: string;
  readonly chunk: PatchChunk;
}

export interface Composition {
  readonly pieces: readonly Piece[];
  /** By item and type, each with the batch that brought it. */
  readonly statistics: readonly StatisticRow[];
  /** Of all that stands together: when not 0, the figures are incomplete. */
  readonly refusedRows: number;
  /** What of the whole upload no longer holds, for ever: a sheet that leaves a figure out again does not bring it back. */
  readonly masked: readonly string[];
  /** Where two sheets say two things; nothing may be kept then. */
  readonly overlaps: readonly Overlap[];
}

/**
 * The observation of all sheets that stand together. It does not depend on the order in which they came: sheets are taken
 * by their codes. What sheets bring goes before the same in a whole upload that came earlier. Between sheets: rows of
 * areas are added, and no type or patch may be in two; values may be in two when they are equal; a value beside a row
 * goes before one for its type, and that before one for all types.
 * @param masked what earlier sheets took from the whole upload
 * @param units of attributes, for the sentences about overlaps
 */
export function composeDeliveries(
  whole: WholeUpload | null,
  masked: readonly string[],
  deliveries: readonly Delivery[],
  units: ReadonlyMap<string, string>,
): Composition {
  const sheets = deliveries.toSorted((a, b) => (a.dataSheet < b.dataSheet ? -1 : a.dataSheet > b.dataSheet ? 1 : 0));
  const taken = new Set([...masked, ...(whole ? sheets.flatMap(keysOf) : [])]);
  const given = new GivenValues(sheets, units);
  const withRows = sheets.filter((sheet) => sheet.chunk);
  const below = whole && new RowsBelow(whole.chunk, taken);
  const daysBelow = (whole?.chunk.series ?? []).filter(({ code }) => !taken.has(seriesKey(code)));
  const days = joinDays(daysBelow, sheets);
  const filled = fillerWith(days.series);
  const pieces: Piece[] = withRows.map(({ batchId, chunk, dataSheet }) => ({
    batchId,
    chunk: filled(chunk!, [...given.attributes, ...(below?.attributes ?? [])], (code, type, row, own) => {
      if (!Number.isNaN(own)) given.compare({ code, type, value: own, dataSheet, chunk: chunk!, row });
      return !Number.isNaN(own) ? own : (given.find(code, type) ?? below?.find(code, type, nameOf(chunk!, row)) ?? NaN);
    }),
  }));
  if (whole && withRows.length === 0 && !taken.has(extentKey) && whole.chunk.rows > 0) {
    const { batchId, chunk } = whole;
    const chunkOf = filled(chunk, given.attributes, (code, type, _row, own) => {
      return given.find(code, type) ?? (below!.holds(code, type) ? own : NaN);
    });
    pieces.push({ batchId, chunk: chunkOf });
  }
  return {
    pieces,
    statistics: statisticsOf(whole, taken, sheets),
    refusedRows: [...(whole ? [whole] : []), ...sheets].reduce((sum, { refusedRows }) => sum + refusedRows, 0),
    masked: [...taken].sort(),
    overlaps: [
      ...overlapsOfAreas(withRows, units.get('area') ?? ''),
      ...given.overlaps,
      ...days.overlaps,
      ...overlapsOfStatistics(sheets),
    ],
  };
}

const nameOf = ({ patchIds }: PatchChunk, row: number): string | undefined => patchIds?.[row];

/** What a row has of an attribute, by its own value (NaN where it has none). */
type ValueOf = (code: string, type: string, row: number, own: number) => number;

/** Gives a chunk a value for every row and attribute, and the daily values; columns without any value are left out. */
const fillerWith = (series: DaySeries[]) => (chunk: PatchChunk, attributes: readonly string[], valueOf: ValueOf) => {
  const columns = columnsOf(chunk, attributes, valueOf);
  const { rows, types, typeIndex, patchIds, sourceRow, sourceSheet } = chunk;
  const days = series.length > 0 ? { series } : {};
  return { rows, types, typeIndex, patchIds, sourceRow, sourceSheet, columns, ...days };
};

function columnsOf(chunk: PatchChunk, attributes: readonly string[], valueOf: ValueOf): PatchChunk['columns'] {
  const columns: Record<string, Float64Array> = { area: chunk.columns.area };
  for (const code of new Set([...measuredColumns(chunk), ...attributes])) {
    const own: Float64Array | undefined = chunk.columns[code];
    const column = new Float64Array(chunk.rows);
    let some = false;
    for (let row = 0; row < chunk.rows; row += 1) {
      column[row] = valueOf(code, chunk.types[chunk.typeIndex[row]], row, own?.[row] ?? NaN);
      some ||= !Number.isNaN(column[row]);
    }
    if (some) columns[code] = column;
  }
  return columns;
}

/** Values of a whole upload for rows that a sheet brings in the place of its own: by patch, or where it has one row a type. */
class RowsBelow {
  readonly attributes: readonly string[];
  private readonly rowOf = new Map<string, number>();

  constructor(
    private readonly chunk: PatchChunk,
    private readonly taken: ReadonlySet<string>,
  ) {
    this.attributes = measuredColumns(chunk);
    for (let row = 0; row < chunk.rows; row += 1) this.rowOf.set(rowKey(typeAt(chunk, row), nameOf(chunk, row)), row);
  }

  /** Whether no sheet has given it since. */
  holds(code: string, type: string): boolean {
    return !this.taken.has(attributeKey(code, '*')) && !this.taken.has(attributeKey(code, type));
  }

  find(code: string, type: string, patch: string | undefined): number | undefined {
    const row = this.holds(code, type) ? this.rowOf.get(rowKey(type, patch)) : undefined;
    return row === undefined ? undefined : this.chunk.columns[code]?.[row];
  }
}

const typeAt = ({ types, typeIndex }: PatchChunk, row: number): string => types[typeIndex[row]];
const rowKey = (type: string, patch: string | undefined): string => `${type} ${patch ?? ''}`;

function statisticsOf(
  whole: WholeUpload | null,
  taken: ReadonlySet<string>,
  sheets: readonly Delivery[],
): StatisticRow[] {
  const found = new Map<string, StatisticRow>();
  for (const { batchId, statistics } of sheets) {
    for (const row of statistics) {
      const earlier = found.get(statisticKey(row));
      found.set(statisticKey(row), earlier ? mergeStatistic(earlier, row) : { ...row, batch: batchId });
    }
  }
  for (const row of whole?.statistics ?? []) {
    if (!taken.has(statisticKey(row))) found.set(statisticKey(row), { ...row, batch: whole!.batchId });
  }
  return [...found.keys()].sort().map((key) => found.get(key)!);
}
