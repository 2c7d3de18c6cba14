/** Writes observations as CSV and JSON that read back to the same chunks and statistics. */
import { daysOfPeriod } from '@gep/kernel';
import { PatchChunk, StatisticSpread, TerritoryPeriodData } from '../chunk/patch-chunk';
import { ObservationVocabulary } from '../table/vocabulary';

type Cell = string | number | null;

/** One table with its header. */
export interface WrittenTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Extent, statistics and daily tables, units in the headers; the daily one has no rows where nothing is daily. */
export function tablesOf(
  accepted: readonly TerritoryPeriodData[],
  v: ObservationVocabulary,
): { extent: WrittenTable; statistics: WrittenTable; series: WrittenTable } {
  const attributes = v.attributes.filter(({ code }) => accepted.some(({ chunk }) => chunk.columns[code]));
  const patches = accepted.some(({ chunk }) => chunk.patchIds !== null);
  const given = accepted.flatMap(({ statistics }) => statistics);
  const spreads = { quantity: given.some(({ spread }) => spread), price: given.some((row) => row.priceSpread) };
  return {
    extent: {
      header: [
        ...['territory', 'period', 'type'],
        ...(patches ? ['patch'] : []),
        ...attributes.map(({ code, unit }) => `${code} [${unit.text}]`),
      ],
      rows: accepted.flatMap(({ territory, period, chunk }) =>
        rowsOf(
          chunk,
          patches,
          attributes.map(({ code }) => code),
        ).map((row) => [territory, period, ...row]),
      ),
    },
    statistics: {
      header: [
        ...['territory', 'period', 'item', 'type', 'quantity', 'unit', 'price', 'priceUnit'],
        ...(spreads.quantity ? ['low', 'high', 'distribution'] : []),
        ...(spreads.price ? ['priceLow', 'priceHigh', 'priceDistribution'] : []),
      ],
      rows: accepted.flatMap(({ territory, period, statistics }) =>
        statistics.map(({ item, type, quantity, unit, price, priceUnit, spread, priceSpread }) => [
          ...[territory, period, item, type, quantity, unit, price, priceUnit],
          ...(spreads.quantity ? cellsOf(spread) : []),
          ...(spreads.price ? cellsOf(priceSpread) : []),
        ]),
      ),
    },
    series: daysOf(accepted, v),
  };
}

/** A row for each day that has a value. Several chunks of one period bring the same series. */
function daysOf(accepted: readonly TerritoryPeriodData[], v: ObservationVocabulary): WrittenTable {
  const codes = v.series.filter(({ code }) =>
    accepted.some(({ chunk }) => chunk.series?.some((one) => one.code === code)),
  );
  const byPeriod = new Map(
    accepted.flatMap((one) => (one.chunk.series ? [[`${one.territory} ${one.period}`, one] as const] : [])),
  );
  return {
    header: ['territory', 'period', 'date', ...codes.map(({ code, unit }) => `${code} [${unit.text}]`)],
    rows: [...byPeriod.values()].flatMap(({ territory, period, chunk: { series = [] } }) =>
      daysOfPeriod(period).flatMap((date, day): Cell[][] => {
        const values = codes.map(({ code }) => series.find((one) => one.code === code)?.values[day] ?? NaN);
        if (values.every(Number.isNaN)) return [];
        return [[territory, period, date, ...values.map((value) => (Number.isNaN(value) ? null : value))]];
      }),
    ),
  };
}

const cellsOf = (spread: StatisticSpread | undefined): Cell[] =>
  spread ? [spread.low, spread.high, spread.distribution] : [null, null, null];

function rowsOf(chunk: PatchChunk, patches: boolean, attributes: readonly string[]): Cell[][] {
  return Array.from(chunk.typeIndex, (type, row) => [
    chunk.types[type],
    ...(patches ? [chunk.patchIds?.[row] ?? null] : []),
    ...attributes.map((code) => {
      const value = chunk.columns[code]?.[row] ?? NaN;
      return Number.isNaN(value) ? null : value;
    }),
  ]);
}

/** RFC 4180 with CRLF. Numbers are written bare; text that a spreadsheet would run as a formula gets an apostrophe. */
export function writeCsv({ header, rows }: WrittenTable): string {
  return [header, ...rows].map((row) => `${row.map(writeCell).join(',')}\r\n`).join('');
}

function writeCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const guarded = /^[=+\-@\t\r'＝＋－＠]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
  return /[",;\t\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** The same tables as the JSON that `readJson` takes. */
export function writeJson(tables: Readonly<Record<'extent' | 'statistics' | 'series', WrittenTable>>): string {
  const items = ({ header, rows }: WrittenTable): object[] =>
    rows.map((row) => Object.fromEntries(row.flatMap((cell, i) => (cell === null ? [] : [[header[i], cell]]))));
  const { extent, statistics, series } = tables;
  const daily = series.rows.length > 0 ? { series: items(series) } : {};
  return `${JSON.stringify({ extent: items(extent), statistics: items(statistics), ...daily }, null, 2)}\n`;
}
