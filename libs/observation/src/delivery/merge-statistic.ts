/** One statistic in two data sheets: what differs, and both together where nothing does. */
import type { StatisticRow } from '../chunk/patch-chunk';

/** Everything of a statistic but where it stands. */
function figuresOf({ sheet: _sheet, row: _row, batch: _batch, ...figures }: StatisticRow): Record<string, unknown> {
  return { ...figures };
}

/** The first figure that both give, and give differently: as the two say it. */
export function differenceOf(one: StatisticRow, other: StatisticRow): readonly [string, string] | undefined {
  const [ours, theirs] = [figuresOf(one), figuresOf(other)];
  for (const name of Object.keys(ours)) {
    if (ours[name] == null || theirs[name] == null || same(ours[name], theirs[name])) continue;
    return [shownOf(one, name), shownOf(other, name)];
  }
  return undefined;
}

/** Both, where they do not differ: one office may give the output and another one its price. */
export function mergeStatistic(one: StatisticRow, other: StatisticRow): StatisticRow {
  const theirs = Object.entries(figuresOf(other)).filter(([, value]) => value != null);
  return { ...one, ...Object.fromEntries(theirs) };
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function shownOf(row: StatisticRow, name: string): string {
  if (name === 'quantity') return `${row.quantity} ${row.unit}`;
  if (name === 'price') return `${row.price} ${row.priceUnit ?? ''}`.trim();
  const value = figuresOf(row)[name];
  return typeof value === 'string' ? value : JSON.stringify(value);
}
