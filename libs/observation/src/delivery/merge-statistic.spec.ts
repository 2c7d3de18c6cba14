/** What two sheets say of one statistic: figure with figure, range of the quantity with its range, of the price with its. */
import type { StatisticRow, StatisticSpread } from '../chunk/patch-chunk';
import type { Delivery } from './delivery';
import { overlapsOfStatistics } from './find-overlaps';
import { differenceOf, mergeStatistic } from './merge-statistic';

const wide: StatisticSpread = { low: '4', high: '6', distribution: 'uniform' };
const narrow: StatisticSpread = { low: '4.5', high: '5.5', distribution: 'normal' };
const row = (more: Partial<StatisticRow> = {}): StatisticRow => ({
  ...{ item: 'maize', type: null, quantity: '5', unit: 't', price: '5', priceUnit: 'yuan/t', sheet: 's', row: 2 },
  ...more,
});

it('compares a range with the range of the same figure only', () => {
  expect(differenceOf(row({ spread: wide }), row({ priceSpread: narrow }))).toBeUndefined();
  expect(differenceOf(row({ spread: wide }), row({ spread: narrow }))).toEqual([
    '4 … 6 t uniform',
    '4.5 … 5.5 t normal',
  ]);
  expect(differenceOf(row({ priceSpread: wide }), row({ priceSpread: narrow }))).toEqual([
    '4 … 6 yuan/t uniform',
    '4.5 … 5.5 yuan/t normal',
  ]);
  expect(mergeStatistic(row({ spread: wide }), row({ priceSpread: narrow }))).toEqual(
    row({ spread: wide, priceSpread: narrow }),
  );
});

it('takes a range in whatever order its members come', () => {
  const { distribution, high, low } = wide;
  expect(differenceOf(row({ spread: wide }), row({ spread: { distribution, high, low } }))).toBeUndefined();
});

it('compares no range across items, or across types of one item', () => {
  const sheet = (dataSheet: string, statistic: StatisticRow): Delivery => ({
    ...{ dataSheet, batchId: dataSheet, refusedRows: 0, series: [], given: [], chunk: null, statistics: [statistic] },
  });
  const first = sheet('farming', row({ spread: wide, type: 'dryland' }));
  const others = [row({ spread: narrow, item: 'rice', type: 'dryland' }), row({ spread: narrow, type: 'paddy' })];
  for (const other of others) expect(overlapsOfStatistics([first, sheet('trade', other)])).toEqual([]);
  const same = row({ spread: narrow, type: 'dryland' });
  expect(overlapsOfStatistics([first, sheet('trade', same)])).toMatchObject([{ what: 'maize dryland' }]);
});
