/** One statistic in two data sheets: what differs, and both together where nothing does. */
import { canonicalJson } from '@gep/kernel';
import type { StatisticRow, StatisticSpread } from '../chunk/patch-chunk';

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

// The database gives the members of a range back in an order of its own.
const same = (one: unknown, other: unknown): boolean => canonicalJson(one) === canonicalJson(other);

function shownOf(row: StatisticRow, name: string): string {
  if (name === 'quantity') return `${row.quantity} ${row.unit}`;
  if (name === 'price') return `${row.price} ${row.priceUnit ?? ''}`.trim();
  if (name === 'spread') return spreadText(row.spread!, row.unit);
  if (name === 'priceSpread') return spreadText(row.priceSpread!, row.priceUnit ?? '');
  const value = figuresOf(row)[name];
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const spreadText = ({ low, high, distribution }: StatisticSpread, unit: string): string =>
  `${low} … ${high} ${unit} ${distribution}`.replace(/ +/g, ' ');
